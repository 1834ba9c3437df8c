"""Trains a model of one configuration on the corpus and writes its checkpoint.

python -m training.train fast|accurate --bases FOLDER --out FOLDER [--start FOLDER] [--teacher FOLDER] [--epochs N]
"""

from __future__ import annotations

import argparse
import collections
import json
import random
import time
import tomllib
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor

from detente.model.tokens import Limit, Splitter
from training.check import ROOT
from training.distil import Teacher, distil_losses
from training.losses import WEIGHTS, losses, token_values
from training.measure import measure
from training.network import Network, base_encoder
from training.packing import packed
from training.sheets import Unit
from training.swaps import swapped
from training.targets import Example, examples
from training.together import Group, Shares, Stepper, make_shares, paired
from training.units import load_corpus

Step = list[list[Example]]  # a batch for each process
LIMITS = (Limit(48, 64), Limit(80, 48), Limit(128, 40))  # sizes of windows, so that a network serves any of them


def batches(data: list[Example], size: int, rng: random.Random) -> list[list[Example]]:
    """Batches of windows of like length, each of up to ``size`` times 48 pieces."""
    keyed = sorted(data, key=lambda e: len(e.window.pieces) * rng.uniform(0.9, 1.1))
    found: list[list[Example]] = []
    for e in keyed:
        if not found or (len(found[-1]) + 1) * len(e.window.pieces) > size * 48:
            found.append([])
        found[-1].append(e)
    return found


def epoch(units: list[Unit], splitter: Splitter, config: dict[str, float], rng: random.Random) -> list[list[Example]]:
    """The batches of one pass over the corpus, its lone sentences grouped anew, some countries exchanged, windows of many sizes."""
    units = [swapped(u, rng) if rng.random() < config["swapped"] else u for u in units]
    data = [e for u in packed(units, config["packed"], rng) for e in examples(u, splitter, rng.choice(LIMITS))]
    return batches(data, int(config["batch"]), rng)


def rounds_of(units: list[Unit], splitter: Splitter, config: dict[str, float], rng: random.Random, count: int) -> list[Step]:
    """All steps of a training run, each a batch for each of ``count`` processes.

    With ``config["fresh"]`` only so many epochs are made, and then come again: a teacher reads each of them once.
    """
    made: list[list[Step]] = []
    found: list[Step] = []
    for number in range(int(config["epochs"])):
        if number < config.get("fresh", config["epochs"]):
            made.append(paired(epoch(units, splitter, config, rng), lambda b: sum(len(e.window.pieces) for e in b), count))
        steps = list(made[number % len(made)])
        rng.shuffle(steps)
        found += steps
    return found


def groups(net: Network, rate: float, head_rate: float) -> list[Group]:
    encoder = [p for p in net.encoder.parameters() if p.requires_grad]
    known = {id(p) for p in net.encoder.parameters()}
    return [(encoder, rate), ([p for p in net.parameters() if id(p) not in known], head_rate)]


