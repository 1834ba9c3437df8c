"""Files become text: bounded reading and decoding that never guesses silently."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import NamedTuple

from detente.errors import TooLarge, Unreadable
from detente.reading.limits import Limits
from detente.reading.rejects import path_name

OLD_ENCODINGS = ("cp1252", "latin-1")
# Codecs that a page may ask for; Python has others that run code paths made for other ends (unicode_escape, idna).
PAGE_ENCODINGS = re.compile(r"(?:iso-?8859-|windows-|cp)\d+|koi8-[ru]|gb2312|gbk|gb18030|big5|shift_jis|euc-(?:jp|kr)|utf-16(?:le|be)?")
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
HEAD = 4_096
MOST_NULS = 0.01  # of a page's characters; a stray one is passed over
LEAST_ASCII = 0.7  # English in an old encoding has few bytes above 127; a text of mostly such bytes is something else


class Decoded(NamedTuple):
    text: str
    flags: tuple[str, ...] = ()


def read_bytes(path: Path, *, limits: Limits) -> bytes:
    """The whole file; raises TooLarge beyond the limit and Unreadable where it can't be opened."""
    try:
        with path.open("rb") as stream:
            data = stream.read(limits.file_bytes + 1)
    except OSError as error:
        raise cant_open(path, error) from error
    if len(data) > limits.file_bytes:
        raise TooLarge(f"{path_name(path)}: has more than {limits.file_bytes:,} bytes; split it or leave it out")
    return data


def cant_open(path: Path, error: OSError) -> Unreadable:
    return Unreadable(f"{path_name(path)}: can't be read: {error.strerror or error}; check the file and its permissions")


def decode(data: bytes, *, place: str, declared: str | None = None) -> Decoded:
    """The text of UTF-8, of UTF-16 with a byte order mark, or of an old encoding, which is flagged ``encoding:NAME``.

    A byte order mark is no part of the text.  ``declared`` is an encoding to try before the usual old ones.
    Raises Unreadable where the bytes are no text in any of them.
    """
    text = try_decode(data, "utf-8-sig")
    if text is not None:
        return Decoded(text)
    return decode_utf16(data, place) if data.startswith(UTF16_MARKS) else decode_old(data, place, declared)


def decode_utf16(data: bytes, place: str) -> Decoded:
    try:
        return Decoded(data.decode("utf-16"))
    except UnicodeDecodeError as error:
        raise Unreadable(f"{place}: begins as UTF-16 and is broken at byte {error.start}; save it as UTF-8") from error


def decode_old(data: bytes, place: str, declared: str | None) -> Decoded:
    if declared and (text := try_decode(data, declared)) is not None:
        return Decoded(text, (f"encoding:{declared}",))
    ascii_share = sum(map(data.count, range(0x20, 0x7F))) / len(data)
    if b"\0" in data or ascii_share < LEAST_ASCII:
        raise Unreadable(f"{place}: is no text in UTF-8, UTF-16 or a western encoding; save it as UTF-8")
    encoding = next(e for e in OLD_ENCODINGS if try_decode(data, e) is not None)
    return Decoded(data.decode(encoding), (f"encoding:{encoding}",))


def try_decode(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def decode_page(page: bytes, *, place: str, charset: str | None = None) -> Decoded:
    """The text of a page, whose encoding the server (``charset``) or the page may name; raises as ``decode`` does.

    UTF-16 without a mark passes for UTF-8 full of NULs; it is read where it is named, and else refused.
    """
    named = known_encoding(charset) or declared_encoding(page)
    if named and named.startswith("utf-16"):
        text = try_decode(page, named) if b"\0" in page[:HEAD] else None
        if text is not None:
            return Decoded(text.removeprefix("\ufeff"), () if page.startswith(UTF16_MARKS) else (f"encoding:{named}",))
        named = None
    decoded = decode(page, place=place, declared=named)
    if decoded.text.count("\0") > MOST_NULS * len(decoded.text):
        raise Unreadable(f"{place}: is full of NUL characters, so UTF-16 or no page; save it as UTF-8")
    return decoded


def declared_encoding(page: bytes) -> str | None:
    """The encoding that the head of a page names, if it is one of those that pages use."""
    found = CHARSET.search(page[:HEAD])
    return known_encoding(found[1].decode("ascii", "replace")) if found else None


def known_encoding(name: str | None) -> str | None:
    """The name of an encoding in small letters, if it is one of those that pages use."""
    name = (name or "").strip().lower()
    return name if PAGE_ENCODINGS.fullmatch(name) else None
