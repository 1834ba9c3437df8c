"""Sitemaps give the addresses of one site, however they are nested."""

from __future__ import annotations

import gzip
from datetime import date

import pytest

from detente.errors import TooLarge, Unreadable
from detente.reading import Reject
from detente.reading.feeds import Entry
from detente.reading.sitemaps import Reach, read_sitemap, walk_sitemap
from tests.reading.server import answer

URL = "https://example.org/sitemap.xml"
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def urlset(*addresses: str) -> bytes:
    return f"<?xml version='1.0'?><urlset {NS}>{''.join(f'<url><loc>{a}</loc></url>' for a in addresses)}</urlset>".encode()


def index(*addresses: str) -> bytes:
    return f"<sitemapindex {NS}>{''.join(f'<sitemap><loc> {a} </loc></sitemap>' for a in addresses)}</sitemapindex>".encode()


def test_news_sitemap_gives_address_title_and_date(pages):
    news = "<news:news><news:publication_date>2024-02-03T10:00:00Z</news:publication_date><news:title>Norway meets</news:title></news:news>"
    source = f"<urlset {NS}><url><loc>https://example.org/1</loc><lastmod>2024-02-09</lastmod>{news}</url></urlset>".encode()
    assert read_sitemap(source, url=URL, pages=pages).entries == (Entry("https://example.org/1", "Norway meets", date(2024, 2, 3)),)


def test_day_of_a_change_is_not_the_date(pages):
    source = f"<urlset {NS}><url><loc>https://example.org/1</loc><lastmod>2024-02-09</lastmod></url></urlset>".encode()
    assert read_sitemap(source, url=URL, pages=pages).entries[0].published is None


@pytest.mark.parametrize("data", [urlset("https://example.org/1"), gzip.compress(urlset("https://example.org/1"), mtime=0), b"https://example.org/1\r\n\nnone\n"])  # fmt: skip
def test_plain_gzipped_and_text_sitemaps_are_read(pages, data):
    assert read_sitemap(data, url=URL, pages=pages).entries == (Entry("https://example.org/1"),)


def test_only_web_addresses_are_taken(pages):
    found = read_sitemap(urlset("file:///etc/passwd", "javascript:x", "https://example.org/1"), url=URL, pages=pages)
    assert [e.url for e in found.entries] == ["https://example.org/1"]


def test_truncated_sitemap_keeps_its_addresses_and_is_flagged(pages):
    found = read_sitemap(urlset(*(f"https://example.org/{i}" for i in range(9)))[:-60], url=URL, pages=pages)
    assert (5 < len(found.entries) < 9, found.flags) == (True, ("cut",))


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 99, b"<html><p>x</html", b"words", urlset("a").replace(b"<urlset", b"<!DOCTYPE u [<!ENTITY")]
)
def test_what_is_no_sitemap_is_unreadable(pages, data):
    with pytest.raises(Unreadable, match="no sitemap"):
        read_sitemap(data, url=URL, pages=pages)


def test_entities_and_files_of_a_sitemap_are_not_read(pages):
    before = '<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y "https://example.org/1">]>'
    source = f"{before}<urlset {NS}><url><loc>&x;</loc></url><url><loc>&y;</loc></url></urlset>".encode()
    assert read_sitemap(source, url=URL, pages=pages).entries == ()


def test_gzip_bomb_is_too_large(pages):
    with pytest.raises(TooLarge):
        read_sitemap(gzip.compress(b" " * 50_000_000, mtime=0), url=URL, pages=pages)


def walk(site, fetcher, pages, reach=None):
    return list(walk_sitemap(f"{site.url}/s.xml", fetcher=fetcher, pages=pages, reach=reach))


def test_nested_sitemaps_are_walked_once_each_and_on_the_same_site(site, fetcher, pages):
    u = site.url
    site.routes["/s.xml"] = answer(index(f"{u}/a.xml", f"{u}/b.xml", f"{u}/s.xml", f"{u}/gone.xml", "http://other.example/x.xml"))
    site.routes["/a.xml"] = answer(urlset(f"{u}/1", f"{u}/2", "https://other.example/3"))
    site.routes["/b.xml"] = answer(urlset(f"{u}/2", f"{u}/4"))
    found = walk(site, fetcher, pages)
    assert [e.url for e in found if isinstance(e, Entry)] == [f"{u}/1", f"{u}/2", f"{u}/4"]
    (gone,) = [e for e in found if isinstance(e, Reject)]
    assert (gone.reason, gone.id) == ("status", f"{u}/gone.xml")


def test_endless_nesting_is_bounded_and_says_so(site, fetcher, pages):
    for i in range(20):
        site.routes[f"/{i}.xml" if i else "/s.xml"] = answer(index(f"{site.url}/{i + 1}.xml"))
    (bad,) = walk(site, fetcher, pages)
    assert (bad.reason, bad.id) == ("too_large", f"{site.url}/3.xml")


def test_number_of_sitemaps_and_addresses_is_bounded(site, fetcher, pages):
    site.routes["/s.xml"] = answer(index(*(f"{site.url}/{i}.xml" for i in range(9))))
    for i in range(9):
        site.routes[f"/{i}.xml"] = answer(urlset(*(f"{site.url}/{i}{j}" for j in range(10))))
    assert len(walk(site, fetcher, pages, Reach(files=3))) == 21
    assert len(walk(site, fetcher, pages, Reach(entries=15))) == 16
