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

import numpy as np
import torch
from torch import Tensor

from detente.model.tokens import Splitter
from training.check import ROOT
from training.distil import distil_losses
from training.losses import WEIGHTS, losses, token_values
from training.measure import measure
from training.network import Network, base_encoder
from training.packing import packed
from training.sheets import Unit
from training.targets import Example, examples
from training.units import load_corpus


def batches(data: list[Example], size: int, rng: random.Random) -> list[list[Example]]:
    """Batches of windows of like length, in random order; long windows come in smaller batches."""
    keyed = sorted(data, key=lambda e: len(e.window.pieces) * rng.uniform(0.9, 1.1))
    found: list[list[Example]] = []
    for e in keyed:
        if not found or len(found[-1]) >= size or len(found[-1]) * len(e.window.pieces) > size * 64:
            found.append([])
        found[-1].append(e)
    rng.shuffle(found)
    return found


def epoch(units: list[Unit], splitter: Splitter, config: dict[str, float], rng: random.Random) -> list[list[Example]]:
    """The batches of one pass over the corpus, its lone sentences grouped anew."""
    data = [e for u in packed(units, config["packed"], rng) for e in examples(u, splitter)]
    return batches(data, int(config["batch"]), rng)


def optimizer(net: Network, rate: float, head_rate: float) -> torch.optim.Optimizer:
    encoder = [p for p in net.encoder.parameters() if p.requires_grad]
    known = {id(p) for p in net.encoder.parameters()}
    heads = [p for p in net.parameters() if id(p) not in known]
    return torch.optim.AdamW([{"params": encoder, "lr": rate}, {"params": heads, "lr": head_rate}], weight_decay=0.01)


class Teacher(NamedTuple):
    """A trained network whose token values a student learns besides the corpus."""

    network: Network
    weight: float


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


def load_start(base: Path, start: Path | None) -> Network:
    """A fresh network on the base encoder, or the one that the folder ``start`` holds; word embeddings stay as they are."""
    net = Network(base_encoder(base))
    if start:
        net.load_state_dict(torch.load(start / "network.pt", weights_only=True))
    net.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    return net


def step_losses(net: Network, batch: list[Example], pad: int, teacher: Teacher | None) -> dict[str, Tensor]:
    out = token_values(net, batch, pad)
    parts = {k: WEIGHTS[k] * v for k, v in losses(net, out, batch).items()}
    if teacher:
        parts["teacher"] = teacher.weight * distil_losses(net, teacher.network, out, batch, pad)
    return parts


def train(
    config: dict[str, float],
    base: Path,
    out: Path,
    units: list[Unit],
    *,
    seed: int = 1,
    start: Path | None = None,
    teacher: Teacher | None = None,
) -> Network:
    """Trains on the units and writes ``out/network.pt``, which holds the last state after each tenth of the steps."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    splitter = Splitter((base / "tokenizer.json").read_text(encoding="utf-8"))
    pad = int(json.loads((base / "config.json").read_text())["pad_token_id"])
    net = load_start(base, start)
    rounds = [b for _ in range(int(config["epochs"])) for b in epoch(units, splitter, config, rng)]
    tool = optimizer(net, config["rate"], config["head_rate"])
    warm = max(1, len(rounds) // 10)
    plan = torch.optim.lr_scheduler.LambdaLR(tool, lambda s: min((s + 1) / warm, max(0.02, (len(rounds) - s) / (len(rounds) - warm))))
    progress = Progress(len(rounds))
    out.mkdir(parents=True, exist_ok=True)
    seen = f"{len(units)} training units, {sum(len(u.events) for u in units)} events"
    (out / "corpus.txt").write_text(seen + "\n", encoding="utf-8")
    net.train()
    for step, batch in enumerate(rounds, 1):
        parts = step_losses(net, batch, pad, teacher)
        tool.zero_grad()
        torch.stack(list(parts.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        tool.step()
        plan.step()
        progress.note(step, parts)
        if step % progress.every == 0 or step == len(rounds):
            torch.save(net.state_dict(), out / "network.pt")
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
    return parser.parse_args()


def main() -> None:
    given = given_arguments()
    config = tomllib.loads((ROOT / "training" / "configs.toml").read_text())[given.size]
    config["epochs"] = given.epochs or config["epochs"]
    np.random.seed(given.seed)
    corpus = load_corpus()
    teacher = Teacher(load_start(given.bases / "accurate", given.teacher).eval(), config["teacher"]) if given.teacher else None
    base = given.bases / given.size
    net = train(config, base, given.out, corpus["train"], seed=given.seed, start=given.start, teacher=teacher)
    print(json.dumps(measure(net, Splitter((base / "tokenizer.json").read_text(encoding="utf-8")), corpus["dev"]), indent=1))


if __name__ == "__main__":
    main()
