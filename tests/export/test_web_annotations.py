"""Web annotations: the model's required parts, and selectors that find the very words."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

from detente.export.registry import export
from tests.export.factory import TEXT, Row, article, event

STATEMENT = {"statement_id": "s1", "coding_id": "c1", "article_id": "a1", "kind": "indirect", "speaker": "Iran", "content": ["“Café” talks.", "near"],
             "content_starts": [0, TEXT.index("near")], "content_ends": [13, TEXT.index("near") + 4]}  # fmt: skip


def annotations(path: Path, **tables: list[Row]) -> list[Row]:
    export({"articles": [article()], **tables}, "annotations", path / "a.json")
    found: list[Row] = json.loads((path / "a.json").read_text(encoding="utf-8"))
    for a in found:
        assert a["@context"] == "http://www.w3.org/ns/anno.jsonld"
        assert a["type"] == "Annotation"
        assert urlsplit(a["id"]).scheme == "urn"
        for target in a["target"] if isinstance(a["target"], list) else [a["target"]]:
            assert urlsplit(target["source"]).scheme in ("https", "urn")
            assert [s["type"] for s in target["selector"]] == ["TextQuoteSelector", "TextPositionSelector"]
    return found


def check(target: Row, text: str) -> str:
    """The words of a target, which stand at its position, after its prefix and before its suffix."""
    quote, at = target["selector"]
    assert text[at["start"] : at["end"]] == quote["exact"]
    assert text[: at["start"]].endswith(quote["prefix"])
    assert text[at["end"] :].startswith(quote["suffix"])
    return str(quote["exact"])


def test_an_event_points_at_its_trigger(tmp_path: Path) -> None:
    (found,) = annotations(tmp_path, events=[event()])
    assert check(found["target"], TEXT) == "condemned"
    assert found["target"]["selector"][0]["prefix"] == "“Café” talks. Iran "
    assert found["target"]["selector"][0]["suffix"]
    assert [b["value"] for b in found["body"]] == ["ACCUSE", "disapprove", "actual", "Iran → Israel"]


def test_a_statement_points_at_all_its_pieces(tmp_path: Path) -> None:
    (found,) = annotations(tmp_path, statements=[STATEMENT])
    assert [check(t, TEXT) for t in found["target"]] == ["“Café” talks.", "near"]


def test_without_text_or_with_another_one_the_sentence_serves(tmp_path: Path) -> None:
    for text in (None, "an edited article in which other words stand at that place"):
        (found,) = annotations(tmp_path, events=[event()], articles=[article(text=text, url=None)])
        assert check(found["target"], TEXT) == "condemned"
        assert found["target"]["selector"][0]["prefix"] == "Iran "
        assert found["target"]["source"] == "urn:detente:article:a1"


def test_an_event_without_words_of_its_own_is_left_out(tmp_path: Path) -> None:
    assert annotations(tmp_path, events=[event(trigger=None, trigger_start=None, trigger_end=None)]) == []
