"""The coder: an article in, a Doc with all layers out.  Only this file knows the order of the stages."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from detente.coding.actors import resolve_actors
from detente.coding.body import find_not_body
from detente.coding.events import code_events
from detente.coding.measures import code_measures
from detente.coding.places import resolve_places
from detente.coding.reference import resolve_references
from detente.coding.sentences import find_sentences
from detente.coding.statements import code_statements
from detente.coding.times import resolve_times
from detente.document import Article, Doc, Marks
from detente.errors import InputError
from detente.identity import content_id
from detente.knowledge.book import load_book
from detente.knowledge.gazetteer import load_gazetteer
from detente.model.relate import Relation, relate
from detente.model.runtime import Model, default_size, model_folder

Stage = tuple[str, Callable[[Doc], Any]]


@dataclass(frozen=True, kw_only=True)
class CoderSpec:
    """All that a worker needs to make the same coder: the model's size, or the folder of other weights."""

    model: str | None = None
    weights: str | None = None


class Failure(NamedTuple):
    """An article on which the coder broke, and how."""

    article: Article
    error: Exception


class Coder:
    """Codes articles; made once, used for many.

    ``model`` is "accurate" or "fast"; the default is "accurate" where it is installed.  ``weights`` names a folder of
    other weights.  Raises ModelError where weights are missing or damaged.
    """

    def __init__(self, model: str | None = None, *, weights: str | Path | None = None):
        size = model or default_size()
        self.spec = CoderSpec(model=size, weights=str(weights) if weights else None)
        self.size = size
        self.model = Model(Path(weights) if weights else model_folder(size))
        book, gazetteer = load_book(), load_gazetteer()
        self.knowledge = book.version
        self._stages: tuple[Stage, ...] = (
            ("not_body", lambda doc: find_not_body(doc.article.text, doc.article.title)),
            ("sentences", find_sentences),
            ("marks", self._marks),
            ("references", resolve_references),
            ("actors", lambda doc: resolve_actors(doc, book)),
            ("statements", code_statements),
            ("times", resolve_times),
            ("events", code_events),
            ("measures", code_measures),
            ("places", lambda doc: resolve_places(doc, book, gazetteer)),
        )

    def _marks(self, doc: Doc) -> Marks:
        spans = [s.span for s in doc.sentences]
        return self.model.marks(doc.article.text, spans, [s.paragraph for s in doc.sentences])

    def code(self, article: Article | str, *, published: date | str | None = None, title: str | None = None) -> Doc:
        """The Doc of one article with all layers.

        A text alone becomes an article with a content id; ``published`` and ``title`` are for it, an Article has its own.
        """
        if isinstance(article, str):
            day, article = read_day(published), article.encode("utf-8", "replace").decode("utf-8")
            article = Article(id=content_id(article, published=day), text=article, published=day, title=title)
        doc = Doc(article)
        for name, stage in self._stages:
            doc = doc.with_layer(name, stage(doc))
        return doc

    def stream(
        self, articles: Iterable[Article], *, workers: int = 1, batch: int = 32, failed: Callable[[Failure], None] | None = None
    ) -> Iterator[Doc]:
        """Docs in the order of the articles; neither ``workers`` nor ``batch`` changes a result.

        An article on which the coder itself breaks is handed to ``failed`` and left out; without that the error is raised.
        """
        if workers < 1 or batch < 1:
            raise InputError(f"workers ({workers}) and batch ({batch}) must be at least 1")
        for found in self._tried(articles, workers, batch):
            if isinstance(found, Doc):
                yield found
            elif failed is None:
                raise found.error
            else:
                failed(found)

    def _tried(self, articles: Iterable[Article], workers: int, batch: int) -> Iterator[Doc | Failure]:
        if workers == 1:
            yield from (try_code(self, a) for a in articles)
            return
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(workers, mp_context=context, initializer=start_worker, initargs=(self.spec,)) as pool:
            source = iter(articles)
            waiting = [pool.submit(code_batch, part) for part in islice(batches(source, batch), 2 * workers)]
            while waiting:
                yield from waiting.pop(0).result()
                waiting += [pool.submit(code_batch, part) for part in islice(batches(source, batch), 1)]

    def relate(self, text: str, source: tuple[int, int] | None, target: tuple[int, int] | None) -> Relation:
        """What the source span does to the target span; offsets in code points.  Raises BadSpan outside the text."""
        return relate(self.model, text, source, target)


def read_day(value: date | str | None) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise InputError(f"published {value!r} is no date; write it as YYYY-MM-DD") from error


def batches(articles: Iterator[Article], size: int) -> Iterator[list[Article]]:
    while part := list(islice(articles, size)):
        yield part


_worker: dict[str, Coder] = {}  # one coder a worker process, set by its initializer


def start_worker(spec: CoderSpec) -> None:
    """Makes the worker's coder.  The parent alone decides on Ctrl-C; a worker ends when its parent is gone, also killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    _worker["coder"] = Coder(spec.model, weights=spec.weights)


def end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def try_code(coder: Coder, article: Article) -> Doc | Failure:
    """The Doc, or the failure on this one article: a run over an archive must not end for one of its texts."""
    try:
        return coder.code(article)
    except Exception as error:  # noqa: BLE001 whatever breaks, it is kept with its article
        return Failure(article, error)


def code_batch(articles: list[Article]) -> list[Doc | Failure]:
    return [try_code(_worker["coder"], a) for a in articles]
