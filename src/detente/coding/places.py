"""Where an event took place: the city or country that the place's words name, or unknown."""

from __future__ import annotations

import re
from collections.abc import Mapping

from detente.document import Doc, Place, Span
from detente.knowledge.book import Book, word_spans
from detente.knowledge.gazetteer import City, Gazetteer


def resolve_places(doc: Doc, book: Book, gazetteer: Gazetteer) -> Mapping[Span, Place]:
    """A Place for each span that an event names; precision is city, area, country or unknown."""
    return {e.place: place(doc, book, gazetteer, e.place) for e in doc.events if e.place}


def place(doc: Doc, book: Book, gazetteer: Gazetteer, span: Span) -> Place:
    text, on = doc.words(span), doc.article.published
    named = [f.entry for f in book.scan(text, on) if f.entry.country and f.entry.kind in ("state", "place", "capital", "adjective")]
    country = named[0].country if named else None
    city = find_city(text, gazetteer, country)
    near = bool(re.match(r"(near|outside|around|off|south|north|east|west|between|along)\b", text, re.I))
    if city is not None:
        return Place(span=span, name=city.name, country=city.country, lat=city.lat, lon=city.lon, precision="area" if near else "city")
    if named:
        exact = named[0].kind == "state" and not near
        return Place(span=span, name=named[0].canonical, country=country, precision="country" if exact else "area")
    return Place(span=span)


def find_city(text: str, gazetteer: Gazetteer, country: str | None) -> City | None:
    """The first city named in the text, longest name first; in the country where the text names one."""
    spans = list(word_spans(text))
    for first in range(len(spans)):
        for last in range(min(first + 3, len(spans)), first, -1):
            name = text[spans[first][0] : spans[last - 1][1]]
            found = gazetteer.find(name, country)
            if found is not None and name[:1].isupper():
                return found
    return None
