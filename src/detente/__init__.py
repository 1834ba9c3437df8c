"""detente reads news about world affairs and keeps an auditable record of who did what to whom, and who said so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.coding.coder import Coder, CoderSpec
from detente.document import Actor, Article, Doc, Event, Place, Span, Statement, Time
from detente.errors import DetenteError

if TYPE_CHECKING:
    from pathlib import Path

    from detente.lake.store import Lake

__version__ = "0.1.0"

__all__ = [
    "Actor", "Article", "Coder", "CoderSpec", "DetenteError", "Doc", "Event", "Place", "Span", "Statement", "Time", "__version__",
    "open_lake",
]  # fmt: skip


def open_lake(location: str | Path) -> Lake:
    """The lake in a folder or at a URL, for SQL, events and series.  Raises NoInput where there is no such folder."""
    from detente.lake import store  # coding alone needs no database

    return store.open_lake(location)
