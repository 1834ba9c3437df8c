"""Days, weeks, months and years of the calendar as the time stage counts them; a help of it."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import NamedTuple

MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
MONTH = r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?"


class Dates(NamedTuple):
    """First and last day of an expression, and its precision: day, week, month, year or range."""

    first: date
    last: date
    precision: str


def safe(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def plus(day: date, days: int) -> date | None:
    """So many days later, or None beyond the calendar's ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def nearest(base: date, month: int, day: int, future: bool) -> date | None:
    """The date of the month and day that lies next to the base: the past one, or where said to be ahead the coming one."""
    options = [d for y in (base.year - 1, base.year, base.year + 1) if (d := safe(y, month, day))]
    side = [d for d in options if (d >= base if future else (d - base).days <= 3)]
    return min(side, key=lambda d: abs((d - base).days), default=None)


def moved(base: date, unit: str, step: int) -> date | None:
    """A day so many days, weeks, months or years on; for months the first of the month, for years the 28th at most."""
    if unit in ("day", "week"):
        return plus(base, step * (7 if unit == "week" else 1))
    if unit == "year":
        return safe(base.year + step, base.month, min(base.day, 28))
    month = base.year * 12 + base.month - 1 + step
    return safe(month // 12, month % 12 + 1, 1)


def period(day: date | None, unit: str) -> Dates | None:
    """The day, week (from Monday), month or year that holds the day; None where the calendar does not hold it whole."""
    if day is None:
        return None
    if unit == "week":
        sunday = plus(day, 6 - day.weekday())
        return Dates(day - timedelta(days=day.weekday()), sunday, unit) if sunday else None  # the calendar begins on a Monday
    if unit == "month":
        return Dates(day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]), unit)
    return Dates(date(day.year, 1, 1), date(day.year, 12, 31), unit) if unit == "year" else Dates(day, day, "day")
