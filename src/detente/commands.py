"""What each command of the command line does, as a function that returns the exit code."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from datetime import date
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as package_version
from importlib.resources import files
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from detente.coding.coder import Coder, Failure, read_day
from detente.document import Article, Doc
from detente.errors import BadRow, BadSpan, InputError, NoInput, TooLarge
from detente.export.page import page
from detente.export.quotes import write_quotes
from detente.export.registry import export as write_export
from detente.export.terminal import dyad_table, print_doc
from detente.lake.store import Lake
from detente.reading import Reject, read
from detente.reading.articles import mend
from detente.reading.limits import LIMITS
from detente.reading.rows import Line, bounded_lines, parse_row
from detente.record.contract import record
from detente.record.rows import CodedBy

FLUSH = 500  # articles between two writes to the lake


def library_version() -> str:
    try:
        return package_version("detente")
    except PackageNotFoundError:
        return "unknown"


def version_line() -> str:
    coder = Coder()
    return f"detente {library_version()}, model {coder.size} {coder.model.hash}, knowledge {coder.knowledge}"


def coded_by(coder: Coder) -> CodedBy:
    return CodedBy(library_version(), coder.size, coder.model.hash, coder.knowledge)


class Run:
    """One run over inputs: hands articles to the coder, keeps the rejects, counts everything."""

    def __init__(self, inputs: list[str], published: date | None):
        self._source = read(inputs, published=published)
        self.rejects: list[Reject] = []
        self.counts: Counter[str] = Counter()

    def articles(self) -> Iterator[Article]:
        for item in self._source:
            self.counts["in"] += 1
            if isinstance(item, Reject):
                self.counts["rejected"] += 1
                self.rejects.append(item)
                print(f"detente: {item.message}", file=sys.stderr)
            else:
                yield item

    def failed(self, failure: Failure) -> None:
        """Counts and keeps an article on which the coder broke."""
        a, why = failure.article, f"{type(failure.error).__name__}: {failure.error}"
        message = f"article {a.id}: could not be coded ({why}); please report it with this text"
        self.counts["rejected"] += 1
        self.rejects.append(Reject(a.id, a.path or a.id, "failed", message))
        print(f"detente: {message}", file=sys.stderr)

    def counted(self, docs: Iterable[Doc]) -> Iterator[Doc]:
        for doc in docs:
            self.counts["coded" if doc.events or doc.statements else "no_event"] += 1
            yield doc

    def summary(self) -> str:
        c = self.counts
        return f"{c['in']} articles in = {c['coded']} coded + {c['no_event']} no event + {c['rejected']} rejected"


def progressing(docs: Iterable[Doc], run: Run) -> Iterator[Doc]:
    """Shows progress on standard error where that is a terminal and the record goes elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal or sys.stdout.isatty():
        yield from docs
        return
    columns = (SpinnerColumn(), TextColumn("{task.completed} articles coded"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("coding", total=None)
        for doc in docs:
            bar.advance(task)
            yield doc


def code(
    inputs: list[str],
    *,
    format: str,
    published: str | None,
    model: str | None,
    lake: str | None,
    out: Path | None,
    workers: int,
    batch: int,
) -> int:
    """Codes the inputs and writes the record; 1 where an input was rejected, else 0."""
    if not inputs:
        raise NoInput("no input given; name files, folders, or - for JSON lines on standard input")
    refuse_options(inputs)
    run, coder = Run(inputs, read_day(published)), Coder(model)
    docs = progressing(run.counted(coder.stream(run.articles(), workers=workers, batch=batch, failed=run.failed)), run)
    if lake is not None:
        store = Lake(lake)
        store.check()
        docs = stored(docs, store, coded_by(coder), run)
    with nullcontext(sys.stdout) if out is None else open_out(out) as stream:
        write(docs, format, stream)
    print(run.summary(), file=sys.stderr)
    return 1 if run.counts["rejected"] else 0


def quotes(inputs: list[str], *, format: str, published: str | None, model: str | None, out: Path | None, workers: int, batch: int) -> int:
    """Codes the inputs and lists their statements; 1 where an input was rejected, else 0."""
    if not inputs:
        raise NoInput("no input given; name files, folders, or - for JSON lines on standard input")
    refuse_options(inputs)
    run, coder = Run(inputs, read_day(published)), Coder(model)
    docs = progressing(run.counted(coder.stream(run.articles(), workers=workers, batch=batch, failed=run.failed)), run)
    with nullcontext(sys.stdout) if out is None else open_out(out) as stream:
        write_quotes(docs, format, stream)
    print(run.summary(), file=sys.stderr)
    return 1 if run.counts["rejected"] else 0


def open_out(path: Path) -> TextIO:
    try:
        return path.open("w", encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} can't be written: {error.strerror}; choose another --out") from error


def refuse_options(inputs: Sequence[str]) -> None:
    """An input that looks like an option is a slip of the pen, not a file."""
    wrong = next((i for i in inputs if i.startswith("-") and i != "-"), None)
    if wrong is not None:
        raise InputError(f"there is no option {wrong!r}; see detente code --help (a file of that name: write ./{wrong})")


def stored(docs: Iterable[Doc], lake: Lake, by: CodedBy, run: Run) -> Iterator[Doc]:
    """Appends what passes to the lake, some hundred articles at a time, and the rejects at the end."""
    waiting: list[Doc] = []
    for doc in docs:
        waiting.append(doc)
        if len(waiting) >= FLUSH:
            lake.append(waiting, by)
            waiting = []
        yield doc
    lake.append(waiting, by, rejected=[(r.id, r.reason) for r in run.rejects])


def write(docs: Iterable[Doc], format: str, stream: TextIO) -> None:
    if format == "jsonl":
        for doc in docs:
            stream.write(json.dumps(record(doc), ensure_ascii=False) + "\n")
    elif format == "html":
        stream.write(page(docs))
    else:
        console = Console(file=stream)
        for doc in docs:
            print_doc(console, doc)


def pair_lines(path: str) -> Iterator[Line]:
    """The lines of a file of pairs that are not empty."""
    if path != "-" and not Path(path).is_file():
        raise NoInput(f"no file {path!r}; give a file of JSON lines with uid, text, source_span and target_span")
    with nullcontext(sys.stdin.buffer) if path == "-" else Path(path).open("rb") as stream:
        yield from (line for line in bounded_lines(stream, LIMITS.line_bytes) if line.data is None or line.data.strip())


def pair_row(line: Line) -> dict[str, Any]:
    """The object of a line; raises BadRow, BadSpan or TooLarge, which say what the line lacks."""
    place = f"line {line.number}"
    row = dict(parse_row(line, place, LIMITS))
    missing = {"uid", "text", "source_span", "target_span"} - set(row)
    if missing or not isinstance(row["text"], str):
        raise BadRow(f"{place}: lacks {', '.join(sorted(missing)) or 'a text'}; each line needs uid, text, source_span, target_span")
    for name in ("source_span", "target_span"):
        span = row[name]
        if span is not None and not (isinstance(span, list) and len(span) == 2 and all(type(v) is int for v in span)):
            raise BadSpan(f"{place}: {name} {span!r} is no [start, end]")
    return row


def relate(pairs: str, *, model: str | None) -> int:
    """Writes type, mode and score of each pair; a bad line is named and the others are still answered."""
    coder, failed = Coder(model), 0
    for line in pair_lines(pairs):
        try:
            row = pair_row(line)
            found = coder.relate(mend(row["text"]), row["source_span"], row["target_span"])
        except (InputError, TooLarge) as error:
            failed += 1
            place = "" if str(error).startswith("line ") else f"line {line.number}: "
            print(f"detente: {place}{error}", file=sys.stderr)
            continue
        print(json.dumps({"uid": row["uid"], "type": found.type, "mode": found.mode, "score": found.score}))
    return 1 if failed else 0


def export(format: str, *, lake: str, out: Path, every: bool) -> int:
    """Writes the lake in a format and says how many records that were."""
    if "://" not in lake and not Path(lake).is_dir():
        raise NoInput(f"no lake {lake!r}; name the folder that detente code --lake has written")
    count = write_export(Lake(lake), format, out, every=every)
    print(f"{count} records written to {out}", file=sys.stderr)
    return 0


def dispatches() -> Path:
    return Path(str(files("detente") / "demo" / "dispatches.jsonl"))


def demo(folder: Path, *, model: str | None) -> int:
    """Codes the demo set into a lake, prints its dyads and the way to the page."""
    coder, lake = Coder(model), Lake(folder / "lake")
    lake.check()
    run = Run([str(dispatches())], None)
    docs = list(progressing(run.counted(coder.stream(run.articles())), run))
    added = lake.append(docs, coded_by(coder))
    target = folder / "page.html"
    target.write_text(page(docs), encoding="utf-8")
    console = Console()
    console.print(dyad_table(lake.dyads()))
    console.print(f"{run.summary()}; {sum(len(d.events) for d in docs)} events, {sum(len(d.statements) for d in docs)} statements")
    console.print(f"lake: {folder / 'lake'} ({added} codings added)", soft_wrap=True, highlight=False)
    console.print(f"page: {target.resolve()}", soft_wrap=True, highlight=False)
    return 0
