"""FollowTheMoney entities, one JSON object a line: who is named, which offices they hold, and measures as sanctions.

Schemata and properties: followthemoney.tech (Person, Organization, PublicBody, LegalEntity, Position, Occupancy, Sanction).  An
actor of whom the record does not say what it is becomes a LegalEntity, which may be either a person or an organisation.
Countries are ISO alpha-2, ids are hashes of the content.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from detente.export.cells import dumps, open_text, url_or_none
from detente.export.countries import codes
from detente.export.sources import Articles, Tables, rows
from detente.identity import content_hash
from detente.knowledge.book import Book, load_book
from detente.knowledge.offices import Term
from detente.lake.dyads import NOT_DONE
from detente.record.rows import Row

Entity = dict[str, Any]
SOURCES = 10  # web addresses kept of an entity, the first in alphabetical order
STATE = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "SPY"})
THREAT = "threatened"  # the status of a measure that nobody has taken


def write_ftm(tables: Tables, path: Path) -> int:
    """Entities in the order of their ids, each once; returns their number."""
    found = merged(entities(tables, load_book()))
    with open_text(path) as stream:
        for key in sorted(found):
            stream.write(dumps(found[key]) + "\n")
    return len(found)


def entities(tables: Tables, book: Book) -> Iterator[Entity]:
    articles, kinds = Articles(tables), Kinds(book, tables)
    for actor in rows(tables["actors"]):
        if actor["name"]:
            yield from actor_entities(actor, articles.facts(actor["article_id"]), kinds)
    if "measures" in tables:
        undone = {e["event_id"] for e in rows(tables["events"]) if e["status"] in NOT_DONE}
        for measure in rows(tables["measures"]):
            if measure["event_id"] not in undone and measure["status"] != THREAT:
                yield from sanctions(measure, articles, kinds)


def merged(found: Iterable[Entity]) -> dict[str, Entity]:
    """One entity an id, with the values of all in alphabetical order."""
    one: dict[str, Entity] = {}
    for entity in found:
        into = one.setdefault(entity["id"], {**entity, "properties": {}})["properties"]
        for name, values in entity["properties"].items():
            into[name] = sorted({*into.get(name, ()), *values})[: SOURCES if name == "sourceUrl" else None]
    return one


def entity(schema: str, key: tuple[object, ...], **properties: str | list[str] | None) -> Entity:
    """An entity with the values that are known; its id is a hash of the schema and the key."""
    lists = {name: [v for v in (value if isinstance(value, list) else [value]) if v] for name, value in properties.items()}
    return {"id": f"detente-{content_hash('ftm', schema, *key)}", "schema": schema, "properties": {n: v for n, v in lists.items() if v}}


class Kinds:
    """What each name is: by the book, else a person where any mention of it has a role, else a legal entity."""

    def __init__(self, book: Book, tables: Tables):
        self.book = book
        columns = (tables["actors"][c].to_pylist() for c in ("name", "country", "role"))
        self._people = {(name, code) for name, code, role in zip(*columns, strict=True) if role}

    def party(self, name: str, code: str | None, sector: str | None) -> Entity:
        """The entity of a name."""
        known = self.book.lookup(name)
        facts: dict[str, str | None] = {"name": name, "country": country(code)}
        if known is not None and known.canonical == name and known.kind in ("state", "organisation", "group", "body"):
            public = known.kind == "state" or (known.kind == "body" and known.sector in STATE)
            topic = "gov" if public else "gov.igo" if "IGO" in (sector, known.sector) else None
            return entity("PublicBody" if public else "Organization", (name,), **facts, topics=topic)
        person = (name, code) in self._people or name in self.book.offices.by_name
        return entity("Person" if person else "LegalEntity", (name, code), **facts)


def actor_entities(actor: Row, article: Mapping[str, Any], kinds: Kinds) -> Iterator[Entity]:
    """The actor, and where it is a person with an office, the office and its tenure."""
    url = url_or_none(article["url"])
    who = kinds.party(actor["name"], actor["country"], actor["sector"])
    if url:
        who["properties"]["sourceUrl"] = [url]
    yield who
    if who["schema"] == "Person" and actor["role"]:
        who["properties"]["position"] = [actor["role"]]
        former, title = actor["role"].startswith("former "), actor["role"].removeprefix("former ")
        term = tenure(kinds.book, actor["name"], title, actor["country"])
        place = country(actor["country"] or (term.country if term else None))
        post = entity("Position", (title.casefold(), actor["country"]), name=title, country=place)
        held = entity(
            "Occupancy", (who["id"], post["id"]), holder=who["id"], post=post["id"], status="ended" if former else None, sourceUrl=url
        )
        if term is not None:
            held["properties"] |= {
                k: [v] for k, v in (("startDate", exact(term.start, term.start_last)), ("endDate", exact(term.end_first, term.end))) if v
            }
        yield from (post, held)


def tenure(book: Book, name: str, title: str, code: str | None) -> Term | None:
    """The only term of a person in an office."""
    found = {t for t in book.offices.by_name.get(name, ()) if t.office == title and code in (None, t.country)}
    return found.pop() if len(found) == 1 else None


def exact(first: Any, last: Any) -> str | None:
    """A date as precise as both its ends agree: a day, a month or a year."""
    if first is None or last is None:
        return None
    a, b = first.isoformat().split("-"), last.isoformat().split("-")
    return next(("-".join(a[:n]) for n in (3, 2, 1) if a[:n] == b[:n]), None)


def sanctions(measure: Row, articles: Articles, kinds: Kinds) -> Iterator[Entity]:
    """A Sanction for each target that has a name, and the target."""
    senders = names(measure, "sender")
    url = url_or_none(articles.facts(measure.get("article_id"))["url"])
    for name, code in names(measure, "target"):
        target = kinds.party(name, code, None)
        yield target
        yield entity(
            "Sanction", (measure["measure_id"], target["id"]), entity=target["id"], authority=[n for n, _ in senders],
            country=[c for c in (country(code) for _, code in senders) if c], program=measure["authority"], provisions=measure["kind"],
            status=measure["status"], startDate=iso(measure["start_date"]), endDate=iso(measure["end_date"]),
            recordId=measure["measure_id"], sourceUrl=url,
        )  # fmt: skip


def names(measure: Row, side: str) -> list[tuple[str, str | None]]:
    found = list(measure[f"{side}_names"] or ())
    countries = list(measure[f"{side}_countries"] or ()) or [None] * len(found)
    return [(n, c) for n, c in zip(found, countries, strict=True) if n]


def iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def country(code: str | None) -> str | None:
    return (codes().iso2.get(code or "") or "").lower() or None
