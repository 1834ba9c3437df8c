"""What keeps two groups of reports apart as wholes, though single reports of them may look alike.

A group is sure of a value where at least two of its reports give it and no other value is given as often.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

from detente.collapse.evidence import NEAR, consulting, kilometres
from detente.collapse.reports import Report

T = TypeVar("T", bound=Hashable)
SURE = 2  # reports that make a group sure
PLACED = 3  # reports with a place before a group may be kept apart by it: a town and its province are one place too


def usual(values: Iterable[T]) -> T | None:
    """The value that the group is sure of, or None."""
    best = Counter(values).most_common(2)
    clear = best and best[0][1] >= SURE and (len(best) == 1 or best[0][1] > best[1][1])
    return best[0][0] if clear else None


def days_differ(one: Sequence[Report], other: Sequence[Report]) -> bool:
    """True where both groups are sure of their day, and not of the same: the act done again the next day."""
    a, b = (usual(r.start for r in group if r.dated) for group in (one, other))
    return a is not None and b is not None and a != b


def consultations_differ(one: Sequence[Report], other: Sequence[Report]) -> bool:
    """True where one group tells a journey and the other the talks held on it, or a call."""
    a, b = (usual(kind for r in group if (kind := consulting(r))) for group in (one, other))
    return a is not None and b is not None and a != b


def names_place(group: Sequence[Report], places: set[frozenset[str]]) -> bool:
    """True where a report of the group is at one of the places or names it."""
    return any(place <= r.place_words or place <= r.stems.keys() for place in places for r in group)


def places_differ(one: Sequence[Report], other: Sequence[Report]) -> bool:
    """True where both groups have placed reports enough, and no report of either tells or names a place of the other."""
    if any(sum(r.place is not None for r in group) < PLACED for group in (one, other)):
        return False
    here, there = ({r.place_words for r in group if r.place_words} for group in (one, other))
    near = any((kilometres(a, b) or 2 * NEAR) <= NEAR for a in one for b in other)
    return not (near or names_place(one, there) or names_place(other, here))


def differ(one: Sequence[Report], other: Sequence[Report]) -> bool:
    """True where two groups can't be one happening."""
    return days_differ(one, other) or places_differ(one, other) or consultations_differ(one, other)
