"""Who held which public office when: terms of office by name, judged at a date.

A date of a term is as precise as the table has it; within an uncertain month or year the answer is "unsure", not a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from detente.knowledge.dates import day
from detente.knowledge.layers import origin

Standing = Literal["current", "former", "later", "unsure"]  # later: not yet in office

FAMILY_FIRST = frozenset({"CHN", "TWN", "PRK", "KOR", "VNM", "KHM"})
RANK = ("president", "king", "head of state", "supreme leader", "prime minister", "chief", "foreign minister", "defence minister")
ONE_HOLDER = frozenset(RANK) - {"chief", "king"}
SECTOR = {"army chief": "MIL", "intelligence chief": "SPY", "member of parliament": "LEG", "judge": "JUD"}
BODY_SECTOR = "IGO"
ARABIC_ARTICLE = re.compile(r"^(?:al|el|as|ash|ad|an|ar)-", re.I)
SOUNDS = str.maketrans({"q": "k", "ş": "s", "ç": "c", "ğ": "g", "ł": "l", "đ": "d", "ð": "d", "w": "v"})
VOWELS = re.compile(r"[aeiouyhjəøæı]")
SHORTEST = 6  # consonants
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
    source: str = ""

    @property
    def body(self) -> bool:
        """True where the office is one of an international body, whose acronym stands for a country."""
        return len(self.country) != 3 or self.country in BODIES

    @property
    def title(self) -> str:
        """The office in words: "president", "UN chief", "White House spokesperson", "envoy for Syria"."""
        kind, _, what = self.office.partition(":")
        if kind == "envoy":
            return f"{self.country + ' ' if self.body else ''}envoy for {what}"
        return " ".join(filter(None, [self.country if self.body else "", what, kind]))

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
    """What the terms say of a name at a date: the person, the term that counts, its standing, why, and the person's country."""

    name: str
    term: Term
    standing: Standing
    reason: str
    country: str | None

    @property
    def current(self) -> bool | None:
        """True in office, False after it, None before it and where the table doesn't know."""
        return {"current": True, "former": False}.get(self.standing)


@dataclass(frozen=True)
class Offices:
    """All terms by each name that their holder goes by, by surname, by country and office, and by the name's consonants."""

    by_name: Mapping[str, Sequence[Term]]
    by_surname: Mapping[str, Sequence[Term]]
    by_office: Mapping[tuple[str, str], Sequence[Term]]
    by_sound: Mapping[str, Sequence[Term]]

    def holder(self, name: str, on: date | None, countries: Iterable[str] = ()) -> Holder | None:
        """Who a name means at a date; a surname alone must mean one person, by its standing or the ``countries`` of the text."""
        full = self.by_name.get(name) or self.by_sound.get(skeleton(name))
        if full:
            return judged(full, on, ahead=" " in name)
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

    def incumbent(self, country: str, office: str, on: date | None) -> Holder | None:
        """Who holds an office at a date, where the terms name one person for certain."""
        terms = self.by_office.get((country, office), ()) if on else ()
        holding = [t for t in terms if on and t.standing(on) in ("current", "unsure")]
        certain = len({t.name for t in holding}) == 1 and on is not None and holding[0].standing(on) == "current"
        return judged(holding, on) if certain else None

    def standings(self, name: str, on: date) -> dict[str, Standing]:
        """The standing of a person of this full name in each office that the terms have, by title."""
        by_title: dict[str, list[Term]] = {}
        for term in self.by_name.get(name) or self.by_sound.get(skeleton(name)) or ():
            by_title.setdefault(term.title, []).append(term)
        return {title: found.standing for title, terms in by_title.items() if (found := judged(terms, on, ahead=True))}


def judged(terms: Sequence[Term], on: date | None, *, ahead: bool = False) -> Holder | None:
    """The term that counts at a date: the highest current one, else an unsure one, else the last that ended.

    ``ahead`` takes the next one to come where there is no other: the person's country holds before the office does.
    """
    if on is None:
        only = {(t.name, t.country) for t in terms}
        return (
            Holder(terms[0].name, terms[0], "unsure", f"held {terms[0].office}; no date given", nation(terms)) if len(only) == 1 else None
        )
    standings: tuple[Standing, ...] = ("current", "unsure", "former", *(("later",) if ahead else ()))
    for standing in standings:
        fit = [t for t in terms if t.standing(on) == standing]
        if fit:
            best = chosen_term(fit, standing)
            period = f"{best.start.isoformat()} to {best.end.isoformat() if best.end else 'now'}"
            country = nation(terms) if standing in ("former", "later") or not best.body else None
            return Holder(best.name, best, standing, f"{standing} {best.office} of {best.country} ({period})", country)
    return None


