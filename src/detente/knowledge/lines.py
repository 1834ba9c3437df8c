"""Lines of files that may be very large, packed or damaged, one at a time."""

from __future__ import annotations

import bz2
import gzip
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

from detente.errors import NoInput

LONGEST = 64 * 2**20  # bytes of a line; the longest item of Wikidata is a few MB
EVERY = 1000  # lines between two calls of ``seen``


class Line(NamedTuple):
    """A line of a file, from 1; ``fault`` says why there is no data."""

    number: int
    data: bytes
    fault: str | None = None


def lines(path: Path, seen: Callable[[int], None] = lambda _: None) -> Iterator[Line]:
    """The lines that aren't empty; ``seen`` hears how many bytes of the file have been read.  Raises NoInput for no file."""
    try:
        raw = path.open("rb")
    except OSError as error:
        raise NoInput(f"{path} can't be read: {error.strerror}; give a file of JSON lines (.gz and .bz2 may stay packed)") from error
    number = 0
    with raw, unpacked(raw) as stream:
        try:
            while data := stream.readline(LONGEST + 1):
                number += 1
                if number % EVERY == 0:
                    seen(raw.tell())
                if len(data) > LONGEST:
                    while data and not data.endswith(b"\n"):
                        data = stream.readline(LONGEST)
                    yield Line(number, b"", f"longer than {LONGEST // 2**20} MB")
                elif data.strip():
                    yield Line(number, data.removeprefix(b"\xef\xbb\xbf") if number == 1 else data)
        except (EOFError, OSError, zlib.error) as error:
            yield Line(number + 1, b"", f"the file breaks off here ({error})")


def unpacked(raw: IO[bytes]) -> IO[bytes]:
    """The stream behind gzip or bzip2, told by its first bytes."""
    head = raw.read(3)
    raw.seek(0)
    if head[:2] == b"\x1f\x8b":
        return gzip.GzipFile(fileobj=raw)  # type: ignore[return-value]
    return bz2.BZ2File(raw) if head == b"BZh" else raw
