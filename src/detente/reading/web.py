"""Addresses, feeds and sitemaps become articles: each page is fetched and read like a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from detente.errors import InputError, Rejected
from detente.reading.archives import dated
from detente.reading.articles import Draft, make_article
from detente.reading.feeds import Entry, Feed, read_feed
from detente.reading.fetching import Fetched, Fetcher, Stamp
from detente.reading.language import Identify, check_language
from detente.reading.limits import LIMITS, Limits
from detente.reading.pages import PageReader
from detente.reading.rejects import Outcome, Reject, reject


@dataclass(frozen=True, kw_only=True)
class Web:
    """All that reading from the web shares; ``seen`` is the day of fetching, after which nothing can be published."""

    fetcher: Fetcher
    pages: PageReader
    identify: Identify
    seen: date | None = None
    limits: Limits = LIMITS


def read_urls(entries: Iterable[Entry | str | Reject], web: Web) -> Iterator[Outcome]:
    """An article or a reject for each address, in order; rejects among them pass through."""
    for entry in entries:
        yield entry if isinstance(entry, Reject) else read_url(Entry(entry) if isinstance(entry, str) else entry, web)


def read_url(entry: Entry, web: Web) -> Outcome:
    """The article at an address, or the reject that says why there is none.

    What a feed says of it stands in for what the page doesn't.  Its url is where the page came from in the end.
    """
    try:
        fetched = web.fetcher.fetch(entry.url)
        draft = with_entry(fetched_draft(fetched, web), entry)
        draft = dated(draft, web.seen, stand_in=False)
        return check_language(make_article(draft, published=None, limits=web.limits), identify=web.identify)
    except (Rejected, InputError) as error:
        return reject(error, path=entry.url)


def fetched_draft(fetched: Fetched, web: Web) -> Draft:
    draft = web.pages.read(fetched.data, path=fetched.asked, charset=fetched.charset)
    return replace(draft, url=fetched.url)


def with_entry(draft: Draft, entry: Entry) -> Draft:
    return replace(draft, title=draft.title or entry.title, published=draft.published or entry.published)


def fetch_feed(url: str, web: Web, *, stamp: Stamp | None = None) -> tuple[Feed | None, Stamp]:
    """A feed and the stamp to give next time; None where it is unchanged since the one given.  Raises as ``Fetcher.fetch``."""
    fetched = web.fetcher.fetch(url, stamp=stamp)
    if fetched.unchanged:
        return None, stamp or Stamp()
    return read_feed(fetched.data, url=fetched.url, pages=web.pages, seen=web.seen, limits=web.limits), fetched.stamp


def read_feed_pages(url: str, web: Web) -> Iterator[Outcome]:
    """The articles of a feed's pages, with a reject for each entry that gives none, or one for the feed."""
    try:
        feed, _ = fetch_feed(url, web)
    except (Rejected, InputError) as error:
        yield reject(error, path=url)
        return
    if feed is not None:
        yield from feed.rejects
        yield from read_urls(feed.entries, web)
