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
    ("by Friday", "2024-11-25", "2024-11-25", "2024-11-29", "range"),
    ("until Friday", "2024-11-25", "2024-11-25", "2024-11-29", "range"),
    ("until last Friday", "2024-11-25", "2024-11-22", "2024-11-22", "day"),
    ("March 3rd", "2024-11-25", "2024-03-03", "2024-03-03", "day"),
    ("3rd of March", "2024-11-25", "2024-03-03", "2024-03-03", "day"),
    ("March 1st, 2020", "2024-11-25", "2020-03-01", "2020-03-01", "day"),
    ("by 31 December", "2024-11-25", "2024-11-25", "2024-12-31", "range"),
    ("until 31 December", "2024-11-25", "2024-11-25", "2024-12-31", "range"),
    ("until 31 December 2021", "2024-11-25", "2021-12-31", "2021-12-31", "day"),
    ("31 December", "2024-11-25", "2023-12-31", "2023-12-31", "day"),
    ("by March", "2024-11-25", "2024-11-25", "2025-03-31", "range"),
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


WEDNESDAY = date(2024, 11, 27)


@pytest.mark.parametrize(("text", "first", "last"), [
    ("4 to 7 August", "2024-08-04", "2024-08-07"),
    ("from 27 December to 18 January", "2023-12-27", "2024-01-18"),
    ("17 and 18 September", "2024-09-17", "2024-09-18"),
    ("April 13-14", "2024-04-13", "2024-04-14"),
    ("between 3 and 5 May 2022", "2022-05-03", "2022-05-05"),
    ("in March and April", "2024-03-01", "2024-04-30"),
    ("Monday and Tuesday", "2024-11-25", "2024-11-26"),
    ("from 2015 to 2018", "2015-01-01", "2018-12-31"),
    ("2015–18", "2015-01-01", "2018-12-31"),
    ("the night of 13 to 14 April", "2024-04-13", "2024-04-14"),
    ("late February", "2024-02-21", "2024-02-29"),
    ("mid-March", "2024-03-11", "2024-03-20"),
    ("late this year", "2024-09-01", "2024-12-31"),
    ("early 2021", "2021-01-01", "2021-04-30"),
    ("late August and early September", "2024-08-21", "2024-09-10"),
    ("the second half of 2024", "2024-07-01", "2024-12-31"),
    ("the third quarter of 2023", "2023-07-01", "2023-09-30"),
    ("Q3 2023", "2023-07-01", "2023-09-30"),
    ("the summer of 2015", "2015-06-01", "2015-08-31"),
    ("last spring", "2024-03-01", "2024-05-31"),
    ("next spring", "2025-03-01", "2025-05-31"),
    ("the winter of 2013-14", "2013-12-01", "2014-02-28"),
    ("the 1990s", "1990-01-01", "1999-12-31"),
    ("the early 1990s", "1990-01-01", "1993-12-31"),
    ("at the weekend", "2024-11-23", "2024-11-24"),
    ("this weekend", "2024-11-30", "2024-12-01"),
    ("overnight", "2024-11-26", "2024-11-27"),
    ("by the end of June", "2024-11-27", "2025-06-30"),
    ("until 2030", "2024-11-27", "2030-12-31"),
    ("within three days", "2024-11-27", "2024-11-30"),
    ("since early March", "2024-03-01", "2024-11-27"),
])  # fmt: skip
def test_stretches_of_time(text: str, first: str, last: str) -> None:
    assert read_time(text, WEDNESDAY) == (date.fromisoformat(first), date.fromisoformat(last), "range")


@pytest.mark.parametrize(("text", "day"), [
    ("the day before yesterday", "2024-11-25"), ("last night", "2024-11-26"), ("Tuesday of last week", "2024-11-19"),
    ("Christmas Day", "2023-12-25"), ("eight days ago", "2024-11-19"), ("Friday night", "2024-11-22"), ("early on Thursday", "2024-11-21"),
    ("23/04/2022", "2022-04-23"), ("2022-04-03", "2022-04-03"), ("after Friday prayers", "2024-11-22"),
])  # fmt: skip
def test_single_days(text: str, day: str) -> None:
    assert read_time(text, WEDNESDAY) == (date.fromisoformat(day), date.fromisoformat(day), "day")


@pytest.mark.parametrize("text", ["03/04/2022", "the winter of 2013", "the first week of March", "after Friday", "before 2022", "for years",
                                  "at one time", "in the near future", "a two-day visit", "fall", "31/31/2022"])  # fmt: skip
def test_what_has_no_certain_dates_is_unknown(text: str) -> None:
    assert read_time(text, WEDNESDAY) is None


@pytest.mark.parametrize("base", [date.min, date.max])
@pytest.mark.parametrize("text", ["at the weekend", "this weekend", "overnight", "next spring", "last summer", "within 999 weeks",
                                  "late this year", "from Friday to Sunday", "early January", "Tuesday of last week"])  # fmt: skip
@pytest.mark.parametrize("future", [False, True])
def test_stretches_at_the_ends_of_the_calendar_never_raise(text: str, base: date, future: bool) -> None:
    dates = read_time(text, base, future=future)
    assert dates is None or dates.first <= dates.last
