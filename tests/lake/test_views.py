"""The views: documented names and columns, the newest coding, and nothing but reading."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import detente
from detente.errors import InputError, LakeError, NoInput
from detente.identity import content_hash
from detente.lake.store import Lake
from detente.lake.views import VIEWS
from detente.record.schemas import SCHEMAS
from tests.analysis.factory import article, coding, event, make_lake, row

DOCS = Path(__file__).parents[2] / "docs" / "analysis.md"
BY = ("1", "fast", "x", "k")


def test_an_empty_lake_answers_with_the_columns_of_the_record(tmp_path: Path) -> None:
    lake = detente.open_lake(tmp_path)
    for name, schema in SCHEMAS.items():
        found = lake.to_arrow(name)
        assert (found.num_rows, found.column_names[: len(schema.names)]) == (0, schema.names)
    assert lake.events(actor="RUS").num_rows == 0
    assert set(SCHEMAS) < set(VIEWS)


def test_the_docs_name_every_view_and_added_column(tmp_path: Path) -> None:
    text = DOCS.read_text(encoding="utf-8")
    for name in VIEWS:
        added = [c for c in Lake(tmp_path).to_arrow(name).column_names if c not in (SCHEMAS[name].names if name in SCHEMAS else ())]
        (line,) = (x for x in text.splitlines() if re.match(rf"\| `{name}` \|", x))
        assert [c for c in added if f"`{c}`" not in line] == []


def test_of_each_article_the_newest_coding_counts(tmp_path: Path) -> None:
    old, new = event("RUS", "AFG", "AID", "2024-05-04"), event("RUS", "AFG", "ASSAULT", "2024-05-04", coding_id="2024-05-04-0/2")
    codings = [coding("2024-05-04-0", 2, version="2"), coding("2024-05-04-0", 1)]
    lake = make_lake(tmp_path, articles=[article("2024-05-04")], codings=codings, events=[old, new])
    assert lake.sql("select type from events").to_pylist() == [{"type": "ASSAULT"}]
    assert lake.sql("select version from codings").to_pylist() == [{"version": "2"}]
    assert lake.sql("select count(*) as n from all_events").to_pylist() == [{"n": 2}]


def test_an_article_stands_as_its_newest_coding_read_it(tmp_path: Path) -> None:
    versions = [article("2024-05-04", article_id="a", content_id=c, text=c) for c in ("first", "second")]
    codings = [coding("a", n, coding_id=content_hash("coding", "a", c, BY)) for n, c in ((1, "second"), (2, "first"))]
    lake = make_lake(tmp_path, articles=[*versions, article("2024-05-05")], codings=[*codings, coding("2024-05-05-0")])
    assert sorted(lake.sql("select text from articles")["text"].to_pylist()) == ["Words.", "first"]
    assert lake.sql("select count(*) as n from all_articles").to_pylist() == [{"n": 3}]


def test_an_input_read_twice_ends_as_its_last_outcome(tmp_path: Path) -> None:
    inputs = [row("inputs", input_id=str(n), source="a.txt", outcome=o) for n, o in enumerate(("coded", "rejected"))]
    inputs[0]["read_at"], inputs[1]["read_at"] = datetime(2024, 5, 5, tzinfo=UTC), datetime(2024, 5, 4, tzinfo=UTC)
    lake = make_lake(tmp_path, inputs=inputs)
    assert lake.sql("select outcome from inputs").to_pylist() == [{"outcome": "coded"}]


@pytest.mark.parametrize(
    ("status", "same_as", "done"), [("actual", None, True), ("negated", None, False), ("hypothetical", None, False), ("actual", "e", False)]
)
def test_done_is_what_happened_and_is_told_once(tmp_path: Path, status: str, same_as: str | None, done: bool) -> None:
    lake = make_lake(
        tmp_path, articles=[article("2024-05-04")], events=[event("RUS", "AFG", "AID", "2024-05-04", status=status, same_as=same_as)]
    )
    assert lake.sql("select done from events").to_pylist() == [{"done": done}]
    assert lake.events(done=True).num_rows == done


def test_an_event_has_its_own_day_where_it_is_one(tmp_path: Path) -> None:
    start = date(2024, 5, 1)
    times = [{"start_date": start, "end_date": start}, {"start_date": start, "end_date": date(2024, 5, 3)}, {}]
    events = [event("RUS", "AFG", "AID", "2024-05-04", n, **t) for n, t in enumerate(times)]
    lake = make_lake(tmp_path, articles=[article("2024-05-04")], events=events)
    assert [d.day for d in lake.sql("select day from events order by event_id")["day"].to_pylist()] == [1, 4, 4]


def test_dyads_pair_each_actor_with_each_recipient_or_the_actors_among_themselves(tmp_path: Path) -> None:
    events = [
        event("RUS CHN", "AFG RUS", "AID", "2024-05-04"),
        event("USA IRN", "", "CONSULT", "2024-05-04"),
        event("QAT", "", "AID", "2024-05-04"),
    ]
    events[1]["actor_countries"] = ["USA", None, "IRN", "USA"]
    found = make_lake(tmp_path, articles=[article("2024-05-04")], events=events).sql("select actor, recipient from dyads")
    assert sorted(tuple(r.values()) for r in found.to_pylist()) == [
        ("CHN", "AFG"), ("CHN", "RUS"), ("IRN", "USA"), ("RUS", "AFG"), ("USA", "IRN"),
    ]  # fmt: skip


def test_events_are_narrowed_by_party_type_status_and_day(tmp_path: Path) -> None:
    events = [event("RUS", "AFG", "AID", "2024-05-04"), event("USA", "AFG", "ACCUSE", "2024-05-06", status="negated")]
    lake = make_lake(tmp_path, articles=[article("2024-05-04"), article("2024-05-06")], events=events)
    asked: list[dict[str, str]] = [
        {"actor": "Russia"}, {"type": "AID"}, {"status": "actual"}, {"until": "2024-05-05"}, {"actor": "rus", "recipient": "Afghanistan"},
    ]  # fmt: skip
    assert [lake.events(**a)["type"].to_pylist() for a in asked] == [["AID"]] * 5  # type: ignore[arg-type]
    assert (
        lake.events(actor="RUS+USA")["type"].to_pylist() == lake.events(actor="both", groups={"both": ["RUS", "USA"]})["type"].to_pylist()
    )
    assert lake.events(actor="usa Government").num_rows == 1
    with pytest.raises(InputError, match="'May 4' is no day; write YYYY-MM-DD"):
        lake.events(since="May 4")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("drop table current_codings", "this is drop"), ("copy events to 'x.csv'", "this is copy"), ("select 1; select 2", "select, select"),
        ("", "nothing"), ("select * from evnts", "the views are actors"), ("selec 1", "syntax error"), ("select * from SCHEMAS", "SCHEMAS"),
        ("select * from read_text('/etc/hostname')", "can't be run"), ("select * from '/etc/hostname'", "can't be run"),
        ("select * from 'https://example.org/x.csv'", "can't be run"), ("select * from glob('*')", "can't be run"),
    ],
)  # fmt: skip
def test_sql_only_reads_the_views(tmp_path: Path, query: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        Lake(tmp_path).sql(query)
    assert list(tmp_path.iterdir()) == []


def test_sql_ends_in_time_and_gives_as_many_rows_as_asked(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    assert lake.sql("select * from range(1000)", rows=3).num_rows == 3
    assert lake.sql("select $day::date as day", {"day": "2024-05-04"}, rows=1)["day"].to_pylist() == [date(2024, 5, 4)]
    assert lake.sql("describe events", seconds=60).num_rows == lake.to_arrow("events").num_columns
    with pytest.raises(InputError, match="took longer"):
        lake.sql("select count(*) from range(100000000) a, range(100000000) b where a.range % 7 = b.range % 11", seconds=0.2)


def test_a_missing_lake_a_wrong_view_and_a_damaged_table_are_named(tmp_path: Path) -> None:
    with pytest.raises(NoInput, match=r"no lake '.*gone'"):
        detente.open_lake(tmp_path / "gone")
    lake = make_lake(tmp_path, articles=[article("2024-05-04")], events=[event("RUS", "AFG", "AID", "2024-05-04")])
    with pytest.raises(InputError, match="'codes' is no view"):
        lake.to_arrow("codes")
    for parquet in (tmp_path / "events").glob("*.parquet"):
        parquet.write_bytes(b"no table")
    with pytest.raises(LakeError, match="can't be read"):
        lake.sql("select * from events")
    with pytest.raises(LakeError, match="can't be read"):
        lake.dyad("RUS", "AFG")
    for parquet in (tmp_path / "codings").glob("*.parquet"):
        parquet.unlink()
    with pytest.raises(LakeError, match="can't be read"):
        lake.sql("select 1")


def test_frames_hold_the_same_rows(tmp_path: Path) -> None:
    lake = make_lake(tmp_path, articles=[article("2024-05-04"), article("2024-05-05", url="https://www.Wire.example:80/x", publisher=None)])
    assert len(lake.to_pandas("articles")) == lake.to_polars("articles").height == 2
    assert sorted(lake.to_pandas("articles")["outlet"]) == ["Outlet 0", "wire.example"]
    assert lake.to_duckdb().execute("select count(*) from codings").fetchall() == [(2,)]
