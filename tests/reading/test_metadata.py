"""What a page says of itself is read where it is present, and a page that says nonsense is read without it."""

from __future__ import annotations

import json
from datetime import date

import pytest

NEWS = {
    "@context": "https://schema.org", "@type": "NewsArticle", "headline": "Norway doubles its share", "inLanguage": "en-GB",
    "datePublished": "2024-02-03T10:00:00+01:00", "author": [{"@type": "Person", "name": "Kari Nordmann"}, {"@type": "Person", "name": "Ola Hansen"}],
    "publisher": {"@type": "Organization", "name": "Example Wire"}, "mainEntityOfPage": {"@id": "https://example.org/n/1"},
}  # fmt: skip


def script(value: object) -> str:
    return f'<script type="application/ld+json">{value if isinstance(value, str) else json.dumps(value)}</script>'


@pytest.mark.parametrize(
    "data", [NEWS, [NEWS], {"@graph": [{"@type": "WebPage"}, NEWS]}, {**NEWS, "@type": ["ReportageNewsArticle", "Thing"]}]
)
def test_structured_data_of_an_article_are_read(pages, make_page, data):
    draft = pages.read(make_page(head=script(data)).encode(), path="a")
    assert (draft.title, draft.published, draft.url) == ("Norway doubles its share", date(2024, 2, 3), "https://example.org/n/1")
    assert (draft.page_language, draft.byline) == ("en-GB", "Kari Nordmann; Ola Hansen")


def test_publisher_of_structured_data_is_read(pages, make_page):
    assert pages.read(make_page(head=script(NEWS)).encode(), path="a").publisher == "Example Wire"


def test_canonical_address_goes_before_structured_data(pages, make_page):
    head = script(NEWS) + '<link rel="canonical" href="https://example.org/n/2">'
    assert pages.read(make_page(head=head).encode(), path="a").url == "https://example.org/n/2"


@pytest.mark.parametrize(
    ("page", "language"),
    [('<html lang="de">', "de"), ('<html><meta property="og:locale" content="en_US">', "en_US"), ("<html>", None)],
)
def test_language_that_a_page_declares_is_kept_and_its_text_is_judged(pages, make_page, page, language):
    draft = pages.read(make_page().replace("<html>", page, 1).encode(), path="a")
    assert (draft.page_language, draft.language) == (language, None)


def test_byline_of_the_head_is_read(pages, make_page):
    assert pages.read(make_page(head='<meta name="author" content="Kari Nordmann">').encode(), path="a").byline == "Kari Nordmann"


@pytest.mark.parametrize(
    "value",
    [
        "{broken", "[" * 100_000, "null", '{"@type": "NewsArticle", "url": 5, "author": {"name": ["x"]}, "inLanguage": {}, "mainEntityOfPage": []}',
        '{"@type": "NewsArticle", "url": "javascript:alert(1)"}', '{"@type": {"a": 1}, "@graph": {"@graph": 1}}', "1" * 6_000, '"\\ud800"',
        json.dumps([{"@type": "Thing"}] * 50_000),
    ],
    ids=range(9),
)  # fmt: skip
def test_broken_structured_data_spoil_nothing(pages, make_page, story, value):
    draft = pages.read(make_page(head=script(value)).encode(), path="a")
    assert story.strip() in draft.text
    assert not (draft.url or "").startswith("javascript")
