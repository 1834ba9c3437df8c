"""How well reports are grouped into happenings and articles into reprints: B-cubed on the half that nothing was tuned on.

python -m evaluation.happenings [--halves tune held]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

from detente.collapse.happenings import Happenings
from evaluation.happenings_data import Told, told
from evaluation.happenings_edits import reprint_score
from evaluation.happenings_score import BCubed, b_cubed

SEEDS = (1, 2, 3, 4, 5)


def grouped(items: Sequence[Told]) -> BCubed:
    found = {event: h.id for h in Happenings(t.report for t in items).all() for event in h.event_ids}
    return b_cubed({t.report.event_id: t.happening for t in items}, found)


def mean(scores: Sequence[BCubed]) -> dict[str, float]:
    return {name: round(sum(getattr(s, name) for s in scores) / len(scores), 4) for name in BCubed._fields}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--halves", nargs="+", default=["held"], choices=["tune", "held"])
    given = parser.parse_args()
    scores: dict[str, object] = {}
    for half in given.halves:
        scores[f"happenings, {half}"] = mean([grouped(told(half, seed)) for seed in SEEDS])
        scores[f"happenings, {half}, each wording once"] = mean([grouped(told(half, seed, once=True)) for seed in SEEDS])
        scores[f"reprints, {half}"] = mean([reprint_score(half, seed) for seed in SEEDS])
    print(json.dumps(scores, indent=1))


if __name__ == "__main__":
    main()
