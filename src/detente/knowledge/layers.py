"""A user's tables over ours: the newest wins where a person's terms in one office overlap, and every row keeps its origin.

A user's table has the columns of ours and two more: ``origin``, the file it was read from, and ``imported``, the day.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from detente.errors import KnowledgeError
from detente.knowledge.dates import day

ADDED = ("origin", "imported")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "offices.csv": ("country", "office", "name", "also", "start", "end", "status", *ADDED),
    "organisations.csv": ("name", "sector", "country", "alias_of", "start", "end", "source", *ADDED),
    "groups.csv": ("name", "country", "sector", "alias_of", "start", "end", "source", *ADDED),
    "countries.csv": ("code", "kind", "name", "sector", "start", "end", "source", *ADDED),
}
Row = Mapping[str, str]


def user_table(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of a user's table, oldest import first; none where there is no such table.  Raises KnowledgeError where it is broken."""
    path = folder / name
    if not path.is_file():
        return []
    try:
        rows = list(read_rows(path, COLUMNS[name]))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise KnowledgeError(f"{path} can't be read: {error}; repair or remove it") from error
    return sorted(rows, key=lambda row: row["imported"])


def read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, restval="")
        lacking = set(columns) - set(reader.fieldnames or ())
        if lacking:
            raise KnowledgeError(f"{path} lacks the column {', '.join(sorted(lacking))}; its head must be {','.join(columns)}")
        for row in reader:
            check_dates(row, f"{path}, line {reader.line_num}")
            yield row


def check_dates(row: Row, place: str) -> None:
    for column in ("start", "end"):
        try:
            day(row[column])
        except (KnowledgeError, ValueError) as error:
            raise KnowledgeError(f"{place}: {column} {row[column]!r} is no date; write YYYY-MM-DD, YYYY-MM, YYYY or nothing") from error


def origin(row: Row, ours: str) -> str:
    """Where a row comes from: the column of ours, or the file and day of its import."""
    return f"{row['origin']}, imported {row['imported']}" if row.get("origin") else row.get(ours, "")


def layered_terms(ours: Iterable[Row], theirs: Iterable[Row]) -> list[Row]:
    """Terms of office, theirs over ours.

    A newer term takes the place of one that certainly overlaps it, of the same person in the same office, and its names;
    one that says the same less precisely adds only its names.
    """
    kept: dict[int, Row] = {}
    at: dict[tuple[str, str, str], list[int]] = {}
    older = list(ours)
    for number, row in enumerate([*older, *theirs]):
        keys = {(row["country"], row["office"], folded(name)) for name in all_names(row)}
        if number >= len(older):
            same = sorted({i for key in keys for i in at.get(key, ()) if i in kept and overlap(kept[i], row)})
            exact = next((i for i in same if vaguer(row, kept[i])), None)
            if exact is not None:
                kept[exact] = with_names(kept[exact], row)
                number = exact
            else:
                for i in same:
                    row = with_names(row, kept.pop(i))
                kept[number] = row
        else:
            kept[number] = row
        for key in keys:
            at.setdefault(key, []).append(number)
    return list(kept.values())


def all_names(row: Row) -> list[str]:
    return [row["name"], *filter(None, row["also"].split(";"))]


def with_names(row: Row, other: Row) -> Row:
    """A term with the names of another one of the same person."""
    also = [name for name in all_names(other) if name not in all_names(row)]
    return {**row, "also": ";".join([*filter(None, [row["also"]]), *also])} if also else row


def folded(name: str) -> str:
    """A name without case and accents."""
    if name.isascii():
        return name.casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()


def overlap(one: Row, other: Row) -> bool:
    """True where two terms certainly share more than a day, however their vague dates fall."""
    start = max(day(one["start"], last=True) or date.min, day(other["start"], last=True) or date.min)
    return start < min(day(one["end"]) or date.max, day(other["end"]) or date.max)


def vaguer(new: Row, old: Row) -> bool:
    """True where the new term's dates are the old one's with less precision, or the same."""
    return old["start"].startswith(new["start"]) and old["end"].startswith(new["end"]) and bool(old["end"]) == bool(new["end"])
