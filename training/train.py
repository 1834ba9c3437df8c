"""Trains a model of one configuration on the corpus and writes its checkpoint.

python -m training.train fast|accurate [--base FOLDER] [--out FOLDER] [--epochs N] [--seed N]
"""

from __future__ import annotations

import argparse
import json
import random
import time
import tomllib
from pathlib import Path

import numpy as np
import torch

from detente.model.tokens import Splitter
from training.check import ROOT, ontology
from training.losses import WEIGHTS, losses
from training.measure import measure
from training.network import Network, base_encoder
from training.packing import packed
from training.sheets import Unit, read_sheet
from training.targets import Example, examples


def load_corpus(folder: Path = ROOT / "corpus") -> dict[str, list[Unit]]:
    """Units by split; lines with faults are left out."""
    names = ontology()
    found: dict[str, list[Unit]] = {"train": [], "dev": [], "test": []}
    for path in sorted([*folder.glob("sentences/*.txt"), *folder.glob("articles/*.txt")]):
        units, _ = read_sheet(path, names)
        for unit in units:
            found[unit.settings.get("split", "train")].append(unit)
    return found


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


def train(config: dict[str, float], base: Path, out: Path, seed: int, corpus: dict[str, list[Unit]], *, say: bool = True) -> Network:
    torch.manual_seed(seed)
    rng = random.Random(seed)
    splitter = Splitter((base / "tokenizer.json").read_text(encoding="utf-8"))
    pad = int(json.loads((base / "config.json").read_text())["pad_token_id"])
    net = Network(base_encoder(base))
    net.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    rounds = [b for _ in range(int(config["epochs"])) for b in epoch(corpus["train"], splitter, config, rng)]
    tool = optimizer(net, config["rate"], config["head_rate"])
    warm = max(1, len(rounds) // 10)
    plan = torch.optim.lr_scheduler.LambdaLR(tool, lambda s: min((s + 1) / warm, max(0.02, (len(rounds) - s) / (len(rounds) - warm))))
    net.train()
    began, sums = time.time(), dict.fromkeys(WEIGHTS, 0.0)
    for step, batch in enumerate(rounds, 1):
        parts = losses(net, batch, pad)
        total = torch.stack([WEIGHTS[k] * v for k, v in parts.items()]).sum()
        tool.zero_grad()
        total.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        tool.step()
        plan.step()
        for k, v in parts.items():
            sums[k] += float(v.detach())
        if say and step % max(1, len(rounds) // 10) == 0:
            n = max(1, len(rounds) // 10)
            print(f"{step}/{len(rounds)} {time.time() - began:.0f}s", {k: round(v / n, 3) for k, v in sums.items()}, flush=True)
            sums = dict.fromkeys(WEIGHTS, 0.0)
    out.mkdir(parents=True, exist_ok=True)
    torch.save(net.state_dict(), out / "network.pt")
    if say and corpus["dev"]:
        print(json.dumps(measure(net, splitter, corpus["dev"]), indent=1))
    return net


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", choices=["fast", "accurate"])
    parser.add_argument("--base", type=Path, required=True, help="folder with the base encoder's files")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    config = tomllib.loads((ROOT / "training" / "configs.toml").read_text())[given.size]
    if given.epochs:
        config["epochs"] = given.epochs
    np.random.seed(given.seed)
    train(config, given.base, given.out, given.seed, load_corpus())


if __name__ == "__main__":
    main()