def chosen_term(fit: Sequence[Term], standing: Standing) -> Term:
    if standing == "current":
        return min(fit, key=rank)
    return min(fit, key=lambda t: t.start) if standing == "later" else max(fit, key=lambda t: t.start)


def nation(terms: Iterable[Term]) -> str | None:
    """The country of the person's offices; None where all are of international bodies, or of several countries."""
    countries = {t.country for t in terms if not t.body}
    return countries.pop() if len(countries) == 1 else None


def rank(term: Term) -> int:
    return RANK.index(term.office) if term.office in RANK else len(RANK)


def surnames(term: Term) -> set[str]:
    """The words by which later mentions call a person."""
    words = term.name.split()
    last = {words[-1], ARABIC_ARTICLE.sub("", words[-1])}
    return {words[0], *last} if term.country in FAMILY_FIRST else last


def tightened(terms: Sequence[Term]) -> list[Term]:
    """Terms of one office with vague dates cut where the next holder's begin or the last one's end leaves no room."""
    found = sorted(terms, key=lambda t: (t.start, t.start_last))
    for i in range(len(found) - 1):
        one, after = found[i], found[i + 1]
        if one.name == after.name or one.end is None or one.end_first is None or after.start > one.end or after.start_last < one.end_first:
            continue
        found[i] = one._replace(end=max(one.end_first, min(one.end, after.start_last)))
        found[i + 1] = after._replace(start=min(after.start_last, max(after.start, one.end_first)))
    return found


def read_offices(rows: Iterable[Mapping[str, str]]) -> Offices:
    """Terms of a table with the columns country, office, name, also, start, end and, where there is one, status."""
    by_name: dict[str, list[Term]] = {}
    by_surname: dict[str, list[Term]] = {}
    by_office: dict[tuple[str, str], list[Term]] = {}
    names: dict[tuple[str, str, str], set[str]] = {}
    for row in rows:
        start, start_last = day(row["start"]), day(row["start"], last=True)
        if start is None or start_last is None:
            continue
        end, end_last = day(row["end"]), day(row["end"], last=True)
        term = Term(row["country"], row["office"], row["name"], start, start_last, end, end_last, origin(row, "status"))
        by_office.setdefault((term.country, term.office), []).append(term)
        names.setdefault((term.country, term.office, term.name), {term.name}).update(filter(None, row["also"].split(";")))
    for (country, office), terms in by_office.items():
        by_office[country, office] = terms = tightened(terms) if office in ONE_HOLDER else terms
        for term in terms:
            for name in names[country, office, term.name]:
                by_name.setdefault(name, []).append(term)
            for name in surnames(term):
                by_surname.setdefault(name, []).append(term)
    return Offices(by_name, by_surname, by_office, sounds(by_name))


def sounds(by_name: Mapping[str, Sequence[Term]]) -> dict[str, Sequence[Term]]:
    """Terms by the consonants of a name, where these are one person's only."""
    people: dict[str, set[tuple[str, str]]] = {}
    found: dict[str, Sequence[Term]] = {}
    for name, terms in by_name.items():
        key = skeleton(name)
        if key:
            people.setdefault(key, set()).update((t.name, "" if t.body else t.country) for t in terms)
            found[key] = terms if key not in found or len(terms) > len(found[key]) else found[key]
    return {key: terms for key, terms in found.items() if len({name for name, _ in people[key]}) == 1}


def skeleton(name: str) -> str:
    """What the ways to write a foreign name in Latin letters have in common: its consonants; none where they are too few to tell."""
    if " " not in name:
        return ""
    low = "".join(c for c in unicodedata.normalize("NFKD", name.lower().translate(SOUNDS)) if c.isalpha())
    kept = re.sub(r"(.)\1+", r"\1", VOWELS.sub("", low))
    return kept if len(kept) >= SHORTEST else ""
