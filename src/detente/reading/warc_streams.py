"""The plain bytes of an archive, bounded, which can be taken up again after a damaged part."""

from __future__ import annotations

import zlib
from typing import BinaryIO

GZIP = b"\x1f\x8b\x08"
RECORD = b"WARC/1."
CHUNK = 1 << 16


class DamageError(Exception):
    """The bytes of the archive are broken here."""


class BudgetError(Exception):
    """A record has more bytes than are read of one."""


class PlainStream:
    """An archive that isn't compressed, read front to back; ``budget`` is how many bytes it gives before BudgetError.

    It has the methods of a file that fastwarc calls.
    """

    def __init__(self, file: BinaryIO):
        self._file = file
        self._position = 0
        self.budget = 0

    def read(self, size: int = -1) -> bytes:
        data = self._next(CHUNK if size < 0 else size)
        self._position += len(data)
        self.budget -= len(data)
        if self.budget < 0:
            raise BudgetError
        return data

    def _next(self, size: int) -> bytes:
        return self._file.read(size)

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError("an archive is read front to back")

    def close(self) -> None:
        self._file.close()

    def resume_after(self, position: int) -> bool:
        """The stream stands at the next beginning of a record after a position; False where there is none."""
        found = find(self._file, RECORD, position + 1)
        if found is None:
            return False
        self._position = self._file.seek(found)
        return True


class GzipStream(PlainStream):
    """An archive of gzip members, as WARC wants one for each record; positions count plain bytes."""

    def __init__(self, file: BinaryIO):
        super().__init__(file)
        self._members = [(0, 0)]  # beginnings: plain, compressed
        self._left = b""
        self._inflate = zlib.decompressobj(31)

    def _next(self, size: int) -> bytes:
        while True:
            if self._inflate.eof and not self._next_member():
                return b""
            chunk = self._left or self._file.read(CHUNK)
            if not chunk:
                return self._end()
            try:
                data = self._inflate.decompress(chunk, max(1, size))
            except zlib.error as error:
                raise DamageError(str(error)) from error
            self._left = self._inflate.unconsumed_tail or self._inflate.unused_data
            if data:
                return data

    def _next_member(self) -> bool:
        """The stream stands at the next member; zeros between two, which fill up tapes, are passed over."""
        while not (left := (self._left or self._file.read(CHUNK)).lstrip(b"\0")):
            self._left = b""
            if self._file.tell() == self._file.seek(0, 2):
                return False
        self._left = left
        self._members.append((self._position, self._file.tell() - len(left)))
        self._inflate = zlib.decompressobj(31)
        return True

    def _end(self) -> bytes:
        if not self._inflate.eof and self._file.tell() > self._members[-1][1]:
            raise DamageError("it ends within a compressed record")
        return b""

    def resume_after(self, position: int) -> bool:
        later = next((compressed for plain, compressed in self._members if plain > position), None)
        last = max((compressed for plain, compressed in self._members if plain <= position), default=0)
        start = find(self._file, GZIP, last + 1) if later is None else later
        if start is None:
            return False
        self._position = max(self._position, position + 1)
        self._members = [(self._position, start)]
        self._left, self._inflate = b"", zlib.decompressobj(31)
        self._file.seek(start)
        return True


def find(file: BinaryIO, mark: bytes, start: int) -> int | None:
    """Where the mark stands first from a position on."""
    file.seek(start)
    kept, base = b"", start
    while chunk := file.read(CHUNK):
        window = kept + chunk
        found = window.find(mark)
        if found >= 0:
            return base + found
        kept = window[-len(mark) + 1 :]
        base += len(window) - len(kept)
    return None
