"""Tables of separated values become articles, one a row; a row that can't is a reject that names its line."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from detente.errors import BadRow, InputError, NoInput, Rejected, TooLarge, Unreadable
from detente.reading.articles import make_article
from detente.reading.columns import Columns, find_columns
from detente.reading.files import UTF16_MARKS, decode
from detente.reading.rejects import Outcome, reject
from detente.reading.rows import Line, Rows, bounded_lines, row_draft, row_id

SEPARATORS = (",", ";", "\t")
MOST_REPAIRS = 20  # rows with an open quotation mark, after each of which lines are read again


class Row(NamedTuple):
    """The cells of a row and the number of its first line; ``flags`` name an old encoding."""

    line: int
    cells: list[str]
    flags: tuple[str, ...] = ()


class BadLine(NamedTuple):
    """A row that can't be read, with its first line and why."""

    line: int
    error: Rejected | InputError


def read_table(rows: Rows, columns: Columns, *, separator: str | None = None) -> Iterator[Outcome]:
    """An article or a reject for each row after the header, in order; a separator that isn't given is told from the header.

    Text is read as UTF-8, a line that is none as an old western encoding, which is flagged.  No row is read beyond the
    limit of a line.  A header without the columns is one reject with reason no_input.
    """
    csv.field_size_limit(max(csv.field_size_limit(), rows.limits.line_bytes))
    lines = Feed(rows)
    try:
        header = read_header(lines, rows, separator)
        if header is None:
            return
        places = find_columns(header.cells, columns, place=rows.path)
    except (Rejected, InputError) as error:
        yield reject(error, path=rows.path)
        return
    for row in lines.rows():
        yield table_row(row, header, places, rows)


def read_header(lines: Feed, rows: Rows, separator: str | None) -> Row | None:
    """The names of the columns; None for a table without any line."""
    first = lines.peek()
    if first is None:
        return None
    if first.data and (first.data.startswith(UTF16_MARKS) or b"\0" in first.data):
        raise Unreadable(f"{rows.path}: is UTF-16 or no text; save the table as UTF-8")
    head = (first.data or b"").decode("utf-8", "replace")
    lines.separate(separator or max(SEPARATORS, key=head.count))
    header = next(lines.rows(), None)
    if isinstance(header, BadLine):
        raise NoInput(f"{rows.path}: its header can't be read: {header.error}")
    return header


def table_row(row: Row | BadLine, header: Row, places: dict[str, int], rows: Rows) -> Outcome:
    place, id = f"line {row.line} of {rows.path}", f"{rows.path}:{row.line}"
    try:
        if isinstance(row, BadLine):
            raise row.error
        if len(row.cells) != len(header.cells):
            raise BadRow(
                f"{place}: has {len(row.cells)} cells and the header {len(header.cells)}; quote cells that hold the separator or a new line"
            )
        values = {name: row.cells[i] for name, i in places.items()}
        id = row_id(values.get("id")) or id
        draft = row_draft(values, place, rows.path)
        return make_article(replace(draft, flags=(*draft.flags, *row.flags)), published=rows.published, limits=rows.limits)
    except (Rejected, InputError) as error:
        return reject(error, path=rows.path, id=id)


class Feed:
    """Hands the lines of a stream to the CSV parser and can take them back after a quotation that never ends."""

    def __init__(self, rows: Rows):
        self._source = bounded_lines(rows.stream, rows.limits.line_bytes)
        self._limit = rows.limits.line_bytes
        self._path = rows.path
        self._back: deque[Line] = deque()
        self._taken: list[Line] = []
        self._size = 0
        self._flags: set[str] = set()
        self._repairs = 0
        self.separate(",")

    def separate(self, separator: str) -> None:
        self._reader = csv.reader(self, delimiter=separator, strict=True)

    def peek(self) -> Line | None:
        line = next(self._source, None)
        if line is not None:
            self._back.append(line)
        return line

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._source)
        self._taken.append(line)
        self._size += len(line.data or b"")
        if line.data is None or self._size > self._limit:
            raise TooLarge(
                f"line {self._first} of {self._path}: begins a row of more than {self._limit:,} bytes; close its quotation marks"
            )
        decoded = decode(line.data, place=f"line {line.number} of {self._path}")
        self._flags.update(decoded.flags)
        return decoded.text

    @property
    def _first(self) -> int:
        return self._taken[0].number if self._taken else 0

    def rows(self) -> Iterator[Row | BadLine]:
        """All rows that aren't blank; after one that can't be read the lines after its first are tried again."""
        while (row := self._row()) is not None:
            if isinstance(row, BadLine) or any(cell.strip() for cell in row.cells):
                yield row

    def _row(self) -> Row | BadLine | None:
        self._taken, self._size, self._flags = [], 0, set()
        try:
            cells = next(self._reader)
        except StopIteration:
            return None
        except csv.Error as error:
            return self._bad(BadRow(f"line {self._first} of {self._path}: is no row ({error}); close and double its quotation marks"))
        except Rejected as error:
            return self._bad(error)
        return Row(self._first, cells, tuple(sorted(self._flags)))

    def _bad(self, error: Rejected | BadRow) -> BadLine:
        first, again = self._first, self._taken[1:]
        if again and self._repairs < MOST_REPAIRS:
            self._repairs += 1
            self._back.extendleft(reversed(again))
        return BadLine(first, error)
