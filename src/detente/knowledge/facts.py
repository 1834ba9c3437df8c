"""What a foreign file tells us, entity by entity, before it is joined: people, posts, who held which when, and names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from detente.errors import KnowledgeError
from detente.knowledge.dates import day

LONGEST = 7  # words; a longer name is a description
MOST_NAMES = 24  # names kept of one person or organisation
DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


class Person(NamedTuple):
    """``gone`` where the person is known to have died: a term without an end is then no current one."""

    id: str
    name: str
    also: tuple[str, ...]
    gone: bool


class Post(NamedTuple):
    id: str
    office: str
    country: str


class Tenure(NamedTuple):
    """A person in a post; ``end`` is empty while in office."""

    person: str
    post: str
    start: str
    end: str


class Named(NamedTuple):
    """A row of one of our tables of names."""

    table: str
    name: str
    country: str
    sector: str
    alias_of: str
    start: str
    end: str


class Skipped(NamedTuple):
    """Something that was left out, and why."""

    reason: str


Fact = Person | Post | Tenure | Named | Skipped


def latin(text: str) -> bool:
    """True where every letter is of the Latin script."""
    return text.isascii() or all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or not c.isalpha() for c in text)


def person_name(text: str) -> str:
    """A name as news writes it: "SHOIGU, Sergei" and "Sergei SHOIGU" become "Sergei Shoigu"."""
    words = " ".join(text.split())
    if words.count(",") == 1:
        last, first = (part.strip() for part in words.split(","))
        words = f"{first} {last}"
    return " ".join(w.capitalize() if len(w) > 2 and w.isupper() and w.isalpha() else w for w in words.split())


def person_names(names: Iterable[str]) -> list[str]:
    """The names that can stand in a text, without repeats; a further name of one word would name too many."""
    kept: dict[str, None] = {}
    for name in map(person_name, names):
        words = name.split()
        if latin(name) and 1 <= len(words) <= LONGEST and (len(words) > 1 or not kept) and not set(name) & set(',;()"'):
            kept.setdefault(name)
    return list(kept)[:MOST_NAMES]


def body_names(names: Iterable[str]) -> list[str]:
    """Names of an organisation that can stand in a text; a further name of one word only where it is an acronym."""
    kept: dict[str, None] = {}
    for name in (" ".join(n.split()) for n in names):
        words = name.split()
        if not latin(name) or not 1 <= len(words) <= LONGEST or len(name) < 3 or name == name.lower() or set(name) & set(',;()"'):
            continue
        if len(words) > 1 or not kept or name.isupper():
            kept.setdefault(name)
    return list(kept)[:MOST_NAMES]


def agreed(dates: Sequence[str]) -> str | None:
    """What the given dates hold in common: a day, month or year; None where they differ in the year or are no dates."""
    found = [m[0] for m in (DATE.match(d) for d in dates) if m and real(m[0])]
    if not found or len(found) < len(dates):
        return None
    for size in (10, 7, 4):
        cut = {d[:size] for d in found}
        if len(cut) == 1:
            return cut.pop()
    return None


def real(text: str) -> bool:
    try:
        return day(text) is not None
    except KnowledgeError:
        return False


def tenure(person: str, post: str, starts: Sequence[str], ends: Sequence[str], *, over: bool = False) -> Tenure | Skipped:
    """A term whose dates are certain enough to keep; ``over`` where it ended at a date that isn't told."""
    start, end = agreed(starts), agreed(ends)
    if not starts:
        return Skipped("terms without a start")
    if start is None or (ends and end is None):
        return Skipped("terms with contradicting or impossible dates")
    if over and not ends:
        return Skipped("terms that ended at an unknown date")
    if end and (last := day(end, last=True)) and (first := day(start)) and last < first:
        return Skipped("terms that end before they start")
    return Tenure(person, post, start, end or "")


class Territories:
    """Our country codes by the codes of FollowTheMoney and by the ids of Wikidata."""

    def __init__(self, rows: Iterable[Mapping[str, str]]):
        rows = list(rows)
        self._codes = {code: row["code"] for row in rows for code in row["followthemoney"].split(";")} | {"eu": "EU", "un": "UN"}
        self._items = {item: row["code"] for row in rows for item in row["wikidata"].split(";")}

    def of_codes(self, codes: Iterable[str]) -> str | None:
        """The one country of some codes; a part of a country ("gb-sct") counts as the country."""
        found = {self._codes.get(c.lower()) or self._codes.get(c.lower().split("-")[0]) for c in codes}
        return found.pop() if len(found) == 1 else None

    def of_items(self, items: Iterable[str]) -> str | None:
        found = {self._items[i] for i in items if i in self._items}
        return found.pop() if len(found) == 1 else None
