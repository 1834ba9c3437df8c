"""Checks sheets: every line read, every span found, every rule of the format kept.

python -m training.check SHEET [SHEET ...]      exit 1 where a fault stands
"""

from __future__ import annotations

import csv
import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

from training.sheets import Fault, Ontology, Unit, read_sheet

ROOT = Path(__file__).resolve().parent.parent
# codes of dissolved states that articles before their end need
FORMER = frozenset({"SUN", "YUG", "DDR", "CSK", "SCG", "YMD", "VDR", "ZAR", "BUR", "XKX"})


def ontology() -> Ontology:
    """The names that sheets may use, from the package's tables."""
    folder = ROOT / "src" / "detente"

    def column(path: Path, name: str) -> list[str]:
        with path.open(encoding="utf-8", newline="") as f:
            return [row[name] for row in csv.DictReader(f)]

    tables = folder / "ontology"
    modes: dict[str, set[str]] = {name: set() for name in column(tables / "types.csv", "type")}
    for kind, mode in zip(column(tables / "modes.csv", "type"), column(tables / "modes.csv", "mode"), strict=True):
        modes[kind].add(mode)
    countries = frozenset(column(folder / "ontology" / "country_codes.csv", "code")) | FORMER
    return Ontology({k: frozenset(v) for k, v in modes.items()}, frozenset(column(tables / "sectors.csv", "sector")), countries)


def unit_faults(unit: Unit) -> Iterator[str]:
    """What the annotation of one unit lacks."""
    known = {m.span for m in unit.actors} | {r.span for r in unit.references}
    numbers = [e.number for e in unit.events if e.number]
    for event in unit.events:
        for name in ("who", "to", "by"):
            for piece in event.fields.get(name, ()):
                if piece not in known:
                    yield f"{name}: {unit.words(piece)!r} (event {event.type} {unit.words(event.trigger)!r}) stands in no A or R line"
        if event.same_as and event.same_as not in numbers:
            yield f"same: {event.same_as} is no event's number"
    for statement in unit.statements:
        for piece in (*statement.speakers, *statement.addressees, *statement.reporters):
            if piece not in known:
                yield f"speaker, addressee or reporter {unit.words(piece)!r} stands in no A or R line"
        for piece in statement.content:
            if statement.cue and statement.cue.start < piece.end and piece.start < statement.cue.end:
                yield f"cue {unit.words(statement.cue)!r} stands inside its content"
    spans = sorted({m.span for m in unit.actors})
    for left, right in itertools.pairwise(spans):
        if right.start < left.end:
            yield f"actor mentions {unit.words(left)!r} and {unit.words(right)!r} overlap"
    if len({m.span for m in unit.actors}) < len(unit.actors):
        yield "an actor mention stands twice in the A lines"
    if "article" not in unit.settings:
        if not unit.events and not unit.no_event:
            yield "no E line and no 0 line"
        if unit.events and unit.no_event:
            yield "a 0 line stands beside an E line"


def check(path: Path, names: Ontology) -> tuple[list[Unit], list[Fault]]:
    units, faults = read_sheet(path, names)
    bad_lines = {f.line for f in faults}
    for unit in units:
        if not any(unit.line < b < unit.line + 40 for b in bad_lines):
            faults.extend(Fault(str(path), unit.line, text) for text in unit_faults(unit))
    needed = ("register", "by", "split")
    if units:
        faults.extend(Fault(str(path), 1, f"the setting @{key} is missing") for key in needed if key not in units[0].settings)
    return units, faults


def main(paths: list[str]) -> int:
    names, bad, count, words = ontology(), 0, 0, []
    for path in paths:
        units, faults = check(Path(path), names)
        count += len(units)
        words += [len(u.text.split()) for u in units]
        bad += len(faults)
        for fault in faults:
            print(fault)
    middle = sorted(words)[len(words) // 2] if words else 0
    print(f"{count} units in {len(paths)} sheets, median {middle} words, {bad} faults")
    return 1 if bad or not count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
