"""How a value is written into a cell of a table of text, and read from it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TextIO

# a spreadsheet takes a cell that begins so for a formula; a tab or return before it is skipped
FORMULA = re.compile(r"'*[=+\-@\t\r]")
BREAKS = re.compile(r"[\t\n\r\v\f\x00\x1c-\x1e\x85\u2028\u2029]+")


def escaped(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before = + - @; ``unescaped`` takes it off again."""
    return "'" + text if FORMULA.match(text) else text


def unescaped(text: str) -> str:
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def flat(value: Any, missing: str = "") -> str:
    """A cell of a file that knows no quoting: tabs and line breaks become spaces, a day YYYY-MM-DD, None ``missing``.

    A text that begins with a double quote gets single ones, since many readers would take it for quoting.
    """
    if not isinstance(value, str):
        return missing if value is None else str(value)
    text = BREAKS.sub(" ", value).strip()
    return (text.replace('"', "'") if text.startswith('"') else text) or missing


def write_tsv(path: Path, columns: Iterable[str] | None, lines: Iterable[Iterable[str]]) -> int:
    """Writes cells that are ``flat`` already, with the columns' names first where given; returns the number of lines."""
    count = 0
    with open_text(path) as stream:
        if columns is not None:
            stream.write("\t".join(columns) + "\n")
        for cells in lines:
            stream.write("\t".join(cells) + "\n")
            count += 1
    return count


@contextmanager
def open_text(path: Path) -> Iterator[TextIO]:
    """The file for UTF-8 text with \\n at line ends on every system."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        yield stream


def write_items(path: Path, items: Iterable[Any], *, before: str = "[\n", after: str = "\n]\n") -> int:
    """Writes a JSON array, one item a line, without holding it; returns the number of items."""
    count = 0
    with open_text(path) as stream:
        stream.write(before)
        for item in items:
            stream.write((",\n" if count else "") + dumps(item))
            count += 1
        stream.write(after)
    return count


def dumps(value: Any) -> str:
    """JSON on one line; days as YYYY-MM-DD."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=iso)


def iso(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} of type {type(value).__name__} has no JSON form here")


def url_or_none(text: str | None) -> str | None:
    """The text where it is a web address."""
    return text if text and re.match(r"https?://[^\s/]+", text) else None
