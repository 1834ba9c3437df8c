"""FollowTheMoney: entities by its published schema, whole, and valid by its own library where that is installed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.export.registry import export
from tests.export.factory import Row, actor, article, event, measure

# the properties that are used here, as the published schema names them (followthemoney.tech, schema/*.yaml)
THING = {"name", "country", "topics", "sourceUrl"}
INTERVAL = {"status", "startDate", "endDate", "recordId", "sourceUrl"}
SCHEMA = {
    "Person": THING | {"position"}, "Organization": THING, "PublicBody": THING, "LegalEntity": THING, "Position": {"name", "country"},
    "Occupancy": INTERVAL | {"holder", "post"}, "Sanction": INTERVAL | {"entity", "authority", "country", "program", "provisions"},
}  # fmt: skip
ACTORS = [
    actor(), actor(start=1, text="he", name="Ali Shamkhani", role="former security council head", sector="ELI"),
    actor(start=2, name="Hezbollah", country="LBN", sector="REB"), actor(start=3, name="European Union", country=None, sector="IGO"),
    actor(start=4, name="Jane Roe", role="Governor", country="USA"), actor(start=5, name="Acme Widgets", country="USA", sector="BUS"),
    actor(start=6, text="the ministry", name=None),
]  # fmt: skip


def entities(path: Path, **more: list[Row]) -> list[Row]:
    export({"events": [event()], "articles": [article()], "actors": ACTORS, **more}, "ftm", path / "e.jsonl")
    return [json.loads(line) for line in (path / "e.jsonl").read_text(encoding="utf-8").splitlines()]


def named(found: list[Row], name: str) -> Row:
    return next(e for e in found if e["properties"].get("name") == [name])


def test_actors_are_what_the_record_knows_them_to_be(tmp_path: Path) -> None:
    found = entities(tmp_path)
    kinds = {e["properties"]["name"][0]: e["schema"] for e in found if "name" in e["properties"]}
    assert kinds == {
        "Iran": "PublicBody", "Ali Shamkhani": "Person", "Hezbollah": "Organization", "European Union": "Organization", "Jane Roe": "Person",
        "Acme Widgets": "LegalEntity", "security council head": "Position", "Governor": "Position",
    }  # fmt: skip
    assert named(found, "Iran")["properties"]["country"] == ["ir"]
    assert named(found, "European Union")["properties"]["topics"] == ["gov.igo"]


def test_an_office_is_held_with_the_dates_that_are_known(tmp_path: Path) -> None:
    found = entities(tmp_path)
    holder, post = named(found, "Ali Shamkhani"), named(found, "security council head")
    held = next(e for e in found if e["properties"].get("holder") == [holder["id"]])
    assert (held["schema"], held["properties"]["post"], held["properties"]["status"]) == ("Occupancy", [post["id"]], ["ended"])
    assert held["properties"]["startDate"] == ["2013-09-10"]
    other = next(e for e in found if e["properties"].get("holder") == [named(found, "Jane Roe")["id"]])
    assert "startDate" not in other["properties"]


def test_measures_are_sanctions_on_their_targets(tmp_path: Path) -> None:
    found = entities(
        tmp_path,
        measures=[measure(), measure(measure_id="m2", status="threatened"), measure(measure_id="m3", target_names=[], target_countries=[])],
    )
    (sanction,) = [e for e in found if e["schema"] == "Sanction"]
    assert sanction["properties"] == {
        "entity": [named(found, "Bank Melli")["id"]], "authority": ["United States"], "country": ["us"], "program": ["Executive Order 13382"],
        "provisions": ["asset freeze"], "status": ["imposed"], "startDate": ["2024-11-25"], "recordId": ["m1"],
        "sourceUrl": ["https://example.org/a?b=1"],
    }  # fmt: skip


def test_a_measure_of_an_event_that_was_not_done_is_none(tmp_path: Path) -> None:
    undone = {"events": [event(status="hypothetical")], "articles": [article()], "measures": [measure()]}
    assert export(undone, "ftm", tmp_path / "e.jsonl") == 0


def test_only_published_names_are_used_and_all_links_lead_somewhere(tmp_path: Path) -> None:
    found = entities(tmp_path, measures=[measure()])
    ids = [e["id"] for e in found]
    assert len(set(ids)) == len(ids)
    for e in found:
        assert set(e["properties"]) <= SCHEMA[e["schema"]]
        assert all(v in ids for link in ("holder", "post", "entity") for v in e["properties"].get(link, ()))


def test_the_library_takes_every_value(tmp_path: Path) -> None:
    ftm = pytest.importorskip("followthemoney")
    for e in entities(tmp_path, measures=[measure()]):
        ftm.model.get(e["schema"]).validate(e)
        again = ftm.model.make_entity(e["schema"])
        again.id = e["id"]
        for name, values in e["properties"].items():
            again.add(name, values)  # cleans, and drops what is no value of the property's type
        assert again.to_dict()["properties"].keys() == e["properties"].keys()
        assert {n: sorted(v) for n, v in again.to_dict()["properties"].items()} == {n: sorted(v) for n, v in e["properties"].items()}
