"""Blocks: which reports are compared at all; two that share no block are never scored."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from detente.collapse.evidence import near_types
from detente.collapse.reports import Report

Key = tuple[object, ...]
OLD = 31  # days before publication from which an event is also looked up by month
MONTHS = 12  # months of the longest range that is looked up by month; longer ones by year


def handles(report: Report) -> frozenset[str]:
    """Country codes, names and places by which a report is found."""
    codes = {c for c in (*report.actor_countries, *report.recipient_countries) if c}
    names = {" ".join(sorted(n)) for n in (*report.actors, *report.recipients) if n}
    place = {"@" + " ".join(sorted(report.place_words))} if report.place_words else set()
    return frozenset(codes | names | place) or frozenset({"?"})


def times(report: Report) -> Iterator[object]:
    """Days of the report's window and the day after, so that windows a day apart meet; months or years of a long one."""
    if report.window is None:
        yield "undated"
        return
    start, end = report.window
    long = (end - start).days > 7
    if not long:
        for number in range((end - start).days + 2):
            yield start + timedelta(days=number)
    if long or (report.published and (report.published - end).days > OLD):
        yield from months(start, end)


def months(start: date, end: date) -> Iterator[object]:
    first, last = start.year * 12 + start.month, end.year * 12 + end.month
    if last - first > MONTHS:
        yield from (("year", year) for year in range(start.year, min(end.year, start.year + 100) + 1))
    else:
        yield from (("month", number) for number in range(first, last + 1))


def keys(report: Report, kind: str) -> Iterator[Key]:
    """A report's blocks of one type: type, time, handle."""
    for time in times(report):
        for handle in sorted(handles(report)):
            yield kind, time, handle


def own_keys(report: Report) -> Iterator[Key]:
    """The blocks in which a report stands."""
    return keys(report, report.type)


def near_keys(report: Report) -> Iterator[Key]:
    """The blocks with whose reports it is compared: those of all types that coders take for its own."""
    for kind in near_types(report.type):
        yield from keys(report, kind)
