"""GeoJSON: valid by the standard and by shapely, and no pin where the place is not a point."""

from __future__ import annotations

import json
from pathlib import Path

from shapely.geometry import Point, shape

from detente.export.registry import export
from tests.export.factory import PLACES, Row, article, event


def features(path: Path) -> dict[str, Row]:
    found = json.loads(path.read_text(encoding="utf-8"))
    assert set(found) == {"type", "features"}
    assert found["type"] == "FeatureCollection"
    for f in found["features"]:
        assert set(f) == {"type", "id", "geometry", "properties"}
        assert f["type"] == "Feature"
    return {f["id"]: f for f in found["features"]}


def test_only_a_city_is_a_point(tmp_path: Path) -> None:
    export({"events": PLACES}, "geojson", tmp_path / "e.geojson")
    found = features(tmp_path / "e.geojson")
    assert shape(found["city"]["geometry"]) == Point(34.999, 32.813)
    assert {k for k, f in found.items() if f["geometry"] is None} == {"area", "country", "unknown", "none"}
    assert {k: f["properties"]["centre"] for k, f in found.items()} == {
        "city": None, "area": [34.999, 32.813], "country": None, "unknown": None, "none": None,
    }  # fmt: skip
    assert {k: f["properties"]["place_precision"] for k, f in found.items()} == {k: "unknown" if k == "none" else k for k in found}


def test_a_feature_keeps_the_columns_of_its_event(tmp_path: Path) -> None:
    lost = event(lat=None, lon=None)
    export({"events": [lost], "articles": [article()]}, "geojson", tmp_path / "e.geojson")
    (found,) = features(tmp_path / "e.geojson").values()
    assert found["geometry"] is None
    assert found["properties"]["sentence"] == lost["sentence"]
    assert (found["properties"]["score"], found["properties"]["published"]) == (0.9, "2024-11-25")
    assert found["properties"]["url"] == "https://example.org/a?b=1"
