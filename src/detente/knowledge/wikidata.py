"""Wikidata entities, one a line of a JSON dump: people with the positions they held, and the positions' countries.

Properties: P39 position held, with P580 start and P582 end time, P1366 replaced by; P570 date of death; P1001 applies to
jurisdiction; P17 country.  Items of countries are known from ``territories.csv``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from detente.errors import BadRow
from detente.knowledge.facts import Fact, Person, Post, Skipped, Territories, person_names, tenure
from detente.knowledge.positions import OFFICE_WORD, Positions

HELD, START, END, REPLACED, DIED, JURISDICTION, COUNTRY = "P39", "P580", "P582", "P1366", "P570", "P1001", "P17"
LANGUAGES = ("en", "en-gb", "en-us", "mul")
PRECISION = {11: 10, 10: 7, 9: 4}  # Wikidata's day, month and year; characters of a date that it vouches for
WANTED = tuple(f'"{p}"'.encode() for p in (HELD, JURISDICTION, COUNTRY))


def worth_reading(line: bytes) -> bool:
    """False where a line of a dump can't hold what we read: saves parsing most of it."""
    return any(p in line for p in WANTED)


class Wikidata:
    """Reads entities into facts."""

    def __init__(self, territories: Territories, positions: Positions):
        self._territories, self._positions = territories, positions

    def facts(self, entity: Mapping[str, Any]) -> Iterator[Fact]:
        """Facts of one entity.  Raises BadRow where it is no item."""
        id, claims = entity.get("id"), entity.get("claims")
        if not isinstance(id, str) or not isinstance(claims, (dict, list)):
            raise BadRow("an item needs an id and claims")
        if not isinstance(claims, dict):  # an item without claims is written with an empty list
            return
        held = statements(claims, HELD)
        names = person_names(labels(entity)) if held else []
        if names:
            died = bool(statements(claims, DIED))
            yield Person(id, names[0], tuple(names[1:]), died)
            for claim in held:
                yield from term(id, claim)
        elif held:
            yield Skipped("people without an English name")
        else:
            yield from self._post(id, entity, claims)

    def _post(self, id: str, entity: Mapping[str, Any], claims: Mapping[str, Any]) -> Iterator[Fact]:
        label = next(iter(labels(entity)), "")
        own = [i for c in statements(claims, JURISDICTION) if (i := item(c.get("mainsnak")))]
        if not label or not (own or OFFICE_WORD.search(label)):
            return
        wider = [i for c in statements(claims, COUNTRY) if (i := item(c.get("mainsnak")))]
        country = self._territories.of_items(own)
        local = bool(own) and country is None
        office, found = self._positions.office(label, country or self._territories.of_items(wider), local=local)
        if found is not None:
            yield Post(id, office, found)


def statements(claims: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """The statements of a property that are not deprecated."""
    found = claims.get(key)
    return [c for c in found if isinstance(c, dict) and c.get("rank") != "deprecated"] if isinstance(found, list) else []


def term(person: str, claim: Mapping[str, Any]) -> Iterator[Fact]:
    post = item(claim.get("mainsnak"))
    qualifiers = claim.get("qualifiers")
    if post is None:
        return
    more: Mapping[str, Any] = qualifiers if isinstance(qualifiers, dict) else {}
    ends = times(more.get(END))
    over = bool(more.get(REPLACED)) or bool(more.get(END))
    yield tenure(person, post, times(more.get(START)), ends, over=over)


def item(snak: Any) -> str | None:
    """The id of the item that a snak names."""
    value = value_of(snak)
    found = value.get("id") if isinstance(value, dict) else None
    return found if isinstance(found, str) else None


def value_of(snak: Any) -> Any:
    data = snak.get("datavalue") if isinstance(snak, dict) and snak.get("snaktype", "value") == "value" else None
    return data.get("value") if isinstance(data, dict) else None


def times(snaks: Any) -> list[str]:
    """Dates of some snaks, as precise as Wikidata says; a vaguer one than a year is no date."""
    found = []
    for snak in snaks if isinstance(snaks, list) else []:
        value = value_of(snak)
        if isinstance(value, dict) and isinstance(value.get("time"), str) and value["time"].startswith("+"):
            size = PRECISION.get(value.get("precision", 0))
            if size is not None:
                found.append(value["time"][1 : size + 1])
    return found


def labels(entity: Mapping[str, Any]) -> list[str]:
    """The English label and aliases."""
    found = []
    for kind in ("labels", "aliases"):
        values = entity.get(kind)
        if not isinstance(values, dict):
            continue
        for given in map(values.get, LANGUAGES):
            rows = given if isinstance(given, list) else [given]
            found += [row["value"] for row in rows if isinstance(row, dict) and isinstance(row.get("value"), str)]
    return found
