from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from deltalake import write_deltalake

from detente.coding.coder import Coder
from detente.document import Article, Doc
from detente.errors import LakeError
from detente.lake import store
from detente.lake.store import Lake, count_dyads
from detente.record.rows import CodedBy, event_row
from detente.record.schemas import SCHEMAS

BY = CodedBy("0", "fast", "hash", "book")


def docs(coder: Coder) -> list[Doc]:
    texts = ["Iran condemned Israel's airstrikes on Damascus on Friday.", "The weather was mild."]
    return [coder.code(Article(id=f"a{n}", text=t, published=date(2024, 5, 4))) for n, t in enumerate(texts)]


def test_each_article_and_coding_is_taken_once(tmp_path: Path, coder: Coder) -> None:
    lake = Lake(tmp_path / "lake")
    found = docs(coder)
    assert lake.append(found, BY, rejected=[("r1", "language")]) == 3
    assert lake.append(found, BY, rejected=[("r1", "language")]) == 0
    assert lake.read("articles").num_rows == 2
    assert sorted(lake.read("codings")["outcome"].to_pylist()) == ["coded", "no_event", "rejected"]


def test_a_new_coder_stands_beside_the_old(tmp_path: Path, coder: Coder) -> None:
    lake = Lake(tmp_path / "lake")
    lake.append(docs(coder), BY)
    assert lake.append(docs(coder), BY._replace(model_hash="other")) == 2
    assert lake.read("articles").num_rows == 2
    assert lake.read("codings").num_rows == 4


def test_events_in_the_lake_name_their_words(tmp_path: Path, coder: Coder) -> None:
    lake = Lake(tmp_path / "lake")
    lake.append(docs(coder), BY)
    texts = {r["article_id"]: r["text"] for r in lake.read("articles").to_pylist()}
    rows = lake.read("events").to_pylist()
    assert rows
    for row in rows:
        assert texts[row["article_id"]][row["trigger_start"] : row["trigger_end"]] == row["trigger"]


def test_an_empty_lake_has_empty_tables(tmp_path: Path) -> None:
    for name, schema in SCHEMAS.items():
        assert Lake(tmp_path).read(name).schema == schema


def test_an_unknown_table_and_an_unwritable_lake_say_so(tmp_path: Path, coder: Coder) -> None:
    with pytest.raises(LakeError, match="'evnts' is no table"):
        Lake(tmp_path).read("evnts")
    (tmp_path / "file").write_text("x")
    with pytest.raises(LakeError, match=r"can't be written.*check that it is a folder"):
        Lake(tmp_path / "file").append(docs(coder), BY)


def test_dyads_count_directed_pairs_and_reciprocal_acts() -> None:
    events = [
        {"actor_countries": ["IRN"], "recipient_countries": ["ISR"], "quad": 3, "intensity": -2.0},
        {"actor_countries": ["IRN"], "recipient_countries": ["ISR"], "quad": 4, "intensity": -9.0},
        {"actor_countries": ["USA", "IRN"], "recipient_countries": [], "quad": 1, "intensity": 1.0},
        {"actor_countries": [None], "recipient_countries": ["ISR"], "quad": 4, "intensity": -9.0},
    ]
    found = {(d.actor, d.recipient): (d.events, d.quads, d.intensity) for d in count_dyads(events)}
    assert found == {
        ("IRN", "ISR"): (2, (0, 0, 1, 1), -5.5),
        ("USA", "IRN"): (1, (1, 0, 0, 0), 1.0),
        ("IRN", "USA"): (1, (1, 0, 0, 0), 1.0),
    }


def with_events(doc: Doc, **changes: object) -> Doc:
    """The same Doc with all its events changed."""
    return Doc(doc.article, {**doc.layers, "events": tuple(replace(e, **changes) for e in doc.events)})  # type: ignore[arg-type]


def test_a_changed_article_and_a_repaired_reject_are_coded_anew(tmp_path: Path, coder: Coder) -> None:
    lake, text = Lake(tmp_path / "lake"), "Iran condemned Israel's airstrikes on Damascus on Friday."
    articles = [
        Article(id="a", text=text),
        Article(id="a", text=text + " It rained."),
        Article(id="a", text=text, published=date(2024, 5, 4)),
    ]
    assert lake.append([], BY, rejected=[("a", "language")]) == 1
    assert lake.append([], BY, rejected=[("a", "too_large"), ("a", "language")]) == 1
    for article in articles:
        assert lake.append([coder.code(article)], BY) == 1
    rows = lake.read("articles").to_pylist()
    assert [r["article_id"] for r in rows] == ["a"] * 3
    assert len({r["content_id"] for r in rows}) == 3
    assert sorted(lake.read("codings")["written"].to_pylist()) == [1, 2, 3, 4, 5]


def test_equal_articles_and_rejects_of_one_batch_are_taken_once(tmp_path: Path, coder: Coder) -> None:
    lake, found = Lake(tmp_path / "lake"), docs(coder)
    assert lake.append([*found, *found], BY, rejected=[("r", "language")] * 2) == 3
    assert lake.read("articles").num_rows == 2
    assert lake.read("events").num_rows == sum(len(d.events) for d in found)


