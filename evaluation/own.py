"""Scores on the corpus's own test split, which no training sees, and how little an exchange of countries changes.

python -m evaluation.own [--weights FOLDER] [--size fast|accurate]
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path

from detente.document import Marks
from detente.model.runtime import Model, model_folder
from training.calibrate import encode, marks
from training.card import calibration
from training.scores import score
from training.sheets import Unit
from training.swaps import shifted_swap
from training.units import load_corpus

HELD = ("typed", "actor", "recipient", "status", "false_event", "content", "speaker", "antecedent")
EXCHANGES = 300


def coded(model: Model, unit: Unit) -> Marks:
    return marks(model, unit, encode(model, unit), model.thresholds)


def exchange(model: Model, units: Sequence[Unit], count: int = EXCHANGES) -> float:
    """The share of events that keep their trigger and type when the countries of their sentence are exchanged for others."""
    rng, same, total, done = random.Random(11), 0, 0, 0
    for unit in units:
        other, shift = shifted_swap(unit, rng)
        if other.text == unit.text or "article" in unit.settings:
            continue
        before, after = coded(model, unit).triggers, coded(model, other).triggers
        kinds = {t.span: t.type for t in after}
        both = [t for t in before if type(t.span)(shift(t.span.start), shift(t.span.end)) in kinds]
        total += len(both)
        same += sum(kinds[type(t.span)(shift(t.span.start), shift(t.span.end))] == t.type for t in both)
        done += 1
        if done == count:
            break
    return round(same / total, 4) if total else 0.0


def own_scores(model: Model) -> dict[str, float]:
    """Typed triggers, parties, status, statements, false events, calibration error and exchange."""
    corpus = load_corpus()
    pairs = [(u, coded(model, u)) for u in corpus["test"]]
    found = {name: value for name, value in score(pairs).items() if name in HELD}
    return {**found, "calibration_error": calibration(pairs), "exchange": exchange(model, [*corpus["test"], *corpus["dev"]])}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--size", default="fast")
    given = parser.parse_args()
    print(json.dumps(own_scores(Model(given.weights or model_folder(given.size))), indent=1))


if __name__ == "__main__":
    main()
