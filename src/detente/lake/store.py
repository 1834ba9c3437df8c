"""The lake: append-only Delta tables of articles and their codings; each coding is taken once, by its id."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError, TableNotFoundError
from duckdb import DuckDBPyConnection

from detente.document import Article, Doc
from detente.errors import LakeError, NoInput
from detente.lake.commits import Overtaken, Standing, dataset, key_of
from detente.lake.dyads import COUNTED, NOT_DONE, Dyad, count_dyads
from detente.lake.parties import Groups, find_party
from detente.lake.views import Parameters, as_day, ask, connect, events_query, known_names, view_name
from detente.record.rows import CodedBy, Row, article_row, coding_id, rejected_row, tables
from detente.record.schemas import SCHEMAS

if TYPE_CHECKING:  # a notebook asks the lake itself for a series
    from detente.analysis.periods import Step
    from detente.analysis.series import Series

BROKEN = (DeltaError, OSError, pa.ArrowException)  # what a table that can't be read or written raises
TURNS = 200  # that a commit is tried beside other writers


class Lake:
    """A folder (or object store URL) of Delta tables, made where it does not exist."""

    def __init__(self, location: str | Path):
        self.location = str(location) or "."
        self._standing: dict[str, Standing] = {}

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

    def read(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A whole table or some of its columns; empty where nothing was written yet.  Raises LakeError for a name that is no table."""
        if name not in SCHEMAS:
            raise LakeError(f"{name!r} is no table of the lake; the tables are {', '.join(SCHEMAS)}")
        return self._columns(name, list(columns or SCHEMAS[name].names))

    def _columns(self, name: str, columns: list[str]) -> pa.Table:
        """Some columns of a table, and no others read; none of them only opens the table."""
        table = self._open(name)
        if table is None:
            return SCHEMAS[name].empty_table().select(columns)
        try:
            return dataset(table).to_table(columns=columns) if columns else pa.table({})
        except BROKEN as error:
            raise self._unreadable(name, error) from error

    def _open(self, name: str) -> DeltaTable | None:
        """A table as it stands now, None where nothing was written yet; LakeError where it is damaged or of another version."""
        try:
            if not DeltaTable.is_deltatable(self._table(name)):
                return None
            table = DeltaTable(self._table(name))
            missing = set(SCHEMAS[name].names) - {field.name for field in table.schema().fields}
        except BROKEN as error:
            raise self._unreadable(name, error) from error
        if not missing:
            return table
        raise LakeError(
            f"the lake at {self.location} can't be read: its table {name!r} lacks {', '.join(sorted(missing))}, so another version "
            "of detente made it; name a new folder"
        )

    def _unreadable(self, name: str, error: Exception) -> LakeError:
        return LakeError(
            f"the lake at {self.location} can't be read: {short(error)}; check that it is a folder or URL that you may read, "
            f"and restore or move away its table {name!r} where that is damaged"
        )

    def to_duckdb(self) -> DuckDBPyConnection:
        """A DuckDB connection with the views of ``lake.views`` over the lake as it stands now; it can't write to the lake."""
        found = {name: self._open(name) for name in ("codings", *SCHEMAS)}  # a coding that stands is whole: so they are opened first
        return connect({n: SCHEMAS[n].empty_table() if t is None else dataset(t) for n, t in found.items()})

    def sql(self, query: str, parameters: Parameters | None = None, *, seconds: float | None = None, rows: int | None = None) -> pa.Table:
        """The answer to one select over the views; see ``lake.views.ask``."""
        return ask(self.to_duckdb(), query, parameters, seconds=seconds, rows=rows)

    def to_arrow(self, view: str) -> pa.Table:
        """A whole view; raises InputError for a name that is none."""
        return self.sql(f"select * from {view_name(view)}")

    def to_pandas(self, view: str) -> Any:
        """A whole view as a pandas DataFrame; needs pandas."""
        return self.to_arrow(view).to_pandas()

    def to_polars(self, view: str) -> Any:
        """A whole view as a polars DataFrame; needs polars."""
        import polars

        return polars.from_arrow(self.to_arrow(view))

    def events(
        self,
        *,
        actor: str | None = None,
        recipient: str | None = None,
        type: str | None = None,
        status: str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
        done: bool = False,
        groups: Groups | None = None,
    ) -> pa.Table:
        """Events of the newest codings by day, narrowed by what is given; ``done`` leaves out what only may happen or did not.

        A party is a country's code or name, "USA+GBR", one of ``groups`` (name to members), or a name in the lake.
        """
        connection = self.to_duckdb()
        asked = ((name, text) for name, text in (("actor", actor), ("recipient", recipient)) if text is not None)
        sides = {name: find_party(text, groups=groups, known=lambda: known_names(connection)) for name, text in asked}
        found = events_query(sides, type=type, status=status, since=as_day(since), until=as_day(until), done=done)
        return ask(connection, found.query, found.parameters)

    def dyad(
        self,
        actor: str,
        recipient: str,
        *,
        by: Step = "month",
        both: bool = False,
        since: date | str | None = None,
        until: date | str | None = None,
        groups: Groups | None = None,
    ) -> Series:
        """The series of what one party does to another; see ``analysis.series.dyad_series``."""
        from detente.analysis.series import dyad_series

        return dyad_series(self, actor, recipient, by=by, both=both, since=since, until=until, groups=groups)

    def append(self, docs: Iterable[Doc], by: CodedBy, *, rejected: Iterable[tuple[str, str]] = ()) -> int:
        """Adds articles and codings that are not in the lake yet; returns how many codings were added.  See ``put``."""
        return len(self.put(docs, by, rejected=rejected))

    def put(
        self, docs: Iterable[Doc], by: CodedBy, *, rejected: Iterable[tuple[str, str]] = (), inputs: Iterable[Row] = ()
    ) -> set[str]:  # fmt: skip
        """Adds articles and codings that are not in the lake yet; ``rejected`` are (article id, reason), ``inputs`` rows of that table.

        Codings are written after what belongs to them, so that a coding that stands is whole, and inputs last; what a run
        that broke off before left in the other tables is not written again, nor what another writer adds at the same
        time.  Returns the ids of the codings that were added.
        """
        once = {coding_id(d.article, by): d for d in docs}
        found = tables((once[i] for i in self.lacking("codings", once)), by)
        for name in ("articles", "events", "statements", "measures", "actors"):
            self._add(name, found[name])
        refused = [rejected_row(i, reason, by) for i, reason in dict.fromkeys(rejected)]
        added = self._add("codings", pa.concat_tables([found["codings"], pa.Table.from_pylist(refused, schema=SCHEMAS["codings"])]))
        told = {row["input_id"]: row for row in inputs}
        self._add("inputs", pa.Table.from_pylist(list(told.values()), schema=SCHEMAS["inputs"]))
        return set(added["coding_id"].to_pylist())

    def settle(self, articles: Sequence[Article]) -> list[Article]:
        """The articles under the ids by which their contents stand in the lake; contents that don't are added first.

        So one content is one article, also where two runs offer it under several ids at the same time.
        """
        rows = {row["content_id"]: row for row in reversed([article_row(a) for a in articles])}
        self._add("articles", pa.Table.from_pylist(list(rows.values()), schema=SCHEMAS["articles"]), ("content_id",))
        keys = self._look("articles").keys()
        ids: dict[str, set[str]] = {content: set() for content in rows}
        for row in keys.filter(pc.is_in(keys["content_id"], value_set=pa.array(list(rows), pa.string()))).to_pylist():
            ids[row["content_id"]].add(row["article_id"])
        known = [ids[article_row(a)["content_id"]] for a in articles]
        return [a if a.id in found else replace(a, id=min(found)) for a, found in zip(articles, known, strict=True)]

    def lacking(self, name: str, ids: Collection[str]) -> list[str]:
        """Those of the ids that are no key of the table, as it stands now."""
        (key,) = key_of(name)
        if not ids:
            return []
        found: list[str] = self._look(name).lacking(pa.table({key: pa.array(list(ids), pa.string())}), (key,))[key].to_pylist()
        return found

    def outcomes(self, ids: Collection[str]) -> dict[str, str]:
        """What became of the articles of some codings, by coding id."""
        if not ids:
            return {}
        rows = self._columns("codings", ["coding_id", "outcome"])
        rows = rows.filter(pc.is_in(rows["coding_id"], value_set=pa.array(list(ids), pa.string())))
        return dict(zip(rows["coding_id"].to_pylist(), rows["outcome"].to_pylist(), strict=True))

    def _look(self, name: str) -> Standing:
        try:
            standing = self._standing.setdefault(name, Standing(name, lambda: self._open(name)))
            standing.look()
        except BROKEN as error:
            raise self._unreadable(name, error) from error
        return standing

    def _add(self, name: str, rows: pa.Table, key: tuple[str, ...] | None = None) -> pa.Table:
        """Adds the rows whose key does not stand, again where another writer came between, and returns them."""
        for turn in range(TURNS):
            missing = self._look(name).lacking(rows, key or key_of(name)) if rows.num_rows else rows
            if not missing.num_rows:
                return missing
            try:
                self._write(name, self._numbered(missing) if name == "codings" else missing)
                return missing
            except Overtaken:
                time.sleep(random.uniform(0, 0.02 * min(turn + 1, 20)))
        raise LakeError(f"the lake at {self.location} can't be written: others wrote first {TURNS} times; try again with fewer writers")

    def _numbered(self, codings: pa.Table) -> pa.Table:
        """The codings with their numbers in the order of writing."""
        first = (pc.max(self._standing["codings"].keys()["written"]).as_py() or 0) + 1
        numbers = pa.array(range(first, first + codings.num_rows), pa.int64())
        return codings.set_column(codings.schema.get_field_index("written"), "written", numbers)

    def _write(self, name: str, rows: pa.Table) -> None:
        try:
            self._standing[name].commit(self._table(name), rows)
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


def open_lake(location: str | Path) -> Lake:
    """The lake in a folder or at a URL.  Raises NoInput where there is no such folder, LakeError where it can't be read."""
    lake = Lake(location)
    if "://" not in lake.location and not Path(lake.location).is_dir():
        raise NoInput(f"no lake {lake.location!r}; name the folder that detente code --lake has written")
    for name in SCHEMAS:
        lake._open(name)
    return lake


def short(error: Exception) -> str:
    """The message of an error on one line, without colours and backtrace."""
    return " ".join(re.sub(r"\x1b\[\d*m|↳|\s+0: <unknown>.*", " ", str(error), flags=re.DOTALL).split())
