"""How often the 95 % interval of a dyad's net value covers the truth, where precision and rates are known.

    python -m benchmarks.interval_coverage [--runs 200]

Each run plays the whole chain once: a test split is drawn, on which each type is right with the precision of the model
card; then 24 periods of events are drawn with given rates by type.  From the split's counts and the events the interval
is made as ``analysis.series`` makes it, and compared with the true value, the sum of intensity x precision x rate.
Printed is the share of periods that are covered, by mix of types and mean number of events a period, and the shares
below and above.  The bounds of issue 7: 93 to 97 % overall.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from detente.analysis.interval import Intervals
from detente.analysis.precision import Cell, Hits, card_hits, read_card
from detente.ontology import TYPE_INFO, TYPES

PERIODS = 24
OUTBREAK = 2  # periods
RATES = (0.3, 1, 3, 10, 30, 100)
Rates = npt.NDArray[np.float64]


class Outcome(NamedTuple):
    """Shares of periods whose truth lies in, below and above the interval."""

    share: float
    below: float
    above: float


def mix(weights: Mapping[str, float]) -> Rates:
    """The share of each type, in the order of TYPES."""
    found = np.array([weights.get(t, 0.0) for t in TYPES])
    return np.asarray(found / found.sum(), dtype=np.float64)


COOPERATION = mix({"AGREE": 5, "CONSULT": 6, "SUPPORT": 4, "CONCEDE": 2, "COOPERATE": 2, "AID": 2, "RETREAT": 1, "REQUEST": 1,
                   "ACCUSE": 0.5, "REJECT": 0.5, "SANCTION": 0.2, "COERCE": 0.2})  # fmt: skip
CONFLICT = mix({"AGREE": 0.5, "CONSULT": 0.5, "RETREAT": 0.5, "REQUEST": 2, "ACCUSE": 3, "REJECT": 2, "THREATEN": 2, "PROTEST": 1,
                "SANCTION": 2, "MOBILIZE": 2, "COERCE": 2, "ASSAULT": 6})  # fmt: skip
# the shares of the types in each period
MIXES: dict[str, Sequence[Rates]] = {
    "cooperation": [COOPERATION] * PERIODS,
    "conflict": [CONFLICT] * PERIODS,
    "even": [mix(dict.fromkeys(TYPES, 1.0))] * PERIODS,
    "two types": [mix({"CONSULT": 1, "ASSAULT": 1})] * PERIODS,
    # judged by its last periods alone
    "outbreak": [COOPERATION] * (PERIODS - OUTBREAK) + [mix({"ASSAULT": 1})] * OUTBREAK,
    "change": [COOPERATION] * (PERIODS * 2 // 3) + [CONFLICT] * (PERIODS // 3),
}


def simulate(shares: Sequence[Rates], rate: float, *, runs: int, seed: int = 1, size: int = 4000, last: int = PERIODS) -> Outcome:
    """Covered periods of some runs at a mean rate of events a period, of the ``last`` periods of each run."""
    random = np.random.default_rng(seed)
    known = {Cell("fast", t): card_hits(((read_card("fast") or {})["types"]).get(t)) for t in TYPES}
    precision = np.array([(h.right + 0.5) / (h.found + 1) for h in known.values()])
    weights = np.array([TYPE_INFO[t].intensity for t in TYPES])
    below = above = 0
    for _ in range(runs):
        hits = {c: Hits(int(random.binomial(h.found, p)), h.found) for (c, h), p in zip(known.items(), precision, strict=True)}
        counts = [dict(zip(known, map(int, random.poisson(rate * share)), strict=True)) for share in shares]
        usual = {c: sum(period[c] for period in counts) for c in known}
        intervals = Intervals(hits, usual, size=size)
        for share, period in list(zip(shares, counts, strict=True))[-last:]:
            truth, found = float((weights * precision * share).sum() * rate), intervals.of(period)
            below, above = below + (truth < found.low), above + (truth > found.high)
    n = runs * min(last, len(shares))
    return Outcome(1 - (below + above) / n, below / n, above / n)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=200)
    runs = parser.parse_args().runs
    print(
        f"share of {runs * PERIODS:,} periods covered (outbreak: {runs * OUTBREAK:,}), by mean events a period\n{'mix':<12}"
        + "".join(f"{r:>8}" for r in RATES)
    )
    shares: list[Outcome] = []
    for name, periods in MIXES.items():
        last = OUTBREAK if name == "outbreak" else PERIODS
        found = [simulate(periods, rate, runs=runs, last=last) for rate in RATES]
        shares += found
        print(f"{name:<12}" + "".join(f"{f.share:>8.3f}" for f in found), flush=True)
    means = np.array(shares).mean(axis=0)
    busy = np.array([f.share for f in shares]).reshape(len(MIXES), len(RATES))[:, 2:].mean()
    print(f"all {means[0]:.3f} (truth below {means[1]:.3f}, above {means[2]:.3f}); of 3 events or more a period {busy:.3f}")


if __name__ == "__main__":
    main()
