"""Which country a name means that several have, by the other names of its sentence and article; a help of several stages."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from detente.document import Doc, Span
from detente.knowledge.book import Book, Entry, Found
from detente.knowledge.gazetteer import Gazetteer
from detente.ontology import WITHOUT_COUNTRY

PLACES = ("place", "capital")
# what stands beside a US state and not beside a country
STATE_WORDS = re.compile(
    r"\b(governor|lieutenant governor|secretary of state|attorney general|sheriff|grand jury|count(y|ies)|Count(y|ies)|Bureau of Investigation|"
    r"(senators?|Senators?) (from|for|of)|[Cc]ongress(wo)?m[ae]n|electoral votes|National Guard|state (senator|trooper|patrol|police|legislature|capitol)s?|Republicans?|Democrats?|gubernatorial|swing state)\b"
)
# a part of one state that bears the name of another: "the Greek region of Macedonia", "Niger state"
PART_BEFORE = re.compile(r"\b(?:region|province|state|department|prefecture|district|governorate)s? of (?:the )?$")
PART_AFTER = re.compile(
    r"(?: (?:state|province|region|department|prefecture)\b(?! (?:TV|media|television|radio|news|visit))|, an? (?:\w+ )?(?:state|province|region|department)\b)"
)
NAMES_OF_STATES = (
    "Alabama=AL;Alaska=AK;Arizona=AZ;Arkansas=AR;California=CA;Colorado=CO;Connecticut=CT;Delaware=DE;Florida=FL;Georgia=GA;Hawaii=HI;"
    "Idaho=ID;Illinois=IL;Indiana=IN;Iowa=IA;Kansas=KS;Kentucky=KY;Louisiana=LA;Maine=ME;Maryland=MD;Massachusetts=MA;Michigan=MI;"
    "Minnesota=MN;Mississippi=MS;Missouri=MO;Montana=MT;Nebraska=NE;Nevada=NV;New Hampshire=NH;New Jersey=NJ;New Mexico=NM;New York=NY;"
    "North Carolina=NC;North Dakota=ND;Ohio=OH;Oklahoma=OK;Oregon=OR;Pennsylvania=PA;Rhode Island=RI;South Carolina=SC;South Dakota=SD;"
    "Tennessee=TN;Texas=TX;Utah=UT;Vermont=VT;Virginia=VA;Washington=WA;West Virginia=WV;Wisconsin=WI;Wyoming=WY"
)
US_STATES = dict(pair.split("=") for pair in NAMES_OF_STATES.split(";"))
STATE = re.compile(r"\b(?:" + "|".join(sorted(US_STATES, key=len, reverse=True)) + r")\b")
CANADA = "Ontario|Quebec|Québec|Alberta|Manitoba|Saskatchewan|British Columbia|Nova Scotia|New Brunswick|Newfoundland"
AUSTRALIA = "New South Wales|Queensland|Tasmania|South Australia|Western Australia|Northern Territory"
QUALIFIER = re.compile(
    rf",\s+(?:\w+ern\s+|West\s+|East\s+)?(?:(?P<USA>{STATE.pattern})|(?P<CAN>{CANADA})|(?P<AUS>{AUSTRALIA}))\b(?!\s+(?:and|or)\b)"
)
CAPITALISED = re.compile(r"[A-Z][\w'’-]*\w(?: [A-Z][\w'’-]*\w)*")
ONE_TOWN = 3
PLACE_NEAR, NATION_NEAR, PLACE_FAR, NATION_FAR = 2.0, 1.0, 0.7, 0.4


class Part(NamedTuple):
    """A country, and of the United States the state's postal code."""

    country: str
    state: str


