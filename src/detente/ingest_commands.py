"""What the commands that fill a lake and keep it do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from detente.coding.coder import Coder, read_day
from detente.commands import coded_by
from detente.errors import InputError, NoInput
from detente.ingest.counts import Counts
from detente.ingest.feeds_file import read_feeds
from detente.ingest.progress import Board, say
from detente.ingest.run import Ingest, Pace
from detente.ingest.sources import open_means, plan, walk
from detente.ingest.stopping import Stop
from detente.ingest.watch import Watch
from detente.lake.store import Lake, open_lake
from detente.lake.upkeep import Kept
from detente.lake.upkeep import compact as compact_lake
from detente.lake.upkeep import vacuum as vacuum_lake

SIGNALLED = 128  # and the number of the signal: what a shell expects of a run that a signal has ended


def ingest(
    sources: Sequence[str], *, lake: str, model: str | None, workers: int, published: str | None, columns: Mapping[str, str] | None = None
) -> int:
    """Takes the sources into the lake; 1 where an input was rejected, 130 or 143 where a signal ended it, else 0."""
    refuse(sources)
    if workers < 1:
        raise InputError(f"workers ({workers}) must be at least 1")
    store, day = Lake(lake), read_day(published)
    store.check()
    with Stop() as stop:
        coder, steps = Coder(model), plan(sources)
        with Board(sum(step.size for step in steps)) as board:
            run = Ingest(store, coder, coded_by(coder), pace=Pace(workers=workers), stop=stop, show=board.show)
            means = open_means(stop=stop, taken=run.taken.__contains__, published=day, columns=columns)
            with told(run.counts), means as found:
                run.take(walk(steps, found))
    return code_of(run)


def refuse(sources: Sequence[str]) -> None:
    if not sources:
        raise NoInput("no source given; name files, folders, addresses, feed:URL, sitemap:URL, or - for JSON lines on standard input")
    wrong = next((s for s in sources if s.startswith("-") and s != "-"), None)
    if wrong is not None:
        raise InputError(f"there is no option {wrong!r}; see detente ingest --help (a file of that name: write ./{wrong})")


@contextmanager
def told(counts: Counts) -> Iterator[None]:
    """Says at the end what was done, also where the end is an error."""
    try:
        yield
    finally:
        say(Console(stderr=True), f"detente: {counts.words()}")


def code_of(run: Ingest) -> int:
    if run.stop.signal is not None:
        return SIGNALLED + run.stop.signal
    return 1 if run.counts.ends["rejected"] else 0


def watch(feeds: Path, *, lake: str, model: str | None, once: bool, state: Path | None) -> int:
    """Takes what is new in the feeds until it is stopped, or once; exit codes as of ``ingest``."""
    known, store = read_feeds(feeds), Lake(lake)
    store.check()
    with Stop() as stop:
        coder, console = Coder(model), Console(stderr=True)
        run = Ingest(store, coder, coded_by(coder), stop=stop)
        with told(run.counts), open_means(stop=stop, taken=run.taken.__contains__) as means:
            watched = Watch(known, state or beside(lake, feeds), run, means, tell=lambda line: say(console, f"detente: {line}"))
            if once:
                watched.once()
            else:
                watched.forever()
    return code_of(run)


def beside(lake: str, feeds: Path) -> Path:
    """Where a watch keeps its state: in a lake's folder, or beside the feeds file where the lake is at a URL."""
    return feeds.with_suffix(".state.json") if "://" in lake else Path(lake) / "watch.json"


def compact(lake: str) -> int:
    """Merges small files and says how many."""
    return tell(compact_lake(open_lake(lake)), "small files merged into {made}")


def vacuum(lake: str, *, keep_days: int) -> int:
    """Deletes files that only versions older than so many days need, and says how many."""
    return tell(vacuum_lake(open_lake(lake), keep_days=keep_days), "files deleted")


def tell(found: Sequence[Kept], words: str) -> int:
    for kept in found:
        say(Console(), f"{kept.table}: {kept.gone} {words.format(made=kept.made)}")
    return 0
