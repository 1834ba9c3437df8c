"""The lake: append-only Delta tables of articles and their codings; each coding is taken once, by its id."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError, TableNotFoundError

from detente.document import Doc
from detente.errors import LakeError
from detente.record.rows import CodedBy, coding_id, rejected_row, tables
from detente.record.schemas import SCHEMAS

BROKEN = (DeltaError, OSError, pa.ArrowException)  # what a table that can't be read or written raises
NOT_DONE = frozenset({"negated", "hypothetical", "conditional"})
COUNTED = ["coding_id", "status", "same_as", "actor_countries", "recipient_countries", "quad", "intensity"]


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
        self.location = str(location) or "."

    def _table(self, name: str) -> str:
        return f"{self.location.rstrip('/')}/{name}"

    def check(self) -> None:
        """Raises LakeError where the lake can't be made, written or read; of a URL only the reading is tried."""
        if "://" in self.location:
            try:
                DeltaTable(self._table("codings"))
            except TableNotFoundError as error:
                if "Unknown scheme" in str(error):  # elsewhere deltalake takes such a URL for an empty place
                    raise self._unwritable(error) from error
            except BROKEN:
                pass  # told below
        else:
            folder = Path(self.location)
            if folder.is_file():
                raise LakeError(f"the lake at {self.location} can't be made: that is a file; name a folder")
            try:
                folder.mkdir(parents=True, exist_ok=True)
                with TemporaryFile(dir=folder):
                    pass
            except OSError as error:
                raise self._unwritable(error) from error
        for name in SCHEMAS:
            self._columns(name, [])

    def read(self, name: str) -> pa.Table:
        """A whole table; empty where nothing was written yet.  Raises LakeError for a name that is no table."""
        if name not in SCHEMAS:
            raise LakeError(f"{name!r} is no table of the lake; the tables are {', '.join(SCHEMAS)}")
        return self._columns(name, SCHEMAS[name].names)

    def _columns(self, name: str, columns: list[str]) -> pa.Table:
        """Some columns of a table, and no others read; none of them only opens the table."""
        try:
            if not DeltaTable.is_deltatable(self._table(name)):
                return SCHEMAS[name].empty_table().select(columns)
            table = DeltaTable(self._table(name))
            missing = set(SCHEMAS[name].names) - {field.name for field in table.schema().fields}
            if not missing:
                return table.to_pyarrow_table(columns=columns) if columns else pa.table({})
        except BROKEN as error:
            raise LakeError(
                f"the lake at {self.location} can't be read: {short(error)}; check that it is a folder or URL that you may read, "
                f"and restore or move away its table {name!r} where that is damaged"
            ) from error
        raise LakeError(
            f"the lake at {self.location} can't be read: its table {name!r} lacks {', '.join(sorted(missing))}, so another version "
            "of detente made it; name a new folder"
        )

    def append(self, docs: Iterable[Doc], by: CodedBy, *, rejected: Iterable[tuple[str, str]] = ()) -> int:
        """Adds articles and codings that are not in the lake yet; ``rejected`` are (article id, reason).

        Codings are written last, so that a coding that stands is whole; what a run that broke off before left in the
        other tables is not written again.  Returns how many codings were added.
        """
        standing = self._columns("codings", ["coding_id", "written"])
        once = {coding_id(d.article, by): d for d in docs}
        refused = [rejected_row(i, reason, by) for i, reason in dict.fromkeys(rejected)]
        have = set(standing["coding_id"].to_pylist())
        found = tables((d for i, d in once.items() if i not in have), by)
        refused_rows = pa.Table.from_pylist([r for r in refused if r["coding_id"] not in have], schema=SCHEMAS["codings"])
        for name in ("articles", "events", "statements", "actors"):
            rows = self._missing(name, found[name])
            if rows.num_rows:
                self._write(name, rows)
        codings = pa.concat_tables([found["codings"], refused_rows])
        if codings.num_rows:
            first = (pc.max(standing["written"]).as_py() or 0) + 1
            numbers = pa.array(range(first, first + codings.num_rows), pa.int64())
            self._write("codings", codings.set_column(codings.schema.get_field_index("written"), "written", numbers))
        return int(codings.num_rows)

    def _missing(self, name: str, rows: pa.Table) -> pa.Table:
        """The rows whose key does not stand in the table."""
        key = ["article_id", "content_id"] if name == "articles" else ["coding_id"]
        if not rows.num_rows:
            return rows
        have = self._columns(name, key)
        return rows.filter(pc.invert(pc.is_in(joined(rows, key), joined(have, key))))

    def _write(self, name: str, rows: pa.Table) -> None:
        try:
            write_deltalake(self._table(name), rows, mode="append")
        except BROKEN as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: Exception) -> LakeError:
        return LakeError(
            f"the lake at {self.location} can't be written: {short(error)}; check that it is a folder or URL that you may write to"
        )

    def dyads(self, most: int = 10, *, by: CodedBy | None = None) -> list[Dyad]:
        """The country pairs with most events; an event counts for each pair of its parties.

        Of each article only the coding written last counts: the last of all, or the last of the coder ``by``.
        Left out are negated, hypothetical and conditional events, and those that are the same as another one.
        """
        codings = self._columns("codings", ["coding_id", "article_id", "written", *CodedBy._fields]).to_pylist()
        mine = (c for c in codings if by is None or all(c[f] == v for f, v in by._asdict().items()))
        newest = {c["article_id"]: c["coding_id"] for c in sorted(mine, key=lambda c: c["written"] or 0)}
        counted = set(newest.values())
        events = self._columns("events", COUNTED).to_pylist()
        rows = (e for e in events if e["coding_id"] in counted and e["status"] not in NOT_DONE and e["same_as"] is None)
        return count_dyads(rows)[:most]


def joined(rows: pa.Table, key: list[str]) -> pa.Array:
    """The key columns of each row as one string."""
    return pc.binary_join_element_wise(*(rows[k].cast(pa.string()) for k in key), "\n").combine_chunks()


def short(error: Exception) -> str:
    """The message of an error on one line, without colours and backtrace."""
    return " ".join(re.sub(r"\x1b\[\d*m|↳|\s+0: <unknown>.*", " ", str(error), flags=re.DOTALL).split())


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
