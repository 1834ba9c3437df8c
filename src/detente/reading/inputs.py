"""Inputs of every kind go to their reader and come out as articles and rejects, in order."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO, NamedTuple

from detente.document import Article
from detente.errors import InputError, NoInput, Rejected, Unreadable
from detente.reading.archives import Archive, read_archive
from detente.reading.articles import Draft, make_article
from detente.reading.columns import Columns, check_columns
from detente.reading.files import cant_open, decode, read_bytes
from detente.reading.language import Identify, check_language, lazy_identifier
from detente.reading.limits import LIMITS, Limits
from detente.reading.pages import PageReader
from detente.reading.parquet import read_parquet
from detente.reading.rejects import Outcome, Reject, path_name, reject
from detente.reading.rows import Rows, read_rows
from detente.reading.tables import read_table

STDIN = "-"
PAGES = (".html", ".htm")
TABLES = {".csv": None, ".tsv": "\t"}  # and their separators
ARCHIVES = (".warc", ".warc.gz")
SUFFIXES = (".txt", *PAGES, ".jsonl", *TABLES, ".parquet", *ARCHIVES)

Input = str | os.PathLike[str]


@dataclass(frozen=True, kw_only=True)
class Readers:
    """All that the readers of one run share."""

    published: date | None
    limits: Limits
    stream: BinaryIO | None
    pages: PageReader
    identify: Identify
    columns: Columns


class Found(NamedTuple):
    """The files behind an input, and the folders in it that can't be listed."""

    files: tuple[Path, ...]
    rejects: tuple[Reject, ...] = ()


def read(
    inputs: Sequence[Input] | Input, *, published: date | None = None, limits: Limits = LIMITS,
    stream: BinaryIO | None = None, identify: Identify | None = None, columns: Columns | None = None,
) -> Iterator[Outcome]:  # fmt: skip
    """An article or a reject for everything behind the inputs, in their order; no input stops the others.

    An input is a path to .txt, .html, .htm, .jsonl, .csv, .tsv, .parquet, .warc or .warc.gz, a folder, or "-" for JSON
    lines from ``stream`` (standard input).  ``published`` is the date of articles that give none, ``columns`` names the
    columns of tables by field where they differ ({"text": "body"}).  An input with nothing behind it is a reject with
    reason no_input.  Raises InputError where ``columns`` names no field, and else SetupError only, where pages can't be
    read on this machine at all.
    """
    mapping = check_columns(columns)
    names = [inputs] if isinstance(inputs, str | os.PathLike) else inputs
    with PageReader(limits=limits) as pages:
        source, guess = stream, identify or lazy_identifier()
        readers = Readers(published=published, limits=limits, stream=source, pages=pages, identify=guess, columns=mapping)
        for name in names:
            for outcome in read_input(name, readers):
                yield in_english(outcome, readers)


def in_english(outcome: Outcome, readers: Readers) -> Outcome:
    if isinstance(outcome, Reject):
        return outcome
    try:
        return check_language(outcome, identify=readers.identify)
    except Rejected as error:
        return reject(error, path=outcome.path or outcome.id, id=outcome.id)


def read_input(name: Input, readers: Readers) -> Iterator[Outcome]:
    if name == STDIN:
        yield from read_rows(
            Rows(stream=readers.stream or sys.stdin.buffer, path=STDIN, published=readers.published, limits=readers.limits)
        )
        return
    try:
        found = find_files(name)
    except (NoInput, Rejected) as error:
        yield reject(error, path=path_name(name))
        return
    for file in found.files:
        yield from read_file(file, readers)
    yield from found.rejects


def find_files(name: Input) -> Found:
    """The readable files behind a path; raises NoInput where there are none and Unreadable where it can't be looked at."""
    if not os.fspath(name):
        raise NoInput("an input is empty; name a file, a folder, or - for JSON lines on standard input")
    try:
        return look_for_files(Path(name))
    except OSError as error:
        raise cant_open(Path(name), error) from error


def look_for_files(path: Path) -> Found:
    known = ", ".join(SUFFIXES)
    if path.is_dir():
        found = walk(path)
        if not found.files:
            raise NoInput(f"{path_name(path)}: no file in this folder ends in {known}; name one that holds such files")
        return found
    if not path.is_file():
        raise NoInput(f"{path_name(path)}: there is no such file or folder; check the path")
    if kind_of(path) is None:
        raise NoInput(f"{path_name(path)}: {path.suffix or 'no suffix'} is none of {known}; rename or convert the file")
    return Found((path,))


def kind_of(path: str | Path) -> str | None:
    """The suffix by which a file is read; None where it is none of them."""
    name = Path(path).name.lower()
    return next((suffix for suffix in sorted(SUFFIXES, key=len, reverse=True) if name.endswith(suffix) and name != suffix), None)


def walk(folder: Path) -> Found:
    """All files with a readable suffix in a folder and those below it, sorted.

    Hidden files and folders are left out, and links to folders aren't followed, as they may lead back.
    """
    errors: list[OSError] = []
    files: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [Path(parent, name) for name in names if not name.startswith(".") and kind_of(name)]
    return Found(tuple(sorted(files)), tuple(reject(cant_open(Path(e.filename), e), path=path_name(e.filename)) for e in errors))


def read_file(path: Path, readers: Readers) -> Iterator[Outcome]:
    if not path.is_file():  # a pipe would wait for ever, a link may lead nowhere
        yield reject(Unreadable(f"{path_name(path)}: is no file that can be read; check it"), path=path_name(path))
        return
    kind = kind_of(path)
    if kind == ".parquet":
        yield from read_parquet(path, readers.columns, published=readers.published, limits=readers.limits)
    elif kind == ".jsonl" or kind in TABLES or kind in ARCHIVES:
        yield from read_many(path, kind, readers)
    else:
        try:
            yield one_article(path, readers)
        except (Rejected, InputError) as error:
            yield reject(error, path=path_name(path))


def read_many(path: Path, kind: str, readers: Readers) -> Iterator[Outcome]:
    """The articles of a file that holds many and may have any size."""
    name, published, limits = path_name(path), readers.published, readers.limits
    try:
        with path.open("rb") as stream:
            if kind in ARCHIVES:
                yield from read_archive(Archive(stream=stream, path=name, published=published, limits=limits, pages=readers.pages))
                return
            rows = Rows(stream=stream, path=name, published=published, limits=limits)
            yield from read_table(rows, readers.columns, separator=TABLES[kind]) if kind in TABLES else read_rows(rows)
    except OSError as error:
        yield reject(cant_open(path, error), path=name)


def one_article(path: Path, readers: Readers) -> Article:
    """The article of a text or a page; raises Rejected where it gives none."""
    data, name = read_bytes(path, limits=readers.limits), path_name(path)
    draft = readers.pages.read(data, path=name) if kind_of(path) in PAGES else text_draft(data, path=name)
    return make_article(draft, published=readers.published, limits=readers.limits)


def text_draft(data: bytes, *, path: str) -> Draft:
    decoded = decode(data, place=path)
    return Draft(place=path, path=path, text=decoded.text, flags=decoded.flags)
