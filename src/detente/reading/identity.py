"""Ids of articles that the caller gave none."""

from __future__ import annotations

import unicodedata
from datetime import date

from detente.identity import content_hash


def content_id(text: str, *, published: date | None = None, url: str | None = None) -> str:
    """16 hex digits of the SHA-256 of the NFC-normalised text, the date and the URL.

    Only the id is made from normalised text, so that one article composed in two ways keeps one id.
    """
    return content_hash(unicodedata.normalize("NFC", text), published.isoformat() if published else None, url)
