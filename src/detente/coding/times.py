"""When an event took place: calendar dates of an expression, from the day of publication, or unknown.

Rules of our own and no general date parser: those take the verb "may" for a month and guess where nothing is said.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from detente.document import Doc, Span, Time

WEEKDAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}
MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
MONTH = r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?"
FULL = re.compile(rf"\b(?:{MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH.replace('month', 'month2')})"
                  r"(?:,?\s+(?P<year>(?:19|20)\d\d))?\b")  # fmt: skip
MONTH_YEAR = re.compile(rf"\b{MONTH}(?:\s+(?P<year>(?:19|20)\d\d))?\b")
YEAR = re.compile(r"\b((?:19|20)\d\d)\b(?!\s+(?:day|week|month|year)s?\b)", re.I)
AGO = re.compile(
    r"(?<![\d.,])\b(\d{1,3}(?:,\d{3})+|\d{1,9}|a|an|one|two|three|four|five|six|seven|ten)\s+(day|week|month|year)s?\s+(ago|earlier)\b",
    re.I,
)
AHEAD = re.compile(r"\b(?:by|until|till)\b(?!.*\b(?:last|past|previous)\b)", re.I | re.S)
PERIOD = re.compile(r"\b(this|last|next|past|coming|previous)\s+(week|month|year)\b", re.I)
WEEKDAY = re.compile(r"\b(this\s+)?(" + "|".join(WEEKDAYS) + r")\b", re.I)
NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
NAMED_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "overnight": 0}
STEPS = {"this": 0, "last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}
EARLIEST = 1800  # the first year that "... years ago" is taken to name


class Dates(NamedTuple):
    """First and last day of an expression, and its precision: day, week, month, year or range."""

    first: date
    last: date
    precision: str


def resolve_times(doc: Doc) -> Mapping[Span, Time]:
    """A Time for each span that a trigger names."""
    found = {}
    for trigger in doc.marks.triggers:
        for span in [a.span for a in trigger.arguments.get("when", ())[:1]]:
            future = trigger.status in ("future", "conditional") or trigger.type == "AGREE"
            dates = read_time(doc.words(span), doc.article.published, future=future)
            found[span] = (
                Time(span=span, start_date=dates.first, end_date=dates.last, precision=dates.precision) if dates else Time(span=span)
            )
    return found


def read_time(text: str, base: date | None, *, future: bool = False) -> Dates | None:
    """First day, last day and precision of an expression; ``base`` is the day of publication, None where unknown.

    >>> read_time("on Thursday", date(2024, 11, 25))
    Dates(first=datetime.date(2024, 11, 21), last=datetime.date(2024, 11, 21), precision='day')
    >>> read_time("may", date(2024, 11, 25)) is None
    True
    """
    future = future or AHEAD.search(text) is not None
    since = re.match(r"\s*since\b", text, re.I) is not None
    found = full_date(text, base, future) or month_of_year(text, base, future) or relative(text, base) or weekday(text, base, future)
    found = found or year_only(text)
    if found is None or (since and base is not None and found.first > base):
        return found
    return Dates(found.first, base, "range") if since and base is not None else found


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


def full_date(text: str, base: date | None, future: bool) -> Dates | None:
    match = FULL.search(text)
    if not match:
        return None
    month, day = MONTHS[(match["month"] or match["month2"]).lower()], int(match["day"] or match["day2"])
    year = match["year"]
    found = safe(int(year), month, day) if year else nearest(base, month, day, future) if base else None
    return period(found, "day")


def month_of_year(text: str, base: date | None, future: bool) -> Dates | None:
    match = MONTH_YEAR.search(text)
    if not match:
        return None
    month = MONTHS[match["month"].lower()]
    if match["year"]:
        year = int(match["year"])
    elif base is not None:
        year = base.year + (month < base.month and future) - (month > base.month and not future)
    else:
        return None
    return period(safe(year, month, 1), "month")


def relative(text: str, base: date | None) -> Dates | None:
    """today, yesterday, tomorrow, "three days ago", this/last/next week, month or year."""
    return None if base is None else named_day(text, base) or ago(text, base) or named_period(text, base)


def named_day(text: str, base: date) -> Dates | None:
    days = next((days for word, days in NAMED_DAYS.items() if re.search(rf"\b{word}\b", text, re.I)), None)
    return None if days is None else period(plus(base, days), "day")


def ago(text: str, base: date) -> Dates | None:
    """So many days, weeks, months or years ago or earlier; None before the earliest plausible year."""
    match = AGO.search(text)
    if not match:
        return None
    count, unit = match[1].lower(), match[2].lower()
    there = moved(base, unit, -(NUMBERS.get(count) or int(count.replace(",", ""))))
    return period(there, unit) if there and there.year >= EARLIEST else None


def named_period(text: str, base: date) -> Dates | None:
    match = PERIOD.search(text)
    if not match:
        return None
    unit = match[2].lower()
    return period(moved(base, unit, STEPS[match[1].lower()]), unit)


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


def weekday(text: str, base: date | None, future: bool) -> Dates | None:
    """The last such day up to the base; the coming one for what lies ahead, "this Friday" and "next Monday"."""
    match = WEEKDAY.search(text)
    if not match or base is None:
        return None
    back = (base.weekday() - WEEKDAYS[match[2].lower()]) % 7
    coming = re.search(r"\b(next|coming)\b", text, re.I) is not None
    last = re.search(r"\blast\b", text, re.I) is not None
    if coming or ((future or match[1]) and back):
        return period(plus(base, 7 - back), "day")
    return period(plus(base, -7 if last and not back else -back), "day")


def year_only(text: str) -> Dates | None:
    years = [int(y) for y in YEAR.findall(text)]
    if not years:
        return None
    return Dates(date(min(years), 1, 1), date(max(years), 12, 31), "year" if len(set(years)) == 1 else "range")
