"""What the commands that ask a lake do: SQL, top dyads, the series of a dyad, the network."""

from __future__ import annotations

import csv
import math
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, TextIO

import pyarrow as pa
from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.analysis.dyads import top_dyads
from detente.analysis.network import Network
from detente.analysis.network import network as find_network
from detente.analysis.periods import Step
from detente.analysis.picture import Picture
from detente.analysis.series import Series
from detente.analysis.tables import pair_table, period_table
from detente.errors import InputError
from detente.export.cells import dumps
from detente.export.flat import csv_cell
from detente.export.sources import rows
from detente.lake.store import open_lake

WIDE = 60  # characters of a cell in a table for people


def sql(query: str, *, lake: str, format: str) -> int:
    """Prints the answer to a select over the lake's views."""
    print_rows(open_lake(lake).sql(query), format, sys.stdout)
    return 0


def dyads(*, lake: str, most: int, since: str | None, until: str | None, group: Sequence[str], format: str) -> int:
    """Prints the pairs with most events."""
    found = top_dyads(open_lake(lake), most, since=since, until=until, groups=read_groups(group))
    if format == "table":
        Console().print(pair_table(found.pairs))
    else:
        print_rows(found.to_arrow(), format, sys.stdout)
    print_notes(found.notes)
    return 0


def series(
    actor: str, recipient: str, *, lake: str, by: Step, both: bool, since: str | None, until: str | None, group: Sequence[str], plot: str | None,
    format: str,
) -> int:  # fmt: skip
    """Prints or draws what one party does to another over time."""
    found = open_lake(lake).dyad(actor, recipient, by=by, both=both, since=since, until=until, groups=read_groups(group))
    return show(found, plot, format)


def network(
    *, lake: str, most: int, least: int, since: str | None, until: str | None, group: Sequence[str], plot: str | None, format: str
) -> int:
    """Prints or draws who acts on whom."""
    found = find_network(open_lake(lake), most=most, least=least, since=since, until=until, groups=read_groups(group))
    return show(found, plot, format)


def show(found: Series | Network, plot: str | None, format: str) -> int:
    """Draws in the terminal or to a file where that is asked for, else prints the rows."""
    if plot == "terminal":
        Picture(found).print(Console())
        return 0
    if plot is not None:
        print(f"picture: {Picture(found).save(plot)}", file=sys.stderr)
    elif format == "table":
        Console().print(period_table(found.periods) if isinstance(found, Series) else pair_table(found.edges))
    else:
        print_rows(found.to_arrow(), format, sys.stdout)
    print_notes(found.notes)
    return 0


def read_groups(texts: Iterable[str]) -> dict[str, list[str]]:
    """Groups given as NAME=USA,GBR,FRA."""
    found: dict[str, list[str]] = {}
    for text in texts:
        name, _, members = text.partition("=")
        found[name.strip()] = [m.strip() for m in members.split(",") if m.strip()]
        if not name.strip() or not found[name.strip()]:
            raise InputError(f"{text!r} is no group; write NAME=USA,GBR,FRA")
    return found


def print_notes(notes: Iterable[str]) -> None:
    for note in notes:
        print(f"detente: {note}", file=sys.stderr)


def print_rows(table: pa.Table, format: str, stream: TextIO) -> None:
    """Writes rows as a table for people, CSV or JSON lines."""
    found = ({name: plain(value) for name, value in row.items()} for row in rows(table))
    if format == "jsonl":
        stream.writelines(dumps(row) + "\n" for row in found)
    elif format == "csv":
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(table.column_names)
        writer.writerows([csv_cell(v) for v in row.values()] for row in found)
    else:
        Console(file=stream).print(as_table(table.schema, found))


def as_table(schema: pa.Schema, found: Iterable[dict[str, Any]]) -> Table:
    """A table for the terminal; numbers to the right, long texts cut."""
    table = Table()
    for field in schema:
        table.add_column(field.name, justify="left" if pa.types.is_string(field.type) or pa.types.is_list(field.type) else "right")
    for row in found:
        table.add_row(*(Text(cell(v)) for v in row.values()))
    return table


def cell(value: Any) -> str:
    text = "" if value is None else ", ".join(map(cell, value)) if isinstance(value, list) else f"{value}"
    text = " ".join(text.split())
    return text if len(text) <= WIDE else text[: WIDE - 1] + "…"


def plain(value: Any) -> Any:
    """A value of DuckDB as JSON knows it; days stay days."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if value is None or isinstance(value, (str, int, bool)) or hasattr(value, "isoformat"):
        return value
    return str(value)
