"""FollowTheMoney and OpenSanctions entities, flat or nested: what they tell of people, posts, terms and organisations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from detente.errors import BadRow
from detente.knowledge.facts import Fact, Named, Person, Post, Skipped, Territories, body_names, person_names, tenure
from detente.knowledge.positions import Positions

# the first topic of an organisation that is here says which table and sector; the others are not the business of news events
TOPICS: tuple[tuple[str, str, str], ...] = (
    ("gov.igo", "organisations.csv", "IGO"), ("pol.party", "groups.csv", "PTY"), ("pol.union", "groups.csv", "LAB"),
    ("crime.terror", "groups.csv", "REB"), ("mil", "countries.csv", "MIL"), ("gov.security", "countries.csv", "SPY"),
    ("gov.judicial", "countries.csv", "JUD"), ("gov.legislative", "countries.csv", "LEG"), ("gov.executive", "countries.csv", "GOV"),
    ("gov.financial", "countries.csv", "GOV"), ("gov.soe", "countries.csv", "BUS"),
    ("gov.national", "countries.csv", "GOV"), ("gov", "countries.csv", "GOV"),
    ("rel", "groups.csv", "REL"), ("crime.traffick", "groups.csv", "CRM"), ("crime.cyber", "groups.csv", "CRM"),
)  # fmt: skip
STATELESS = {"IGO": "", "REB": "ISM"}  # sector of a kind that has no country
LOCAL = frozenset(("gov.state", "gov.muni"))


def texts(properties: Mapping[str, Any], *keys: str) -> list[str]:
    """The values of some properties that are text, in order."""
    found = []
    for key in keys:
        values = properties.get(key)
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, str) and value.strip():
                found.append(value.strip())
    return found


def references(properties: Mapping[str, Any], key: str) -> list[str]:
    """Ids of the entities that a property names or holds."""
    values = properties.get(key)
    found = [v.get("id") if isinstance(v, dict) else v for v in (values if isinstance(values, list) else [values])]
    return [v for v in found if isinstance(v, str) and v]


class FollowTheMoney:
    """Reads entities into facts."""

    def __init__(self, territories: Territories, positions: Positions):
        self._territories, self._positions = territories, positions

    def facts(self, entity: Mapping[str, Any], depth: int = 0) -> Iterator[Fact]:
        """Facts of one entity and of those nested in it.  Raises BadRow where it has no id or properties."""
        properties = entity.get("properties")
        if not isinstance(entity.get("id"), str) or not isinstance(properties, dict):
            raise BadRow("an entity needs an id and properties")
        read = {"Person": self._person, "Position": self._post, "Occupancy": self._occupancy, "Organization": self._organisation,
                "PublicBody": self._organisation}.get(str(entity.get("schema")))  # fmt: skip
        if read is not None:
            yield from read(entity["id"], properties, entity)
        if depth < 3:
            for key in ("positionOccupancies", "occupancies", "post", "holder"):
                values = properties.get(key)
                for value in values if isinstance(values, list) else []:
                    if isinstance(value, dict) and isinstance(value.get("properties"), dict):
                        yield from self.facts(nested(value, key, entity["id"]), depth + 1)

    def _person(self, id: str, properties: Mapping[str, Any], entity: Mapping[str, Any]) -> Iterator[Fact]:
        names = person_names(texts(entity, "caption") + texts(properties, "name", "alias"))
        if not names:
            yield Skipped("people without a name in Latin script")
        else:
            yield Person(id, names[0], tuple(names[1:]), bool(texts(properties, "deathDate")))

    def _post(self, id: str, properties: Mapping[str, Any], entity: Mapping[str, Any]) -> Iterator[Fact]:
        label = next(filter(str.isascii, texts(properties, "name")), "") or next(iter(texts(entity, "caption")), "")
        local = bool(LOCAL & set(texts(properties, "topics"))) or bool(texts(properties, "subnationalArea"))
        codes = texts(properties, "country")
        local = local or any("-" in code for code in codes)
        office, country = self._positions.office(label, self._territories.of_codes(codes), local=local)
        if office and country:
            yield Post(id, office, country)
        else:
            yield Skipped("posts without one country")

    def _occupancy(self, id: str, properties: Mapping[str, Any], entity: Mapping[str, Any]) -> Iterator[Fact]:
        holders, posts = references(properties, "holder"), references(properties, "post")
        over = bool({"ended", "unknown"} & set(texts(properties, "status")))
        for holder in holders:
            for post in posts:
                yield tenure(holder, post, texts(properties, "startDate"), texts(properties, "endDate"), over=over)

    def _organisation(self, id: str, properties: Mapping[str, Any], entity: Mapping[str, Any]) -> Iterator[Fact]:
        topics = set(texts(properties, "topics"))
        parts = topics | {t.rsplit(".", 1)[0] for t in topics}
        found = next(((table, sector) for topic, table, sector in TOPICS if topic in parts), None)
        if found is None or topics & LOCAL:
            yield Skipped("organisations of no topic that we code")
            return
        table, sector = found
        country = self._territories.of_codes(texts(properties, "country", "jurisdiction")) or ""
        names = body_names(texts(entity, "caption") + texts(properties, "name", "alias", "abbreviation", "previousName"))
        if sector == "IGO" or (sector == "REB" and not country):
            table, sector, country = "organisations.csv", STATELESS[sector] or sector, ""
        elif len(country) != 3:
            names = []
        if not names:
            yield Skipped("organisations without a usable name or country")
        started, ended = period(properties)
        for name in names:
            yield Named(table, name, country, sector, "" if name == names[0] else names[0], started, ended)


def nested(value: dict[str, Any], key: str, owner: str) -> dict[str, Any]:
    """A nested entity with the reference back to the one that holds it, which nested exports leave out."""
    back = {"positionOccupancies": "holder", "occupancies": "post"}.get(key)
    if back is None or value["properties"].get(back):
        return value
    return {**value, "properties": {**value["properties"], back: [owner]}}


def period(properties: Mapping[str, Any]) -> tuple[str, str]:
    """Founded and dissolved, where each is certain."""
    from_to = tenure("", "", texts(properties, "incorporationDate") or ["1000"], texts(properties, "dissolutionDate"))
    if isinstance(from_to, Skipped):
        return "", ""
    return "" if from_to.start == "1000" else from_to.start, from_to.end
