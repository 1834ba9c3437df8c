"""The model card: what a model was made from, how well it does on the test split with intervals, and where it fails.

python -m training.card FOLDER        adds ``test`` to card.json and writes docs/model_card_SIZE.md
"""

from __future__ import annotations

import argparse
import collections
import json
import math
from pathlib import Path
from typing import Any

from detente.document import Span
from detente.model.runtime import Model
from detente.ontology import TYPES
from training.calibrate import encode, marks
from training.check import ROOT
from training.scores import Pairs, is_right, score
from training.units import load_corpus


def interval(hits: int, n: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    if not n:
        return 0.0, 1.0
    p, z = hits / n, 1.96
    middle, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return round((middle - half) / (1 + z * z / n), 3), round((middle + half) / (1 + z * z / n), 3)


def by_type(pairs: Pairs) -> dict[str, dict[str, Any]]:
    """Precision and recall of each type with n and interval; a hit is a trigger that overlaps, with the type."""
    hits, gold, found = collections.Counter[str](), collections.Counter[str](), collections.Counter[str]()
    for unit, given in pairs:
        gold.update(e.type for e in unit.events)
        found.update(t.type for t in given.triggers)
        for trigger in given.triggers:
            hits[trigger.type] += any(e.type == trigger.type and trigger.span.overlaps(Span(*e.trigger)) for e in unit.events)
    return {
        t: {"precision": round(hits[t] / found[t], 3) if found[t] else None, "precision_interval": interval(hits[t], found[t]),
            "recall": round(min(hits[t] / gold[t], 1.0), 3) if gold[t] else None, "recall_interval": interval(min(hits[t], gold[t]), gold[t]),
            "gold": gold[t], "found": found[t]} for t in TYPES
    }  # fmt: skip


def calibration(pairs: Pairs) -> float:
    """Expected calibration error of a trigger's type score, in ten bins."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(10)]
    for unit, given in pairs:
        for t in given.triggers:
            value = t.score * t.type_score
            bins[min(int(value * 10), 9)].append((value, is_right(unit, t)))
    total = sum(map(len, bins))
    return round(sum(abs(sum(v - r for v, r in b)) for b in bins) / total, 4) if total else 0.0


def table(card: dict[str, Any]) -> str:
    rows = [f"| {t} | {r['precision']} | {r['precision_interval']} | {r['recall']} | {r['recall_interval']} | {r['gold']} |"
            for t, r in card["types"].items()]  # fmt: skip
    return "\n".join(["| type | precision | 95 % | recall | 95 % | n |", "|---|---|---|---|---|---|", *rows])


def text(card: dict[str, Any]) -> str:
    scores = "\n".join(f"| {name} | {value} |" for name, value in card["test"].items())
    return f"""# Model card: {card["size"]}

Made by `training.card`; do not edit.  Weights: {", ".join(f"{n} {h[:12]}…" for n, h in card["sha256"].items())}.

- **Made from**: {card["base"]}, fine-tuned on our own corpus (CC BY 4.0): {card["corpus"]}.
- **For**: marking who did what to whom, and who said what, in English news of world affairs.  Not for other languages, for
  private persons' doings, or as the only ground of a decision about anybody.
- **Known limits**: everything in the corpus was written for it; real news is more varied, and scores there are lower (see
  `evaluation/floors.toml`).  Sector and status of rare kinds are weak.
- **Thresholds**: {json.dumps(card.get("thresholds", {}))}

## Test split ({card["units"]} units, never trained on)
| score | value |
|---|---|
{scores}
| expected calibration error of an event's type | {card["calibration_error"]} |

## By type
{table(card)}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    model, corpus = Model(folder), load_corpus()
    pairs = [(u, marks(model, u, encode(model, u), model.thresholds)) for u in corpus["test"]]
    card = dict(model.card)
    card |= {"test": score(pairs), "types": by_type(pairs), "calibration_error": calibration(pairs), "units": len(pairs)}
    (folder / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    (ROOT / "docs" / f"model_card_{card['size']}.md").write_text(text(card), encoding="utf-8")
    print(json.dumps(card["test"], indent=1), "calibration", card["calibration_error"])


if __name__ == "__main__":
    main()
