"""Looks at feeds again and again and takes what is new into a lake."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from detente.errors import InputError, Rejected
from detente.ingest.feeds_file import Feed, Memory, load_memory, save_memory
from detente.ingest.run import Ingest
from detente.ingest.sources import Found, Item, Means, Step, Taken, entries_of
from detente.reading.feeds import Entry
from detente.reading.fetching import Stamp
from detente.reading.rejects import Reject, reject
from detente.reading.web import fetch_feed, read_url

LONGEST = 86_400.0  # seconds that a failing feed is left alone at most
Entries = list[Entry | Reject]
TRIES = 3  # times that a page is fetched which gives no article
PASSING = frozenset({"timeout", "network", "status", "robots"})  # reasons that may be gone at the next look


class Watch:
    """The feeds, what is remembered of them (in a file), and the run that takes their pages."""

    def __init__(
        self, feeds: Sequence[Feed], state: Path, run: Ingest, means: Means, *, clock: Callable[[], float] = time.time,
        tell: Callable[[str], None] = lambda line: None,
    ):  # fmt: skip
        self._feeds, self._state, self._run, self._means = feeds, state, run, means
        self._clock, self._tell = clock, tell
        self._memory = load_memory(state)

    def once(self) -> None:
        """Looks at each feed once, whether it is due or not."""
        for feed in self._feeds:
            if self._run.stop:
                return
            self._look(feed)

    def forever(self) -> None:
        """Looks at each feed when it is due, until the run is asked to stop."""
        while not self._run.stop:
            feed = min(self._feeds, key=lambda f: self._of(f).due)
            # a clock that was set back must not silence a feed
            wait = min(self._of(feed).due - self._clock(), max(LONGEST, feed.seconds))
            if wait > 0:
                self._run.stop.wait(wait)
            else:
                self._look(feed)

    def _of(self, feed: Feed) -> Memory:
        return self._memory.setdefault(feed.url, Memory())

    def _look(self, feed: Feed) -> None:
        """Takes what is new in a feed; its stamp is kept only when all its pages have ended, so that none is lost."""
        memory, before = self._of(feed), self._run.counts.ended
        try:
            entries, stamp = self._entries(feed, memory)
        except (Rejected, InputError) as error:
            self._take([reject(error, path=feed.url)])
            memory.failures += 1
            self._tell(f"{feed.url}: {error}")
        else:
            tries: dict[str, int] = {}
            self._take(self._pages(entries, memory, tries))
            if self._run.stop:
                return
            memory.failures = 0
            if entries is not None:
                memory.tries = {url: n for url, n in tries.items() if url not in self._run.taken}
                whole = all(n >= TRIES for n in memory.tries.values())
                memory.etag, memory.modified = (stamp.etag, stamp.modified) if whole else (None, None)
            self._tell(f"{feed.url}: {'unchanged' if entries is None else f'{self._run.counts.ended - before} inputs'}")
        memory.due = self._clock() + pause(feed, memory)
        save_memory(self._state, self._memory, self._feeds)

    def _entries(self, feed: Feed, memory: Memory) -> tuple[Entries | None, Stamp]:
        """What a feed lists, None where that is unchanged; raises as ``Fetcher.fetch``."""
        if feed.kind == "sitemap":
            return list(entries_of(Step(source=feed.url, kind="sitemap"), self._means.web)), memory.stamp
        found, stamp = fetch_feed(feed.url, self._means.web, stamp=memory.stamp)
        return (None if found is None else [*found.rejects, *found.entries]), stamp

    def _pages(self, entries: Iterable[Entry | Reject] | None, memory: Memory, tries: dict[str, int]) -> Iterator[Found]:
        """What the entries give; ``tries`` is told of each page how often it gave no article, this time included."""
        for entry in entries or ():
            if isinstance(entry, Reject):
                yield entry
            elif entry.url in self._run.taken:
                yield Taken(entry.url)
            elif memory.tries.get(entry.url, 0) >= TRIES:
                tries[entry.url] = TRIES
            else:
                found = read_url(entry, self._means.web)
                lasting = isinstance(found, Reject) and found.reason not in PASSING
                tries[entry.url] = TRIES if lasting else memory.tries.get(entry.url, 0) + 1
                yield found

    def _take(self, found: Iterable[Found]) -> None:
        self._run.take(Item(f, 0) for f in found)


def pause(feed: Feed, memory: Memory) -> float:
    """Seconds until the next look: twice as long with each failure in a row, up to a day."""
    return float(max(feed.seconds, min(feed.seconds * 2.0 ** min(memory.failures, 30), LONGEST)))