@pytest.mark.parametrize("broken", ["events", "actors", "codings"])
def test_a_rerun_after_a_crash_gives_nothing_twice(tmp_path: Path, coder: Coder, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    lake, found, write = Lake(tmp_path / "lake"), docs(coder), Lake._write

    def crash(self: Lake, name: str, rows: object) -> None:
        if name == broken:
            raise KeyboardInterrupt
        write(self, name, rows)

    with monkeypatch.context() as patch:
        patch.setattr(Lake, "_write", crash)
        with pytest.raises(KeyboardInterrupt):
            lake.append(found, BY)
        assert lake.read("codings").num_rows == 0
    lake.append(found, BY)
    counts = {name: lake.read(name).num_rows for name in SCHEMAS}
    assert counts == {
        "articles": 2, "codings": 2, "events": sum(len(d.events) for d in found),
        "statements": sum(len(d.statements) for d in found), "actors": sum(len(d.actors) for d in found),
    }  # fmt: skip


def test_an_append_reads_only_the_columns_of_ids(tmp_path: Path, coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    lake, found = Lake(tmp_path / "lake"), docs(coder)
    lake.append(found, BY)
    asked: set[str] = set()
    columns = Lake._columns

    def noted(self: Lake, name: str, names: list[str]) -> object:
        asked.update(names)
        return columns(self, name, names)

    monkeypatch.setattr(Lake, "_columns", noted)
    lake.append(found, BY._replace(version="1"))
    assert asked == {"article_id", "content_id", "coding_id", "written"}


def test_dyads_count_the_newest_coding_or_the_one_asked_for(tmp_path: Path, coder: Coder) -> None:
    lake, doc, newer = Lake(tmp_path / "lake"), docs(coder)[0], BY._replace(version="1")
    lake.append([doc], BY)
    once = lake.dyads()
    assert once
    lake.append([doc], newer)
    assert lake.dyads() == lake.dyads(by=BY) == lake.dyads(by=newer) == once
    lake.append([with_events(doc, actors=(), recipients=())], BY._replace(version="2"))
    assert lake.dyads() == []
    assert lake.dyads(by=BY) == once
    assert lake.dyads(by=BY._replace(version="3")) == []


@pytest.mark.parametrize("change", [{"status": "negated"}, {"status": "hypothetical"}, {"status": "conditional"}, {"same_as": "e0"}])
def test_dyads_leave_out_what_was_not_done_or_stands_already(tmp_path: Path, coder: Coder, change: dict[str, str]) -> None:
    lake, doc = Lake(tmp_path / "lake"), docs(coder)[0]
    lake.append([with_events(doc, **change)], BY)
    assert lake.read("events").num_rows
    assert lake.dyads() == []


def test_events_keep_what_is_threatened_and_the_runner_up(tmp_path: Path, coder: Coder) -> None:
    doc = docs(coder)[0]
    doc = with_events(doc, threatened=doc.events[0].trigger, runner_up="AGREE")
    lake = Lake(tmp_path / "lake")
    lake.append([doc], BY)
    row = lake.read("events").to_pylist()[0]
    assert (row["threatened"], row["runner_up"]) == (doc.words(doc.events[0].trigger), "AGREE")
    assert list(event_row(doc, doc.events[0], BY)) == SCHEMAS["events"].names


def test_a_location_may_be_a_url(tmp_path: Path, coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Lake("s3://bucket/lake/")._table("events") == "s3://bucket/lake/events"
    monkeypatch.setattr(store, "Path", None)
    lake = Lake(f"file://{tmp_path}/lake")
    lake.check()
    assert lake.append(docs(coder), BY) == 2
    assert Lake(f"file://{tmp_path}/lake/").append(docs(coder), BY) == 0
    with pytest.raises(LakeError, match="bogus://x/lake can't be written: Unknown scheme"):
        Lake("bogus://x/lake").check()


def test_check_makes_the_folder_and_refuses_what_can_be_none(tmp_path: Path) -> None:
    Lake(tmp_path / "new" / "lake").check()
    assert (tmp_path / "new" / "lake").is_dir()
    (tmp_path / "file").write_text("x")
    with pytest.raises(LakeError, match="that is a file; name a folder"):
        Lake(tmp_path / "file").check()
    with pytest.raises(LakeError, match=r"can't be written.*check that it is a folder"):
        Lake(tmp_path / "file" / "lake").check()


def test_a_damaged_table_is_named_with_the_remedy(tmp_path: Path, coder: Coder) -> None:
    lake = Lake(tmp_path)
    lake.append(docs(coder), BY)
    for parquet in (tmp_path / "events").glob("*.parquet"):
        parquet.write_bytes(b"no table")
    log = tmp_path / "codings" / "_delta_log"
    for entry in log.glob("*.json"):
        entry.write_text("garbage")
    for name in ("events", "codings"):
        with pytest.raises(LakeError, match=f"the lake at {tmp_path} can't be read.*move away its table '{name}'"):
            lake.read(name)
    with pytest.raises(LakeError, match="'codings'"):
        lake.check()


def test_a_table_of_another_version_is_refused(tmp_path: Path) -> None:
    write_deltalake(str(tmp_path / "articles"), SCHEMAS["articles"].empty_table().drop_columns(["content_id"]))
    with pytest.raises(LakeError, match=r"lacks content_id.*name a new folder"):
        Lake(tmp_path).check()
