"""Feeds (RSS and Atom) become lists of entries: where an article is, and what the feed says of it."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from detente.errors import BadRow, TooLarge
from detente.reading.limits import LIMITS, Limits
from detente.reading.pages import PageReader
from detente.reading.rejects import Reject, reject
from detente.reading.rows import read_date


class Entry(NamedTuple):
    """An article as a feed or sitemap names it; each fact but the address may be unknown."""

    url: str
    title: str | None = None
    published: date | None = None
    summary: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Feed:
    """What a feed says, in its order; ``flags`` has "cut" where it is broken and its end may lack."""

    url: str
    title: str | None
    language: str | None
    entries: tuple[Entry, ...]
    rejects: tuple[Reject, ...] = ()
    flags: tuple[str, ...] = ()


def read_feed(data: bytes, *, url: str, pages: PageReader, seen: date | None = None, limits: Limits = LIMITS) -> Feed:
    """The entries of a feed; ``url`` makes its links whole and names it in messages.

    An entry without an address is a reject.  A date after ``seen``, the day the feed was fetched, is left out and
    flagged bad_date.  An address that comes twice is taken once.  Raises Unreadable where the bytes are no feed or take
    too long, and TooLarge beyond the limit of a file.  The feed is parsed in a process of its own.
    """
    if len(data) > limits.file_bytes:
        raise TooLarge(f"{url}: the feed has more than {limits.file_bytes:,} bytes; leave it out")
    answer = pages.ask({"feed": base64.b64encode(data).decode("ascii"), "url": url}, place=url)
    entries: dict[str, Entry] = {}
    rejects: list[Reject] = []
    for number, found in enumerate(answer["entries"], start=1):
        if is_web(found["url"]):
            entries.setdefault(found["url"], make_entry(found, seen))
        else:
            error = BadRow(f"entry {number} of {url}: has no http address but {found['url']!r}; ask the publisher to mend the feed")
            rejects.append(reject(error, path=url, id=f"{url}:{number}"))
    return Feed(
        url=url, title=answer["title"], language=answer["language"], entries=tuple(entries.values()), rejects=tuple(rejects),
        flags=("cut",) if answer["cut"] else (),
    )  # fmt: skip


def is_web(url: object) -> bool:
    if not isinstance(url, str):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def make_entry(found: dict[str, Any], seen: date | None) -> Entry:
    day = feed_date(found["date"]) or read_date(found["day"])
    late = day is not None and seen is not None and day > seen + timedelta(days=1)
    bad = late or (day is None and bool(found["date"]))
    return Entry(found["url"], found["title"], None if late else day, found["summary"], ("bad_date",) if bad else ())


def feed_date(value: str | None) -> date | None:
    """The day of an ISO or mail date as written there, whatever its time zone."""
    if not value:
        return None
    try:
        return read_date(value) or parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
