"""Sheets: the corpus as plain text files, read into units with spans.

The format stands in ``corpus/README.md``.  ``read_sheet`` gives the units of a file and the faults found in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

STATUSES = ("actual", "future", "conditional", "hypothetical", "negated")
KINDS = ("direct", "indirect", "mixed")
EVENT_FIELDS = ("who", "to", "at", "when", "with", "if", "what", "by", "same")
NOT_BODY = ("headline", "dateline", "byline", "caption", "promo", "copyright", "correction", "other")
ACTOR_FIELDS = ("who", "to", "by")


class Piece(NamedTuple):
    """A stretch of the unit's text, code points, end exclusive."""

    start: int
    end: int


class ActorMark(NamedTuple):
    span: Piece
    country: str | None
    sector: str | None


class Reference(NamedTuple):
    span: Piece
    antecedent: Piece


@dataclass(frozen=True, kw_only=True)
class EventMark:
    number: str | None
    type: str
    mode: str | None
    status: str
    historical: bool
    headline: bool
    trigger: Piece
    fields: dict[str, tuple[Piece, ...]]
    same_as: str | None = None


@dataclass(frozen=True, kw_only=True)
class StatementMark:
    kind: str
    speakers: tuple[Piece, ...]
    cue: Piece | None
    content: tuple[Piece, ...]
    addressees: tuple[Piece, ...] = ()
    reporters: tuple[Piece, ...] = ()


class NotBody(NamedTuple):
    kind: str
    span: Piece


class Fault(NamedTuple):
    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


@dataclass
class Unit:
    """One sentence (or one whole article) and all that is marked in it; ``settings`` are the sheet's ``@`` lines."""

    text: str
    line: int
    settings: dict[str, str]
    paragraphs: list[Piece] = field(default_factory=list)
    actors: list[ActorMark] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    events: list[EventMark] = field(default_factory=list)
    statements: list[StatementMark] = field(default_factory=list)
    not_body: list[NotBody] = field(default_factory=list)
    no_event: list[str] = field(default_factory=list)
    pairs: list[str] = field(default_factory=list)

    def words(self, piece: Piece) -> str:
        return self.text[piece.start : piece.end]


class Ontology(NamedTuple):
    """The names that a sheet may use."""

    modes: dict[str, frozenset[str]]
    sectors: frozenset[str]
    countries: frozenset[str]


class SheetError(ValueError):
    """One annotation line can't be read; the message says what is wrong with which words."""


def occurrences(text: str, words: str, start: int = 0, end: int | None = None) -> Iterator[Piece]:
    """Places where ``words`` stands in ``text[start:end]`` without cutting a word."""
    end = len(text) if end is None else end
    at = text.find(words, start, end) if words else -1
    while at >= 0:
        stop = at + len(words)
        cuts_left = at > 0 and text[at - 1].isalnum() and words[0].isalnum()
        cuts_right = stop < len(text) and text[stop].isalnum() and words[-1].isalnum()
        if not cuts_left and not cuts_right:
            yield Piece(at, stop)
        at = text.find(words, at + 1, end)


class Finder:
    """Turns the written form of a span into offsets, within one paragraph of a growing text."""

    def __init__(self, text: str, start: int):
        self.text, self.start = text, start

    def find(self, written: str) -> Piece:
        written = written.strip()
        if written.startswith("<"):
            return self._earlier(written[1:].strip())
        number = re.search(r"#(\d+)$", written)
        words = written[: number.start()] if number else written
        if " .. " in words:
            return self._elided(words, int(number[1]) if number else None)
        found = list(occurrences(self.text, words, self.start))
        return self._choose(found, words, int(number[1]) if number else None)

    def _choose(self, found: list[Piece], words: str, number: int | None) -> Piece:
        if not found:
            raise SheetError(f"{words!r} does not stand in the text (as whole words)")
        if number is None and len(found) > 1:
            raise SheetError(f"{words!r} stands {len(found)} times: write {words}#1 … {words}#{len(found)}")
        if number is not None and not 1 <= number <= len(found):
            raise SheetError(f"{words!r} stands {len(found)} times, there is no #{number}")
        return found[(number or 1) - 1]

    def _elided(self, words: str, number: int | None) -> Piece:
        head, tail = (part.strip() for part in words.split(" .. ", 1))
        first = self._choose(list(occurrences(self.text, head, self.start)), head, number)
        for last in occurrences(self.text, tail, first.end):
            return Piece(first.start, last.end)
        raise SheetError(f"{tail!r} does not stand after {head!r}")

    def _earlier(self, words: str) -> Piece:
        found = list(occurrences(self.text, words, 0, self.start))
        if not found:
            raise SheetError(f"{words!r} stands in no earlier paragraph")
        return found[-1]

    def antecedent(self, words: str, before: Piece) -> Piece:
        """The nearest occurrence before the pronoun, or else the next one after it."""
        if "#" in words or words.startswith("<") or " .. " in words:
            return self.find(words)
        found = [p for p in occurrences(self.text, words) if p.end <= before.start or p.start >= before.end]
        earlier = [p for p in found if p.end <= before.start]
        if not found:
            raise SheetError(f"antecedent {words!r} does not stand in the text")
        return earlier[-1] if earlier else found[0]


def split_fields(body: str) -> list[str]:
    return [part.strip() for part in body.split(" | ")]


def pieces(finder: Finder, written: str) -> tuple[Piece, ...]:
    return tuple(finder.find(part) for part in written.split(" + ") if part.strip() not in ("", "-"))


