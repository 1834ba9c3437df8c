import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.dataset as ds
import pytest
from deltalake import write_deltalake

from detente.coding.coder import Coder
from detente.document import Article, Doc
from detente.errors import LakeError
from detente.lake import store
from detente.lake.commits import Standing
from detente.lake.dyads import count_dyads
from detente.lake.store import Lake
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
        "statements": sum(len(d.statements) for d in found), "measures": sum(len(d.measures) for d in found), "actors": sum(len(d.actors) for d in found),
        "inputs": 0, "corrections": 0,
    }  # fmt: skip


def test_an_append_reads_only_keys_and_those_of_a_file_once(tmp_path: Path, coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    found = docs(coder)
    Lake(tmp_path).append(found, BY)
    asked: list[tuple[str, ...]] = []
    read = Standing._read

    def noted(self: Standing, fragment: ds.Fragment) -> object:
        asked.append(tuple(self._columns))
        return read(self, fragment)

    def unread(self: Lake, name: str, columns: list[str]) -> object:
        raise AssertionError(f"{name} was read")

    monkeypatch.setattr(Standing, "_read", noted)
    monkeypatch.setattr(Lake, "_columns", unread)
    lake = Lake(tmp_path)
    lake.append(found, BY._replace(version="1"))
    assert set(asked) == {("article_id", "content_id"), ("coding_id",), ("coding_id", "written")}
    before = len(asked)
    lake.append([], BY, rejected=[("r", "language")])
    assert len(asked) == before + 1  # the file of codings that the lake itself has added


def test_two_writers_at_once_take_each_row_once(tmp_path: Path, coder: Coder) -> None:
    articles = [Article(id=f"a{n}", text=f"Iran condemned Israel's airstrikes on Damascus on Friday, {n} said.") for n in range(12)]
    found = [coder.code(a) for a in articles]
    lakes, added = [Lake(tmp_path) for _ in range(3)], list[int]()

    def write(lake: Lake) -> None:
        for at in range(0, 12, 2):
            lake.settle([replace(a, id=f"{a.id} of {id(lake)}") for a in articles[at : at + 2]])
            added.append(lake.append(found[at : at + 2], BY))

    threads = [threading.Thread(target=write, args=(lake,)) for lake in lakes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(added) == 12
    assert sorted(lakes[0].read("codings")["written"].to_pylist()) == list(range(1, 13))
    assert lakes[0].read("events").num_rows == sum(len(d.events) for d in found)
    settled = {
        (c, a)
        for c, a in zip(*(lakes[0].read("articles")[k].to_pylist() for k in ("content_id", "article_id")), strict=True)
        if " of " in a
    }
    assert len(settled) == len({c for c, _ in settled}) <= 12


def test_a_content_stands_under_the_id_that_came_first(tmp_path: Path) -> None:
    lake, one, two = Lake(tmp_path), Article(id="one", text="It rained."), Article(id="two", text="It rained.")
    assert lake.settle([one, two]) == [one, one]
    assert Lake(tmp_path).settle([two, Article(id="three", text="It snowed.")])[0] == one
    assert sorted(lake.read("articles")["article_id"].to_pylist()) == ["one", "three"]


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
