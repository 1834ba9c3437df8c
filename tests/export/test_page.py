"""The HTML page: whole, self-contained, and text stays text."""

from __future__ import annotations

import re

from detente import Article, Coder
from detente.export.page import page

HOSTILE = '<script>alert(1)</script> Iran condemned Israel\'s "airstrikes" on <b>Damascus</b> on Friday & left.'


def test_text_is_rendered_as_text(coder: Coder) -> None:
    html = page([coder.code(Article(id="a", text=HOSTILE, title="<img src=x onerror=alert(1)>"))])
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html


def test_marks_nest_and_the_words_stay(coder: Coder) -> None:
    text = "Iran condemned Israel's airstrikes on Damascus, the ministry said. It urged the UN to act."
    html = page([coder.code(Article(id="a", text=text))])
    body = re.search(r"<div class='text'>(.*?)</div>", html, re.S)
    assert body is not None
    assert re.sub(r"<[^>]+>", "", body[1]).replace("&#x27;", "'") == text
    depth = 0
    for tag in re.findall(r"</?mark", body[1]):
        depth += 1 if tag == "<mark" else -1
        assert depth >= 0
    assert depth == 0


def test_a_notebook_shows_the_cards(coder: Coder) -> None:
    html = coder.code("Iran condemned Israel on Friday.")._repr_html_()
    assert "ACCUSE" in html
    assert "class='card q3'" in html


def test_an_article_without_events_says_so(coder: Coder) -> None:
    assert "No event and no statement." in page([coder.code("The lake was calm.")])
