"""Any table of the record as Parquet, CSV or JSON lines, with its own columns; lists in CSV are JSON arrays."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from detente.errors import BadRow
from detente.export.cells import dumps, escaped, open_text, unescaped
from detente.export.sources import rows
from detente.record.rows import Row

LONGEST = 2**31 - 1  # a cell may hold a whole article


def write_parquet(table: pa.Table, path: Path) -> int:
    pq.write_table(table.combine_chunks(), path, compression="zstd")
    return int(table.num_rows)


def write_jsonl(table: pa.Table, path: Path) -> int:
    """One object a row, null where unknown."""
    with open_text(path) as stream:
        for row in rows(table):
            stream.write(dumps(row) + "\n")
    return int(table.num_rows)


def write_csv(table: pa.Table, path: Path) -> int:
    """RFC 4180 with the columns' names first; text cells that look like formulas are escaped, numbers are not."""
    with open_text(path) as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(table.column_names)
        for row in rows(table):
            writer.writerow([csv_cell(v) for v in row.values()])
    return int(table.num_rows)


def csv_cell(value: Any) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return value
    return escaped(value) if isinstance(value, str) else value.isoformat() if isinstance(value, date) else dumps(value)


def read_csv(path: Path, schema: pa.Schema) -> Iterator[Row]:
    """The rows of a CSV export by the schema of its table; an empty cell is null.  Raises BadRow for a wrong column."""
    csv.field_size_limit(LONGEST)
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        unknown = set(reader.fieldnames or ()) - set(schema.names)
        if unknown:
            raise BadRow(f"{path}: {', '.join(sorted(unknown))} is no column of the table; its columns are {', '.join(schema.names)}")
        for raw in reader:
            yield {name: from_cell(cell, schema.field(name).type) for name, cell in raw.items()}


def from_cell(cell: str, kind: pa.DataType) -> Any:
    if cell == "":
        return None
    if pa.types.is_string(kind):
        return unescaped(cell)
    if pa.types.is_boolean(kind):
        return cell == "true"
    if pa.types.is_date(kind):
        return date.fromisoformat(cell)
    if pa.types.is_list(kind):
        return json.loads(cell)
    return int(cell) if pa.types.is_integer(kind) else float(cell)
