from datetime import date

import pytest

from detente.coding.times import Dates, read_time

BASE = date(2024, 11, 25)  # a Monday


@pytest.mark.parametrize(("text", "first", "last", "precision"), [
    ("on Thursday", "2024-11-21", "2024-11-21", "day"),
    ("Monday", "2024-11-25", "2024-11-25", "day"),
    ("last Monday", "2024-11-18", "2024-11-18", "day"),
    ("next Friday", "2024-11-29", "2024-11-29", "day"),
    ("yesterday", "2024-11-24", "2024-11-24", "day"),
    ("on Nov. 3", "2024-11-03", "2024-11-03", "day"),
    ("3 December 2019", "2019-12-03", "2019-12-03", "day"),
    ("December 30", "2023-12-30", "2023-12-30", "day"),
    ("in August 2021", "2021-08-01", "2021-08-31", "month"),
    ("in March", "2024-03-01", "2024-03-31", "month"),
    ("since 2021", "2021-01-01", "2024-11-25", "range"),
    ("in 2017", "2017-01-01", "2017-12-31", "year"),
    ("last week", "2024-11-18", "2024-11-24", "week"),
    ("next month", "2024-12-01", "2024-12-31", "month"),
    ("three days ago", "2024-11-22", "2024-11-22", "day"),
])  # fmt: skip
def test_dates_from_the_day_of_publication(text: str, first: str, last: str, precision: str) -> None:
    assert read_time(text, BASE) == (date.fromisoformat(first), date.fromisoformat(last), precision)


@pytest.mark.parametrize("text", ["may", "soon", "in recent years", "on Thursday"])
def test_unknown_stays_unknown(text: str) -> None:
    assert read_time(text, None if text == "on Thursday" else BASE) is None


def test_what_lies_ahead_is_read_ahead() -> None:
    assert read_time("on Thursday", BASE, future=True) == (date(2024, 11, 28), date(2024, 11, 28), "day")


@pytest.mark.parametrize("future", [False, True])
@pytest.mark.parametrize(("text", "base"), [
    ("tomorrow", "9999-12-31"),
    ("next Monday", "9999-12-31"),
    ("this week", "9999-12-31"),
    ("next month", "9999-12-31"),
    ("next year", "9999-12-31"),
    ("until March", "9999-12-31"),
    ("by 3 March", "9999-12-31"),
    ("yesterday", "0001-01-01"),
    ("last Monday", "0001-01-01"),
    ("last week", "0001-01-01"),
    ("last month", "0001-01-01"),
    ("last year", "0001-01-01"),
    ("3000 years ago", "2024-11-25"),
    ("999999999 weeks ago", "2024-11-25"),
    ("9" * 5000 + " days ago", "2024-11-25"),
])  # fmt: skip
def test_beyond_the_calendar_is_unknown(text: str, base: str, future: bool) -> None:
    assert read_time(text, date.fromisoformat(base), future=future) is None


@pytest.mark.parametrize("base", [date.min, date.max])
@pytest.mark.parametrize("text", ["on Friday", "December 31", "January 1", "in March", "this week", "since Friday", "two months ago"])
@pytest.mark.parametrize("future", [False, True])
def test_the_ends_of_the_calendar_never_raise(text: str, base: date, future: bool) -> None:
    dates = read_time(text, base, future=future)
    assert dates is None or dates.first <= dates.last


@pytest.mark.parametrize(("text", "base", "first", "last", "precision"), [
    ("a month ago", "2024-05-31", "2024-04-01", "2024-04-30", "month"),
    ("a month ago", "2024-03-31", "2024-02-01", "2024-02-29", "month"),
    ("two months earlier", "2024-01-31", "2023-11-01", "2023-11-30", "month"),
    ("A Year Ago", "2024-12-31", "2023-01-01", "2023-12-31", "year"),
    ("a year ago", "2024-02-29", "2023-01-01", "2023-12-31", "year"),
    ("a week ago", "2024-11-25", "2024-11-18", "2024-11-24", "week"),
    ("224 years ago", "2024-11-25", "1800-01-01", "1800-12-31", "year"),
    ("1,000 days ago", "2024-11-25", "2022-03-01", "2022-03-01", "day"),
    ("next Monday", "2024-11-25", "2024-12-02", "2024-12-02", "day"),
    ("next Friday", "2024-11-25", "2024-11-29", "2024-11-29", "day"),
    ("this Friday", "2024-11-25", "2024-11-29", "2024-11-29", "day"),
    ("this Monday", "2024-11-25", "2024-11-25", "2024-11-25", "day"),
    ("this past Friday", "2024-11-25", "2024-11-22", "2024-11-22", "day"),
    ("by Friday", "2024-11-25", "2024-11-29", "2024-11-29", "day"),
    ("until Friday", "2024-11-25", "2024-11-29", "2024-11-29", "day"),
    ("until last Friday", "2024-11-25", "2024-11-22", "2024-11-22", "day"),
    ("March 3rd", "2024-11-25", "2024-03-03", "2024-03-03", "day"),
    ("3rd of March", "2024-11-25", "2024-03-03", "2024-03-03", "day"),
    ("March 1st, 2020", "2024-11-25", "2020-03-01", "2020-03-01", "day"),
    ("by 31 December", "2024-11-25", "2024-12-31", "2024-12-31", "day"),
    ("until 31 December", "2024-11-25", "2024-12-31", "2024-12-31", "day"),
    ("until 31 December 2021", "2024-11-25", "2021-12-31", "2021-12-31", "day"),
    ("31 December", "2024-11-25", "2023-12-31", "2023-12-31", "day"),
    ("by March", "2024-11-25", "2025-03-01", "2025-03-31", "month"),
])  # fmt: skip
def test_dates_from_other_days(text: str, base: str, first: str, last: str, precision: str) -> None:
    expected = (date.fromisoformat(first), date.fromisoformat(last), precision)
    assert read_time(text, date.fromisoformat(base)) == expected


@pytest.mark.parametrize("base", [BASE, None])
@pytest.mark.parametrize("text", ["2,000 years ago", "2000 years ago", "225 years ago", "2.5 years ago", "1,000,000 days ago"])
def test_implausible_counts_are_unknown(text: str, base: date | None) -> None:
    assert read_time(text, base) is None


def test_dates_have_names_and_equal_a_plain_tuple() -> None:
    dates = read_time("yesterday", BASE)
    assert isinstance(dates, Dates)
    assert (dates.first, dates.last, dates.precision) == dates == (date(2024, 11, 24), date(2024, 11, 24), "day")
