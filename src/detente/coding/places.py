"""Where an event took place: the city, area or country that the place's words name, or unknown."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from detente.coding.context import STATE, US_STATES, Context
from detente.document import Doc, Place, Span
from detente.knowledge.book import Book, Entry, word_spans
from detente.knowledge.gazetteer import City, Gazetteer, folded

KINDS = ("state", "place", "capital", "adjective", "people", "seat")
NEAR = re.compile(r"(near|outside|around|off|(north|south|east|west)\w*|between|along|central|upper|lower|border)\b", re.I)
DISTRICT = re.compile(
    r"\s+(province|region|state|governorate|district|oblast|valley|county|prefecture|department|islands?|peninsula|desert|mountains?|basin|"
    r"delta|border|frontier|territory|canton|krai)s?\b",
    re.I,
)
WATER = re.compile(r"\b(?:[A-Z][\w'’-]+ )*(?:Sea|Ocean|Straits?|Gulf|Bay|Channel)(?: of(?: the)? [A-Z][\w'’-]+)?\b")
HONORIFIC = re.compile(r"\b(?:Prince|Princess|King|Queen|Mrs?|Ms|Dr|Sir|Lady|Lord|President|Minister|Senator|General|Pope|Saint)\s+$")
BESIDE = re.compile(
    r"(?:,|(?:,? (?:in|on)| of|, capital of|, where)(?: the)?(?:(?: [\w'’-]+){1,3} of(?: the)?|(?: [\w'’-]+ern)| province| state)?"
    r"|, (?:an?|the) (?:[\w'’-]+ ){1,3}(?:in|of|on)(?: the)?(?: [\w'’-]+ern)?)\s+"
)
# how much each says for a reading, on a scale of powers of ten of its people
CAPITAL, SMALL_CAPITAL, QUALIFIED, IN_STATE, OTHER_NAME, SHORT_NAME, IN_TABLE, NATION, REGION = (
    1.2,
    5.3,
    6.0,
    1.0,
    -2.0,
    -0.3,
    0.5,
    7.5,
    6.2,
)


class Candidate(NamedTuple):
    """One reading of a place's name, and how much speaks for it."""

    score: float
    country: str | None
    city: City | None
    entry: Entry | None


def resolve_places(doc: Doc, book: Book, gazetteer: Gazetteer) -> Mapping[Span, Place]:
    """A Place for each span that an event names; precision is city, area, country or unknown."""
    spans = {e.place for e in doc.events if e.place}
    if not spans:
        return {}
    finder = Finder(Context(doc, book, gazetteer), gazetteer)
    return {span: finder.place(span) for span in sorted(spans)}


