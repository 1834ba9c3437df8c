"""Ids from content: the same content gives the same id on every machine."""

from __future__ import annotations

import hashlib
import json


def content_hash(*parts: object) -> str:
    """16 hex digits of the SHA-256 of the parts as JSON."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
