"""A dyad's series: what counts, when, what was read, and what is told where there is nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente.errors import InputError
from detente.lake.store import Lake
from tests.analysis.factory import article, coding, event, make_lake

DAYS = ("2024-01-10", "2024-01-20", "2024-03-05")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """Two articles in January, none in February, one in March."""
    events = [
        event("RUS", "AFG", "AID", DAYS[0]), event("RUS", "AFG", "ACCUSE", DAYS[0]), event("RUS", "AFG", "ASSAULT", DAYS[2]),
        event("AFG", "RUS", "CONSULT", DAYS[2]), event("RUS AFG", "", "CONSULT", DAYS[2]), event("USA", "AFG", "AID", DAYS[2]),
    ]  # fmt: skip
    return make_lake(tmp_path, articles=[article(d) for d in DAYS] + [article(DAYS[0], 1)], events=events)


def test_events_are_counted_by_month_and_quad(lake: Lake) -> None:
    january, february, march = lake.dyad("RUS", "AFG").periods
    assert (january.start, january.end) == (date(2024, 1, 1), date(2024, 1, 31))
    assert (january.events, january.quads, january.intensity) == (2, (0, 1, 1, 0), 2.5)
    assert (march.end, march.quads) == (date(2024, 3, 31), (1, 0, 0, 1))
    assert january.net is not None
    assert january.low is not None
    assert january.low < january.net < (january.high or 0)
    assert february.events == 0


def test_a_gap_has_no_value_and_a_quiet_day_has_one(lake: Lake) -> None:
    january, february, march = lake.dyad("RUS", "AFG").periods
    assert (january.gap, february.gap, march.gap) == (False, True, False)
    assert (february.net, february.low, february.high, february.intensity) == (None,) * 4
    assert january.coverage == (3, 2, 29)
    assert february.coverage == (0, 0, 29)
    quiet = lake.dyad("RUS", "AFG", by="day", since="2024-01-20", until="2024-01-21").periods
    assert [(p.net, p.gap) for p in quiet] == [(0.0, False), (None, True)]
    assert (quiet[0].low or 0) < 0 < (quiet[0].high or 0)
    assert lake.dyad("RUS", "AFG").coverage[0] == (date(2024, 1, 10), 2, 2)


def test_both_ways_and_common_acts(lake: Lake) -> None:
    assert lake.dyad("AFG", "RUS").events["type"].to_pylist() == ["CONSULT", "CONSULT"]
    assert lake.dyad("AFG", "RUS", both=True).events.num_rows == 5


def test_a_group_counts_each_event_once(tmp_path: Path) -> None:
    lake = make_lake(tmp_path, articles=[article(DAYS[0])], events=[event("USA GBR", "AFG IRN", "AID", DAYS[0])])
    groups = {"the West": ["USA", "GBR"], "East": ["AFG", "IRN"]}
    (month,) = lake.dyad("the West", "East", groups=groups).periods
    assert month.events == 1


@pytest.mark.parametrize("change", [{"status": "negated"}, {"status": "hypothetical"}, {"status": "conditional"}, {"status": "future"},
                                    {"same_as": "other"}, {"historical": True}])  # fmt: skip
def test_what_was_not_done_is_not_counted(tmp_path: Path, change: dict[str, object]) -> None:
    lake = make_lake(tmp_path, articles=[article(DAYS[0])], events=[event("RUS", "AFG", "ASSAULT", DAYS[0], **change)])
    series = lake.dyad("RUS", "AFG")
    assert [p.events for p in series.periods] == [0]
    assert "none of Russia on anybody" in series.notes[0]


def test_an_event_counts_in_the_period_of_its_own_time(tmp_path: Path) -> None:
    times = [("2024-01-15", "2024-01-15"), ("2024-01-01", "2024-01-31"), ("2024-01-15", "2024-03-20"), ("2010-01-01", "2010-01-01")]
    events = [
        event("RUS", "AFG", "AID", "2024-03-05", n, start_date=date.fromisoformat(a), end_date=date.fromisoformat(b))
        for n, (a, b) in enumerate(times)
    ]
    events.append(event("RUS", "AFG", "AID", None, coding_id="2024-03-05-0/1"))
    lake = make_lake(tmp_path, articles=[article("2024-01-10"), article("2024-03-05")], events=events)
    series = lake.dyad("RUS", "AFG")
    assert [p.events for p in series.periods] == [2, 0, 1]
    assert "1 event without a day, left out" in series.notes
    assert any(n.startswith("1 event with a time outside the days read") for n in series.notes)
    assert sum(p.events for p in lake.dyad("RUS", "AFG", since="2010-01-01").periods) == 4


def test_weeks_begin_on_monday(lake: Lake) -> None:
    starts = [p.start for p in lake.dyad("RUS", "AFG", by="week").periods]
    assert starts[:2] == [date(2024, 1, 8), date(2024, 1, 15)]
    assert starts[-1] == date(2024, 3, 4)
    cut = lake.dyad("RUS", "AFG", by="week", since="2024-01-10", until="2024-01-16").periods
    assert [(p.start.day, p.end.day) for p in cut] == [(10, 14), (15, 16)]


def test_an_empty_lake_and_an_empty_dyad_say_so(tmp_path: Path, lake: Lake) -> None:
    empty = Lake(tmp_path / "empty").dyad("RUS", "AFG")
    assert (empty.periods, empty.notes) == ((), ("the lake holds no article with a date",))
    assert empty.to_arrow().num_rows == 0
    nothing = lake.dyad("RUS", "Fiji")
    assert nothing.notes[0] == "no event of Russia on Fiji; it acts most on AFG government (3)"
    assert sum(p.events for p in nothing.periods) == 0


def test_wrong_wishes_are_refused_with_the_remedy(lake: Lake) -> None:
    with pytest.raises(InputError, match=r"no party 'Rusia' is known; near names: Russia \(RUS\)"):
        lake.dyad("Rusia", "AFG")
    with pytest.raises(InputError, match="RUS stands on both sides"):
        lake.dyad("RUS", "Russia")
    with pytest.raises(InputError, match="'year' is no step"):
        lake.dyad("RUS", "AFG", by="year")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="more than 20,000 periods"):
        lake.dyad("RUS", "AFG", by="day", since="1024-01-01")
    with pytest.raises(InputError, match="no days from"):
        lake.dyad("RUS", "AFG", since="2024-03-01", until="2024-02-01")


def test_notes_tell_of_models_without_a_measure_or_with_another_one(tmp_path: Path) -> None:
    codings = [coding(f"{DAYS[0]}-0", 1, model="strange"), coding(f"{DAYS[1]}-0", 2)]
    lake = make_lake(tmp_path, articles=[article(d) for d in DAYS[:2]], codings=codings, events=[event("RUS", "AFG", "AID", DAYS[0])])
    series = lake.dyad("RUS", "AFG")
    assert any("the model 'strange'" in n for n in series.notes)
    assert any("the installed model fast" in n for n in series.notes)
    (month,) = series.periods
    assert (month.low or 0) < 0 < (month.net or 0) < (month.high or 0)


def test_rows_have_the_documented_columns(lake: Lake) -> None:
    table = lake.dyad("RUS", "AFG").to_arrow()
    docs = (Path(__file__).parents[2] / "docs" / "analysis.md").read_text(encoding="utf-8")
    assert [c for c in table.column_names if f"`{c}`" not in docs] == []
    assert len(lake.dyad("RUS", "AFG").to_pandas()) == table.num_rows == 3
