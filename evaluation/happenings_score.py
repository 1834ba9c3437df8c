"""B-cubed: how well one grouping of items meets another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from typing import NamedTuple


class BCubed(NamedTuple):
    """Mean over the items of how pure its group is, how whole its happening; all 0 … 1."""

    precision: float
    recall: float
    f1: float


def b_cubed(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> BCubed:
    """Bagga and Baldwin's score of two groupings of the same items."""
    golds, founds = defaultdict(set), defaultdict(set)
    for item in gold:
        golds[gold[item]].add(item)
        founds[found[item]].add(item)
    shared = {i: len(golds[gold[i]] & founds[found[i]]) for i in gold}
    precision = sum(shared[i] / len(founds[found[i]]) for i in gold) / len(gold)
    recall = sum(shared[i] / len(golds[gold[i]]) for i in gold) / len(gold)
    return BCubed(precision, recall, 2 * precision * recall / (precision + recall))
