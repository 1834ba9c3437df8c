"""Counts of directed pairs of countries over events."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

NOT_DONE = frozenset({"negated", "hypothetical", "conditional"})
COUNTED = ["coding_id", "status", "same_as", "actor_countries", "recipient_countries", "quad", "intensity"]


class Dyad(NamedTuple):
    """Counts of one directed pair of countries by quad class, and the mean intensity (-10 … 10)."""

    actor: str
    recipient: str
    events: int
    quads: tuple[int, int, int, int]
    intensity: float


def count_dyads(events: Iterable[dict[str, Any]]) -> list[Dyad]:
    quads: dict[tuple[str, str], list[int]] = {}
    sums: dict[tuple[str, str], float] = {}
    for e in events:
        pairs = {(a, r) for a in e["actor_countries"] for r in e["recipient_countries"] if a and r and a != r}
        if not e["recipient_countries"]:
            pairs = {(a, b) for a in e["actor_countries"] for b in e["actor_countries"] if a and b and a != b}
        for pair in pairs:
            quads.setdefault(pair, [0, 0, 0, 0])[e["quad"] - 1] += 1
            sums[pair] = sums.get(pair, 0.0) + e["intensity"]
    found = [Dyad(*p, sum(q), (q[0], q[1], q[2], q[3]), round(sums[p] / sum(q), 2)) for p, q in quads.items()]
    return sorted(found, key=lambda d: (-d.events, d.actor, d.recipient))
