"""Takes what is found into a lake: what stands there is passed over, the rest is coded and written batch by batch.

What is written stands in this order: articles, events and all else of a coding, the coding, the row of the input.  A kill
between two of them leaves rows that the next run finds by their keys and completes; see ``lake.commits``.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple, Protocol

import pyarrow.compute as pc

from detente.document import Article, Doc
from detente.errors import DetenteError, SetupError
from detente.ingest.counts import Counts
from detente.ingest.sources import Found, Item, Taken
from detente.ingest.stopping import Stop
from detente.lake.store import Lake
from detente.reading.rejects import Reject
from detente.record.rows import CodedBy, Row, coding_id, input_row

if TYPE_CHECKING:  # the model's libraries are the caller's
    from detente.coding.coder import Failure


class Streams(Protocol):
    """What a run asks of a coder; ``coding.coder.Coder`` is one."""

    def stream(
        self, articles: Iterable[Article], *, workers: int, batch: int, failed: Callable[[Failure], None] | None
    ) -> Iterator[Doc]: ...


@dataclass(frozen=True, kw_only=True)
class Pace:
    """Processes that code, articles that one is handed at once, and after how many inputs or seconds the lake is written."""

    workers: int = 1
    batch: int = 8
    inputs: int = 200
    seconds: float = 30.0


class Told(NamedTuple):
    """An input that gives an article, and the coding that stands for it."""

    source: str
    article_id: str
    coding: str


class Ingest:
    """One run, or many feeds one after another, into one lake by one coder.

    ``show`` is told the counts and the bytes done after each article.
    """

    def __init__(
        self, lake: Lake, coder: Streams, by: CodedBy, *, pace: Pace | None = None, stop: Stop | None = None,
        show: Callable[[Counts, int], None] = lambda counts, done: None,
    ):  # fmt: skip
        self.lake, self.by = lake, by
        self.counts = Counts()
        self.taken = taken_addresses(lake, by)
        self.stop = Stop() if stop is None else stop
        self._coder, self._pace, self._show = coder, pace or Pace(), show
        self._docs: list[Doc] = []
        self._rejects: list[Reject] = []
        self._echoes: list[Told] = []  # inputs whose article another input has given
        self._sources: dict[str, str] = {}  # of the articles that are being coded, by coding id
        self._failed: dict[str, Reject] = {}  # articles on which the coder broke, by coding id
        self._places: deque[int] = deque()  # bytes up to each article that is being coded
        self._written = time.monotonic()

    def take(self, items: Iterable[Item]) -> Counts:
        """Takes all items, or until asked to stop; the counts are of all that was taken so far.

        Raises LakeError where the lake can't be written: what was written before stands.
        """
        docs = self._coder.stream(self._new(items), workers=self._pace.workers, batch=self._pace.batch, failed=self._fail)
        try:
            for doc in docs:
                self._docs.append(doc)
                self._advance()
        except BrokenExecutor as error:
            self.flush()
            if not self.stop:  # a signal to all may end a worker that has only just started
                raise SetupError(
                    "a worker process ended by itself, as it does where memory runs out; run again with fewer --workers"
                ) from error
        self.flush()
        if self.counts.open and not self.stop:
            raise DetenteError(f"{self.counts.open} inputs ended without an outcome; please report it")
        return self.counts

    def _new(self, items: Iterable[Item]) -> Iterator[Article]:
        """The articles that are to be coded; all else is put aside for the next writing."""
        for window in self._windows(items):
            self.counts.read += len(window)
            for article, done in self._sorted(window):
                if self.stop:
                    return
                self._places.append(done)
                yield article
            self._flush_when_due()

    def _windows(self, items: Iterable[Item]) -> Iterator[list[Item]]:
        """Items some at a time; those that come after the stop are dropped, as what was stopped may have spoilt them."""
        window: list[Item] = []
        since = time.monotonic()
        for item in items:
            if self.stop:
                return
            window.append(item)
            if len(window) >= self._pace.inputs or time.monotonic() - since > self._pace.seconds / 3:
                yield window
                window, since = [], time.monotonic()
        if window and not self.stop:
            yield window

    def _sorted(self, window: list[Item]) -> list[tuple[Article, int]]:
        """The articles of a window that nobody has coded or is coding in this run, under the ids by which they stand."""
        for item in window:
            self._put_aside(item.found)
        found = [(i.found, i.done) for i in window if isinstance(i.found, Article)]
        settled = self.lake.settle([a for a, _ in found])
        ids = [coding_id(a, self.by) for a in settled]
        lacking, new = set(self.lake.lacking("codings", ids)), []
        for (given, done), article, id in zip(found, settled, ids, strict=True):
            if id in lacking and id not in self._sources and id not in self._failed:
                self._sources[id] = source_of(given)
                new.append((article, done))
            else:
                self._echoes.append(Told(source_of(given), article.id, id))
        return new

    def _put_aside(self, found: Found) -> None:
        if isinstance(found, Reject):
            self._rejects.append(found)
        elif isinstance(found, Taken):
            self.counts.ends["there"] += 1

    def _fail(self, failure: Failure) -> None:
        """Keeps an article on which the coder broke."""
        a, why = failure.article, f"{type(failure.error).__name__}: {failure.error}"
        message, id = f"article {a.id}: could not be coded ({why}); please report it with this text", coding_id(a, self.by)
        self._failed[id] = Reject(a.id, self._sources.pop(id), "failed", message)
        self._rejects.append(self._failed[id])
        self._advance()

    def _advance(self) -> None:
        done = self._places.popleft()
        self._flush_when_due()
        self._show(self.counts, done)

    def _flush_when_due(self) -> None:
        waiting = len(self._docs) + len(self._rejects) + len(self._echoes)
        if waiting >= self._pace.inputs or (waiting and time.monotonic() - self._written > self._pace.seconds):
            self.flush()

    def flush(self) -> None:
        """Writes what is coded, rejected or known by now, and counts it."""
        docs, rejects = self._docs, self._rejects
        coded = [(coding_id(d.article, self.by), d.article.id) for d in docs]
        own = [Told(self._sources[id], article_id, id) for id, article_id in coded]
        outcomes = {told.coding: outcome(doc) for told, doc in zip(own, docs, strict=True)}
        ready = [e for e in self._echoes if e.coding in outcomes or e.coding not in self._sources]
        refused = [reject_row(r, self.by) for r in [*rejects, *(self._refused(e) for e in ready if e.coding in self._failed)]]
        there = [e for e in ready if e.coding not in self._failed]
        rows = [*self._rows([*own, *there], outcomes), *refused]
        added = self.lake.put(docs, self.by, rejected=[(r.id, r.reason) for r in rejects], inputs=rows)
        self._count(own, there, outcomes, added)
        self.counts.ends["rejected"] += len(refused)
        self._echoes = [e for e in self._echoes if e.coding in self._sources and e.coding not in outcomes]
        for told in own:
            del self._sources[told.coding]
        self._docs, self._rejects, self._written = [], [], time.monotonic()

    def _refused(self, echo: Told) -> Reject:
        return self._failed[echo.coding]._replace(path=echo.source)

    def _rows(self, told: list[Told], outcomes: dict[str, str]) -> Iterator[Row]:
        """Rows of inputs that lack in the lake; what became of an article that stands is looked up there."""
        at = datetime.now(UTC)
        rows = [input_row(t.source, self.by, at, outcome="", article_id=t.article_id, coding=t.coding) for t in told]
        lacking = set(self.lake.lacking("inputs", [row["input_id"] for row in rows]))
        rows = [row for row in rows if row["input_id"] in lacking]
        known = outcomes | self.lake.outcomes({row["coding_id"] for row in rows} - set(outcomes))
        yield from ({**row, "outcome": known[row["coding_id"]]} for row in rows)

    def _count(self, own: list[Told], there: list[Told], outcomes: dict[str, str], added: set[str]) -> None:
        """Counts a coding that another run has written in the meantime as already there."""
        for told in own:
            self.counts.ends[outcomes[told.coding] if told.coding in added else "there"] += 1
        self.counts.ends["there"] += len(there)
        self.taken |= {t.source for t in [*own, *there] if is_address(t.source)}


def outcome(doc: Doc) -> str:
    return "coded" if doc.events or doc.statements else "no_event"


def source_of(article: Article) -> str:
    """Where an article was found: its file or address."""
    return article.path or article.url or article.id


def reject_row(r: Reject, by: CodedBy) -> Row:
    """The row of a reject; its id is the source where that is a place, more exact than its path."""
    place = r.id == r.path or r.id.startswith(f"{r.path}:") or is_address(r.id)
    return input_row(
        r.id if place else r.path, by, datetime.now(UTC), outcome="rejected", article_id=None if place else r.id, reason=r.reason,
        message=r.message,
    )  # fmt: skip


def is_address(source: str) -> bool:
    return source.startswith(("http://", "https://"))


def taken_addresses(lake: Lake, by: CodedBy) -> set[str]:
    """The addresses whose pages this coder has coded."""
    rows = lake.read("inputs", ["source", "outcome", *CodedBy._fields])
    web = pc.match_substring_regex(rows["source"], "^https?://")
    mine = (pc.equal(rows[field], value) for field, value in by._asdict().items())
    kept = reduce(pc.and_, mine, pc.and_(web, pc.not_equal(rows["outcome"], "rejected")))
    return set(rows.filter(kept)["source"].to_pylist())