class Progress:
    """Prints the mean losses ten times a run."""

    def __init__(self, steps: int):
        self.steps, self.every, self.began = steps, max(1, steps // 10), time.time()
        self.sums: collections.Counter[str] = collections.Counter()

    def note(self, step: int, parts: dict[str, Tensor]) -> None:
        for name, value in parts.items():
            self.sums[name] += float(value.detach())  # type: ignore[assignment]
        if step % self.every == 0:
            means = {k: round(v / self.every, 3) for k, v in self.sums.items()}
            print(f"{step}/{self.steps} {time.time() - self.began:.0f}s", means, flush=True)
            self.sums.clear()


def load_start(base: Path, start: Path | None, frozen: int = 0) -> Network:
    """A fresh network on the base encoder, or the one that the folder ``start`` holds.

    Word embeddings stay as they are; with ``frozen`` so does all up to that layer, which saves its part of the backward pass.
    """
    net = Network(base_encoder(base))
    if start:
        net.load_state_dict(torch.load(start / "network.pt", weights_only=True))
    net.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    if frozen:
        bias = getattr(net.encoder.encoder, "relative_attention_bias", None)
        for part in (net.encoder.embeddings, net.shapes, bias, *net.encoder.encoder.layer[:frozen]):
            if part is not None:
                part.requires_grad_(False)
    return net


def step_losses(net: Network, batch: list[Example], pad: int, teacher: Teacher | None) -> dict[str, Tensor]:
    out = token_values(net, batch, pad)
    parts = {k: WEIGHTS[k] * v for k, v in losses(net, out, batch).items()}
    if teacher:
        parts["teacher"] = distil_losses(net, teacher, out, batch)
    return parts


class Run(NamedTuple):
    """What every process of a training run needs."""

    config: dict[str, float]
    base: Path
    out: Path
    units: list[Unit]
    seed: int
    teacher: Teacher | None


def work(rank: int, net: Network, shares: Shares, run: Run) -> None:
    """One process's part of the run; the first one reports and keeps the last state after each tenth of the steps."""
    torch.set_num_threads(1)
    torch.manual_seed(run.seed + rank)
    splitter = Splitter((run.base / "tokenizer.json").read_text(encoding="utf-8"))
    pad = int(json.loads((run.base / "config.json").read_text())["pad_token_id"])
    rounds = rounds_of(run.units, splitter, run.config, random.Random(run.seed), len(shares.gradients))
    warm = max(1, len(rounds) // 10)
    plan = lambda s: min((s + 1) / warm, max(0.02, (len(rounds) - s) / (len(rounds) - warm)))  # noqa: E731
    stepper = Stepper(net, groups(net, run.config["rate"], run.config["head_rate"]), plan, shares, rank)
    progress = Progress(len(rounds))
    net.train()
    for step, batches_ in enumerate(rounds, 1):
        parts = step_losses(net, batches_[rank], pad, run.teacher)
        stepper.step(torch.stack(list(parts.values())).sum())
        if rank == 0:
            progress.note(step, parts)
            if step % progress.every == 0 or step == len(rounds):
                torch.save(net.state_dict(), run.out / "network.pt")


def train(run: Run, *, start: Path | None = None, workers: int = 1, frozen: int = 0) -> Network:
    """Trains on the units and writes ``run.out/network.pt``."""
    torch.manual_seed(run.seed)
    net = load_start(run.base, start, frozen)
    run.out.mkdir(parents=True, exist_ok=True)
    seen = f"{len(run.units)} training units, {sum(len(u.events) for u in run.units)} events"
    (run.out / "corpus.txt").write_text(seen + "\n", encoding="utf-8")
    shares = make_shares(net, workers)
    if workers == 1:
        work(0, net, shares, run)
    else:
        torch.multiprocessing.spawn(work, (net, shares, run), nprocs=workers)  # type: ignore[no-untyped-call]
    return net


def given_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", choices=["fast", "accurate"])
    parser.add_argument("--bases", type=Path, required=True, help="folder that training.bases wrote")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--start", type=Path, help="folder of a network to go on from")
    parser.add_argument("--teacher", type=Path, help="folder of a trained accurate network")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--frozen", type=int, default=0, help="layers of the encoder that stay as they are")
    parser.add_argument("--workers", type=int, default=1, help="processes of one thread each")
    return parser.parse_args()


def main() -> None:
    given = given_arguments()
    config = tomllib.loads((ROOT / "training" / "configs.toml").read_text())[given.size]
    config["epochs"] = given.epochs or config["epochs"]
    corpus = load_corpus()
    base = given.bases / given.size
    pad = int(json.loads((base / "config.json").read_text())["pad_token_id"])
    teacher = Teacher(load_start(given.bases / "accurate", given.teacher), config["teacher"], pad) if given.teacher else None
    run = Run(config, base, given.out, corpus["train"], given.seed, teacher)
    net = train(run, start=given.start, workers=given.workers, frozen=given.frozen)
    print(json.dumps(measure(net.eval(), Splitter((base / "tokenizer.json").read_text(encoding="utf-8")), corpus["dev"]), indent=1))


if __name__ == "__main__":
    main()
