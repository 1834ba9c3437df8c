"""Stretches of time that are no one day, week, month or year: seasons, decades, halves, weekends, "from X to Y"; a help of the time stage."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from detente.coding.days import MONTH, MONTHS, Dates, period, plus, safe

Reader = Callable[[str, date | None, bool], Dates | None]
NAME = MONTH.replace("?P<month>", "?:")
YEAR = r"(?:19|20)\d\d"
PART = re.compile(
    rf"\b(early|mid|late|(?:the )?(?:beginning|start|middle|end|close) of)(?:\s+(?:in\s+)?|-)(?:the\s+)?"
    rf"({NAME}(?:,?\s+{YEAR})?|{YEAR}s|{YEAR}|(?:this|last|next)\s+(?:month|year)|month|year)\b(?!\s+\d)", re.I)  # fmt: skip
HALF = re.compile(
    rf"\b(first|second|third|fourth|last)\s+(half|quarter)\s+of\s+(?:the\s+year\s+)?({NAME}(?:,?\s+{YEAR})?|{YEAR}|(?:this|last|next)\s+year|the\s+year)\b",
    re.I,
)
QUARTER = re.compile(rf"\bQ([1-4])\s+(?:of\s+)?({YEAR})\b")
DECADE = re.compile(r"\b((?:18|19|20)\d0)['’]?s\b")
SEASON = re.compile(
    rf"\b(?:(last|this|next|coming|past)\s+)?(spring|summer|autumn|fall|winter)\b(?:\s+of)?(?:\s+({YEAR}|this year|last year|next year)(?:[-–/](\d\d|\d{{4}}))?)?"
)
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # their first month; each has three
WEEKEND = re.compile(r"\b(?:(last|this|next|coming|past|previous)\s+)?weekend\b", re.I)
OVERNIGHT = re.compile(r"\s*overnight\s*", re.I)
SPLIT = re.compile(r"\s*(?:\bto\b|\bthrough\b|\buntil\b|\btill\b|\band\b|[-–—])\s*")
FROM = re.compile(r"^\s*(?:(?:in|on|during)\s+)?(?:the\s+)?(?:nights?\s+of\s+)?(?:from|between)?\s*(?:the\s+)?(?:nights?\s+of\s+)?", re.I)
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
WITHIN = re.compile(
    r"\b(?:within|in the (?:next|coming))\s+(?:the next\s+)?(\d{1,3}|a|one|two|three|four|five|six|seven|ten)\s+(day|week)s?\b", re.I
)
COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"


def spell(text: str, base: date | None, future: bool, single: Reader) -> Dates | None:
    """First and last day of a stretch; ``single`` reads what it is made of.  None where the text names no stretch."""
    found = from_to(text, base, future, single) or part_of(text, base, future, single) or half_of(text, base, future, single)
    found = found or season(text, base, future) or decade(text)
    return found or (weekend(text, base, future) or overnight(text, base) or within(text, base) if base is not None else None)


def from_to(text: str, base: date | None, future: bool, single: Reader) -> Dates | None:
    """ "from 27 December to 18 January", "4 to 7 August", "17 and 18 September", "2015-2018": what one end lacks it has from the other."""
    rest = FROM.sub("", text, count=1)
    sides = SPLIT.split(rest)
    if len(sides) != 2:
        return None
    one, other = sides[0].strip(), sides[1].strip()
    parts = PART.fullmatch(one) and PART.fullmatch(other)
    if re.search(r"\band\b", rest) and not re.match(r"\s*between\b", text, re.I) and not (parts or alike(one, other)):
        return None
    last = end_of(completed(other, one), base, future, single)
    if last is None:
        return None
    first = end_of(completed(one, other), last.first if not re.search(YEAR, one) else base, False, single)
    if first is None or first.first > last.last:
        return None
    return Dates(first.first, last.last, "range")


def end_of(text: str, base: date | None, future: bool, single: Reader) -> Dates | None:
    return part_of(text, base, future, single) or single(text, base, future)


def alike(one: str, other: str) -> bool:
    """True for two days that "and" makes one stretch: "17 and 18 September", "Monday and Tuesday"."""
    if re.fullmatch(WEEKDAY, one) and re.fullmatch(WEEKDAY, other):
        days = [("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun").index(d[:3]) for d in (one, other)]
        return (days[1] - days[0]) % 7 == 1
    named = [re.fullmatch(NAME, side) for side in (one, other.split()[0] if other else "")]
    if all(named):
        return (MONTHS[other.split()[0].rstrip(".").lower()] - MONTHS[one.rstrip(".").lower()]) % 12 == 1
    numbers = [int(m[0]) for m in (re.search(r"\d{1,2}", one), re.search(r"\d{1,2}", other)) if m]
    return (
        len(numbers) == 2
        and numbers[1] == numbers[0] + 1
        and (re.fullmatch(DAY, one) or re.fullmatch(DAY + r"(?:,?\s+\d{4})?", other)) is not None
    )


def completed(part: str, other: str) -> str:
    """An end of a stretch with the month, and for years with the century, that only the other end names."""
    month = re.search(rf"\b{NAME}", other)
    if re.fullmatch(DAY, part) and month:
        year = re.search(rf"\b{YEAR}\b", other)
        return f"{part} {month[0]}" + (f" {year[0]}" if year else "")
    if re.fullmatch(rf"{DAY},?\s+{YEAR}", part) and month:
        return f"{part.split()[0].strip(',')} {month[0]} {part.split()[-1]}"
    if re.fullmatch(r"\d\d", part) and re.fullmatch(YEAR, other):
        return other[:2] + part
    year = re.search(rf"\b{YEAR}$", other)
    if re.fullmatch(rf"(?:{DAY}\s+)?{NAME}(?:\s+{DAY})?", part) and year:
        return f"{part} {year[0]}"
    return part


def part_of(text: str, base: date | None, future: bool, single: Reader) -> Dates | None:
    """The early, middle or late third of a month, year or decade; "by the end of" it is its last day."""
    match = PART.search(text)
    if not match:
        return None
    third = 0 if re.search("early|beginning|start", match[1], re.I) else 1 if re.search("mid", match[1], re.I) else 2
    what = f"this {match[2]}" if match[2].lower() in ("month", "year") else match[2]
    whole = decade(what) or single(what, base, future)
    if whole is None:
        return None
    first, last = whole.first, whole.last
    if whole.precision == "month":
        return Dates(first.replace(day=1 + 10 * third), last if third == 2 else first.replace(day=10 + 10 * third), "range")
    if whole.precision == "year":
        return months(first.year, 1 + 4 * third, 4)
    years = ((0, 3), (4, 6), (7, 9))[third]
    return Dates(date(first.year + years[0], 1, 1), date(first.year + years[1], 12, 31), "range")


def half_of(text: str, base: date | None, future: bool, single: Reader) -> Dates | None:
    text = QUARTER.sub(lambda m: f"{('first', 'second', 'third', 'fourth')[int(m[1]) - 1]} quarter of {m[2]}", text)
    match = HALF.search(text)
    whole = single(re.sub("the year", "this year", match[3], flags=re.I), base, future) if match else None
    if match is None or whole is None:
        return None
    number, parts = match[1].lower(), 2 if match[2].lower() == "half" else 4
    at = parts - 1 if number == "last" else ("first", "second", "third", "fourth").index(number)
    if at >= parts or (whole.precision == "month" and parts == 4):
        return None
    if whole.precision == "month":
        return (
            Dates(whole.first, whole.first.replace(day=15), "range") if at == 0 else Dates(whole.first.replace(day=16), whole.last, "range")
        )
    return months(whole.first.year, 1 + at * 12 // parts, 12 // parts)


def months(year: int, first: int, count: int) -> Dates | None:
    """So many months from one on; they may run into the next year."""
    start, end = safe(year, first, 1), safe(year + (first + count - 2) // 12, (first + count - 2) % 12 + 1, 1)
    whole = period(end, "month")
    return Dates(start, whole.last, "range") if start and whole else None


def decade(text: str) -> Dates | None:
    match = DECADE.search(text)
    return Dates(date(int(match[1]), 1, 1), date(int(match[1]) + 9, 12, 31), "range") if match else None


def season(text: str, base: date | None, future: bool) -> Dates | None:
    """Three months; a winter without its two years is unknown, and so is a season where neither year nor day of publication is given."""
    match = SEASON.search(text)
    if not match:
        return None
    which, name, year, second = match.groups()
    first = SEASONS[name]
    if year and year.isdigit():
        return months(int(year), first, 3) if name != "winter" or second else None
    if base is None or name == "winter":
        return None
    if year:
        return months(base.year + {"last year": -1, "this year": 0, "next year": 1}[year], first, 3)
    if which is None and not re.search(r"\b(?:in|during|over|by|since|until) (?:the )?" + name, text):
        return None
    if which in ("next", "coming") or (which is None and future):
        return months(base.year + (first <= base.month), first, 3)
    begun = base.month > first + 2 if which in ("last", "past") else base.month >= first
    return months(base.year - (which != "this" and not begun), first, 3)


def weekend(text: str, base: date, future: bool) -> Dates | None:
    """Saturday and Sunday: the one before the day of publication or that holds it, ahead the coming one."""
    match = WEEKEND.search(text)
    if not match:
        return None
    which = (match[1] or "").lower()
    ahead = which in ("next", "coming") or (base.weekday() < 5 and (which == "this" or (future and not which)))
    saturday = plus(base, (5 - base.weekday()) if base.weekday() <= 5 else -1)
    if saturday and (not ahead and base.weekday() < 5):
        saturday = plus(saturday, -7)
    elif saturday and base.weekday() >= 5 and which:
        saturday = plus(saturday, {"next": 7, "coming": 7, "last": -7, "previous": -7, "past": -7}.get(which, 0))
    sunday = plus(saturday, 1) if saturday else None
    return Dates(saturday, sunday, "range") if saturday and sunday else None


def overnight(text: str, base: date) -> Dates | None:
    """The night before the day of publication."""
    before = plus(base, -1)
    return Dates(before, base, "range") if before and OVERNIGHT.fullmatch(text) else None


def within(text: str, base: date) -> Dates | None:
    match = WITHIN.search(text)
    if not match:
        return None
    count = COUNTS.get(match[1].lower()) or int(match[1])
    last = plus(base, count * (7 if match[2].lower() == "week" else 1))
    return Dates(base, last, "range") if last else None
