"""robots.txt as RFC 9309 has it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.reading.robots import parse_robots

TEXT = """
# all
User-agent: *
Disallow: /private
Allow: /private/open
Disallow: /*.pdf$
Disallow: /a*b*c
Crawl-delay: 3

User-agent: other
User-agent: Detente
Disallow: /only

Sitemap: https://example.org/news.xml
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True), ("/private", False), ("/private/open/x", True), ("/a.pdf", False), ("/a.pdf?x", True), ("/axbyc", False),
        ("/acb", True), ("/only", True), ("/robots.txt", True), ("/%70rivate", False),
    ],
)  # fmt: skip
def test_longest_rule_decides(path, allowed):
    assert parse_robots(TEXT, agent="someone").allows(f"https://example.org{path}") is allowed


def test_group_of_ones_own_stands_for_all():
    robots = parse_robots(TEXT, agent="detente")
    assert [robots.allows(f"https://example.org{path}") for path in ("/private", "/only")] == [True, False]
    assert (robots.delay, robots.sitemaps) == (0.0, ("https://example.org/news.xml",))


@pytest.mark.parametrize("delay", ["nan", "-1", "inf", "soon", ""])
def test_odd_delays_are_none_and_long_ones_are_capped(delay):
    assert parse_robots(f"User-agent: *\nCrawl-delay: {delay}", agent="x").delay == 0
    assert parse_robots("User-agent: *\nCrawl-delay: 9999", agent="x").delay == 60


def test_pattern_full_of_stars_takes_no_time():
    robots = parse_robots("User-agent: *\nDisallow: /" + "*a" * 2_000 + "$", agent="x")
    begin = time.monotonic()
    assert robots.allows("https://example.org/" + "a" * 1_900 + "b")
    assert time.monotonic() - begin < 1


@given(st.text(), st.text())
def test_any_text_is_read(text, path):
    parse_robots(text, agent="detente").allows("https://example.org/" + path.replace("[", "").replace("]", ""))
