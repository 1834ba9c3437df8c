"""What is known of a name and why, at a date: its entries, its terms of office, the answer, and what else it could mean."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from detente.knowledge.book import Book, Entry
from detente.knowledge.members import memberships, seats, successions
from detente.knowledge.offices import Offices, Term

ALIKE = 0.75  # of difflib's ratio, from which a name counts as near
NEAR = 6


class Fact(NamedTuple):
    """One row of knowledge in words: what it says, from when to when, how it stands at the date, and its source."""

    text: str
    period: str
    standing: str
    source: str


@dataclass(frozen=True)
class Explanation:
    """All that is known of a name; ``answers`` has more than one line where the name is ambiguous at the date."""

    name: str
    on: date
    entries: Sequence[Fact]
    terms: Sequence[Fact]
    answers: Sequence[str]
    notes: Sequence[str]

    def __bool__(self) -> bool:
        return bool(self.entries or self.terms or self.notes)


def explain(book: Book, name: str, on: date) -> Explanation:
    """What the Book holds of a whole name at a date."""
    found = book.entries.get(name, ())
    terms = known_terms(book.offices, name)
    return Explanation(
        name, on,
        [Fact(entry_text(e), period(e.start, e.end), entry_standing(e, on), e.source) for e in found],
        [Fact(f"{t.name}: {t.office} of {t.country}", term_period(t), t.standing(on), t.source) for t in sorted(terms, key=lambda t: t.start)],
        [*entry_answers(book, name, on), *term_answers(book.offices, name, on)],
        list(notes(book, name, on)),
    )  # fmt: skip


def known_terms(offices: Offices, name: str) -> Sequence[Term]:
    return offices.by_name.get(name) or ([] if " " in name else offices.by_surname.get(name, []))


def entry_text(entry: Entry) -> str:
    of = "" if entry.canonical == entry.name else f" of {entry.canonical}"
    codes = " ".join(c for c in (entry.country, entry.sector) if c) or "no country"
    return f"{entry.kind}{of}: {codes}"


def entry_standing(entry: Entry, on: date) -> str:
    if entry.holds(on):
        return "holds"
    return "not yet" if entry.start is not None and on < entry.start else "no longer"


def entry_answers(book: Book, name: str, on: date) -> Iterator[str]:
    """The entry that is taken, then the others that hold and mean something else."""
    chosen = book.lookup(name, on)
    if chosen is None:
        return
    why = "holds at the date and comes first by kind and import" if chosen.holds(on) else "none holds at the date; the first is taken"
    yield f"{entry_text(chosen)} ({why})"
    meant = {(chosen.country, chosen.sector)}
    for other in book.entries[name]:
        if other.holds(on) and (other.country, other.sector) not in meant:
            meant.add((other.country, other.sector))
            yield f"or {entry_text(other)} ({other.source})"


def term_answers(offices: Offices, name: str, on: date) -> Iterator[str]:
    """The holder of the name, or all whom it could mean where the text must decide."""
    holder = offices.holder(name, on)
    if holder is not None:
        term = holder.term
        yield f"{holder.name}, {holder.reason}: {term.country if not term.body else 'no country'} {term.sector}"
        for other in known_terms(offices, name):
            if other is not term and other.standing(on) == holder.standing == "current":
                yield f"also {other.name}, current {other.office} of {other.country}"
        return
    by_standing: dict[tuple[str, str], list[str]] = {}
    for term in known_terms(offices, name):
        by_standing.setdefault((term.name, term.country), []).append(f"{term.standing(on)} {term.office}")
    for (person, country), offices_held in by_standing.items():
        yield f"only by context: {person} of {country} ({', '.join(offices_held)})"


def notes(book: Book, name: str, on: date) -> Iterator[str]:
    """Kind, seat and members of an organisation, organisations of a state, successors, and the sector of a role noun."""
    role = next((book.roles[noun] for noun in (name.lower(), name.lower().removesuffix("s")) if noun in book.roles), None)
    if role is not None:
        yield f"role noun: {role}"
    entry = book.lookup(name, on)
    canonical = entry.canonical if entry else name
    seat = seats().get(canonical)
    if seat is not None:
        yield f"kind: {seat.kind}" + (f"; seat: {seat.seat}, {seat.country}" if seat.seat else "")
    every = memberships()
    members = sorted(m.country for m in every if m.organisation == canonical and m.certain(on))
    unsure = sorted({m.country for m in every if m.organisation == canonical and m.possible(on)} - set(members))
    if members or unsure:
        yield f"members on {on} ({len(members)}): {' '.join(members)}" + (f"; perhaps {' '.join(unsure)}" if unsure else "")
    if entry is not None and entry.kind == "state":
        belongs = sorted(m.organisation for m in every if m.country == entry.country and m.certain(on))
        if belongs:
            yield f"member on {on} of: {', '.join(belongs)}"
    for row in successions():
        if row.state == name:
            yield f"until {row.end}; followed by {row.successor}" + (f" ({row.note})" if row.note else "")


def period(start: date | None, end: date | None) -> str:
    return f"{start or 'ever'} to {end or 'now'}" if start or end else "no dates"


def term_period(term: Term) -> str:
    start = f"{term.start}" if term.start == term.start_last else f"{term.start}/{term.start_last}"
    end = "now" if term.end is None else f"{term.end}" if term.end == term.end_first else f"{term.end_first}/{term.end}"
    return f"{start} to {end}"


def near_names(book: Book, name: str) -> list[str]:
    """Known names that look like the given one, the nearest first."""
    known: dict[str, str] = {}
    for other in (*book.entries, *book.offices.by_name, *book.offices.by_surname, *book.roles):
        known.setdefault(other.casefold(), other)
    given = name.casefold()
    size = len(given)
    candidates = [o for o in known if abs(len(o) - size) <= size * (1 - ALIKE) * 2]
    return [known[o] for o in difflib.get_close_matches(given, candidates, n=NEAR, cutoff=ALIKE)]
