"""Days, weeks (from Monday) and months, and what the lake read in each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from duckdb import DuckDBPyConnection

from detente.errors import InputError
from detente.lake.views import fetch

Step = Literal["day", "week", "month"]
STEPS: tuple[Step, ...] = ("day", "week", "month")
ONE = timedelta(days=1)
MOST = 20_000  # periods of a series


class Stretch(NamedTuple):
    """First and last day, both inclusive."""

    start: date
    end: date


class Coverage(NamedTuple):
    """What was read of some days: articles, distinct outlets, and days without any article."""

    articles: int
    outlets: int
    empty_days: int


class Day(NamedTuple):
    day: date
    articles: int
    outlets: int


def beginning(day: date, step: Step) -> date:
    """The first day of the period that a day lies in."""
    return {"day": day, "week": day - day.weekday() * ONE, "month": day.replace(day=1)}[step]


def following(start: date, step: Step) -> date:
    """The first day of the next period."""
    return beginning(start + {"day": 1, "week": 7, "month": 31}[step] * ONE, step)


def stretches(whole: Stretch, step: Step) -> Iterator[Stretch]:
    """The periods of a stretch, the first and the last cut to it.  Raises InputError where they are too many."""
    if (whole.end - whole.start).days / {"day": 1, "week": 7, "month": 30}[step] > MOST:
        raise InputError(f"{whole.start} to {whole.end} has more than {MOST:,} periods; name a later --since, or a longer step")
    start = whole.start
    while start <= whole.end:
        after = following(beginning(start, step), step)
        yield Stretch(start, min(after - ONE, whole.end))
        start = after


def covered(connection: DuckDBPyConnection, step: Step, since: date | None, until: date | None) -> Stretch | None:
    """Whole periods from the first to the last day with an article, or days as given; None where there is neither."""
    first, last = fetch(connection, "select min(published), max(published) from articles")[0]
    start, end = since or (first and beginning(first, step)), until or (last and following(beginning(last, step), step) - ONE)
    if start is None or end is None:
        return None
    if end < start:
        raise InputError(f"there are no days from {start} to {end}; name an earlier --since or a later --until")
    return Stretch(start, end)


def daily(connection: DuckDBPyConnection, whole: Stretch) -> tuple[Day, ...]:
    """Articles and outlets of each day that has any."""
    query = "select published, count(*), count(distinct outlet) from articles where published between $start and $end group by 1 order by 1"
    rows = fetch(connection, query, whole._asdict())
    return tuple(Day(*row) for row in rows)


def coverage(connection: DuckDBPyConnection, whole: Stretch, step: Step) -> dict[Stretch, Coverage]:
    """Articles, outlets and empty days of each period; one with no article at all is a gap."""
    rows = fetch(
        connection,
        "select date_trunc($step, published)::date, count(*), count(distinct outlet), count(distinct published) from articles "
        "where published between $start and $end group by 1",
        {**whole._asdict(), "step": step},
    )
    read = {start: counts for start, *counts in rows}
    found = {}
    for stretch in stretches(whole, step):
        articles, outlets, days = read.get(beginning(stretch.start, step), (0, 0, 0))
        found[stretch] = Coverage(articles, outlets, (stretch.end - stretch.start).days + 1 - days)
    return found
