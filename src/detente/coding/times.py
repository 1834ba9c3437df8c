"""When an event took place: calendar dates of an expression, from the day of publication, or unknown.

Rules of our own and no general date parser: those take the verb "may" for a month and guess where nothing is said.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date, timedelta

from detente.document import Doc, Span, Time

WEEKDAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}
MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
MONTH = r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?"
FULL = re.compile(rf"\b(?:{MONTH}\s+(?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH.replace('month', 'month2')})"
                  r"(?:,?\s+(?P<year>(?:19|20)\d\d))?\b")  # fmt: skip
MONTH_YEAR = re.compile(rf"\b{MONTH}(?:\s+(?P<year>(?:19|20)\d\d))?\b")
YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
AGO = re.compile(r"\b(\d+|a|an|one|two|three|four|five|six|seven|ten)\s+(day|week|month|year)s?\s+(ago|earlier)\b", re.I)
NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
UNITS = {"day": 1, "week": 7, "month": 30, "year": 365}

Found = tuple[date, date, str]


def resolve_times(doc: Doc) -> Mapping[Span, Time]:
    """A Time for each span that an event names."""
    found = {}
    for e in doc.events:
        if e.time:
            future = e.status in ("future", "conditional") or e.type == "AGREE"
            dates = read_time(doc.words(e.time), doc.article.published, future=future)
            found[e.time] = (
                Time(span=e.time) if dates is None else Time(span=e.time, start_date=dates[0], end_date=dates[1], precision=dates[2])
            )
    return found


def read_time(text: str, base: date | None, *, future: bool = False) -> Found | None:
    """First day, last day and precision of an expression; ``base`` is the day of publication, None where unknown.

    >>> read_time("on Thursday", date(2024, 11, 25))
    (datetime.date(2024, 11, 21), datetime.date(2024, 11, 21), 'day')
    >>> read_time("may", date(2024, 11, 25)) is None
    True
    """
    since = re.match(r"\s*since\b", text, re.I) is not None
    found = full_date(text, base, future) or month_of_year(text, base, future) or relative(text, base) or weekday(text, base, future)
    found = found or year_only(text)
    if found is None or (since and base is not None and found[0] > base):
        return found
    return (found[0], base, "range") if since and base is not None else found


def safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nearest(base: date, month: int, day: int, future: bool) -> date | None:
    """The date of the month and day that lies next to the base: the past one, or where said to be ahead the coming one."""
    options = [d for y in (base.year - 1, base.year, base.year + 1) if (d := safe(y, month, day))]
    side = [d for d in options if (d >= base if future else d <= base + timedelta(days=3))]
    return min(side, key=lambda d: abs((d - base).days), default=None)


def full_date(text: str, base: date | None, future: bool) -> Found | None:
    match = FULL.search(text)
    if not match:
        return None
    month, day = MONTHS[(match["month"] or match["month2"]).lower()], int(match["day"] or match["day2"])
    year = match["year"]
    found = safe(int(year), month, day) if year else nearest(base, month, day, future) if base else None
    return (found, found, "day") if found else None


def month_of_year(text: str, base: date | None, future: bool) -> Found | None:
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
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month"


def relative(text: str, base: date | None) -> Found | None:
    """today, yesterday, tomorrow, this/last/next week, month or year, "three days ago"."""
    if base is None:
        return None
    low = text.lower()
    for word, days in (("today", 0), ("tonight", 0), ("yesterday", -1), ("tomorrow", 1), ("overnight", 0)):
        if re.search(rf"\b{word}\b", low):
            there = base + timedelta(days=days)
            return there, there, "day"
    ago = AGO.search(low)
    if ago:
        count = NUMBERS.get(ago[1]) or int(ago[1])
        there = base - timedelta(days=count * UNITS[ago[2]])
        return period(there, ago[2])
    match = re.search(r"\b(this|last|next|past|coming|previous)\s+(week|month|year)\b", low)
    if match:
        step = {"this": 0, "last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}[match[1]]
        return period(moved(base, match[2], step), match[2])
    return None


def moved(base: date, unit: str, step: int) -> date:
    if unit == "week":
        return base + timedelta(days=7 * step)
    if unit == "year":
        return safe(base.year + step, base.month, base.day) or date(base.year + step, base.month, 28)
    month = base.year * 12 + base.month - 1 + step
    return date(month // 12, month % 12 + 1, 1)


def period(day: date, unit: str) -> Found:
    """The day, week (from Monday), month or year that holds the day."""
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6), "week"
    if unit == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]), "month"
    if unit == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31), "year"
    return day, day, "day"


def weekday(text: str, base: date | None, future: bool) -> Found | None:
    """The last such day up to the base; the coming one for what lies ahead and for "next Monday"."""
    match = re.search(r"\b(" + "|".join(WEEKDAYS) + r")\b", text.lower())
    if not match or base is None:
        return None
    back = (base.weekday() - WEEKDAYS[match[1]]) % 7
    there = base - timedelta(days=back)
    if (future or re.search(r"\b(next|coming)\b", text.lower())) and back:
        there += timedelta(days=7)
    elif re.search(r"\blast\b", text.lower()) and back == 0:
        there -= timedelta(days=7)
    return there, there, "day"


def year_only(text: str) -> Found | None:
    years = [int(y) for y in YEAR.findall(text)]
    if not years:
        return None
    return date(min(years), 1, 1), date(max(years), 12, 31), "year" if len(set(years)) == 1 else "range"
