"""PLOVER (draft 0.8, 2021) as data: types with quad and intensity, modes, contexts, sectors, and CAMEO names.

The tables lie beside this file; definitions are in our own words.  PLOVER is CC BY-SA 4.0 and is cited, not copied.
"""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import NamedTuple


class TypeInfo(NamedTuple):
    """A type's quad class (1 verbal cooperation … 4 material conflict), intensity (-10 … 10) and CAMEO root."""

    quad: int
    intensity: float
    cameo: str
    meaning: str


def table(name: str) -> list[dict[str, str]]:
    """The rows of one of the tables."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


TYPE_INFO = {row["type"]: TypeInfo(int(row["quad"]), float(row["intensity"]), row["cameo"], row["meaning"]) for row in table("types.csv")}
TYPES = tuple(TYPE_INFO)
MODES = {kind: tuple(row["mode"] for row in table("modes.csv") if row["type"] == kind) for kind in TYPES}
SECTORS = tuple(row["sector"] for row in table("sectors.csv"))
STATUSES = tuple(row["status"] for row in table("statuses.csv"))
# PLOVER's auxiliary modes; "historical" is a field of its own here, since a past act may be negated too
AUXILIARY_MODES = {row["status"]: row["plover"] or None for row in table("statuses.csv")}
WITHOUT_COUNTRY = frozenset({"IGO", "NGO", "MNC", "ISM"})
CONTEXTS = tuple(row["context"] for row in table("contexts.csv"))


class Act(NamedTuple):
    """A type with its mode, which may be unknown."""

    type: str
    mode: str | None


FROM_CAMEO = {row["cameo"]: Act(row["type"], row["mode"] or None) for row in table("cameo.csv")}


def from_cameo(code: str) -> Act | None:
    """The act of a CAMEO code of two to four digits, by its longest known beginning; None for 01 (public statements)."""
    for size in range(len(code), 1, -1):
        if code[:size] in FROM_CAMEO:
            return FROM_CAMEO[code[:size]]
    return None


def to_cameo(kind: str, mode: str | None = None) -> str:
    """The first CAMEO code of the type and mode, or the type's root code.  Raises KeyError for an unknown type."""
    found = (code for code, act in FROM_CAMEO.items() if act == Act(kind, mode) and mode is not None)
    return next(found, TYPE_INFO[kind].cameo)


def feed_names(feed: str) -> dict[str, str | None]:
    """Column names of another feed ("POLECAT" or "GDELT") to ours; None where we have no such column."""
    return {row["field"]: row["detente"] or None for row in table("names.csv") if row["feed"] == feed}
