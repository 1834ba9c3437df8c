"""The net cooperation-conflict value of some counts, with a 95 % interval for counting noise and for wrong types.

The value sought is the rate of true intensity: the sum over types of intensity x precision x rate of coded events, in
events a period.  What is known of each factor:

- rate: the count of a type is Poisson, so its rate is Gamma(count + a).  The ``a`` of all cooperative types sum to
  ``PRIOR``, and so do those of all conflictual types, shared out by how usual a type is for this pair (its counts over all
  periods, and ``EVEN`` events spread evenly); a period without events thus has an interval to both sides of 0.
- precision: of the events of a type on the model's test split some were right, so it is Beta(right + 1/2, wrong + 1/2).
  A wrong event counts as none: its true type may lie on either side.

The interval runs from the 2.5th to the 97.5th percentile of draws, whose seed is fixed.  It says nothing of events that
the model or the outlets missed, and takes the test split's precision for that on the user's news.
``benchmarks/interval_coverage.py`` measures how often it holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from detente.analysis.precision import Cell, Hits
from detente.ontology import TYPE_INFO

Draws = npt.NDArray[np.float64]
PRIOR = 0.6  # of an event, on each side
EVEN = 2.0  # events, on each side
SEED = 7
SIZE = 4000


class Estimate(NamedTuple):
    """The expected sum of intensities of true events, and its 95 % interval."""

    value: float
    low: float
    high: float


class Intervals:
    """Estimates for the periods of one pair; made from the precision of its types and its counts over all periods."""

    def __init__(self, hits: Mapping[Cell, Hits], usual: Mapping[Cell, int], *, size: int = SIZE, seed: int = SEED):
        self._size, self._seed = size, seed
        self._cells = {cell: number for number, cell in enumerate(hits)}
        self._prior = {cell: a for sign in (1, -1) for cell, a in prior(hits, usual, sign).items()}
        self._right = {c: self._random(n).beta(h.right + 0.5, h.found - h.right + 0.5, size) for (c, n), h in zip(self._cells.items(), hits.values(), strict=True)}  # fmt: skip
        self._mean = {cell: (h.right + 0.5) / (h.found + 1) for cell, h in hits.items()}
        self._part = lru_cache(maxsize=None)(self._draw)
        self._nothing: Draws = sum((self._part(cell, 0) for cell in self._cells), np.zeros(size))
        self.estimate = lru_cache(maxsize=None)(self._estimate)

    def of(self, counts: Mapping[Cell, int]) -> Estimate:
        """The estimate of a period's counts."""
        return self.estimate(tuple(sorted((cell, n) for cell, n in counts.items() if n)))

    def _random(self, *key: int) -> np.random.Generator:
        return np.random.default_rng([self._seed, *key])

    def _draw(self, cell: Cell, count: int) -> Draws:
        """What the events of a cell add, in draws."""
        rate = self._random(self._cells[cell], count, 1).gamma(count + self._prior[cell], size=self._size)
        found: Draws = TYPE_INFO[cell.type].intensity * rate * self._right[cell]
        return found

    def _estimate(self, counts: tuple[tuple[Cell, int], ...]) -> Estimate:
        value = sum(TYPE_INFO[cell.type].intensity * self._mean[cell] * n for cell, n in counts)
        net = self._nothing + sum(self._part(cell, n) - self._part(cell, 0) for cell, n in counts)
        low, high = np.quantile(net, (0.025, 0.975))
        return Estimate(*(round(float(x), 3) + 0.0 for x in (value, low, high)))


def prior(hits: Mapping[Cell, Hits], usual: Mapping[Cell, int], sign: int) -> dict[Cell, float]:
    """How much of an event each cell of one side has before any is counted."""
    cells = [c for c in hits if TYPE_INFO[c.type].intensity * sign > 0]
    total = sum(usual.get(c, 0) for c in cells) + EVEN
    return {c: PRIOR * (usual.get(c, 0) + EVEN / len(cells)) / total for c in cells}