class Finder:
    """Reads places of one article by what else it names."""

    def __init__(self, context: Context, gazetteer: Gazetteer):
        self.context, self.doc, self.gazetteer = context, context.doc, gazetteer

    def place(self, span: Span) -> Place:
        text = self.doc.words(span)
        near = NEAR.match(text) is not None
        area = self.gazetteer.area(re.sub(r"^the\s+", "", text, flags=re.I))
        if area is not None:
            return Place(span=span, name=area.name, precision="area")
        if HONORIFIC.search(self.doc.article.text, max(0, span.start - 20), span.start):
            return Place(span=span)
        for part in self.parts(span):
            best = max(self.candidates(part), key=lambda c: c.score, default=None)
            if best is not None:
                return self.placed(span, part, best, near)
        beside = self.context.part_of(span)
        if beside is not None and text[:1].isupper():
            return Place(span=span, name=text, country=beside.country, precision="area")
        water = WATER.search(text)
        return Place(span=span, name=water[0], precision="area") if water and " " in water[0] else Place(span=span)

    def placed(self, span: Span, part: Span, best: Candidate, near: bool) -> Place:
        """The place of the best reading; a pin only for a city that is named itself."""
        wide = near or DISTRICT.match(self.doc.article.text, part.end, part.end + 30) is not None
        if best.city is not None and not wide:
            city = best.city
            return Place(span=span, name=city.name, country=city.country, lat=city.lat, lon=city.lon, precision="city")
        if best.city is not None:
            city = best.city
            return Place(span=span, name=city.name, country=city.country, precision="area")
        entry = best.entry
        exact = entry is not None and entry.kind == "state" and not wide
        name = entry.canonical if entry else self.doc.words(part)
        return Place(span=span, name=name, country=best.country, precision="country" if exact else "area")

    def parts(self, span: Span) -> Iterator[Span]:
        """The names in a place's words, left to right, the longest first at each place."""
        text = self.doc.words(span)
        words = list(word_spans(text))
        at = 0
        while at < len(words):
            for last in range(min(at + 4, len(words)), at, -1):
                start, end = words[at][0], words[last - 1][1]
                if text[start].isupper() and self.known(text[start:end]):
                    yield Span(span.start + start, span.start + end)
                    at = last - 1
                    break
            at += 1

    def known(self, name: str) -> bool:
        entries = self.context.book.entries.get(name, ())
        return any(e.kind in KINDS and e.country for e in entries) or bool(self.gazetteer.all(name))

    def candidates(self, part: Span) -> Iterator[Candidate]:
        """Every reading of a name: a country, a region or capital of our table, each city of the gazetteer."""
        name, known = self.doc.words(part), self.context.book.entries
        qualified, states = self.qualifier(part)
        votes, beside = self.context.votes(part), self.context.part_of(part)
        entries = [e for e in known.get(name, ()) if e.kind in KINDS and e.country and e.holds(self.context.on)]
        cities = self.gazetteer.all(name)
        chosen = self.context.chosen(entries[0], part) if entries else None
        if chosen is not None and not any(c.country == chosen.country for c in cities):
            usual = REGION if chosen.kind == "place" else NATION
            yield Candidate(
                usual + votes.of(chosen.country or "") + QUALIFIED * (chosen.country == qualified), chosen.country, None, chosen
            )
        for city in cities:
            score = self.weight(city, name, entries) + votes.of(city.country) + QUALIFIED * (city.country == qualified)
            score += IN_STATE * (bool(city.state) and city.state in states)
            score += 2 * QUALIFIED * (beside is not None and (city.country, city.state) == beside)
            yield Candidate(score, city.country, city, None)
        if qualified is not None:  # a town too small for the gazetteer, or a district
            yield Candidate(QUALIFIED + 1, qualified, None, None)

    def weight(self, city: City, name: str, entries: Sequence[Entry]) -> float:
        """What speaks for a city whatever the text: its people, a capital's rank, our table, and whether this is its main name."""
        people = math.log10(max(city.population, 100))
        main, asked = folded(city.name), folded(name)
        if main != asked:
            return people + (SHORT_NAME if asked in main.split() else OTHER_NAME)
        if city.capital or any(e.kind == "capital" and e.country == city.country for e in entries):
            return max(people, SMALL_CAPITAL) + CAPITAL
        return people + IN_TABLE * any(e.kind == "place" and e.country == city.country for e in entries)

    def qualifier(self, part: Span) -> tuple[str | None, Sequence[str]]:
        """The country of what directly follows the name ("Paris, Texas"), and the US states named in the sentence."""
        beside = self.context.part_of(part)
        text, country = self.doc.article.text, beside.country if beside else None
        for found in () if beside else self.context.near(part.start):
            if part.end < found.start < part.end + 60 and BESIDE.fullmatch(text[part.end : found.start]):
                country = found.entry.country
                break
        if not self.doc.sentences:
            return country, ()
        sentence = self.doc.sentences[self.context.sentence(part.start)].span
        return country, [US_STATES[m[0]] for m in STATE.finditer(text, sentence.start, sentence.end) if m.start() != part.start]
