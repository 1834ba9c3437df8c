"""Feeds give entries with what they say, and hostile ones give nothing else."""

from __future__ import annotations

import time
from datetime import date

import pytest

from detente.errors import TooLarge, Unreadable
from detente.reading import Limits
from detente.reading.feeds import Entry, feed_date, read_feed
from detente.reading.pages import PageReader

URL = "https://example.org/feed.xml"


def rss(items: str, head: str = "<title>Wire</title><language>en-gb</language>", before: str = "") -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?>{before}<rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()


def item(link: str, more: str = "") -> str:
    return f"<item><link>{link}</link>{more}</item>"


def test_rss_entries_have_their_facts(pages):
    more = "<title>Norway &amp;amp; Sweden meet</title><pubDate>Sat, 03 Feb 2024 23:30:00 -0500</pubDate><description><![CDATA[<p>They <b>met</b>.</p>]]></description>"
    feed = read_feed(rss(item("/n/1", more) + item("https://example.org/n/2")), url=URL, pages=pages)
    assert (feed.title, feed.language, feed.flags, feed.rejects) == ("Wire", "en-gb", (), ())
    assert feed.entries == (
        Entry("https://example.org/n/1", "Norway & Sweden meet", date(2024, 2, 3), "They met."),
        Entry("https://example.org/n/2"),
    )


def test_atom_entries_have_their_facts(pages):
    source = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><title>T</title><link href="https://example.org/1"/>
    <published>2024-02-03T10:00:00Z</published><updated>2024-02-05T10:00:00Z</updated><summary>S.</summary></entry></feed>"""
    (entry,) = read_feed(source.encode(), url=URL, pages=pages).entries
    assert entry == Entry("https://example.org/1", "T", date(2024, 2, 3), "S.")


@pytest.mark.parametrize("link", ["file:///etc/passwd", "javascript:alert(1)", "", "mailto:a@example.org"])
def test_entry_without_a_web_address_is_a_reject(pages, link):
    feed = read_feed(rss(item(link) + item("/2")), url=URL, pages=pages)
    assert [e.url for e in feed.entries][-1:] == ["https://example.org/2"]
    assert [r.reason for r in feed.rejects] in (["bad_row"], [])
    assert all(e.url.startswith("https://example.org/") for e in feed.entries)


def test_address_that_comes_twice_is_one_entry(pages):
    assert len(read_feed(rss(item("/1") * 3), url=URL, pages=pages).entries) == 1


def test_date_in_the_future_is_left_out_and_flagged(pages):
    dates = "".join(item(f"/{i}", f"<pubDate>{day}</pubDate>") for i, day in enumerate(["2024-02-04", "2024-02-06", "Mon, 99 Foo", "may"]))
    feed = read_feed(rss(dates), url=URL, pages=pages, seen=date(2024, 2, 3))
    assert [(e.published, e.flags) for e in feed.entries] == [(date(2024, 2, 4), ()), *[(None, ("bad_date",))] * 3]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("Sat, 03 Feb 2024 00:10:00 +0530", date(2024, 2, 3)),
        ("2024-02-03T23:59:00Z", date(2024, 2, 3)),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_are_the_days_as_written(value, day):
    assert feed_date(value) == day


def laughs(times: int) -> str:
    lines = ['<!ENTITY a0 "ha ha ha ha">', *(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, times))]
    return f"<!DOCTYPE rss [{''.join(lines)}]>"


@pytest.mark.parametrize(
    "before",
    [
        laughs(10), '<!DOCTYPE rss [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;]>',
        '<!DOCTYPE rss SYSTEM "file:///etc/passwd">', f'<!DOCTYPE rss [<!ENTITY a9 "{"x" * 1_000_000}">]>',
    ],
    ids=["laughs", "file", "parameter", "doctype", "long"],
)  # fmt: skip
def test_entities_are_not_expanded(pages, before):
    begin = time.monotonic()
    title = "<title>" + "&a9;" * 1_000 + "</title>"
    try:
        feed = read_feed(rss(item("/1", title), before=before), url=URL, pages=pages)
    except Unreadable:
        return
    finally:
        assert time.monotonic() - begin < 10
    words = " ".join(e.title or "" for e in feed.entries)
    assert "root:" not in words
    assert len(words) < 30_000


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 100, b"<html><body>no feed</body></html>", b"plain words", b"\x1f\x8b\x08junk", "<rss>".encode("utf-16-le")]
)
def test_what_is_no_feed_is_unreadable(pages, data):
    with pytest.raises(Unreadable, match=r"feed\.xml") as caught:
        read_feed(data, url=URL, pages=pages)
    assert caught.value.reason == "unreadable"


def test_truncated_feed_keeps_its_entries_and_is_flagged(pages):
    feed = read_feed(rss("".join(item(f"/{i}", "<title>T</title>") for i in range(9)))[:-130], url=URL, pages=pages)
    assert 5 <= len(feed.entries) < 9
    assert feed.flags == ("cut",)


@pytest.mark.parametrize(
    "items", ["<a>" * 10_000 + "</a>" * 10_000, "<item " + " ".join(f'a{i}="x"' for i in range(100_000)) + "/>", item("/1") * 60_000],
    ids=["nesting", "attributes", "items"],
)  # fmt: skip
def test_odd_shapes_end_in_time_and_memory(items):
    begin = time.monotonic()
    with PageReader(limits=Limits(page_seconds=8)) as pages:
        try:
            assert len(read_feed(rss(items), url=URL, pages=pages).entries) <= 5_000
        except Unreadable as error:
            assert error.reason in ("timeout", "memory", "unreadable")  # noqa: PT017
    assert time.monotonic() - begin < 15


def test_feed_beyond_the_limit_is_too_large(pages):
    with pytest.raises(TooLarge, match="100 bytes"):
        read_feed(rss(item("/1")), url=URL, pages=pages, limits=Limits(file_bytes=100))


def test_pages_are_read_by_the_same_worker_afterwards(pages, make_page):
    read_feed(rss(item("/1")), url=URL, pages=pages)
    assert pages.read(make_page().encode(), path="a").text
