"""Bytes become text without a silent guess."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import Unreadable
from detente.reading.files import declared_encoding, decode, decode_page

ENGLISH = "“Norway’s envoy” met – as she said – the café’s owner. " * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_without_mark_or_flag(encoding):
    assert decode(ENGLISH.encode(encoding), place="a") == (ENGLISH, ())


def test_utf16_of_either_order_is_read():
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert decode(mark + ENGLISH.encode(encoding), place="a").text == ENGLISH


def test_old_western_encoding_is_read_and_flagged():
    assert decode(ENGLISH.encode("cp1252"), place="a") == (ENGLISH, ("encoding:cp1252",))


def test_bytes_that_cp1252_lacks_are_latin1():
    decoded = decode(b"Plain English words with one odd byte \x81 in them.", place="a")
    assert decoded.flags == ("encoding:latin-1",)
    assert len(decoded.text) == 48


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(128, 256)) * 9,
        "Россия и Украина начали переговоры".encode("cp1251"),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200),
        b"\xff\xfea",
        b"\xff\xfe\x00\xd8a\x00",
    ],
)
def test_bytes_that_are_no_text_are_refused(data):
    with pytest.raises(Unreadable, match=r"pic\.txt.*UTF-8"):
        decode(data, place="pic.txt")


@given(st.text())
def test_utf8_text_comes_back_as_it_was(text):
    decoded = decode(text.encode("utf-8"), place="a")
    assert decoded.text == text.removeprefix("\ufeff")
    assert decoded.flags == ()


@given(st.binary())
def test_any_bytes_are_text_or_refused(data):
    with suppress(Unreadable):
        decode(data, place="a").text.encode("utf-8")


def test_page_may_name_its_encoding_and_no_other_codec():
    assert declared_encoding(b'<meta http-equiv="Content-Type" content="text/html; charset=GB2312">') == "gb2312"
    assert declared_encoding(b"<meta charset='windows-1251'>") == "windows-1251"
    for name in (b"unicode_escape", b"idna", b"nonsense", b""):
        assert declared_encoding(b'<meta charset="' + name + b'">') is None
    assert declared_encoding(b"<p>no head</p>") is None


def test_declared_encoding_is_tried_after_utf8_and_flagged():
    words = "“Talks” began — Šef said."
    assert decode(words.encode("cp1250"), place="a", declared="windows-1250") == (words, ("encoding:windows-1250",))
    assert decode(words.encode("utf-8"), place="a", declared="windows-1250") == (words, ())
    assert decode(ENGLISH.encode("cp1252"), place="a", declared="windows-9999").flags == ("encoding:cp1252",)


@pytest.mark.parametrize("encoding", ["utf-16le", "utf-16be", "UTF-16LE"])
def test_utf16_without_mark_is_read_where_it_is_named_and_else_refused(encoding):
    page = f"<p>{ENGLISH}</p>".encode(encoding)
    assert decode_page(page, place="a", charset=encoding) == (f"<p>{ENGLISH}</p>", (f"encoding:{encoding.lower()}",))
    with pytest.raises(Unreadable, match="UTF-8"):
        decode_page(page, place="a")


def test_page_that_names_utf16_and_is_utf8_is_read_as_utf8():
    assert decode_page(b'<meta charset="utf-16"><p>Words', place="a", charset="utf-16le") == ('<meta charset="utf-16"><p>Words', ())


def test_stray_nul_of_a_page_is_no_reason():
    assert decode_page(b"<p>" + b"words " * 99 + b"\0", place="a").flags == ()
