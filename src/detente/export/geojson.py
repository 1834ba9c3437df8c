"""GeoJSON (RFC 7946): one feature an event, WGS 84, longitude first.

Only a city is a point.  An area keeps its coordinates as the property "centre", a country or an unknown place has none; both
have a null geometry, as the standard allows for a feature without a location.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from detente.export.cells import write_items
from detente.export.places import centre, point
from detente.export.sources import Articles, Tables, rows
from detente.record.rows import Row


def write_geojson(tables: Tables, path: Path) -> int:
    """All events with all their columns as properties, also those that were not done: their status says so."""
    articles = Articles(tables)
    features = (feature(e, articles.facts(e["article_id"])["url"]) for e in rows(tables["events"]))
    return write_items(path, features, before='{"type": "FeatureCollection", "features": [\n', after="\n]}\n")


def feature(e: Row, url: str | None) -> dict[str, Any]:
    at, around = point(e), centre(e)
    own = {name: value for name, value in e.items() if name not in ("lat", "lon")}
    about = None if at or around is None else [around.lon, around.lat]
    return {"type": "Feature", "id": e["event_id"], "geometry": {"type": "Point", "coordinates": [at.lon, at.lat]} if at else None,
            "properties": {**own, "place_precision": e["place_precision"] or "unknown", "centre": about, "url": url}}  # fmt: skip
