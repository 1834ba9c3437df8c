"""The articles of a lake as something to be coded again."""

from __future__ import annotations

from collections.abc import Iterator

from detente.document import Article
from detente.ingest.sources import Found, Item
from detente.lake.commits import dataset
from detente.lake.store import BROKEN, Lake
from detente.reading.rejects import Reject
from detente.record.rows import Row

COLUMNS = ["article_id", "text", "title", "published", "publisher", "url", "language", "path", "flags"]
ROWS = 200  # articles that are read at once


def count_stored(lake: Lake) -> int:
    return int(lake.read("articles", ["article_id"]).num_rows)


def stored(lake: Lake) -> Iterator[Item]:
    """Every article of the lake as it stands now, each content of one; ``done`` counts them.

    Raises LakeError where the table can't be read.
    """
    table = lake._open("articles")
    if table is None:
        return
    done = 0
    try:
        for batch in dataset(table).to_batches(columns=COLUMNS, batch_size=ROWS, batch_readahead=2, fragment_readahead=1):
            for row in batch.to_pylist():
                done += 1
                yield Item(found(row), done)
    except BROKEN as error:
        raise lake._unreadable("articles", error) from error


def found(row: Row) -> Found:
    """The article of a row, or a reject where the lake keeps no text of it."""
    id = row.pop("article_id")
    if row["text"] is None:
        return Reject(id, row["path"] or row["url"] or id, "empty", f"article {id}: the lake keeps no text of it; ingest its source again")
    return Article(id=id, **row | {"flags": tuple(row["flags"] or ())})
