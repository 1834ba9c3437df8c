"""Makers of archives for tests."""

from __future__ import annotations

HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def record(
    url: str,
    body: bytes | str,
    *,
    day: str = "2024-02-03",
    http: bytes = HTML,
    length: object = None,
    kind: str = "response",
    more: str = "",
) -> bytes:
    """A record; ``length`` stands there instead of the true one."""
    block = http + b"\r\n" + (body.encode() if isinstance(body, str) else body)
    lines = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {day}T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\nContent-Type: application/http; msgtype={kind}\r\n{more}"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return lines.encode() + block + b"\r\n\r\n"
