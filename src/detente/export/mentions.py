"""Where the parties of an event stand in their article, by the rows of actors."""

from __future__ import annotations

from collections import defaultdict

from detente.export.sources import Tables
from detente.record.rows import Row

COLUMNS = ("coding_id", "name", "text", "start")


class Offsets:
    """The places of every actor by coding and by name."""

    def __init__(self, tables: Tables):
        self._starts: dict[tuple[str, str], list[int]] = defaultdict(list)
        for coding, name, text, start in zip(*(tables["actors"][c].to_pylist() for c in COLUMNS), strict=True):
            self._starts[coding, name or text].append(start)

    def find(self, e: Row, name: str | None, missing: int) -> int:
        """Where the party stands in the event's sentence, else where it stands first, else ``missing``."""
        found = self._starts.get((e["coding_id"], name or ""), [])
        within = (s for s in found if e["sentence_start"] <= s < e["sentence_end"]) if e["sentence_start"] is not None else iter(())
        return next(within, min(found, default=missing))
