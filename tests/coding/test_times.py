from datetime import date

import pytest

from detente.coding.times import read_time

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
