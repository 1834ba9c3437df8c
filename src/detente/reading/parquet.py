"""Parquet files become articles, one a row, a few rows in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from detente.errors import BadRow, InputError, NoInput, Rejected, Unreadable
from detente.reading.articles import make_article
from detente.reading.columns import Columns, find_columns
from detente.reading.limits import Limits
from detente.reading.rejects import Outcome, Reject, path_name, reject
from detente.reading.rows import row_draft, row_id

BATCH = 16  # rows; each may hold a text of the size that a text may have
BROKEN = (pa.ArrowException, OSError, MemoryError, UnicodeDecodeError)


@dataclass(frozen=True, kw_only=True)
class ParquetTable:
    """An open file: ``places`` are the names of its columns by field."""

    file: Any
    path: str
    names: dict[str, str]
    published: date | None
    limits: Limits


def read_parquet(path: Path, columns: Columns, *, published: date | None, limits: Limits) -> Iterator[Outcome]:
    """An article or a reject for each row, in order; a damaged row group is one reject that says how many rows it had."""
    name = path_name(path)
    try:
        file = pq.ParquetFile(path, memory_map=False, pre_buffer=False)
    except BROKEN as error:
        yield reject(Unreadable(f"{name}: is no Parquet file that can be read ({first_line(error)}); write it again"), path=name)
        return
    with file:
        try:
            names = column_names(file.schema_arrow, columns, name)
        except InputError as error:
            yield reject(error, path=name)
            return
        table = ParquetTable(file=file, path=name, names=names, published=published, limits=limits)
        yield from read_groups(table)


def column_names(schema: Any, columns: Columns, path: str) -> dict[str, str]:
    """Field to column; raises NoInput where a column lacks or the one for the text holds no text."""
    header = list(schema.names)
    names = {field: header[i] for field, i in find_columns(header, columns, place=path).items()}
    kind = schema.field(names["text"]).type
    if not is_text(kind):
        raise NoInput(f'{path}: its column {names["text"]!r} holds {kind} and no text; map another: columns={{"text": "…"}}')
    return names


def is_text(kind: Any) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind) or pa.types.is_null(kind))


def read_groups(table: ParquetTable) -> Iterator[Outcome]:
    first = 1
    for group in range(table.file.metadata.num_row_groups):
        rows = table.file.metadata.row_group(group).num_rows
        yield from read_group(table, group, first, rows)
        first += rows


def read_group(table: ParquetTable, group: int, first: int, rows: int) -> Iterator[Outcome]:
    number = first
    try:
        # One row and not a batch is lost to a broken value, so values are looked at one by one.
        for batch in table.file.iter_batches(BATCH, row_groups=[group], columns=list(set(table.names.values())), use_threads=False):
            for i in range(batch.num_rows):
                yield batch_row(batch, i, number, table)
                number += 1
    except BROKEN as error:
        yield damaged(table, number, first + rows - 1, error)


def damaged(table: ParquetTable, first: int, last: int, error: BaseException) -> Reject:
    words = f"{table.path}: rows {first} to {last} are damaged and can't be read ({first_line(error)}); write the file again"
    return reject(Unreadable(words, reason="damaged"), path=table.path, id=f"{table.path}:{first}")


def batch_row(batch: Any, i: int, number: int, table: ParquetTable) -> Outcome:
    place, id = f"row {number} of {table.path}", f"{table.path}:{number}"
    try:
        row = {field: value(batch, name, i, place) for field, name in table.names.items()}
        row["text"] = row["text"] or ""
        id = row_id(row.get("id")) or id
        return make_article(row_draft(row, place, table.path), published=table.published, limits=table.limits)
    except (Rejected, InputError) as error:
        return reject(error, path=table.path, id=id)


def value(batch: Any, column: str, i: int, place: str) -> Any:
    """The value as a JSON row would have it: dates and times in ISO form."""
    try:
        found = batch.column(batch.schema.get_field_index(column))[i].as_py()
    except (pa.ArrowException, UnicodeDecodeError, ValueError, OverflowError) as error:
        raise BadRow(f"{place}: its column {column!r} can't be read ({first_line(error)}); write the row again") from error
    return found.isoformat() if isinstance(found, date) else found


def first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0][:200] or type(error).__name__
