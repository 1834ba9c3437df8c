"""Holds the committed floors: each score is measured again and must reach its floor; a better one may be raised.

python -m evaluation.floors [--raise]      exit 1 where a score lies below its floor
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

from detente import Article, Coder
from detente.model.runtime import SIZES, installed
from detente.record.contract import record
from evaluation.development import DATA, TASKS, headlines, scored
from evaluation.example import FOLDER, compare
from evaluation.own import own_scores
from evaluation.resolution import resolution_scores

FLOORS = Path(__file__).with_name("floors.toml")
CEILINGS = frozenset({"false", "false_event", "calibration_error", "dates_wrong"})  # lower is better
CAPS = {"events_per_sentence": 1.9}  # what they must not exceed; less is not better
Scores = dict[str, dict[str, float]]


def example_scores(coder: Coder) -> dict[str, float]:
    text = (FOLDER / "article.txt").read_text(encoding="utf-8")
    found = record(coder.code(Article(id="example", text=text, published=date(2024, 11, 25))))
    counts = compare(json.loads((FOLDER / "gold.json").read_text(encoding="utf-8")), found)
    return {k: float(counts[k]) for k in ("found", "false", "heard")}


def measured(part: str) -> Scores:
    """All scores of a model size by task, or of resolution, which needs no model, by half of its cases."""
    if part == "resolution":
        return {half: {k.replace(".", "_").replace(" ", "_"): v for k, v in resolution_scores(half).items()} for half in ("open", "kept")}
    coder = Coder(part)
    scores = {task: headlines(task, scored(task, coder)) for task in TASKS}
    return {**scores, "example": example_scores(coder), "own": own_scores(coder.model)}


def below(scores: Scores, floors: Scores) -> list[str]:
    """What falls short, one line each."""
    found = []
    for task, held in floors.items():
        for name, floor in held.items():
            value = scores.get(task, {}).get(name)
            worse = value is None or (value > CAPS.get(name, floor) if name in CEILINGS or name in CAPS else value < floor)
            if worse:
                found.append(f"{task}.{name}: {value} against a floor of {floor}")
    return found


def better(scores: Scores, floors: Scores) -> Scores:
    """The floors raised to the scores, none lowered."""
    return {
        task: {n: v if n in CAPS else (min if n in CEILINGS else max)(v, floors.get(task, {}).get(n, v)) for n, v in held.items()}
        for task, held in scores.items()
    }


def write_floors(floors: dict[str, Scores]) -> None:
    lines = ["# Scores that no change may lose; raised by `python -m evaluation.floors --raise`, never lowered.\n"]
    for size, tasks in floors.items():
        for task, held in tasks.items():
            lines.append(f"\n[{size}.{task}]\n")
            lines += [f"{name} = {round(value, 4)}\n" for name, value in held.items()]
    FLOORS.write_text("".join(lines), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raise", dest="lift", action="store_true", help="write better scores into the floor file")
    lift = parser.parse_args().lift
    if not DATA.exists():
        print(f"floors: no development data at {DATA}; nothing was measured")
        return 0
    if not lift and not FLOORS.exists():
        print(f"floors: {FLOORS} is missing; write it with --raise")
        return 1
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    short: list[str] = []
    parts = [*(size for size in SIZES if installed(size)), "resolution"]
    with ProcessPoolExecutor(2) as pool:
        for part, scores in zip(parts, pool.map(measured, parts), strict=True):
            print(part, json.dumps(scores, indent=1))
            short += [f"{part}.{line}" for line in below(scores, floors.get(part, {}))]
            floors[part] = better(scores, floors.get(part, {}))
    if lift and not short:
        write_floors(floors)
    print("\n".join(short) or "floors: all held")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
