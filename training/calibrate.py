"""Thresholds of exported weights, tuned on our own dev split, written into their card.

python -m training.calibrate FOLDER
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from detente.document import Marks
from detente.model.decode import Thresholds, decode_all
from detente.model.heads import Outputs
from detente.model.relate import relation_types
from detente.model.runtime import Model
from detente.model.tokens import Window, windows
from detente.ontology import TYPES
from training.scores import Pairs, is_right, score
from training.sheets import Unit
from training.targets import Locator, unit_sentences
from training.units import load_corpus

POWERS = tuple(n / 10 for n in range(2, 31))
Encoded = list[tuple[Window, Outputs]]
GRID = {"trigger": (-1.5, -1.0, -0.5, 0.0, 0.5), "role": (0.3, 0.4, 0.5, 0.6), "relation": (0.0, 0.3, 0.6), "cue": (-1.0, -0.5, 0.0, 0.5),
        "actor": (-1.0, -0.5, 0.0), "switch": (2.0, 3.0, 4.0, 6.0)}  # fmt: skip


def encode(model: Model, unit: Unit) -> Encoded:
    spans, owners = unit_sentences(unit)
    return [(w, model.outputs(w)) for w in windows(model.splitter, unit.text, spans, owners)]


def marks(model: Model, unit: Unit, encoded: Encoded, limits: Thresholds) -> Marks:
    return decode_all(model.heads, limits, unit.text, encoded)


def worth(scores: dict[str, float]) -> float:
    """One figure of what the thresholds should serve: typed triggers, their parties, and statements."""
    return scores["typed"] + 0.5 * (scores["actor"] + scores["recipient"]) + 0.5 * scores["speaker"] + 0.3 * scores["mention"]


def tuned(model: Model, units: Sequence[Unit]) -> Thresholds:
    """The best value of one threshold after the other, twice round."""
    encoded = [encode(model, u) for u in units]
    best = Thresholds()
    for name in (*GRID, *GRID):
        found = {}
        for value in GRID[name]:
            limits = replace(best, **{name: value})
            found[value] = worth(score([(u, marks(model, u, e, limits)) for u, e in zip(units, encoded, strict=True)]))
        best = replace(best, **{name: max(found, key=lambda v: found[v])})
    best = replace(best, binding=best_binding(model, units, encoded))
    return replace(best, sureness=best_power([(u, marks(model, u, e, best)) for u, e in zip(units, encoded, strict=True)]))


def best_power(pairs: Pairs) -> float:
    """The power of the trigger scores that makes them say best how often they are right, by squared error."""
    found = [(t.score * t.type_score, is_right(u, t)) for u, given in pairs for t in given.triggers]
    return min(POWERS, key=lambda p: sum((value**p - right) ** 2 for value, right in found))


def gold_pairs(unit: Unit) -> list[tuple[object, object, str]]:
    return [(a, t, e.type) for e in unit.events for a in e.fields.get("who", ()) for t in e.fields.get("to", ())]


def best_binding(model: Model, units: Sequence[Unit], encoded: Sequence[Encoded]) -> float:
    """The weight of triggers in the act between two given spans that gets most pairs of the dev split right."""
    right = dict.fromkeys((0.0, 0.25, 0.5, 1.0, 2.0), 0)
    for unit, found in zip(units, encoded, strict=True):
        for a, t, kind in gold_pairs(unit):
            for window, out in found:
                pair = Locator(window).tokens(a), Locator(window).tokens(t)  # type: ignore[arg-type]
                if pair[0] is None or pair[1] is None or pair[0][0] < window.focus:
                    continue
                for value in right:
                    types = relation_types(model.heads, window, out, (pair[0], pair[1]), value)[0]
                    right[value] += TYPES[int(np.argmax(types))] == kind
    return max(right, key=lambda v: right[v])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    model, units = Model(folder), load_corpus()["dev"]
    limits = tuned(model, units)
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    card["thresholds"] = asdict(limits)
    card["dev"] = score([(u, marks(model, u, encode(model, u), limits)) for u in units])
    (folder / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({"thresholds": card["thresholds"], "dev": card["dev"]}, indent=1))


if __name__ == "__main__":
    main()
