"""Ids from content: the same content gives the same id on every machine."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from datetime import date


def content_hash(*parts: object) -> str:
    """16 hex digits of the SHA-256 of the parts as JSON."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def content_id(text: str, *, published: date | None = None, url: str | None = None) -> str:
    """The id of an article that has none: of the NFC-normalised text, the date and the URL.

    Only the id is made from normalised text, so that one article composed in two ways keeps one id.
    """
    return content_hash(unicodedata.normalize("NFC", text), published.isoformat() if published else None, url)
