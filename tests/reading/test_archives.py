"""Archives: an article for each page, a reject for each damaged part, and no bomb goes off."""

from __future__ import annotations

import gzip
import io
import time
import tracemalloc
from datetime import date

import brotli
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.document import Article
from detente.reading import Limits, Reject
from detente.reading.archives import Archive, read_archive
from detente.reading.articles import Draft
from tests.reading.warcs import HTML, record

A, B, C = (f"https://example.org/{name}" for name in "abc")
PNG = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n"


class Plain:
    """Takes a page's bytes for its text, so that these tests are about archives."""

    def read(self, page: bytes, *, path: str, charset: str | None = None) -> Draft:
        return Draft(place=path, path=path, text=page[:40].decode("latin-1"))


def outcomes(*parts: bytes, limits: Limits | None = None, packed: bool = False) -> list[Article | Reject]:
    data = b"".join(gzip.compress(part, mtime=0) for part in parts) if packed else b"".join(parts)
    archive = Archive(stream=io.BytesIO(data), path="a.warc", published=None, limits=limits or Limits(), pages=Plain())  # type: ignore[arg-type]
    return list(read_archive(archive))


def short(found: list[Article | Reject]) -> list[str]:
    return [o.text if isinstance(o, Article) else o.reason for o in found]


THREE = (record(A, "one"), record(B, "two"), record(C, "three"))


@pytest.mark.parametrize("name", ["a.warc", "A.WARC.GZ", "a.warc.gz"])
def test_pages_of_an_archive_are_articles_with_their_address_and_date(write, gather, make_page, story, name):
    dated = make_page(head='<meta property="article:published_time" content="2024-02-01T10:00:00Z">')
    parts = [record(A, dated), record(B, make_page()), record(C, make_page(head='<meta name="date" content="2031-01-01">'))]
    path = write(name, b"".join(gzip.compress(p, mtime=0) for p in parts) if name.lower().endswith("gz") else b"".join(parts))
    first, second, third = gather(path)
    assert story.strip() in first.text
    assert (first.url, first.published, first.flags, first.path) == (A, date(2024, 2, 1), (), str(path))
    assert (second.url, second.published, second.flags) == (B, date(2024, 2, 3), ("date_of_fetching",))
    assert (third.published, third.flags) == (None, ("bad_date",))


def test_bad_page_is_a_reject_that_names_its_record_and_address(write, gather, make_page):
    path = write("a.warc", record(A, "<html></html>") + record(B, make_page()))
    bad, good = gather(path)
    assert (bad.reason, bad.path, bad.id, good.url) == ("empty", str(path), f"{path}:0", B)
    assert "record at byte 0" in bad.message
    assert A in bad.message


@pytest.mark.parametrize("packed", [False, True])
def test_what_is_no_page_is_passed_over(packed):
    no_page = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n"
    parts = (
        record(A, "x" * 99, http=PNG),
        record(A, "none", http=no_page),
        record(A, "GET", kind="request"),
        record(A, "m", kind="metadata"),
    )
    assert short(outcomes(*parts, *THREE, packed=packed)) == ["one", "two", "three"]


def test_whole_archive_in_one_gzip_stream_is_read():
    assert short(outcomes(b"".join(THREE), packed=True)) == ["one", "two", "three"]


@pytest.mark.parametrize("packed", [False, True])
def test_truncated_archive_keeps_what_could_be_read(packed):
    data = b"".join(gzip.compress(p, mtime=0) for p in THREE) if packed else b"".join(THREE)
    third = len(data) - len(gzip.compress(THREE[2], mtime=0) if packed else THREE[2])
    for cut in range(third + 1, len(data) - 12, 7):
        found = outcomes(data[:cut])
        assert short(found) in (["one", "two", "damaged"], ["one", "two", "three", "damaged"]), cut
        assert "a.warc: the record" in found[-1].message


@pytest.mark.parametrize("length", [10**9, 10**30, -5, "many", "", 0x7FFFFFFFFFFFFFFF])
@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("http", [HTML, PNG])
def test_length_that_lies_costs_one_record(length, packed, http):
    found = outcomes(THREE[0], record(B, "lie", length=length, http=http), THREE[2], packed=packed)
    assert short(found) == ["one", "damaged", "three"]


def test_length_that_runs_over_some_records_loses_none_of_them():
    assert short(outcomes(THREE[0], record(B, "lie", length=500), *THREE)) == ["one", "damaged", "one", "two", "three"]


def test_length_that_is_too_short_flags_the_page_as_cut():
    found = outcomes(THREE[0], record(B, "much longer than that", length=len(HTML) + 6), THREE[2])
    assert short(found) == ["one", "much", "damaged", "three"]
    assert "cut" in found[1].flags
    assert "cut" not in found[0].flags


