"""What an export reads: the record's Arrow tables, from a lake, from Docs or from plain rows, in an order of their own.

The order is by content, so that the same articles give the same bytes however they were put in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detente.document import Doc
from detente.identity import content_hash
from detente.lake.dyads import NOT_DONE
from detente.lake.store import Lake
from detente.record.rows import CodedBy, Row
from detente.record.rows import tables as doc_tables
from detente.record.schemas import SCHEMAS

Tables = Mapping[str, pa.Table]
Source = Lake | Iterable[Doc] | Mapping[str, pa.Table | Iterable[Row]]
UNKNOWN = CodedBy("unknown", "unknown", "unknown", "unknown")
ORDER = (
    "article_id", "content_id", "coding_id", "trigger_start", "start", "end", "event_id", "statement_id", "measure_id", "input_id",
    "correction_id",
)  # fmt: skip
TIMES = frozenset({"written", "read_at"})
OF_CODING = ("events", "statements", "actors", "measures")


def read(source: Source, *, by: CodedBy = UNKNOWN, every: bool = False) -> dict[str, pa.Table]:
    """The tables of a source, by name; of each article only its newest coding, unless ``every`` is asked for.

    ``by`` names the coder of Docs.  Rows without codings are taken as they are.
    """
    if isinstance(source, Lake):
        found = {name: source.read(name).select(schema.names).cast(schema) for name, schema in SCHEMAS.items()}
    elif isinstance(source, Mapping):
        found = {name: as_table(name, rows) for name, rows in source.items()}
    else:
        found = doc_tables(source, by)
    found = {**{name: schema.empty_table() for name, schema in SCHEMAS.items()}, **found}
    return {name: ordered(table) for name, table in (found if every else current(found)).items()}


def as_table(name: str, rows: pa.Table | Iterable[Row]) -> pa.Table:
    """Rows as a table by the record's schema, where it has one of the name; what a row lacks is null."""
    if isinstance(rows, pa.Table):
        return rows
    return pa.Table.from_pylist(list(rows), schema=SCHEMAS.get(name))


def ordered(table: pa.Table) -> pa.Table:
    """The table sorted by its ids and offsets, without what only tells when or in which order it was written."""
    table = table.drop_columns([name for name in table.column_names if name in TIMES])
    keys = [(k, "ascending") for k in ORDER if k in table.column_names]
    return table.sort_by(keys) if keys and table.num_rows else table


def current(tables: Tables) -> dict[str, pa.Table]:
    """The newest coding of each article with its rows, and the article as that coding read it."""
    codings = tables["codings"].to_pylist()
    if not codings:
        return dict(tables)
    newest = {c["article_id"]: c for c in sorted(codings, key=lambda c: c.get("written") or 0)}
    keep = pa.array([c["coding_id"] for c in newest.values()], pa.string())
    found = dict(tables)
    for name in ("codings", *OF_CODING):
        if name in tables and "coding_id" in tables[name].column_names:
            found[name] = tables[name].filter(pc.is_in(tables[name]["coding_id"], keep))
    keys = zip(tables["articles"]["article_id"].to_pylist(), tables["articles"]["content_id"].to_pylist(), strict=True)
    versions = [(a, a in newest and same_content(newest[a], a, content)) for a, content in keys]
    sure = {a for a, same in versions if same}
    found["articles"] = tables["articles"].filter(pa.array([same or (a in newest and a not in sure) for a, same in versions], pa.bool_()))
    return found


def same_content(coding: Row, article_id: str, content: str | None) -> bool:
    """True where the coding was made from this content of the article; see ``record.rows.coding_id``."""
    by = CodedBy(*(coding[f] for f in CodedBy._fields))
    return bool(coding["coding_id"] == content_hash("coding", article_id, content, by))


def rows(table: pa.Table) -> Iterator[Row]:
    """The rows as dicts, some at a time; 32-bit numbers in their shortest form, so that 0.9 stays 0.9."""
    short = [f.name for f in table.schema if f.type == pa.float32()]
    for batch in table.to_batches(max_chunksize=1000):
        for row in batch.to_pylist():
            for name in short:
                if row[name] is not None:
                    row[name] = float(str(np.float32(row[name])))
            yield row


def done(tables: Tables) -> Iterator[Row]:
    """The events that a feed without a status may tell: once each, and none negated, hypothetical or conditional."""
    return (e for e in rows(tables["events"]) if e["status"] not in NOT_DONE and e["same_as"] is None)


class Articles:
    """The articles of some tables by id; one that is missing has no facts and no text."""

    def __init__(self, tables: Tables):
        whole = tables["articles"].combine_chunks()
        self._facts, self._texts = whole.drop_columns(["text"]), whole["text"]
        self._at = {key: n for n, key in enumerate(tables["articles"]["article_id"].to_pylist())}
        self._last: tuple[int, dict[str, Any]] | None = None  # events come article by article
        self._none: dict[str, Any] = dict.fromkeys(self._facts.column_names)

    def facts(self, article_id: str | None) -> dict[str, Any]:
        """Title, URL, publisher and the other columns but the text."""
        at = self._at.get(article_id or "")
        if at is None:
            return self._none
        if self._last is None or self._last[0] != at:
            self._last = at, self._facts.slice(at, 1).to_pylist()[0]
        return self._last[1]

    def text(self, article_id: str | None) -> str | None:
        at = self._at.get(article_id or "")
        return None if at is None else self._texts[at].as_py()
