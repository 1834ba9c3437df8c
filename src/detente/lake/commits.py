"""What stands in a lake's table by key, and commits that fail where another writer was faster.

Delta has no transaction over several tables and lets two appends pass side by side.  So each table is exact by itself: a
commit is made on the very version whose keys were looked at, or it fails and is tried again on the next one
(``max_commit_retries=0``).  That needs no lock, so none can be left behind by a kill, and it holds on object stores too.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.fs as fs
from deltalake import CommitProperties, DeltaTable, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError

AT_THIS_VERSION = CommitProperties(max_commit_retries=0)
KEYS = {
    "articles": ("article_id", "content_id"),
    "inputs": ("input_id",),
    "corrections": ("correction_id",),
}  # of the other tables: coding_id
READ = {"codings": ("coding_id", "written")}  # what is read beside the key


def key_of(name: str) -> tuple[str, ...]:
    return KEYS.get(name, ("coding_id",))


class Overtaken(Exception):
    """Another writer has committed since the table was looked at."""


class Standing:
    """The keys of one table as of its last look; a file is read once, so a look costs what was added since."""

    def __init__(self, name: str, open: Callable[[], DeltaTable | None]):
        self._columns = list(READ.get(name, key_of(name)))
        self._open = open
        self._files: dict[str, pa.Table] = {}
        self._schema = pa.schema([(c, pa.int64() if c == "written" else pa.string()) for c in self._columns])
        self.table: DeltaTable | None = None

    def look(self) -> None:
        if self.table is None:
            self.table = self._open()
        else:
            self.table.update_incremental()
        if self.table is not None:
            found = {f.path: f for f in dataset(self.table).get_fragments()}
            self._files = {path: self._files[path] if path in self._files else self._read(f) for path, f in found.items()}

    def _read(self, fragment: ds.Fragment) -> pa.Table:
        keys = fragment.to_table(columns=self._columns)
        return keys.group_by(self._columns).aggregate([]).cast(self._schema)

    def keys(self) -> pa.Table:
        return pa.concat_tables([self._schema.empty_table(), *self._files.values()])

    def lacking(self, rows: pa.Table, key: tuple[str, ...]) -> pa.Table:
        """The rows whose key does not stand."""
        return rows.filter(pc.invert(pc.is_in(joined(rows, key), value_set=joined(self.keys(), key))))

    def commit(self, uri: str, rows: pa.Table) -> None:
        """Appends rows to the table as it was last looked at; raises Overtaken where it isn't so any more."""
        new = self.table is None
        try:
            target = uri if self.table is None else self.table
            write_deltalake(target, rows, mode="error" if new else "append", commit_properties=AT_THIS_VERSION)
        except CommitFailedError as error:
            raise Overtaken from error
        except DeltaError as error:
            if new and "already exists" in str(error):
                raise Overtaken from error
            raise


def dataset(table: DeltaTable) -> ds.Dataset:
    """The table's files as an Arrow dataset.

    Local files are read by Arrow itself: through deltalake's own file system, which calls back into Python from Arrow's
    threads, one process in some twenty dies as it exits.
    """
    parts = urlsplit(table.table_uri)
    if parts.scheme not in ("", "file"):
        return table.to_pyarrow_dataset()
    folder = unquote(parts.path) if parts.scheme else table.table_uri
    return table.to_pyarrow_dataset(filesystem=fs.SubTreeFileSystem(str(Path(folder)), fs.LocalFileSystem()))


def joined(rows: pa.Table, key: tuple[str, ...]) -> pa.Array:
    """The key columns of each row as one string."""
    return pc.binary_join_element_wise(*(rows[k].cast(pa.string()) for k in key), "\n").combine_chunks()
