"""The corpus by split."""

from __future__ import annotations

from pathlib import Path

from training.check import ROOT, ontology
from training.sheets import Unit, read_sheet


def load_corpus(folder: Path = ROOT / "corpus") -> dict[str, list[Unit]]:
    """Units of all sheets by split: train, dev, test; lines with faults are left out."""
    names = ontology()
    found: dict[str, list[Unit]] = {"train": [], "dev": [], "test": []}
    for path in sorted([*folder.glob("sentences/*.txt"), *folder.glob("articles/*.txt")]):
        units, _ = read_sheet(path, names)
        for unit in units:
            found[unit.settings.get("split", "train")].append(unit)
    return found