def test_record_that_the_crawler_cut_is_flagged():
    (article,) = outcomes(record(A, "one", more="WARC-Truncated: length\r\n"))
    assert "cut" in article.flags


@pytest.mark.parametrize("junk", [b"junk\r\n" * 20, b"\0" * 2_000, bytes(range(256)) * 20])
@pytest.mark.parametrize("packed", [False, True])
def test_junk_between_records_is_one_reject(junk, packed):
    assert short(outcomes(THREE[0], junk, THREE[2], packed=packed)) == ["one", "damaged", "three"]


def test_broken_gzip_member_costs_itself_alone():
    parts = [bytearray(gzip.compress(record(url, "page " * 200 + url), mtime=0)) for url in (A, B, C)]
    for place in range(12, len(parts[1]) - 9, 11):
        broken = bytearray(parts[1])
        broken[place] ^= 0x55
        found = outcomes(bytes(parts[0]) + bytes(broken) + bytes(parts[2]))
        assert len(found) in (2, 3, 4)
        assert (found[0].url, found[-1].url) == (A, C)
        assert "damaged" in short(found), place


@pytest.mark.parametrize("data", [b"", gzip.compress(b"", mtime=0)])
def test_empty_archive_gives_nothing(data):
    assert outcomes(data) == []


@pytest.mark.parametrize("data", [b"no archive", b"\x1f\x8b\x08no gzip", b"\0" * 500, "WARC/1.0\r\n".encode("utf-16-le") * 9])
def test_what_is_no_archive_is_one_reject(data):
    assert short(outcomes(data)) == ["damaged"]


@pytest.mark.parametrize("mark", [b"\nWARC/1.\n", b"\x1f\x8b\x08\0zz"])
def test_marks_without_end_are_given_up(mark):
    begin = time.monotonic()
    assert len(outcomes(mark * 300_000)) < 110
    assert time.monotonic() - begin < 5


def bomb(name: str) -> bytes:
    """A gzip member of some 100 kB that holds 100 MB."""
    blank = bytes(100_000_000)
    if name == "header":
        return gzip.compress(b"WARC/1.0\r\nX: " + blank.replace(b"\0", b"a"), mtime=0)
    if name == "lines":
        return gzip.compress(b"\r\n" * 50_000_000, mtime=0)
    if name == "body":
        return gzip.compress(record(B, gzip.compress(blank, mtime=0), http=HTML + b"Content-Encoding: gzip\r\n"))
    if name == "brotli":
        return gzip.compress(record(B, brotli.compress(blank, quality=3), http=HTML + b"Content-Encoding: br\r\n"))
    return gzip.compress(record(B, blank, http=PNG if name == "picture" else HTML), mtime=0)


@pytest.mark.parametrize("name", ["page", "picture", "header", "lines", "body", "brotli"])
def test_bomb_is_bounded_and_the_next_record_is_read(name):
    data = gzip.compress(THREE[0], mtime=0) + bomb(name) + gzip.compress(THREE[2], mtime=0)
    tracemalloc.start()
    begin = time.monotonic()
    found = outcomes(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert short(found) in (["one", "three"], ["one", "too_large", "three"], ["one", "damaged", "three"])
    assert (name in ("page", "body", "brotli")) == ("too_large" in short(found))
    assert time.monotonic() - begin < 10
    assert peak < 120_000_000


@pytest.mark.parametrize(
    ("header", "body"),
    [
        (b"Transfer-Encoding: chunked\r\n", b"3\r\none\r\n0\r\n\r\n"), (b"Transfer-Encoding: chunked\r\n", b"one"),
        (b"Content-Encoding: gzip\r\n", gzip.compress(b"one", mtime=0)), (b"Content-Encoding: br\r\n", brotli.compress(b"one")),
        (b"Content-Encoding: identity\r\n", b"one"),
    ],
)  # fmt: skip
def test_packed_bodies_are_unpacked(header, body):
    assert short(outcomes(record(A, body, http=HTML + header), THREE[1])) == ["one", "two"]


@pytest.mark.parametrize(("encoding", "body"), [(b"gzip", b"junk"), (b"gzip", gzip.compress(b"one", mtime=0)[:-9]), (b"secret", b"x"), (b"gzip, gzip", b"x")])  # fmt: skip
def test_body_that_cannot_be_unpacked_is_a_reject(encoding, body):
    found = outcomes(record(A, body, http=HTML + b"Content-Encoding: " + encoding + b"\r\n"), THREE[1])
    assert short(found) in (["damaged", "two"], ["unreadable", "two"])


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.booleans())
def test_changed_archives_never_break_the_run(data, packed):
    content = bytearray(b"".join(gzip.compress(p, mtime=0) for p in THREE) if packed else b"".join(THREE))
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    for outcome in outcomes(bytes(content)):
        assert isinstance(outcome, Article | Reject)
