"""PLOVER JSON: the names of the gold-standard records, every status, and nothing of the record lost."""

from __future__ import annotations

import json
from pathlib import Path

from detente.export.registry import export
from tests.export.factory import NASTY, Row, article, event

NAMES = {
    "id",
    "date",
    "actor",
    "recipient",
    "event",
    "mode",
    "context",
    "eventText",
    "text",
    "textInfo",
    "language",
    "publication",
    "coder",
    "version",
}


def records(path: Path, *events: Row) -> list[Row]:
    export({"events": list(events), "articles": [article()]}, "plover", path / "p.json")
    return json.loads((path / "p.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_a_record_has_the_names_and_values(tmp_path: Path) -> None:
    (found,) = records(tmp_path, event())
    assert set(found) >= NAMES
    assert found["actor"] == [{"actorText": "Iran", "code": "IRN", "sector": "GOV"}]
    assert (found["date"], found["event"], found["mode"], found["eventText"]) == ("2024-11-22", "ACCUSE", "disapprove", "condemned")
    assert found["location"] == {"name": "Haifa", "country": "ISR", "lat": 32.813, "lon": 34.999, "precision": "city"}
    assert (found["detente"]["quad"], found["detente"]["score"], found["detente"]["cameo"]) == (3, 0.9, "111")


def test_what_was_not_done_says_so(tmp_path: Path) -> None:
    found = records(
        tmp_path, *(event(event_id=s, status=s) for s in ("actual", "conditional", "negated")), event(event_id="old", historical=True)
    )
    modes = {f["id"]: f["auxiliaryMode"] for f in found}
    assert modes == {"actual": [], "conditional": ["hypothetical"], "negated": ["negated"], "old": ["historical"]}


def test_unknown_places_days_and_parties_stay_unknown(tmp_path: Path) -> None:
    (found,) = records(
        tmp_path, event(place=None, start_date=None, published=None, actor_names=None, actor_countries=None, actor_sectors=None, mode=None)
    )
    assert (found["location"], found["date"], found["actor"], found["mode"]) == (None, None, [], "")


def test_every_text_comes_back(tmp_path: Path) -> None:
    found = records(tmp_path, *(event(event_id=f"{n:02}", sentence=t) for n, t in enumerate(NASTY)))
    assert [f["text"] for f in found] == NASTY
