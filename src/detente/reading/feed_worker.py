"""Reads a feed inside the page worker, which loads this file by its path: bytes to entries in plain types."""

from __future__ import annotations

import io
from typing import Any

import feedparser
from lxml import etree, html

MOST_ENTRIES = 5_000
LONGEST = 20_000  # characters of a title or summary


def read(data: bytes, url: str) -> dict[str, Any]:
    """Title, language and entries (``url, title, date, summary``) of a feed; ValueError where it is none.

    The parser takes no entities but characters and reads nothing from elsewhere.  Links are made whole by the feed's
    address.
    """
    feed: Any = feedparser.parse(io.BytesIO(data), response_headers={"content-location": url} if url else {})
    if not feed.get("version") and not feed.entries:
        raise ValueError(f"is no RSS or Atom feed ({fault(feed)}); name the address of a feed")
    entries = [entry(e) for e in feed.entries[:MOST_ENTRIES]]
    head = feed.feed
    cut = (bool(feed.get("bozo")) and is_broken(feed)) or len(feed.entries) > MOST_ENTRIES
    return {"title": plain(head.get("title")), "language": head.get("language"), "entries": entries, "cut": cut}


def is_broken(feed: Any) -> bool:
    """Whether the feed is no well-formed XML; another encoding than the declared one is no fault."""
    return not isinstance(feed.get("bozo_exception"), feedparser.CharacterEncodingOverride | feedparser.NonXMLContentType)


def fault(feed: Any) -> str:
    return str(feed.get("bozo_exception") or "no such element").partition("\n")[0][:200]


def entry(e: Any) -> dict[str, Any]:
    parsed = e.get("published_parsed") or e.get("updated_parsed")
    day = f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}" if parsed else None
    return {
        "url": e.get("link"), "title": plain(e.get("title")), "date": e.get("published") or e.get("updated"), "day": day,
        "summary": plain(e.get("summary")),
    }  # fmt: skip


def plain(words: Any) -> str | None:
    """The words of a piece of HTML, on one line."""
    if not isinstance(words, str) or not words.strip():
        return None
    words = words[:LONGEST]
    if "<" in words or "&" in words:
        try:
            words = html.fromstring(f"<div>{words}</div>").text_content()
        except (etree.ParserError, etree.XMLSyntaxError, ValueError):
            return None
    return " ".join(words.split()) or None
