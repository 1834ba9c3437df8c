"""Counts of the corpus against its aims, and how varied it is.

python -m training.statistics
"""

from __future__ import annotations

import collections
import re
import sys
from collections.abc import Sequence

from detente.ontology import MODES, TYPES
from training.sheets import Unit
from training.units import load_corpus

AIMS = {
    "sentences": 6000, "articles": 150, "statements": 2000, "indirect": 700, "quotations without cue": 300, "discontinuous": 150,
    "reported_by": 300, "references": 1500, "countries": 150, "hard negatives": 1500, "minimal pair units": 400, "historical": 500,
    "future": 300, "conditional": 300, "hypothetical": 300, "negated": 300, "median words": 22,
}  # fmt: skip


def counts(units: Sequence[Unit]) -> dict[str, float]:
    """What the aims speak of, over all splits."""
    lone = [u for u in units if "article" not in u.settings]
    statements = [s for u in units for s in u.statements]
    events = [e for u in units for e in u.events]
    words = sorted(len(u.text.split()) for u in lone)
    found: dict[str, float] = {
        "sentences": len(lone), "articles": len(units) - len(lone), "statements": len(statements),
        "indirect": sum(s.kind == "indirect" for s in statements), "quotations without cue": sum(s.cue is None for s in statements),
        "discontinuous": sum(len(s.content) > 1 for s in statements), "reported_by": sum(bool(s.reporters) for s in statements),
        "references": sum(len(u.references) for u in units), "countries": len({a.country for u in units for a in u.actors if a.country}),
        "hard negatives": sum(bool(u.no_event) for u in lone), "minimal pair units": sum(bool(u.pairs) for u in lone),
        "historical": sum(e.historical for e in events), "median words": words[len(words) // 2],
    }  # fmt: skip
    by_status = collections.Counter(e.status for e in events)
    return {**found, **{s: by_status[s] for s in ("future", "conditional", "hypothetical", "negated")}, "events": len(events)}


def variety(units: Sequence[Unit]) -> dict[str, float]:
    """Share of distinct trigger words, of 4-grams that stand twice, and of sentences over 28 words."""
    triggers = [u.words(e.trigger).lower() for u in units for e in u.events]
    grams = collections.Counter(g for u in units for g in four_grams(u.text))
    lone = [u for u in units if "article" not in u.settings]
    return {
        "distinct triggers": round(len(set(triggers)) / len(triggers), 3),
        "repeated 4-grams": round(sum(c for c in grams.values() if c > 1) / sum(grams.values()), 3),
        "over 28 words": round(sum(len(u.text.split()) > 28 for u in lone) / len(lone), 3),
    }


def four_grams(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return list(zip(*(words[i:] for i in range(4)), strict=False))


def main() -> int:
    units = [u for split in load_corpus().values() for u in split]
    found = counts(units)
    for name, value in found.items():
        aim = AIMS.get(name)
        print(f"{name:24} {value:8.0f}" + (f"   aim {aim:5}  {'met' if value >= aim else 'short'}" if aim else ""))
    types = collections.Counter(e.type for u in units for e in u.events)
    modes = collections.Counter((e.type, e.mode) for u in units for e in u.events)
    print("types (aim 250):", ", ".join(f"{t} {types[t]}" for t in TYPES))
    print("modes under 40:", ", ".join(f"{t}/{m} {modes[t, m]}" for t in TYPES for m in MODES[t] if modes[t, m] < 40))
    print("variety:", variety(units))
    return 0


if __name__ == "__main__":
    sys.exit(main())