def keyed(parts: Iterable[str], allowed: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in parts:
        key, colon, value = part.partition(":")
        if not colon or key not in allowed:
            raise SheetError(f"field {part!r} must begin with one of {', '.join(f'{a}:' for a in allowed)}")
        if key in found:
            raise SheetError(f"field {key}: stands twice; join its spans with ' + '")
        found[key] = value.strip()
    return found


def read_actors(body: str, finder: Finder, names: Ontology) -> list[ActorMark]:
    marks = []
    for part in body.split(" + "):
        match = re.fullmatch(r"(.+?)\s+([A-Z]{3}|-)\s+([A-Z]{3}|-)", part.strip())
        if not match:
            raise SheetError(f"{part!r} must be: span COUNTRY SECTOR")
        written, country, sector = match.groups()
        if country != "-" and country not in names.countries:
            raise SheetError(f"country {country!r} is no ISO 3166 alpha-3 code of the codebook")
        if sector != "-" and sector not in names.sectors:
            raise SheetError(f"sector {sector!r} is unknown")
        marks.append(ActorMark(finder.find(written), None if country == "-" else country, None if sector == "-" else sector))
    return marks


def read_event(number: str, body: str, finder: Finder, names: Ontology) -> EventMark:
    parts = split_fields(body)
    if len(parts) < 2:
        raise SheetError("an event needs at least: TYPE STATUS | trigger")
    head = parts[0].split()
    kind, _, mode = head[0].partition("/")
    flags = head[1:]
    if kind not in names.modes:
        raise SheetError(f"type {kind!r} is unknown")
    if mode and mode not in names.modes[kind]:
        raise SheetError(f"{kind} has no mode {mode!r}: {', '.join(sorted(names.modes[kind])) or 'none'}")
    status = [f for f in flags if f in STATUSES]
    other = [f for f in flags if f not in (*STATUSES, "historical", "headline")]
    if len(status) != 1 or other:
        raise SheetError(f"after the type: one of {', '.join(STATUSES)}, then historical or headline; found {flags}")
    given = keyed(parts[2:], EVENT_FIELDS)
    if (status[0] == "conditional") != ("if" in given):
        raise SheetError("conditional events need an if: field, and only they have one")
    same = given.pop("same", None)
    return EventMark(
        number=number or None, type=kind, mode=mode or None, status=status[0], historical="historical" in flags,
        headline="headline" in flags, trigger=finder.find(parts[1]),
        fields={key: pieces(finder, value) for key, value in given.items()}, same_as=same and same.lstrip("E"),
    )  # fmt: skip


def read_statement(body: str, finder: Finder) -> StatementMark:
    parts = split_fields(body)
    if len(parts) < 4 or parts[0] not in KINDS:
        raise SheetError("a statement is: direct|indirect|mixed | speaker | cue | content")
    given = keyed(parts[4:], ("to", "via"))
    cue = pieces(finder, parts[2])
    content = pieces(finder, parts[3])
    if not content:
        raise SheetError("a statement needs content")
    return StatementMark(
        kind=parts[0], speakers=pieces(finder, parts[1]), cue=cue[0] if cue else None, content=content,
        addressees=pieces(finder, given.get("to", "")), reporters=pieces(finder, given.get("via", "")),
    )  # fmt: skip


def annotate(unit: Unit, line: str, start: int, names: Ontology) -> None:
    """Adds what one indented line says of the paragraph that begins at ``start``."""
    tag, _, body = line.strip().partition(" ")
    body, finder = body.strip(), Finder(unit.text, start)
    if tag == "A":
        unit.actors.extend(read_actors(body, finder, names))
    elif tag == "R":
        written, equals, antecedent = body.partition(" = ")
        if not equals:
            raise SheetError("a reference is: span = antecedent")
        span = finder.find(written)
        unit.references.append(Reference(span, finder.antecedent(antecedent.strip(), span)))
    elif re.fullmatch(r"E\d*", tag):
        unit.events.append(read_event(tag[1:], body, finder, names))
    elif tag == "S":
        unit.statements.append(read_statement(body, finder))
    elif tag == "N":
        kind, colon, written = body.partition(":")
        if kind.strip() not in NOT_BODY:
            raise SheetError(f"not-body kind {kind!r} is none of {', '.join(NOT_BODY)}")
        unit.not_body.append(NotBody(kind.strip(), finder.find(written) if colon else Piece(start, len(unit.text))))
    elif tag == "0":
        unit.no_event.append(body)
    elif tag == "P":
        unit.pairs.append(body)
    else:
        raise SheetError(f"{tag!r} is no kind of line: A, R, E, S, N, 0 or P")


def read_sheet(path: Path, names: Ontology) -> tuple[list[Unit], list[Fault]]:
    """The units of a sheet and what is wrong in it; faulty lines are left out of the units."""
    units: list[Unit] = []
    faults: list[Fault] = []
    settings: dict[str, str] = {}
    start = 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        if line.startswith("@"):
            key, _, value = line[1:].partition(" ")
            settings[key] = value.strip()
        elif not line[0].isspace():
            start = add_text(units, line.rstrip(), number, settings)
        elif not units:
            faults.append(Fault(str(path), number, "an annotation stands before any text"))
        else:
            try:
                annotate(units[-1], line, start, names)
            except SheetError as error:
                faults.append(Fault(str(path), number, str(error)))
    return units, faults


def add_text(units: list[Unit], text: str, line: int, settings: dict[str, str]) -> int:
    """Opens a unit, or in an article a paragraph; gives the offset at which the new text begins."""
    if "article" not in settings or not units:
        units.append(Unit(text=text, line=line, settings=settings, paragraphs=[Piece(0, len(text))]))
        return 0
    unit = units[-1]
    start = len(unit.text) + 1
    unit.text += "\n" + text
    unit.paragraphs.append(Piece(start, len(unit.text)))
    return start
