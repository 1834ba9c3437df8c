"""Where an event is drawn: a point only for a city, since a pin elsewhere would pretend a precision that nobody has."""

from __future__ import annotations

from typing import NamedTuple

from detente.record.rows import Row

FEATURES = {"city": "PPL", "area": "AREA", "country": "PCLI"}  # GeoNames feature codes


class Point(NamedTuple):
    """Degrees, WGS 84."""

    lat: float
    lon: float


def centre(row: Row) -> Point | None:
    """The coordinates of a row, whatever they are of."""
    return None if row["lat"] is None or row["lon"] is None else Point(row["lat"], row["lon"])


def point(row: Row) -> Point | None:
    """The coordinates where they are the place itself."""
    return centre(row) if row["place_precision"] == "city" else None
