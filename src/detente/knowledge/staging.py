"""Facts of foreign files between reading and joining: a temporary database, so that memory stays bounded whatever their size.

A term may come before its holder and its post, in any order and in another file.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from detente.knowledge.facts import Fact, Person, Post, Skipped, Tenure

BATCH = 5000
SCHEMA = """
CREATE TABLE person (id TEXT PRIMARY KEY, name TEXT, also TEXT, gone INTEGER) WITHOUT ROWID;
CREATE TABLE post (id TEXT PRIMARY KEY, office TEXT, country TEXT) WITHOUT ROWID;
CREATE TABLE tenure (person TEXT, post TEXT, start TEXT, "end" TEXT, origin TEXT,
  UNIQUE (person, post, start, "end"));
CREATE TABLE named (target TEXT, name TEXT, country TEXT, sector TEXT, alias_of TEXT, start TEXT, "end" TEXT, origin TEXT,
  UNIQUE (target, name, country, alias_of, start, "end"));
"""
INSERT = {
    "person": "INSERT OR REPLACE INTO person VALUES (?, ?, ?, ?)",
    "post": "INSERT OR REPLACE INTO post VALUES (?, ?, ?)",
    "tenure": "INSERT OR IGNORE INTO tenure VALUES (?, ?, ?, ?, ?)",
    "named": "INSERT OR IGNORE INTO named VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
}
JOIN = """
SELECT post.country, post.office, person.name, person.also, tenure.start, tenure."end", tenure.origin, person.gone
FROM tenure LEFT JOIN person ON person.id = tenure.person LEFT JOIN post ON post.id = tenure.post ORDER BY tenure.rowid
"""
Row = dict[str, str]


class Staging:
    """Takes facts in any order and gives back rows of our tables; ``skipped`` counts what was left out, by reason."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)  # a private file that goes with the connection
        self._base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-32000;" + SCHEMA)
        self._waiting: dict[str, list[Sequence[Any]]] = {name: [] for name in INSERT}
        self.skipped: Counter[str] = Counter()

    def __enter__(self) -> Staging:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    def add(self, fact: Fact, origin: str) -> None:
        if isinstance(fact, Skipped):
            self.skipped[fact.reason] += 1
        elif isinstance(fact, Person):
            self._put("person", (fact.id, fact.name, ";".join(fact.also), fact.gone))
        elif isinstance(fact, Post):
            self._put("post", fact)
        elif isinstance(fact, Tenure):
            self._put("tenure", (*fact, origin))
        else:
            self._put("named", (*fact, origin))

    def _put(self, table: str, row: Sequence[Any]) -> None:
        self._waiting[table].append(row)
        if len(self._waiting[table]) >= BATCH:
            self._write(table)

    def _write(self, table: str) -> None:
        self._base.execute("BEGIN")
        self._base.executemany(INSERT[table], self._waiting[table])
        self._base.execute("COMMIT")
        self._waiting[table].clear()

    def terms(self) -> Iterator[Row]:
        """Rows of the table of offices, in the order of the files, each once."""
        for table in INSERT:
            self._write(table)
        for country, office, name, also, start, end, origin, gone in self._base.execute(JOIN):
            if name is None or office is None:
                self.skipped["terms whose holder or post is not in the files"] += 1
            elif gone and not end:
                self.skipped["terms of people who died, without an end"] += 1
            else:
                yield {"country": country, "office": office, "name": name, "also": also, "start": start, "end": end,
                       "status": "imported", "origin": origin}  # fmt: skip

    def names(self, target: str) -> Iterator[Row]:
        """Rows of one of the tables of names, each once."""
        self._write("named")
        query = 'SELECT name, country, sector, alias_of, start, "end", origin FROM named WHERE target = ? ORDER BY rowid'
        for name, country, sector, alias_of, start, end, origin in self._base.execute(query, (target,)):
            row = {"name": name, "sector": sector, "start": start, "end": end, "source": "imported", "origin": origin}
            yield row | ({"code": country, "kind": "body"} if target == "countries.csv" else {"country": country, "alias_of": alias_of})
