"""Dates of the tables: years, months or days."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from detente.errors import KnowledgeError


@lru_cache(maxsize=2**16)
def day(text: str, *, last: bool = False) -> date | None:
    """A date of a table: YYYY, YYYY-MM, YYYY-MM-DD or EARLIEST..LATEST of these; ``last`` takes the end of what it leaves open."""
    if not text:
        return None
    if ".." in text:
        return day(text.split("..")[-1 if last else 0], last=last)
    parts = [int(p) for p in text.split("-")]
    try:
        if len(parts) == 1:
            return date(parts[0], 12, 31) if last else date(parts[0], 1, 1)
        if len(parts) == 2:
            return month_end(*parts) if last else date(parts[0], parts[1], 1)
        return date(*parts)
    except ValueError as error:
        raise KnowledgeError(f"{text!r} is no date of the form YYYY-MM-DD, YYYY-MM or YYYY: {error}") from error


def month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
