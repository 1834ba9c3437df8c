"""How well claims are bound by rule: ``claimed_by`` of the corpus's test split from its own events and statements.

python -m evaluation.claims [--split test]
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable

from detente.document import Doc, Span
from evaluation.gold_docs import gold_doc
from training.sheets import Unit
from training.units import load_corpus


def compared(unit: Unit, doc: Doc) -> Counter[str]:
    """Counts of sources: in the annotation, by rule, and those that agree (same mention, or one that stands for it)."""
    counts: Counter[str] = Counter()
    by_trigger = {e.trigger: e for e in doc.events}
    for e in unit.events:
        found = by_trigger.get(Span(*e.trigger))
        if found is None:
            continue
        want = {doc.references.get(Span(*b), Span(*b)) for b in e.fields.get("by", ())}
        have = found.claimed_by and doc.references.get(found.claimed_by, found.claimed_by)
        counts.update(gold=bool(want), coded=have is not None, right=have in want)
    return counts


def scores(units: Iterable[Unit]) -> dict[str, float]:
    """Precision, recall and F1 of claimed_by where no source of an event is marked."""
    total: Counter[str] = Counter()
    for unit in units:
        total += compared(unit, gold_doc(unit, without=["by"]))
    precision, recall = total["right"] / max(total["coded"], 1), total["right"] / max(total["gold"], 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4), "gold": total["gold"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", default="test", choices=["train", "dev", "test"])
    print(json.dumps(scores(load_corpus()[parser.parse_args().split])))


if __name__ == "__main__":
    main()
