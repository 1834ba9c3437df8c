"""A coder that needs no model: the sentence "X acts on Y" is an event, all else none; also as a program to be killed."""

from __future__ import annotations

import json
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa

from detente.document import Actor, Article, Doc, Event, Span
from detente.identity import content_hash
from detente.ingest.run import Ingest, Pace
from detente.ingest.sources import open_means, plan, walk
from detente.ingest.stopping import Stop
from detente.lake.store import Lake
from detente.record.rows import CodedBy

BY = CodedBy("0", "fake", "hash", "book")
EMPTY: dict[str, Any] = dict.fromkeys(("not_body", "sentences", "statements", "measures"), ()) | {"places": {}, "times": {}}


def text_of(n: int) -> str:
    """The text of the nth article; every fifth tells of no event."""
    act = "rests" if n % 5 == 4 else "acts on"
    return f"Party {n} {act} party {n + 1}. This is what the newspapers told their readers about it on that day."


def write_articles(folder: Path, count: int) -> None:
    """Half of the articles as texts, half as JSON lines with ids of their own, and one file that is refused."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for n in range(count):
        if n % 2:
            rows.append(json.dumps({"id": f"row-{n}", "text": text_of(n), "published": "2024-05-04"}))
        else:
            (folder / f"{n:05}.txt").write_text(text_of(n), encoding="utf-8")
    (folder / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    (folder / "empty.txt").write_text("")


def fake_doc(article: Article) -> Doc:
    """Raises ValueError for a text with the word broken."""
    text = article.text
    if "broken" in text:
        raise ValueError("broken")
    at = text.find("acts on")
    span, whole = Span(at, at + 7), Span(0, text.index(".") + 1)
    actor = Actor(span=Span(0, at - 1), name=text[: at - 1], country="IRN", score=0.5)
    event = Event(id=content_hash(article.id, "event", span), type="ACCUSE", mode=None, status="actual", historical=False, headline=False, score=0.5,
                  trigger=span, sentence=whole, actors=(actor.span,), recipients=())  # fmt: skip
    found = at >= 0
    return Doc(article, {**EMPTY, "actors": {actor.span: actor} if found else {}, "events": (event,) if found else ()})


def try_fake(articles: list[Article]) -> list[Any]:
    found: list[Any] = []
    for article in articles:
        try:
            found.append(fake_doc(article))
        except ValueError as error:
            found.append(SimpleNamespace(article=article, error=error))
    return found


class FakeCoder:
    """Streams as the real coder does; ``seconds`` is the time that an article takes."""

    def __init__(self, seconds: float = 0.0):
        self._seconds = seconds
        self.seen: list[str] = []

    def stream(
        self, articles: Iterable[Article], *, workers: int = 1, batch: int = 8, failed: Callable[[Any], None] | None = None
    ) -> Iterator[Doc]:
        for found in self._tried(iter(articles), workers):
            self.seen.append(found.article.id)
            time.sleep(self._seconds)
            if isinstance(found, Doc):
                yield found
            elif failed is not None:
                failed(found)

    def _tried(self, articles: Iterator[Article], workers: int) -> Iterator[Any]:
        if workers == 1:
            yield from (try_fake([a])[0] for a in articles)
            return
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
            waiting = [pool.submit(try_fake, [a]) for _, a in zip(range(4), articles, strict=False)]
            while waiting:
                yield from waiting.pop(0).result()
                waiting += [pool.submit(try_fake, [a]) for _, a in zip(range(1), articles, strict=False)]


def ingest(lake: Path | Lake, *sources: str | Path, workers: int = 1, inputs: int = 200, seconds: float = 0.0, stop: Stop | None = None,
           coder: Any = None, fetcher: Any = None) -> Ingest:  # fmt: skip
    """A whole run, as the command makes one."""
    stop = Stop() if stop is None else stop
    store = lake if isinstance(lake, Lake) else Lake(lake)
    store.check()
    run = Ingest(store, coder or FakeCoder(seconds), BY, pace=Pace(workers=workers, inputs=inputs), stop=stop)
    with open_means(stop=stop, taken=run.taken.__contains__, published=date(2024, 5, 4), fetcher=fetcher) as means:
        run.take(walk(plan([str(s) for s in sources]), means))
    return run


def check_whole(lake: Lake, count: int) -> None:
    """Each article of ``write_articles`` is in the lake, once, with all that belongs to it."""
    ids = {name: lake.read(name)[key].to_pylist() for name, key in
           (("articles", "content_id"), ("codings", "coding_id"), ("events", "event_id"), ("actors", "coding_id"), ("inputs", "input_id"))}  # fmt: skip
    for name, found in ids.items():
        assert len(found) == len(set(found)), f"{name} has rows twice"
    coded = sum(n % 5 != 4 for n in range(count))
    assert {name: len(found) for name, found in ids.items()} == {
        "articles": count, "codings": count + 1, "events": coded, "actors": coded, "inputs": count + 1
    }  # fmt: skip
    outcomes = lake.read("inputs")["outcome"].to_pylist()
    assert sorted(set(outcomes)) == ["coded", "no_event", "rejected"]
    assert (outcomes.count("coded"), outcomes.count("rejected")) == (coded, 1)
    assert sorted(lake.read("codings")["written"].to_pylist()) == list(range(1, count + 2))


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class TellingLake(Lake):
    """Tells of each write before it is made, so that a test can choose its moment."""

    def _write(self, name: str, rows: pa.Table) -> None:
        tell(f"write {name}")
        super()._write(name, rows)


def main(lake: str, folder: str, seconds: str) -> int:
    with Stop() as stop:
        run = ingest(TellingLake(lake), folder, inputs=5, seconds=float(seconds), stop=stop)
    tell(json.dumps({"read": run.counts.read, **run.counts.ends}))
    return 128 + run.stop.signal if run.stop.signal else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
