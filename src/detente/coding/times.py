"""When an event took place: calendar dates of an expression, from the day of publication, or unknown.

Rules of our own and no general date parser: those take the verb "may" for a month and guess where nothing is said.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date

from detente.coding.days import MONTH, MONTHS, Dates, moved, nearest, period, plus, safe
from detente.coding.spells import spell
from detente.document import Doc, Span, Time

WEEKDAYS = {name.lower(): n for n, name in enumerate(calendar.day_name)}
FULL = re.compile(rf"\b(?:{MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH.replace('month', 'month2')})"
                  r"(?:,?\s+(?P<year>(?:19|20)\d\d))?\b")  # fmt: skip
MONTH_YEAR = re.compile(rf"\b{MONTH}(?:\s+(?P<year>(?:19|20)\d\d))?\b")
YEAR = re.compile(r"\b((?:19|20)\d\d)\b(?!\s+(?:day|week|month|year)s?\b)", re.I)
AGO = re.compile(
    r"(?<![\d.,])\b(\d{1,3}(?:,\d{3})+|\d{1,9}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(day|week|month|year)s?\s+(ago|earlier)\b",
    re.I,
)
AHEAD = re.compile(r"\b(?:by|until|till)\b(?!.*\b(?:last|past|previous)\b)", re.I | re.S)
PERIOD = re.compile(r"\b(this|last|next|past|coming|previous)\s+(week|month|year)\b", re.I)
WEEKDAY = re.compile(r"\b(this\s+)?(" + "|".join(WEEKDAYS) + r")\b", re.I)
NUMBERS = {word: n for n, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)} | {
    "a": 1,
    "an": 1,
}
NAMED_DAYS = {"the day before yesterday": -2, "the day after tomorrow": 2, "today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1,
              "last night": -1, "this morning": 0, "this afternoon": 0, "this evening": 0}  # fmt: skip
FEASTS = {"Christmas Eve": (12, 24), "Christmas Day": (12, 25), "Boxing Day": (12, 26), "New Year's Eve": (12, 31),
          "New Year’s Eve": (12, 31), "New Year's Day": (1, 1), "New Year’s Day": (1, 1)}  # fmt: skip
NUMERIC = re.compile(r"\b(?:(\d{4})-(\d\d)-(\d\d)|(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d\d))\b")
OF_WEEK = re.compile(
    r"\b("
    + "|".join(WEEKDAYS)
    + r")(?:,? of|,)? (last|this|next) week\b|\b(last|this|next) week(?:'s|’s| on) ("
    + "|".join(WEEKDAYS)
    + r")\b",
    re.I,
)
# what holds a date without being it
VAGUE = re.compile(
    r"\bwinter\b|\b(?:first|second|third|last|final|opening) (?:week|days|weeks) (?:of|in)\b|"
    rf"\b(?:before|after|prior to|ahead of|following) (?:\d{{1,2}} )?(?:{MONTH.replace('?P<month>', '?:')}|(?:19|20)\d\d\b|(?:"
    + "|".join(WEEKDAYS)
    + r")\b(?! [a-z]))",
    re.I,
)
STEPS = {"this": 0, "last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}
EARLIEST = 1800  # the first year that "... years ago" is taken to name


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
    since = re.match(r"\s*(?:ever\s+)?since\b", text, re.I) is not None
    future = (future and not since) or AHEAD.search(text) is not None
    found = spell(text, base, future, single) if not NUMERIC.search(text) else numeric(text)
    if found is None and not NUMERIC.search(text) and not VAGUE.search(text):
        found = single(text, base, future)
    if found is None or base is None:
        return found
    if since and found.first <= base:
        return Dates(found.first, base, "range")
    if AHEAD.search(text) and found.last > base:
        return Dates(base, found.last, "range")
    return found


def single(text: str, base: date | None, future: bool) -> Dates | None:
    """One day, week, month or year."""
    found = full_date(text, base, future) or (feast(text, base, future) or of_week(text, base) if base else None)
    found = found or month_of_year(text, base, future) or relative(text, base) or weekday(text, base, future)
    return found or year_only(text)


def numeric(text: str) -> Dates | None:
    """2022-04-03, and 23/04/2022 where only one order of day and month makes a date; 03/04/2022 is unknown."""
    match = NUMERIC.search(text)
    if not match:
        return None
    if match[1]:
        return period(safe(int(match[1]), int(match[2]), int(match[3])), "day")
    one, two, year = int(match[4]), int(match[5]), int(match[6])
    if one != two and max(one, two) <= 12:
        return None
    day, month = (one, two) if two <= 12 else (two, one)
    return period(safe(year + 2000 if year < 100 else year, month, day), "day")


def feast(text: str, base: date, future: bool) -> Dates | None:
    found = next((feast for feast in FEASTS if feast in text), None)
    year = YEAR.search(text)
    if found is None:
        return None
    month, day = FEASTS[found]
    return period(safe(int(year[1]), month, day) if year else nearest(base, month, day, future), "day")


def of_week(text: str, base: date) -> Dates | None:
    """ "Tuesday of last week": the day of that week, from Monday."""
    match = OF_WEEK.search(text)
    if not match:
        return None
    day, which = match[1] or match[4], match[2] or match[3]
    return period(plus(base, 7 * STEPS[which.lower()] - base.weekday() + WEEKDAYS[day.lower()]), "day")


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
