"""What detente knows by name: states, organisations, groups and role nouns, each fact a row of a table.

Names are matched case-sensitively and whole, longest first; an entry holds from ``start`` to ``end`` where given.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from detente.knowledge.dates import day
from detente.knowledge.home import user_folder
from detente.knowledge.layers import COLUMNS, layered_terms, origin, user_table
from detente.knowledge.offices import Offices, read_offices

TABLES = ("countries.csv", "organisations.csv", "groups.csv", "roles.csv", "offices.csv", "cities.csv", "areas.csv")
# an adjective before one of these says who stands behind somebody, not who it is
BACKERS = ("-backed", "-led", "-born", "-based", "-made", "-controlled", "-held", "-occupied", "-sponsored", "-supported",
           "-trained", "-speaking", "-aligned", "-allied", "-mediated", "-brokered", "-funded", "-affiliated", "-linked")  # fmt: skip


class Entry(NamedTuple):
    """One fact about a name: ``kind`` is state, adjective, people, capital, seat, body, place, organisation or group.

    ``source`` is the author or package of a row of ours, or the file and day of an import.
    """

    name: str
    kind: str
    canonical: str
    country: str | None
    sector: str | None
    start: date | None = None
    end: date | None = None
    source: str = ""

    def holds(self, on: date | None) -> bool:
        if on is None:
            return self.end is None
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


class Found(NamedTuple):
    start: int
    end: int
    entry: Entry


SECTOR_OF_KIND = {"seat_mil": "MIL"}
KINDS = {"short": "state", "name": "state", "seat_mil": "seat"}


@dataclass(frozen=True)
class Book:
    """All entries by name, the role nouns by noun, the terms of office, the longest name by first word, and a hash of the tables they came from."""

    entries: dict[str, tuple[Entry, ...]]
    roles: dict[str, str]
    offices: Offices
    longest: dict[str, int]
    version: str

    def lookup(self, name: str, on: date | None = None) -> Entry | None:
        """The entry of a whole name that holds on the date; the last known one where none does."""
        found = self.entries.get(name, ())
        holding = [e for e in found if e.holds(on)]
        return (holding or list(found) or [None])[0]  # type: ignore[list-item]

    def scan(self, text: str, on: date | None = None) -> Iterator[Found]:
        """Known names in a text, left to right, the longest at each place, none overlapping."""
        words = list(word_spans(text))
        at = 0
        while at < len(words):
            first = text[words[at][0] : words[at][1]]
            for size in range(min(self.longest.get(first, 0), len(words) - at), 0, -1):
                start, end = words[at][0], words[at + size - 1][1]
                entry = self.lookup(text[start:end], on)
                if entry is None and text[end : end + 1] == ".":
                    end += 1
                    entry = self.lookup(text[start:end], on)
                if entry is not None:
                    yield Found(start, end, entry)
                    at += size
                    break
            else:
                at += 1


def word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Words as names are made of: letters, digits, inner periods, hyphens and apostrophes; a final 's is left off."""
    at = 0
    while at < len(text):
        if not text[at].isalnum():
            at += 1
            continue
        end = at
        while end < len(text) and (text[end].isalnum() or (text[end] in ".-'’&" and text[end + 1 : end + 2].isalnum())):
            end += 1
        word = text[at:end]
        cut = 2 if word[-2:] in ("'s", "’s") else 0
        hyphen = next((word.index(b) for b in BACKERS if b in word), None)
        if hyphen is None and not (text[end : end + 1] == "." and text.startswith(BACKERS, end + 1)):  # "U.S.-backed"
            yield at, end - cut
        at = max(end, at + 1)


def longest_names(names: Iterable[str]) -> dict[str, int]:
    """How many words the longest name has that begins with a word."""
    found: dict[str, int] = {}
    for name in names:
        words = list(word_spans(name))
        if words:
            first = name[words[0][0] : words[0][1]]
            found[first] = max(found.get(first, 0), len(words))
    return found


def read_table(name: str) -> list[dict[str, str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def country_entries(rows: Iterable[dict[str, str]]) -> Iterator[Entry]:
    rows = list(rows)
    short = {row["code"]: row["name"] for row in rows if row["kind"] == "short"}
    for row in rows:
        if row["kind"] == "currency":
            continue
        kind = KINDS.get(row["kind"], row["kind"])
        sector = row.get("sector") or SECTOR_OF_KIND.get(row["kind"]) or "GOV"
        canonical = row["name"] if kind == "body" else short.get(row["code"], row["name"])
        yield Entry(row["name"], kind, canonical, row["code"], sector, day(row["start"]), day(row["end"], last=True),
                    origin(row, "source"))  # fmt: skip


def named_entries(rows: Iterable[dict[str, str]], kind: str) -> Iterator[Entry]:
    for row in rows:
        canonical = row["alias_of"] or row["name"]
        yield Entry(row["name"], kind, canonical, row["country"] or None, row["sector"] or None, day(row["start"]),
                    day(row["end"], last=True), origin(row, "source"))  # fmt: skip


PRIORITY = {"group": 0, "organisation": 1, "state": 2, "body": 3, "seat": 4, "adjective": 5, "people": 6, "capital": 7, "place": 8}


def load_book(folder: Path | None = None) -> Book:
    """The Book of the package's tables with a user's over them: those of ``folder``, by default of the user's own folder.

    Its version covers all of them.  Raises KnowledgeError where a user's table is broken.
    """
    folder = user_folder() if folder is None else folder
    theirs = {name: user_table(folder, name) for name in COLUMNS}
    terms = read_table("offices.csv")
    roles = {row["noun"]: row["sector"] for row in read_table("roles.csv")}
    entries = merged(all_entries({name: read_table(name) for name in COLUMNS}), all_entries(theirs))
    offices = read_offices(layered_terms(terms, theirs["offices.csv"]) if theirs["offices.csv"] else terms)
    return Book(entries, roles, offices, longest_names(entries), version_of(folder))


def all_entries(tables: Mapping[str, list[dict[str, str]]]) -> list[Entry]:
    return [*country_entries(tables["countries.csv"]), *named_entries(tables["organisations.csv"], "organisation"),
            *named_entries(tables["groups.csv"], "group")]  # fmt: skip


def merged(ours: Iterable[Entry], theirs: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """All entries by name, the one that counts first.

    An imported entry goes before ours where ours has the same kind and the imported one has dates of its own: a bare
    name from a list of sanctions must not undo what we know by date.
    """
    by_name: dict[str, list[Entry]] = {}
    for entry in ours:
        by_name.setdefault(entry.name, []).append(entry)
    for found in by_name.values():
        found.sort(key=priority)
    imported: dict[str, list[Entry]] = {}
    for entry in theirs:
        imported.setdefault(entry.name, []).insert(0, entry)
    for name, newest in imported.items():
        found = by_name.get(name, [])
        kinds = {entry.kind for entry in found}
        first = [e for e in newest if e.kind in kinds and (e.start or e.end)]
        by_name[name] = [*first, *found, *sorted((e for e in newest if e not in first), key=priority)]
    return {name: tuple(found) for name, found in by_name.items()}


def priority(entry: Entry) -> int:
    return PRIORITY.get(entry.kind, 9)


def version_of(folder: Path) -> str:
    """A hash of our tables and of a user's where there are any."""
    digest = hashlib.sha256(b"".join(files(__package__).joinpath(name).read_bytes() for name in TABLES))
    for name in COLUMNS:
        if (folder / name).is_file():
            digest.update(name.encode() + b"\0" + (folder / name).read_bytes())
    return digest.hexdigest()[:16]
