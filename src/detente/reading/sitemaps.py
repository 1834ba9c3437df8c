"""The sitemaps of a site that the user names become addresses of articles."""

from __future__ import annotations

import base64
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from detente.errors import InputError, Rejected, TooLarge
from detente.reading.feeds import Entry, feed_date, is_web
from detente.reading.fetching import Fetcher
from detente.reading.limits import LIMITS, Limits
from detente.reading.packed import GZIP, unpack
from detente.reading.pages import PageReader
from detente.reading.rejects import Reject, reject


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How far a walk through nested sitemaps goes: their number, how deep they lie in one another, addresses in all."""

    files: int = 200
    depth: int = 3
    entries: int = 200_000


class Sitemap(NamedTuple):
    """Addresses of articles and of further sitemaps; ``flags`` has "cut" where more follow that can't be read."""

    entries: tuple[Entry, ...]
    nested: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


def read_sitemap(data: bytes, *, url: str, pages: PageReader, limits: Limits = LIMITS) -> Sitemap:
    """A sitemap or an index of sitemaps, as XML, news XML or lines of text, plain or gzipped.

    Dates are those of publication that news sitemaps give; when a page was changed is no such date.  Raises Unreadable
    where the bytes are none of these or take too long, and TooLarge beyond the limit of a file.  It is parsed in a
    process of its own.
    """
    plain = unpack(data, "gzip", place=url, limit=limits.file_bytes) if data.startswith(GZIP) else data
    if len(plain) > limits.file_bytes:
        raise TooLarge(f"{url}: the sitemap has more than {limits.file_bytes:,} bytes; name a smaller one")
    answer = pages.ask({"sitemap": base64.b64encode(plain).decode("ascii"), "url": url}, place=url)
    entries = tuple(make_entry(found) for found in answer["entries"] if is_web(found["url"]))
    return Sitemap(entries, tuple(u for u in answer["nested"] if is_web(u)), ("cut",) if answer["cut"] else ())


def make_entry(found: dict[str, Any]) -> Entry:
    given: str | None = found.get("date")
    day: date | None = feed_date(given)
    return Entry(found["url"], found.get("title"), day, flags=("bad_date",) if given and day is None else ())


def walk_sitemap(
    url: str, *, fetcher: Fetcher, pages: PageReader, reach: Reach | None = None, limits: Limits = LIMITS
) -> Iterator[Entry | Reject]:
    """The articles that a sitemap names, and those of the sitemaps within it, each address once, in their order.

    Only sitemaps and articles of the same site are taken (its host and those below it).  A sitemap that can't be read is
    a reject, and so is the first one beyond the reach.
    """
    reach, home = reach or Reach(), site(url)
    waiting, known, seen = deque([(url, 1)]), {url}, set[str]()
    files = 0
    while waiting:
        address, depth = waiting.popleft()
        if files >= reach.files or depth > reach.depth or len(seen) >= reach.entries:
            yield reject(beyond(address, reach), path=url, id=address)
            return
        files += 1
        try:
            sitemap = read_sitemap(fetcher.fetch(address).data, url=address, pages=pages, limits=limits)
        except (Rejected, InputError) as error:
            yield reject(error, path=url, id=address)
            continue
        for entry in sitemap.entries:
            if len(seen) < reach.entries and entry.url not in seen and same_site(entry.url, home):
                seen.add(entry.url)
                yield entry
        for nested in sitemap.nested:
            if nested not in known and same_site(nested, home):
                known.add(nested)
                waiting.append((nested, depth + 1))


def beyond(url: str, reach: Reach) -> TooLarge:
    return TooLarge(
        f"{url}: lies beyond {reach.files:,} sitemaps, {reach.depth} levels or {reach.entries:,} addresses; name it as an input of its own"
    )


def site(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def same_site(url: str, home: str) -> bool:
    host = urlsplit(url).hostname or ""
    return host == home or host.endswith(f".{home}")
