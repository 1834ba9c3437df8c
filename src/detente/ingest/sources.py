"""What a run is asked to read, as steps in order, and what comes of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from detente.document import Article
from detente.errors import InputError, NoInput, Rejected
from detente.ingest.stopping import Stop
from detente.reading.columns import check_columns
from detente.reading.feeds import Entry
from detente.reading.fetching import Fetcher
from detente.reading.inputs import STDIN, Readers, find_files, in_english, read_file, read_input
from detente.reading.language import lazy_identifier
from detente.reading.limits import LIMITS
from detente.reading.pages import PageReader
from detente.reading.rejects import Reject, reject
from detente.reading.sitemaps import walk_sitemap
from detente.reading.web import Web, fetch_feed, read_url

GUESS = 50_000  # bytes behind an address or standard input, for the time left
WEB = ("http://", "https://")


class Taken(NamedTuple):
    """An address in a feed or sitemap whose page this coder has coded; it isn't fetched again."""

    source: str


Found = Article | Reject | Taken


class Item(NamedTuple):
    """Something found, and how many bytes of all there are lie behind it."""

    found: Found
    done: int


@dataclass(frozen=True, kw_only=True)
class Step:
    """One file, address or other input; ``kind`` is file, input, url, feed or sitemap."""

    source: str
    kind: str
    size: int = GUESS


@dataclass(frozen=True, kw_only=True)
class Means:
    """All that the readers of one run share; ``taken`` knows the addresses that needn't be fetched again."""

    readers: Readers
    web: Web
    taken: Callable[[str], bool]


@contextmanager
def open_means(
    *, stop: Stop, taken: Callable[[str], bool], published: date | None = None, columns: Mapping[str, str] | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Means]:  # fmt: skip
    """The means to read files and the web; waiting for a host ends when the run is asked to stop."""
    identify, mapping = lazy_identifier(), check_columns(columns)
    with PageReader(limits=LIMITS) as pages:
        readers = Readers(published=published, limits=LIMITS, stream=None, pages=pages, identify=identify, columns=mapping)
        web = Web(fetcher=fetcher or Fetcher(sleep=stop.wait), pages=pages, identify=identify, seen=date.today())
        yield Means(readers=readers, web=web, taken=taken)


def plan(sources: Sequence[str]) -> list[Step]:
    """The steps behind the sources; a folder becomes its files."""
    return [step for source in sources for step in steps_of(source)]


def steps_of(source: str) -> Iterator[Step]:
    kind, _, rest = source.partition(":")
    if kind in ("feed", "sitemap") and rest.startswith(WEB):
        yield Step(source=rest, kind=kind)
    elif source.startswith(WEB):
        yield Step(source=source, kind="url")
    elif source == STDIN:
        yield Step(source=source, kind="input")
    else:
        yield from file_steps(source)


def file_steps(source: str) -> Iterator[Step]:
    """The files behind a path; where there are none or some can't be listed, reading the path itself says why."""
    try:
        found = find_files(source)
    except (NoInput, Rejected):
        yield Step(source=source, kind="input")
        return
    if found.rejects:
        yield Step(source=source, kind="input", size=sum(map(size_of, found.files)))
        return
    yield from (Step(source=str(file), kind="file", size=size_of(file)) for file in found.files)


def size_of(file: Path) -> int:
    try:
        return max(1, file.stat().st_size)
    except OSError:
        return 1  # reading it says why


def walk(steps: Iterable[Step], means: Means) -> Iterator[Item]:
    """What is behind the steps, in their order, each with the bytes up to it."""
    before = 0
    for step in steps:
        inside = 0
        for found in read_step(step, means):
            inside = min(step.size, inside + (len(found.text) if isinstance(found, Article) else 100))
            yield Item(found, before + inside)
        before += step.size


def read_step(step: Step, means: Means) -> Iterator[Found]:
    if step.kind == "file":
        yield from (in_english(o, means.readers) for o in read_file(Path(step.source), means.readers))
    elif step.kind == "input":
        yield from (in_english(o, means.readers) for o in read_input(step.source, means.readers))
    elif step.kind == "url":
        yield read_url(Entry(step.source), means.web)
    else:
        yield from read_entries(entries_of(step, means.web), means)


def entries_of(step: Step, web: Web) -> Iterator[Entry | Reject]:
    """The entries of a feed or sitemap, and its rejects."""
    if step.kind == "sitemap":
        yield from walk_sitemap(step.source, fetcher=web.fetcher, pages=web.pages)
        return
    try:
        feed, _ = fetch_feed(step.source, web)
    except (Rejected, InputError) as error:
        yield reject(error, path=step.source)
        return
    if feed is not None:
        yield from feed.rejects
        yield from feed.entries


def read_entries(entries: Iterable[Entry | Reject], means: Means) -> Iterator[Found]:
    for entry in entries:
        if isinstance(entry, Reject):
            yield entry
        else:
            yield Taken(entry.url) if means.taken(entry.url) else read_url(entry, means.web)
