"""JSON lines become articles, one a line; a line that can't is a reject that names its number."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any, BinaryIO, NamedTuple

from detente.errors import BadRow, InputError, Rejected, TooLarge
from detente.reading.articles import Draft, make_article, mend
from detente.reading.limits import Limits
from detente.reading.rejects import Outcome, reject

FIELDS = ("id", "title", "published", "publisher", "url", "language")
UTF8_BOM = b"\xef\xbb\xbf"
CHUNK = 1 << 16


class Line(NamedTuple):
    """A line and its number from 1; ``data`` is None where the line is beyond the limit."""

    number: int
    data: bytes | None


@dataclass(frozen=True, kw_only=True)
class Rows:
    """A stream of JSON lines: ``path`` names it in messages, ``published`` stands in where a row has no date."""

    stream: BinaryIO
    path: str
    published: date | None
    limits: Limits


def read_rows(rows: Rows) -> Iterator[Outcome]:
    """An article or a reject for each line that isn't blank, in order; no line is read beyond the limit."""
    for line in bounded_lines(rows.stream, rows.limits.line_bytes):
        if line.data is None or line.data.removeprefix(UTF8_BOM).strip():
            yield read_row(line, rows)


def bounded_lines(stream: BinaryIO, limit: int) -> Iterator[Line]:
    for number in count(1):
        data = stream.readline(limit + 1)
        if not data:
            return
        whole = len(data) <= limit or data.endswith(b"\n")
        if not whole:
            skip_line(stream)
        yield Line(number, data if whole else None)


def skip_line(stream: BinaryIO) -> None:
    while (chunk := stream.readline(CHUNK)) and not chunk.endswith(b"\n"):
        pass


def read_row(line: Line, rows: Rows) -> Outcome:
    name = "standard input" if rows.path == "-" else rows.path
    place, id = f"line {line.number} of {name}", f"{rows.path}:{line.number}"
    try:
        row = parse_row(line, place, rows.limits)
        id = row_id(row.get("id")) or id
        return make_article(row_draft(row, place, rows.path), published=rows.published, limits=rows.limits)
    except (Rejected, InputError) as error:
        return reject(error, path=rows.path, id=id)


def parse_row(line: Line, place: str, limits: Limits) -> Mapping[str, Any]:
    """The object of a line; raises BadRow where it is none and TooLarge where the line is beyond the limit."""
    if line.data is None:
        raise TooLarge(f"{place}: has more than {limits.line_bytes:,} bytes; split the article or leave it out")
    try:
        row = json.loads(line.data.removeprefix(UTF8_BOM).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BadRow(f"{place}: is no UTF-8 (byte {error.start + 1}); save the file as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise BadRow(f"{place}: is no JSON ({json_fault(error)}); write one object a line") from error
    if not isinstance(row, dict):
        raise BadRow(f'{place}: is no object but {type(row).__name__}; write {{"text": "…"}}')
    return row


def json_fault(error: Exception) -> str:
    """What is wrong and at which column; the decoder's own words name a line of their own."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at column {error.colno}"
    return "nested too deep" if isinstance(error, RecursionError) else str(error)


def row_draft(row: Mapping[str, Any], place: str, path: str) -> Draft:
    """The draft of a row; a field of a wrong type is left out and flagged, as it doesn't spoil the text."""
    text = row.get("text")
    if not isinstance(text, str):
        found = "has no text" if text is None else f"has a text that is no string but {type(text).__name__}"
        raise BadRow(f'{place}: {found}; give the article\'s text under the key "text"')
    fields = {name: field(row.get(name), name) for name in FIELDS}
    day = read_date(fields["published"])
    return Draft(
        place=place, path=path, text=text, id=fields["id"], title=fields["title"], published=day,
        publisher=fields["publisher"], url=fields["url"], language=fields["language"], flags=row_flags(row, fields, day),
    )  # fmt: skip


def field(value: object, name: str) -> str | None:
    if name == "id":
        return row_id(value)
    return value if isinstance(value, str) and value.strip() else None


def row_id(value: object) -> str | None:
    """The caller's id; whole numbers count as ids too."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return mend(value) if isinstance(value, str) and value.strip() else None


def row_flags(row: Mapping[str, Any], fields: Mapping[str, str | None], day: date | None) -> tuple[str, ...]:
    """``bad_NAME`` for each field that is given and can't be used."""
    given = [name for name in FIELDS if not is_blank(row.get(name))]
    wrong = [f"bad_{name}" for name in given if name != "published" and fields[name] is None]
    return (*wrong, "bad_date") if "published" in given and day is None else tuple(wrong)


def is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def read_date(value: str | None) -> date | None:
    """The day of an ISO date or datetime as written there, whatever its time zone; None where it is neither."""
    try:
        return datetime.fromisoformat(value.strip()).date() if value else None
    except ValueError:
        return None
