"""Every format that the record is written in, by name, and the one function that writes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pyarrow as pa

from detente.errors import InputError
from detente.export import flat, ftm, gdelt, geojson, icews, networks, plover, polecat, web_annotations
from detente.export.sources import UNKNOWN, Source, Tables, read
from detente.record.rows import CodedBy

Format = Literal[
    "annotations", "csv", "ftm", "gdelt-events", "gdelt-mentions", "geojson", "gexf", "graphml", "icews", "jsonl", "parquet", "plover",
    "polecat",
]  # fmt: skip
WRITERS: dict[str, Callable[[Tables, Path], int]] = {
    "annotations": web_annotations.write_annotations, "ftm": ftm.write_ftm, "gdelt-events": gdelt.write_events,
    "gdelt-mentions": gdelt.write_mentions, "geojson": geojson.write_geojson, "gexf": networks.write_gexf,
    "graphml": networks.write_graphml, "icews": icews.write_icews, "plover": plover.write_plover, "polecat": polecat.write_polecat,
}  # fmt: skip
# these write one table a file, with the table's own columns
TABLE_WRITERS: dict[str, Callable[[pa.Table, Path], int]] = {
    "csv": flat.write_csv,
    "jsonl": flat.write_jsonl,
    "parquet": flat.write_parquet,
}
FORMATS = tuple(sorted([*WRITERS, *TABLE_WRITERS]))


def export(source: Source, format: str, path: str | Path, *, by: CodedBy = UNKNOWN, every: bool = False) -> int:
    """Writes a lake, Docs or rows by table in a format; returns how many records were written.

    CSV, JSON lines and Parquet go to a file of events where ``path`` has a suffix, else to a folder with a file a table.
    Of each article its newest coding counts, or with ``every`` all of them.  A file stands whole or not at all.  Raises
    InputError for an unknown format and a path that can't be written.
    """
    if format not in FORMATS:
        raise InputError(f"{format!r} is no export format; the formats are {', '.join(FORMATS)}")
    target, tables = Path(path), read(source, by=by, every=every)
    try:
        if format in WRITERS:
            return whole(lambda part: WRITERS[format](tables, part), target)
        if target.suffix and not target.is_dir():
            return whole(lambda part: TABLE_WRITERS[format](tables["events"], part), target)
        target.mkdir(parents=True, exist_ok=True)
        return sum(table_file(format, name, table, target) for name, table in tables.items())
    except OSError as error:
        raise InputError(f"{target} can't be written: {error.strerror or error}; choose another --out") from error


def table_file(format: str, name: str, table: pa.Table, folder: Path) -> int:
    return whole(lambda part: TABLE_WRITERS[format](table, part), folder / f"{name}.{format}")


def whole(write: Callable[[Path], int], target: Path) -> int:
    """Writes beside the target and puts the file in its place when it is done."""
    part = target.with_name(f".{target.name}.part")
    try:
        count = write(part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return count
