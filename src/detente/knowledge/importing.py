"""Foreign files into a user's tables: FollowTheMoney or Wikidata lines, read as a stream, joined, written beside ours."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from detente.errors import BadRow, InputError, KnowledgeError
from detente.knowledge.book import read_table
from detente.knowledge.facts import Fact, Territories
from detente.knowledge.followthemoney import FollowTheMoney
from detente.knowledge.layers import COLUMNS, read_rows
from detente.knowledge.lines import Line, lines
from detente.knowledge.positions import Positions, country_names
from detente.knowledge.staging import Staging
from detente.knowledge.wikidata import Wikidata, worth_reading

NAMED = 5  # malformed lines whose place and fault are kept
BRACKETS = (b"[", b"]", b"],")  # a Wikidata dump is one JSON list, an entity a line


@dataclass
class Outcome:
    """What an import did: lines read and malformed, rows written and replaced by table, what was left out by reason."""

    lines: int = 0
    malformed: int = 0
    faults: list[str] = field(default_factory=list)
    written: Counter[str] = field(default_factory=Counter)
    replaced: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)

    def fault(self, message: str) -> None:
        self.malformed += 1
        if len(self.faults) < NAMED:
            self.faults.append(message)


class Readers:
    """Tells FollowTheMoney from Wikidata line by line and reads each."""

    def __init__(self) -> None:
        territories = Territories(read_table("territories.csv"))
        positions = Positions(country_names(read_table("countries.csv")))
        self._money, self._wikidata = FollowTheMoney(territories, positions), Wikidata(territories, positions)

    def facts(self, line: Line) -> tuple[str, list[Fact]]:
        """The kind of file that a line belongs to, and its facts.  Raises BadRow with what is wrong."""
        if line.fault is not None:
            raise BadRow(line.fault)
        data = line.data.strip()
        if data in BRACKETS:
            return "wikidata", []
        if b'"claims"' in data and not worth_reading(data):
            return "wikidata", []
        entity = parsed(data.rstrip(b","))
        if "claims" in entity:
            return "wikidata", list(self._wikidata.facts(entity))
        if "schema" not in entity:
            raise BadRow("neither a FollowTheMoney entity (schema, properties) nor a Wikidata item (claims)")
        return "followthemoney", list(self._money.facts(entity))


def parsed(data: bytes) -> Mapping[str, object]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadRow(f"no JSON ({error})") from error
    if not isinstance(found, dict):
        raise BadRow("no JSON object")
    return found


def import_files(paths: Sequence[Path], folder: Path, today: date, seen: Callable[[Path, int], None] = lambda path, size: None) -> Outcome:
    """Reads the files into the tables of a folder; ``seen`` hears the bytes read of a file.

    Rows of an earlier import of a file of the same name are replaced.  Raises InputError where a file can't be read or
    nothing in them is of use; then the tables stay as they were.
    """
    outcome, readers = Outcome(), Readers()
    with Staging() as staging:
        for path in paths:
            read_file(path, readers, staging, outcome, seen)
        origins = {f"{kind}:{path.name}" for path in paths for kind in ("followthemoney", "wikidata")}
        rows = {name: staging.names(name) if name != "offices.csv" else staging.terms() for name in COLUMNS}
        write_tables(folder, rows, origins, today, outcome)
        outcome.skipped = staging.skipped
    return outcome


def read_file(path: Path, readers: Readers, staging: Staging, outcome: Outcome, seen: Callable[[Path, int], None]) -> None:
    for line in lines(path, lambda size: seen(path, size)):
        outcome.lines += 1
        try:
            kind, facts = readers.facts(line)
        except BadRow as error:
            outcome.fault(f"{path.name}, line {line.number}: {error}")
            continue
        for fact in facts:
            staging.add(fact, f"{kind}:{path.name}")


def write_tables(folder: Path, tables: Mapping[str, Iterator[dict[str, str]]], origins: set[str], today: date, outcome: Outcome) -> None:
    """Writes each table beside its place and puts all in place at the end."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        ready = [(folder / name, write_table(folder / name, rows, origins, today, outcome)) for name, rows in tables.items()]
        if not outcome.written:
            for _, written in ready:
                written.unlink()
            raise InputError(
                f"nothing of use in the files: no dated term of office, no organisation of a topic that we code{first(outcome)}"
            )
        for path, written in ready:
            if outcome.written[path.name] or path.exists():
                written.replace(path)
            else:
                written.unlink()
    except OSError as error:
        raise KnowledgeError(f"{folder} can't be written: {error}; set DETENTE_HOME to another folder") from error


def write_table(path: Path, rows: Iterable[dict[str, str]], origins: set[str], today: date, outcome: Outcome) -> Path:
    """The new table under another name: its rows of other origins, then the new ones."""
    written = path.with_suffix(".new")
    with written.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS[path.name], lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        for row in read_rows(path, COLUMNS[path.name]) if path.exists() else ():
            if row["origin"] in origins:
                outcome.replaced[path.name] += 1
            else:
                writer.writerow(row)
        for row in rows:
            writer.writerow({**row, "imported": today.isoformat()})
            outcome.written[path.name] += 1
    return written


def first(outcome: Outcome) -> str:
    """The first fault, where there was one."""
    return f" (first fault: {outcome.faults[0]})" if outcome.faults else ""
