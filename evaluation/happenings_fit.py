"""Fits the points of the reasons on the half that is for tuning, and writes the package's ``weights.csv``.

python -m evaluation.happenings_fit

Logistic regression over all pairs of reports whose days allow one happening; each reason starts from the judgement in
``happenings/prior.csv`` and leaves it only as far as the pairs demand.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.collapse import evidence
from detente.collapse.blocks import near_keys, own_keys
from evaluation.happenings_data import FOLDER, Told, told

SEEDS = (11, 12, 13)
HOLD = 40.0  # how firmly a reason is held at its judgement, in pairs
LEAN = 0.6  # points added to the base: single pairs lean apart, while average link has all pairs to go by
ROUNDS = 12
Matrix = NDArray[np.float64]


def prior() -> dict[str, float]:
    """Points of each reason as judged by hand."""
    rows = csv.DictReader((FOLDER / "prior.csv").read_text(encoding="utf-8").splitlines())
    return {row["reason"]: float(row["points"]) for row in rows}


def pairs(items: list[Told]) -> list[tuple[Told, Told]]:
    """Pairs that share a block and that time does not keep apart."""
    blocks: dict[object, list[Told]] = defaultdict(list)
    found: dict[tuple[str, str], tuple[Told, Told]] = {}
    for item in items:
        for key in near_keys(item.report):
            found |= {(item.report.event_id, o.report.event_id): (item, o) for o in blocks[key]}
        for key in own_keys(item.report):
            blocks[key].append(item)
    return [(a, b) for a, b in found.values() if not evidence.apart(a.report, b.report)]


def table(reasons: list[str]) -> tuple[Matrix, Matrix]:
    """Which reasons each pair has (pairs, reasons), and whether it is one happening (pairs,)."""
    rows, gold = [], []
    for seed in SEEDS:
        for a, b in [*pairs(told("tune", seed)), *pairs(told("tune", seed, once=True))]:
            held = {"base", *evidence.score(a.report, b.report).reasons}
            rows.append([float(r in held) for r in reasons])
            gold.append(float(a.happening == b.happening))
    return np.array(rows), np.array(gold)


def fit(x: Matrix, y: Matrix, start: Matrix) -> Matrix:
    """Points by Newton's method; x (pairs, reasons), y (pairs,), start (reasons,)."""
    points = start.copy()
    hold = HOLD * np.eye(x.shape[1])
    for _ in range(ROUNDS):
        sure = 1 / (1 + np.exp(-np.clip(x @ points, -30, 30)))
        slope = x.T @ (y - sure) - HOLD * (points - start)
        points = points + np.linalg.solve((x * (sure * (1 - sure))[:, None]).T @ x + hold, slope)
    return points


def main() -> None:
    judged = prior()
    reasons = list(judged)
    x, y = table(reasons)
    points = fit(x, y, np.array(list(judged.values())))
    points[reasons.index("base")] += LEAN
    lines = ["reason,points", *(f"{r},{p:.2f}" for r, p in zip(reasons, points, strict=True))]
    Path(str(evidence.__file__)).with_name("weights.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(y)} pairs, {y.mean():.3f} of them one happening")


if __name__ == "__main__":
    main()
