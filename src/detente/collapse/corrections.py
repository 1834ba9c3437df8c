"""Merges and splits by hand, in the order they were made: a later one overrides what an earlier one says of a pair.

``by_hand`` takes them from the corrections of a lake.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal, NamedTuple

from detente.lake import corrections as lake_corrections

Pair = frozenset[str]


class Correction(NamedTuple):
    """Events that are one happening (``merge``), or of which no two are (``split``)."""

    kind: Literal["merge", "split"]
    event_ids: tuple[str, ...]


def by_hand(said: Iterable[lake_corrections.Correction]) -> tuple[Correction, ...]:
    """The merges and splits among the corrections of a lake, in their order."""
    return tuple(Correction(c.kind, c.event_ids) for c in said if c.kind == "merge" or c.kind == "split")


@dataclass(frozen=True)
class Rules:
    """What corrections come to: ``group`` of an event (events of one group are together), pairs kept apart."""

    group: Mapping[str, frozenset[str]] = field(default_factory=dict)
    foes: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def apart(self, a: str, b: str) -> bool:
        """True where a split names the two, or two events that merges put together with them."""
        return b in self.foes.get(a, ())

    @property
    def named(self) -> frozenset[str]:
        """All events that the rules speak of."""
        return frozenset(self.group) | frozenset(self.foes)


def split_sides(one: Sequence[str], other: Sequence[str]) -> tuple[Correction, ...]:
    """The corrections that part a happening in two: each side stays together, and the sides are kept apart."""
    return Correction("split", (one[0], other[0])), Correction("merge", tuple(one)), Correction("merge", tuple(other))


def rules(corrections: Iterable[Correction]) -> Rules:
    """The rules of corrections in the order given."""
    groups: dict[str, frozenset[str]] = {}
    pairs: set[Pair] = set()
    for kind, ids in corrections:
        if kind == "merge":
            merge(groups, pairs, ids)
        else:
            split(groups, pairs, ids)
    foes: dict[str, set[str]] = {}
    for pair in pairs:
        a, b = pair
        for x in groups.get(a, {a}):
            for y in groups.get(b, {b}):
                foes.setdefault(x, set()).add(y)
                foes.setdefault(y, set()).add(x)
    return Rules(groups, {event: frozenset(others) for event, others in foes.items()})


def merge(groups: dict[str, frozenset[str]], pairs: set[Pair], ids: Sequence[str]) -> None:
    """Puts the groups of the events together; splits between any two of them end."""
    whole = frozenset(ids).union(*(groups.get(i, ()) for i in ids))
    groups |= dict.fromkeys(sorted(whole), whole)
    pairs -= {p for p in pairs if p <= whole}


def split(groups: dict[str, frozenset[str]], pairs: set[Pair], ids: Sequence[str]) -> None:
    """Keeps each two of the events apart; those that a merge had put together leave its group."""
    once = sorted(set(ids))
    for event in once:
        rest = groups.get(event, frozenset()) - {event}
        if rest & set(once):
            del groups[event]
            groups |= dict.fromkeys(sorted(rest), rest)
    pairs |= {frozenset(p) for p in combinations(once, 2)}
