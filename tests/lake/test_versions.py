"""Coder versions side by side: how they are named, what they read differently, and coding again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente import lake_commands
from detente.cli import main
from detente.document import Doc
from detente.errors import InputError
from detente.lake.differences import FIELDS, Totals, as_json, changes, compare, matched
from detente.lake.store import Lake
from detente.lake.versions import find_version, find_versions, label, shared
from detente.record.rows import tables
from tests.ingest.fake import BY, FakeCoder, check_whole, ingest, write_articles
from tests.lake.coded import ACCUSED, AID, NEW, OLD, SHELLED, TEXT, coded


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    return int(stop.value.code or 0)


def two(folder: Path, before: Doc, after: Doc) -> Lake:
    lake = Lake(folder)
    lake.append([before], OLD)
    lake.append([after], NEW)
    return lake


def diff(before: Doc, after: Doc) -> list[tuple[str, str, dict[str, tuple[object, object]]]]:
    """The changes between two Docs, without a lake."""
    rows = (tables([doc], by)["events"].to_pylist() for doc, by in ((before, OLD), (after, NEW)))
    return [(c.kind, c.event["trigger"], dict(c.fields)) for c in compare(*rows)]


def test_versions_are_named_by_hash_or_label(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    for n, by in enumerate((OLD, NEW, OLD._replace(knowledge="other"))):
        lake.append([coded(SHELLED, id=f"a{n}"), coded(id="none")][: n + 1], by)
    found = find_versions(lake)
    assert [label(v, found) for v in found] == ["fast:abcd1234/book", "fast:beef5678", "fast:abcd1234/other"]
    assert [(v.articles, v.events) for v in found] == [(1, 1), (2, 1), (2, 1)]
    for name in ("b", "beef", "fast:beef5678", "fast:b/book/2", "fast:beef5678aa", "fast/book/2"):
        assert find_version(name, found).by == NEW
    assert [find_version(label(v, found), found) for v in found] == found


@pytest.mark.parametrize(
    ("name", "told"),
    [("abcd", "names 2 coder versions; write one of fast:abcd1234/1?"), ("accurate:beef", "no coder version 'accurate:beef'"), ("", "no coder version ''")],
)  # fmt: skip
def test_a_wrong_name_is_answered_with_labels(tmp_path: Path, name: str, told: str) -> None:
    lake = Lake(tmp_path)
    for by in (OLD, OLD._replace(knowledge="1"), NEW):
        lake.append([coded()], by)
    with pytest.raises(InputError, match=told):
        find_version(name, find_versions(lake))


def test_gained_lost_and_changed_in_text_order(tmp_path: Path) -> None:
    lake = two(tmp_path, coded(SHELLED, AID), coded(("shelled Basra", "ASSAULT", SHELLED[2]), ACCUSED))
    assert [(c.kind, c.event["trigger"]) for c in changes(lake, shared(lake, OLD, NEW))] == [
        ("same", "shelled Basra"), ("gained", "accused"), ("lost", "will send aid"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("after", "fields"),
    [
        (("shelled", "COERCE", SHELLED[2]), {"type": ("ASSAULT", "COERCE")}),
        (("shelled", "ASSAULT", {**SHELLED[2], "status": "negated"}), {"status": ("actual", "negated")}),
        (("shelled", "ASSAULT", {**SHELLED[2], "historical": 0.9}), {"historical": (False, True)}),
        (("shelled", "ASSAULT", {"who": ["Israel"], "at": ["Basra"]}), {"actors": ("Iran (IRN, GOV)", "Israel (ISR, GOV)")}),
        (("shelled", "ASSAULT", {**SHELLED[2], "to": ["Basra"]}), {"recipients": (None, "Basra (GOV)")}),
        (("shelled", "ASSAULT", {"who": ["Iran"]}), {"place": ("Basra (IRQ, city, 30.500 47.800)", None)}),
        (("shelled", "ASSAULT", {**SHELLED[2], "by": ["Qatar"]}), {"claimed_by": (None, "Qatar")}),
        (SHELLED, {}),
    ],
)  # fmt: skip
def test_each_field_is_compared(after: tuple[str, str, dict[str, object]], fields: dict[str, object]) -> None:
    assert diff(coded(SHELLED), coded(after)) == [("changed" if fields else "same", "shelled", fields)]
    assert set(fields) <= set(FIELDS)


def test_the_order_of_the_parties_does_not_count() -> None:
    one, other = ({"who": names} for names in (["Iran", "Qatar"], ["Qatar", "Iran"]))
    assert diff(coded(("shelled", "ASSAULT", one)), coded(("shelled", "ASSAULT", other)))[0][0] == "same"


def test_each_event_is_in_one_pair_and_the_nearest_are_matched() -> None:
    def row(start: int, end: int, type: str) -> dict[str, object]:
        empty = dict.fromkeys(
            ("mode", "status", "historical", "claimed_by", "place", "lat", "lon", "start_date", "end_date", "time_precision")
        )
        sides = {f"{s}_{w}": [] for s in ("actor", "recipient") for w in ("names", "countries", "sectors")}
        return {**empty, **sides, "trigger_start": start, "trigger_end": end, "type": type}

    before, after = [row(0, 9, "AID"), row(0, 4, "ACCUSE")], [row(0, 4, "ACCUSE"), row(2, 9, "AGREE"), row(9, 12, "AID")]
    assert matched(before, after) == {1: 0, 0: 1}
    assert matched([row(0, 4, "AID"), row(0, 4, "ACCUSE")], [row(0, 4, "ACCUSE"), row(0, 4, "AID")]) == {0: 1, 1: 0}
    assert matched(before, []) == {}


def test_only_what_both_have_coded_of_one_content_is_compared(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    lake.append([coded(SHELLED), coded(ACCUSED, id="b"), coded(AID, id="c")], OLD)
    changed = coded(ACCUSED, id="b", text="At dawn. " + TEXT)
    lake.append([coded(SHELLED), changed], NEW, rejected=[("c", "failed")])
    both = shared(lake, OLD, NEW)
    assert (both.articles, both.only_first, both.only_second) == (("a1",), 2, 1)
    assert [c.kind for c in changes(lake, both)] == ["same"]


def test_the_sums_agree(tmp_path: Path) -> None:
    lake = two(tmp_path, coded(SHELLED, AID), coded(("shelled", "COERCE", SHELLED[2]), ACCUSED))
    totals = Totals()
    found = list(totals.counted(changes(lake, shared(lake, OLD, NEW))))
    assert totals.words() == "2 events before = 0 the same + 1 changed + 1 lost; 2 after with 1 gained"
    assert {t: dict(c) for t, c in totals.types.items()} == {
        "ASSAULT": {"changed": 1, "before": 1}, "COERCE": {"after": 1}, "AID": {"lost": 1, "before": 1}, "ACCUSE": {"gained": 1, "after": 1},
    }  # fmt: skip
    assert dict(totals.fields["type"]) == {("ASSAULT", "COERCE"): 1}
    first = as_json(found[0])
    assert (first["sentence"], first["fields"]) == ("Iran shelled Basra on Friday.", {"type": ["ASSAULT", "COERCE"]})
    assert first["event_before"] != first["event_after"]


def test_the_command_lists_versions_and_shows_changes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    two(tmp_path, coded(SHELLED, AID), coded(("shelled", "COERCE", SHELLED[2]), ACCUSED))
    lake = ("--lake", str(tmp_path))
    assert run("diff", *lake) == 0
    assert "fast:abcd1234" in capsys.readouterr().out
    assert run("diff", *lake, "--format", "jsonl") == 0
    assert [json.loads(line)["label"] for line in capsys.readouterr().out.splitlines()] == ["fast:abcd1234", "fast:beef5678"]
    assert run("diff", "abcd", "fast:beef", *lake) == 0
    told = capsys.readouterr()
    assert "~ changed  ASSAULT  “shelled”" in told.out
    assert "type: ASSAULT → COERCE" in told.out
    assert "Iran accused Israel of lying." in told.out
    assert "1 articles coded by both, 0 by the first only, 0 by the second only" in told.err
    assert run("diff", "abcd", "beef", *lake, "--most", "1") == 0
    assert "… and 2 more" in capsys.readouterr().out
    assert run("diff", "abcd", "beef", *lake, "--format", "jsonl") == 0
    assert sorted(json.loads(line)["kind"] for line in capsys.readouterr().out.splitlines()) == ["changed", "gained", "lost"]


@pytest.mark.parametrize("names", [("abcd",), ("abcd", "abcd1"), ("abcd", "zz")])
def test_wrong_usage_ends_with_two(tmp_path: Path, names: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    two(tmp_path, coded(), coded())
    assert run("diff", *names, "--lake", str(tmp_path)) == 2
    assert names[-1] in capsys.readouterr().err


def test_recode_stands_beside_the_old_and_goes_on_where_it_was_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_articles(tmp_path / "in", 10)
    lake = Lake(tmp_path / "lake")
    ingest(lake, tmp_path / "in")
    coder, newer = FakeCoder(), BY._replace(version="2")
    monkeypatch.setattr(lake_commands, "Coder", lambda model: coder)
    monkeypatch.setattr(lake_commands, "coded_by", lambda coder: newer)
    half = [row["article_id"] for row in lake.read("articles", ["article_id"]).to_pylist()][:4]
    lake.append([d for d in docs_of(lake) if d.article.id in half], newer)
    assert run("recode", "--lake", str(tmp_path / "lake")) == 0
    assert "10 articles = 5 coded + 1 no event + 0 rejected + 4 coded by this coder before" in capsys.readouterr().err
    assert len(coder.seen) == 6
    assert run("recode", "--lake", str(tmp_path / "lake")) == 0
    assert len(coder.seen) == 6
    assert [(v.by, v.articles, v.events) for v in find_versions(lake)] == [(BY, 10, 8), (newer, 10, 8)]
    assert {c.kind for c in changes(lake, shared(lake, BY, newer))} == {"same"}
    assert lake.read("articles").num_rows == 10


def test_recode_keeps_what_the_coder_breaks_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    Lake(tmp_path).append([coded(SHELLED, id="x", text="Iran shelled Basra. The bridge is broken.")], OLD)
    monkeypatch.setattr(lake_commands, "Coder", lambda model: FakeCoder())
    monkeypatch.setattr(lake_commands, "coded_by", lambda coder: NEW)
    assert run("recode", "--lake", str(tmp_path)) == 1
    assert "1 articles = 0 coded + 0 no event + 1 rejected" in capsys.readouterr().err
    assert run("recode", "--lake", str(tmp_path), "--workers", "0") == 2
    assert run("recode", "--lake", str(tmp_path / "none")) == 2


def docs_of(lake: Lake) -> list[Doc]:
    from detente.document import Article
    from detente.ingest.stored import stored
    from tests.ingest.fake import fake_doc

    check_whole(lake, 10)
    return [fake_doc(item.found) for item in stored(lake) if isinstance(item.found, Article)]
