"""Average-link clustering in which some pairs may never stand together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from detente.identity import content_hash

T = TypeVar("T")
LARGEST = 1200  # members of a component that are scored all with all
STEP = 0.5  # points by which the links of a larger one must be stronger, until it falls apart
SMALL, STRAY, CLEAR = 2, -1.0, 1.0  # reports of a small group, points that it needs to join another, by how much that must fit best
Links = Mapping[str, Mapping[str, float]]


def components(members: Sequence[str], links: Links, least: float) -> list[list[str]]:
    """Groups of members that links of at least so many points hold together, each sorted."""
    left, found = set(members), []
    for start in sorted(members):
        if start not in left:
            continue
        left.discard(start)
        group, ahead = [], [start]
        while ahead:
            group.append(at := ahead.pop())
            near = [other for other, points in links.get(at, {}).items() if points >= least and other in left]
            left.difference_update(near)
            ahead += near
        found.append(sorted(group))
    return found


def small_components(members: Sequence[str], links: Links, least: float = 0.0) -> Iterator[list[str]]:
    """Components small enough to score all pairs: in a larger one the links must be stronger."""
    for group in components(members, links, least):
        strong = [p for m in group for p in links.get(m, {}).values() if p >= least]
        if len(group) <= LARGEST:
            yield group
        elif min(strong) == max(strong):  # no link is weaker than another: cut by content
            for number in range(-(-len(group) // LARGEST)):
                shuffled = sorted(group, key=content_hash)
                yield sorted(shuffled[number * LARGEST : (number + 1) * LARGEST])
        else:
            yield from small_components(group, links, least + STEP)


def tables(
    members: Sequence[T], points: Callable[[T, T], float], apart: Callable[[T, T], bool]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Points of all pairs and which may not stand together: two arrays (n, n)."""
    size = len(members)
    sums, kept = np.zeros((size, size)), np.zeros((size, size), dtype=bool)
    for i in range(size):
        for j in range(i):
            kept[i, j] = kept[j, i] = apart(members[i], members[j])
            sums[i, j] = sums[j, i] = points(members[i], members[j])
    return sums, kept


def average_link(
    sums: NDArray[np.float64], kept: NDArray[np.bool_], forbids: Callable[[list[int], list[int]], bool] = lambda one, other: False
) -> list[list[int]]:
    """Groups of indices: the two groups of most points a pair are joined, while above 0 and no pair is kept apart.

    Every pair of a group counts, so no chain of reports can hold a group together.  ``forbids`` may still keep two
    groups apart as wholes.  Both arrays are (n, n) and used up.
    """
    size = len(sums)
    count, groups = np.ones(size), [[i] for i in range(size)]
    kept |= np.eye(size, dtype=bool)
    while True:
        means = np.where(kept, -np.inf, sums / np.outer(count, count))
        i, j = divmod(int(np.argmax(means)), size)
        if not means[i, j] > 0:
            return joined_stragglers(groups, means, kept, forbids)
        i, j = min(i, j), max(i, j)
        if forbids(groups[i], groups[j]):
            kept[i, j] = kept[j, i] = True
            continue
        sums[i] += sums[j]
        sums[:, i] = sums[i]
        kept[i] |= kept[j]
        kept[:, i] = kept[i]
        kept[i, i], kept[j], kept[:, j] = True, True, True
        count[i] += count[j]
        groups[i], groups[j] = groups[i] + groups[j], []


def joined_stragglers(
    groups: list[list[int]], means: NDArray[np.float64], kept: NDArray[np.bool_], forbids: Callable[[list[int], list[int]], bool]
) -> list[list[int]]:
    """The groups, with each small one put to a larger that it nearly fits, where no other group fits as well.

    ``means`` are the points a pair of two groups, an array (n, n), -inf where ``kept`` apart; small ones go first.
    """
    found = [list(group) for group in groups]
    for i in sorted((i for i, g in enumerate(groups) if 0 < len(g) <= SMALL), key=lambda i: (len(groups[i]), i)):
        order = np.argsort(-means[i], kind="stable")
        best, second = int(order[0]), int(order[min(1, len(order) - 1)])
        fits = means[i, best] > STRAY and means[i, best] - means[i, second] >= CLEAR
        if fits and len(found[i]) == len(groups[i]) < len(groups[best]) and found[best] and not forbids(found[i], found[best]):
            found[best] += found[i]
            found[i] = []
            means[kept[i], best] = -np.inf
            means[:, i] = -np.inf
    return [sorted(g) for g in found if g]
