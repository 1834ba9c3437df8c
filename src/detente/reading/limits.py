"""What reading takes at most, so that one bad input can't stop a run."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Sizes in bytes, except ``text_length`` in characters; what is beyond them is rejected as too large.

    ``file_bytes`` holds for a text, a page (also one in an archive, unpacked), a feed or a sitemap; a JSON lines file, a
    table or an archive may have any size, and ``line_bytes`` holds for each line or row.
    """

    file_bytes: int = 20 * MB
    line_bytes: int = 20 * MB
    text_length: int = 5 * MB
    tag_attributes: int = 5_000
    page_seconds: float = 10.0
    page_memory: int = 1_000 * MB


LIMITS = Limits()
