"""What can't be read, with its reason: articles in = articles + rejects."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from detente.document import Article
from detente.errors import BadRow, InputError, Rejected


class Reject(NamedTuple):
    """An input that gives no article.

    ``id`` is the caller's, else the article's where one was made, else the place: ``path`` or ``path:line``.
    ``reason`` is a short name: no_input (nothing behind the input), bad_row, empty, unreadable, damaged (a part of a file
    that can't be read), too_large, timeout, memory, language, or failed (the coder broke on it); of what is fetched also
    scheme, address (not public), robots, redirects, status or network.  ``message`` names the place, the value and the
    remedy.
    """

    id: str
    path: str
    reason: str
    message: str


Outcome = Article | Reject


def reject(error: Rejected | InputError, *, path: str, id: str | None = None) -> Reject:
    """The Reject that keeps the reason of an error."""
    reason = error.reason if isinstance(error, Rejected) else "bad_row" if isinstance(error, BadRow) else "no_input"
    return Reject(id or path, path, reason, str(error))


def path_name(path: str | os.PathLike[str]) -> str:
    """The path as text that can be written anywhere: bytes of a file name that are no UTF-8 become ``?``."""
    return str(Path(path)).encode("utf-8", "replace").decode("utf-8")