class Context:
    """All names of an article that the Book knows, by sentence, and what they speak for."""

    def __init__(self, doc: Doc, book: Book, gazetteer: Gazetteer | None = None):
        self.doc, self.book, self.on = doc, book, doc.article.published
        self._starts = [s.span.start for s in doc.sentences]
        self.found: list[list[Found]] = []
        for s in doc.sentences:
            names = book.scan(doc.words(s.span), self.on)
            self.found.append([Found(s.span.start + f.start, s.span.start + f.end, f.entry) for f in names])
            if gazetteer is not None:
                self.found[-1] = sorted([*self.found[-1], *self.towns(s.span, gazetteer)])
        self._ambiguous = any(len(self.readings(f.entry)) > 1 for names in self.found for f in names) or bool(
            QUALIFIER.search(doc.article.text)
        )
        if self._ambiguous:
            self.found = [[f._replace(entry=self.chosen(f.entry, Span(f.start, f.end))) for f in names] for names in self.found]

    def towns(self, sentence: Span, gazetteer: Gazetteer) -> Iterator[Found]:
        """Cities that only the gazetteer knows, where nearly all the people of that name live in one country."""
        taken = [Span(f.start, f.end) for f in self.found[-1]]
        for match in CAPITALISED.finditer(self.doc.article.text, sentence.start, sentence.end):
            span = Span(*match.span())
            if span.start == sentence.start or any(span.overlaps(t) for t in taken):
                continue
            cities = sorted(gazetteer.all(match[0]), key=lambda c: -c.population)
            rest = sum(c.population for c in cities if c.country != cities[0].country)
            if cities and cities[0].population > ONE_TOWN * rest:
                yield Found(span.start, span.end, Entry(match[0], "place", cities[0].name, cities[0].country, None))

    def sentence(self, at: int) -> int:
        return max(bisect.bisect_right(self._starts, at) - 1, 0)

    def near(self, at: int) -> Sequence[Found]:
        """The known names of the sentence that holds the offset."""
        return self.found[self.sentence(at)] if self.found else ()

    def names(self, span: Span) -> list[Found]:
        """Known names within a mention, offsets from its start, each read by its surroundings."""
        found = self.book.scan(self.doc.words(span), self.on)
        if not self._ambiguous:
            return list(found)
        return [f._replace(entry=self.chosen(f.entry, Span(span.start + f.start, span.start + f.end))) for f in found]

    def countries(self) -> list[list[tuple[int, str]]]:
        """Offsets and codes of the countries that each sentence names."""
        return [[(f.start, f.entry.country) for f in names if f.entry.country and f.entry.sector not in WITHOUT_COUNTRY]
                for names in self.found]  # fmt: skip

    def readings(self, entry: Entry) -> list[Entry]:
        """The entries of the same name that hold on the article's date, one a country."""
        entries = self.book.entries.get(entry.name, ())
        if len(entries) < 2:
            return [entry]
        kept: dict[str | None, Entry] = {}
        for other in entries:
            if other.holds(self.on):
                kept.setdefault(other.country, other)
        return list(kept.values()) or [entry]

    def chosen(self, entry: Entry, span: Span) -> Entry:
        """The reading that the surroundings speak for most; the usual one where none does."""
        part = self.part_of(span)
        if part is not None and entry.kind in ("state", *PLACES):
            return entry if part.country == entry.country else Entry(entry.name, "place", entry.name, part.country, entry.sector)
        readings = self.readings(entry)
        if len(readings) < 2:
            return entry
        votes = self.votes(span)
        usual = next((r for r in readings if r.country == entry.country), readings[0])
        return max(readings, key=lambda r: (self.weight(r, votes, span, usual), r is usual))

    def weight(self, entry: Entry, votes: Votes, span: Span, usual: Entry) -> float:
        """A region that shares its name with a country needs a word for itself, since its nation is often named beside the country."""
        country = entry.country or ""
        if usual.kind == "state" and entry.kind == "place":
            if self.is_part(span):
                return votes.of(country) + PLACE_NEAR + 1
            return votes.places.get(country, 0.0) + (PLACE_NEAR if self.beside_state(span) else 0.0) if country == "USA" else 0.0
        return votes.places.get(country, 0.0) + votes.nations.get(country, 0.0)

    def part_of(self, span: Span) -> Part | None:
        """The state or province that follows the name: "Cairo, Illinois"."""
        match = QUALIFIER.match(self.doc.article.text, span.end)
        if match is None:
            return None
        return Part(match.lastgroup or "", US_STATES.get(match[match.lastgroup or 0], ""))

    def is_part(self, span: Span) -> bool:
        text = self.doc.article.text
        return PART_AFTER.match(text, span.end) is not None or PART_BEFORE.search(text, max(0, span.start - 40), span.start) is not None

    def beside_state(self, span: Span) -> bool:
        if not self.doc.sentences:
            return False
        return STATE_WORDS.search(self.doc.words(self.doc.sentences[self.sentence(span.start)].span)) is not None

    def votes(self, span: Span) -> Votes:
        """What the other names speak for; those of the sentence count more, a name of several readings only for a place once read."""
        own = self.sentence(span.start)
        votes = Votes()
        words = self.doc.words(span)
        for n, names in enumerate(self.found):
            for f in names:
                if f.entry.country and self.doc.words(Span(f.start, f.end)) != words and self.settled(f.entry):
                    votes.add(f.entry, n == own)
        return votes

    def settled(self, entry: Entry) -> bool:
        """True for a name of one reading, and for one that its surroundings have turned from its usual reading."""
        return len(readings := self.readings(entry)) < 2 or entry is not readings[0]


class Votes:
    """For each country the weight of the places and of the national names that speak for it."""

    def __init__(self) -> None:
        self.places: dict[str, float] = {}
        self.nations: dict[str, float] = {}

    def add(self, entry: Entry, near: bool) -> None:
        """The strongest name of each kind counts, not their number."""
        place = entry.kind in PLACES
        weight = (PLACE_NEAR if near else PLACE_FAR) if place else (NATION_NEAR if near else NATION_FAR)
        kept = self.places if place else self.nations
        kept[entry.country or ""] = max(kept.get(entry.country or "", 0.0), weight)

    def of(self, country: str) -> float:
        return max(self.places.get(country, 0.0), self.nations.get(country, 0.0))
