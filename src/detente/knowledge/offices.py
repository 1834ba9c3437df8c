"""Who held which public office when: terms of office by name, judged at a date.

A date of a term is as precise as the table has it; within an uncertain month or year the answer is "unsure", not a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from detente.knowledge.dates import day

Standing = Literal["current", "former", "later", "unsure"]

FAMILY_FIRST = frozenset({"CHN", "TWN", "PRK", "KOR", "VNM", "KHM"})
RANK = ("president", "king", "head of state", "supreme leader", "prime minister", "chief", "foreign minister", "defence minister")
SECTOR = {"army chief": "MIL", "intelligence chief": "SPY"}
BODY_SECTOR = "IGO"
ARABIC_ARTICLE = re.compile(r"^(?:al|el|as|ash|ad|an|ar)-", re.I)
MEMORY = 12  # years for which a bare surname still names a former holder


class Term(NamedTuple):
    """One tenure: from between ``start`` and ``start_last`` to between ``end_first`` and ``end``; no end while in office."""

    country: str
    office: str
    name: str
    start: date
    start_last: date
    end_first: date | None
    end: date | None

    @property
    def body(self) -> bool:
        """True where the office is one of an international body, whose acronym stands for a country."""
        return len(self.country) != 3 or self.country in BODIES

    @property
    def sector(self) -> str:
        return BODY_SECTOR if self.body else SECTOR.get(self.office, "GOV")

    def standing(self, on: date) -> Standing:
        if on < self.start:
            return "later"
        if self.end is not None and on > self.end:
            return "former"
        if on < self.start_last or (self.end_first is not None and on > self.end_first):
            return "unsure"
        return "current"


BODIES = frozenset({"OAS", "IMF", "WHO", "WTO", "ICC", "LAS", "GCC", "OIC", "SCO", "COE", "WFP", "EAC", "SADC", "IOM"})


class Holder(NamedTuple):
    """What the terms say of a name at a date: the person, the term that counts, its standing, and why."""

    name: str
    term: Term
    standing: Standing
    reason: str


@dataclass(frozen=True)
class Offices:
    """All terms by each name that their holder goes by, and by surname."""

    by_name: Mapping[str, Sequence[Term]]
    by_surname: Mapping[str, Sequence[Term]]

    def holder(self, name: str, on: date | None, countries: Iterable[str] = ()) -> Holder | None:
        """Who a name means at a date; a surname alone must mean one person, by its standing or the ``countries`` of the text."""
        full = self.by_name.get(name)
        if full is not None:
            return judged(full, on)
        if " " in name or on is None:
            return None
        known = self.by_surname.get(name, ())
        near = set(countries)
        for chosen in (
            [t for t in known if t.standing(on) == "current"],
            [t for t in known if t.standing(on) == "current" and t.country in near],
            [t for t in known if t.standing(on) == "former" and t.end and on.year - t.end.year <= MEMORY],
            [t for t in known if t.standing(on) == "former" and t.country in near],
        ):
            if len({t.name for t in chosen}) == 1:
                return judged(chosen, on)
        return None


def judged(terms: Sequence[Term], on: date | None) -> Holder | None:
    """The term that counts at a date: the highest current one, else the last that ended, else an unsure one."""
    if on is None:
        only = {(t.name, t.country) for t in terms}
        return Holder(terms[0].name, terms[0], "unsure", f"held {terms[0].office}; no date given") if len(only) == 1 else None
    for standing in ("current", "unsure", "former"):
        fit = [t for t in terms if t.standing(on) == standing]
        if fit:
            best = min(fit, key=rank) if standing == "current" else max(fit, key=lambda t: t.start)
            period = f"{best.start.isoformat()} to {best.end.isoformat() if best.end else 'now'}"
            return Holder(best.name, best, standing, f"{standing} {best.office} of {best.country} ({period})")
    return None


def rank(term: Term) -> int:
    return RANK.index(term.office) if term.office in RANK else len(RANK)


def surnames(term: Term) -> set[str]:
    """The words by which later mentions call a person."""
    words = term.name.split()
    last = {words[-1], ARABIC_ARTICLE.sub("", words[-1])}
    return {words[0], *last} if term.country in FAMILY_FIRST else last


def read_offices(rows: Iterable[Mapping[str, str]]) -> Offices:
    """Terms of a table with the columns country, office, name, also, start, end."""
    by_name: dict[str, list[Term]] = {}
    by_surname: dict[str, list[Term]] = {}
    for row in rows:
        start, start_last = day(row["start"]), day(row["start"], last=True)
        if start is None or start_last is None:
            continue
        term = Term(row["country"], row["office"], row["name"], start, start_last, day(row["end"]), day(row["end"], last=True))
        for name in {row["name"], *filter(None, row["also"].split(";"))}:
            by_name.setdefault(name, []).append(term)
        for name in surnames(term):
            by_surname.setdefault(name, []).append(term)
    return Offices(by_name, by_surname)
