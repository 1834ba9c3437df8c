"""The lake: append-only Delta tables of articles and their codings; each coding is taken once, by its id."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError

from detente.document import Doc
from detente.errors import LakeError
from detente.record.rows import CodedBy, rejected_row, tables
from detente.record.schemas import SCHEMAS


class Dyad(NamedTuple):
    """Counts of one directed pair of countries by quad class, and the mean intensity (-10 … 10)."""

    actor: str
    recipient: str
    events: int
    quads: tuple[int, int, int, int]
    intensity: float


class Lake:
    """A folder (or object store URL) of Delta tables, made where it does not exist."""

    def __init__(self, location: str | Path):
        self.location = str(location)

    def _table(self, name: str) -> str:
        return f"{self.location.rstrip('/')}/{name}"

    def read(self, name: str) -> pa.Table:
        """A whole table; empty where nothing was written yet.  Raises LakeError for a name that is no table."""
        if name not in SCHEMAS:
            raise LakeError(f"{name!r} is no table of the lake; the tables are {', '.join(SCHEMAS)}")
        if not DeltaTable.is_deltatable(self._table(name)):
            return SCHEMAS[name].empty_table()
        return pa.table(DeltaTable(self._table(name)).to_pyarrow_table())

    def append(self, docs: Iterable[Doc], by: CodedBy, *, rejected: Iterable[tuple[str, str]] = ()) -> int:
        """Adds articles and codings that are not in the lake yet; ``rejected`` are (article id, reason).

        Codings are written last, so that a coding that stands is whole.  Returns how many codings were added.
        """
        found = tables(docs, by)
        refused = pa.Table.from_pylist([rejected_row(i, reason, by) for i, reason in rejected], schema=SCHEMAS["codings"])
        found["codings"] = pa.concat_tables([found["codings"], refused])
        new = self._missing("codings", "coding_id", found["codings"])
        for name in ("events", "statements", "actors"):
            found[name] = found[name].filter(pc.is_in(found[name]["coding_id"], new["coding_id"].combine_chunks()))
        found["articles"] = self._missing("articles", "article_id", found["articles"])
        found["codings"] = new
        for name in ("articles", "events", "statements", "actors", "codings"):
            if found[name].num_rows:
                self._write(name, found[name])
        return int(new.num_rows)

    def _missing(self, name: str, key: str, rows: pa.Table) -> pa.Table:
        have = self.read(name)[key].combine_chunks()
        return rows.filter(pc.invert(pc.is_in(rows[key], have)))

    def _write(self, name: str, rows: pa.Table) -> None:
        try:
            write_deltalake(self._table(name), rows, mode="append")
        except (DeltaError, OSError) as error:
            raise LakeError(
                f"the lake at {self.location} can't be written: {error}; check that the folder exists and is writable"
            ) from error

    def dyads(self, most: int = 10) -> list[Dyad]:
        """The country pairs with most events, negated ones left out; an event counts for each pair of its parties."""
        rows = (e for e in self.read("events").to_pylist() if e["status"] != "negated")
        return count_dyads(rows)[:most]


def count_dyads(events: Iterable[dict[str, Any]]) -> list[Dyad]:
    quads: dict[tuple[str, str], list[int]] = {}
    sums: dict[tuple[str, str], float] = {}
    for e in events:
        pairs = {(a, r) for a in e["actor_countries"] for r in e["recipient_countries"] if a and r and a != r}
        if not e["recipient_countries"]:
            pairs = {(a, b) for a in e["actor_countries"] for b in e["actor_countries"] if a and b and a != b}
        for pair in pairs:
            quads.setdefault(pair, [0, 0, 0, 0])[e["quad"] - 1] += 1
            sums[pair] = sums.get(pair, 0.0) + e["intensity"]
    found = [Dyad(*p, sum(q), (q[0], q[1], q[2], q[3]), round(sums[p] / sum(q), 2)) for p, q in quads.items()]
    return sorted(found, key=lambda d: (-d.events, d.actor, d.recipient))
