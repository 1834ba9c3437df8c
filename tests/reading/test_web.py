"""Addresses and feeds become articles, and each that doesn't says why."""

from __future__ import annotations

from datetime import date

import pytest

from detente.document import Article
from detente.reading.feeds import Entry
from detente.reading.fetching import Stamp
from detente.reading.language import Guess
from detente.reading.web import Web, fetch_feed, read_feed_pages, read_url, read_urls
from tests.reading.server import answer, redirect


@pytest.fixture
def web(fetcher, pages):
    return Web(fetcher=fetcher, pages=pages, identify=lambda text: Guess("en", 1.0), seen=date(2024, 2, 5))


def test_page_of_an_address_is_an_article(site, web, make_page, story):
    site.routes["/old"] = redirect("/new")
    site.routes["/new"] = answer(make_page(head='<meta property="article:published_time" content="2024-02-03">'))
    article = read_url(Entry(f"{site.url}/old"), web)
    assert story.strip() in article.text
    assert (article.url, article.path, article.published, article.flags) == (f"{site.url}/new", f"{site.url}/old", date(2024, 2, 3), ())


def test_feed_stands_in_for_what_the_page_lacks(site, web, make_page):
    site.routes["/a"] = answer(make_page())
    article = read_url(Entry(f"{site.url}/a", "Another title", date(2024, 2, 4)), web)
    assert (article.title, article.published) == ("Norway doubles its share", date(2024, 2, 4))


def test_page_from_the_future_loses_its_date(site, web, make_page):
    site.routes["/a"] = answer(make_page(head='<meta property="article:published_time" content="2031-02-03">'))
    article = read_url(Entry(f"{site.url}/a"), web)
    assert (article.published, article.flags) == (None, ("bad_date",))


def test_charset_of_the_server_is_used(site, web, make_page, story):
    page = make_page(body=f"<p>“Talks” began. {story * 2}</p>")
    site.routes["/a"] = answer(page.encode("utf-16-le"), kind="text/html; charset=utf-16le")
    site.routes["/b"] = answer(page.encode("utf-16-le"), kind="text/html")
    assert "“Talks” began." in read_url(Entry(f"{site.url}/a"), web).text
    assert read_url(Entry(f"{site.url}/b"), web).reason == "unreadable"


def test_every_address_has_one_outcome(site, web, make_page):
    site.routes["/a"] = answer(make_page())
    found = list(read_urls([f"{site.url}/a", f"{site.url}/gone", "file:///etc/passwd", "nonsense", "http://"], web))
    assert [o.reason if not isinstance(o, Article) else "article" for o in found] == ["article", "status", "scheme", "scheme", "no_input"]


def test_pages_of_a_feed_are_articles(site, web, make_page):
    site.routes["/a"] = answer(make_page())
    entries = (
        f"<item><link>{site.url}/a</link><pubDate>Sun, 04 Feb 2024 10:00:00 GMT</pubDate></item><item><link>{site.url}/b</link></item>"
    )
    site.routes["/feed"] = answer(f'<rss version="2.0"><channel>{entries}</channel></rss>', kind="application/rss+xml", ETag='"7"')
    article, gone = read_feed_pages(f"{site.url}/feed", web)
    assert (article.published, gone.reason, gone.path) == (date(2024, 2, 4), "status", f"{site.url}/b")
    assert [o.reason for o in read_feed_pages(f"{site.url}/none", web)] == ["status"]


def test_unchanged_feed_is_none_and_keeps_its_stamp(site, web):
    site.routes["/feed"] = lambda h: answer(
        '<rss version="2.0"><channel></channel></rss>', status=304 if h.headers["If-None-Match"] else 200, ETag='"7"', length=0
    )(h) if h.headers["If-None-Match"] else answer('<rss version="2.0"><channel></channel></rss>', ETag='"7"')(h)  # fmt: skip
    feed, stamp = fetch_feed(f"{site.url}/feed", web)
    assert (feed.entries, stamp) == ((), Stamp('"7"', None))
    assert fetch_feed(f"{site.url}/feed", web, stamp=stamp) == (None, stamp)
