"""Packed bodies (gzip, deflate, brotli, zstd, chunks) are unpacked up to a limit."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO

from fastwarc.stream_io import BrotliReader, ChunkedReader, ZstdReader

from detente.errors import TooLarge, Unreadable

GZIP = b"\x1f\x8b\x08"


def unpack(data: bytes, encoding: str, *, place: str, limit: int) -> bytes:
    """The plain bytes of a body in a content encoding of HTTP ("" and identity leave it as it is).

    Raises TooLarge beyond the limit, which a bomb reaches soon, and Unreadable where the body is broken, or packed in an
    unknown way or twice.
    """
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return data
    if name not in UNPACKERS:
        raise Unreadable(f"{place}: is packed as {encoding!r}; only {', '.join(UNPACKERS)} can be read, and once")
    try:
        plain = UNPACKERS[name](data, limit + 1)
    except (zlib.error, OSError, ValueError, EOFError) as error:
        raise Unreadable(f"{place}: is packed as {name} and broken ({error}); get it again", reason="damaged") from error
    if len(plain) > limit:
        raise TooLarge(f"{place}: has more than {limit:,} bytes when unpacked; leave it out")
    return plain


def gunzip(data: bytes, size: int) -> bytes:
    return inflate(data, size, 47)


def deflate(data: bytes, size: int) -> bytes:
    """Deflate with or without the header of zlib, as servers send both."""
    try:
        return inflate(data, size, 15)
    except zlib.error:
        return inflate(data, size, -15)


def inflate(data: bytes, size: int, bits: int) -> bytes:
    machine = zlib.decompressobj(bits)
    plain = machine.decompress(data, size)
    if not machine.eof and len(plain) < size:
        raise EOFError("it ends too soon")
    return plain


def unbrotli(data: bytes, size: int) -> bytes:
    return BrotliReader(BytesIO(data)).read(size)


def unzstd(data: bytes, size: int) -> bytes:
    return ZstdReader(BytesIO(data)).read(size)


UNPACKERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": gunzip, "x-gzip": gunzip, "deflate": deflate, "br": unbrotli, "zstd": unzstd,
}  # fmt: skip


def join_chunks(data: bytes) -> bytes:
    """The body of a chunked transfer; the data as it is where it is none, as some archives keep the header without the chunks."""
    try:
        return ChunkedReader(BytesIO(data)).read(len(data))
    except (OSError, ValueError):
        return data
