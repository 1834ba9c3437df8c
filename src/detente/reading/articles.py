"""One text and what is known about it become an article, or an error that says why not."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from detente.document import Article
from detente.errors import TooLarge, Unreadable
from detente.identity import content_id
from detente.reading.limits import Limits

CONTROLS = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
SURROGATE = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\ufffd"  # one code point for one, so offsets stay true
MOST_CONTROLS = 0.05  # of all characters; terminals and old word processors leave a few


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What an input gives before it is known to be an article; ``place`` names it in messages.

    ``byline`` has no place in an article yet.  ``page_language`` is what a page declares; it isn't taken for the language
    of the article, as many sites declare that of their template, and the text is judged instead.
    """

    place: str
    text: str
    path: str
    id: str | None = None
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    byline: str | None = None
    page_language: str | None = None
    flags: tuple[str, ...] = ()


def make_article(draft: Draft, *, published: date | None, limits: Limits) -> Article:
    """The article of a draft; ``published`` stands in where the draft has no date, and its lack is flagged.

    Raises Unreadable for an empty or binary text and TooLarge for one beyond the limit.
    """
    check_text(draft.text, place=draft.place, limits=limits)
    draft = mend_draft(draft)
    day = draft.published or published
    flags = draft.flags if day or "bad_date" in draft.flags else (*draft.flags, "no_date")
    return Article(
        id=draft.id or content_id(draft.text, published=day, url=draft.url), text=draft.text, title=draft.title,
        published=day, publisher=draft.publisher, url=draft.url, language=draft.language, path=draft.path, flags=flags,
    )  # fmt: skip


def mend(text: str) -> str:
    """The text with each half of a broken surrogate pair replaced, as it is no character and can't be written."""
    return SURROGATE.sub(REPLACEMENT, text)


def mend_draft(draft: Draft) -> Draft:
    """The draft without half surrogate pairs, which is flagged where there were any."""
    mended = replace(
        draft, text=mend(draft.text), id=draft.id and mend(draft.id), title=draft.title and mend(draft.title),
        publisher=draft.publisher and mend(draft.publisher), url=draft.url and mend(draft.url),
        language=draft.language and mend(draft.language),
    )  # fmt: skip
    return draft if mended == draft else replace(mended, flags=(*draft.flags, "surrogates"))


def check_text(text: str, *, place: str, limits: Limits) -> None:
    """Nothing happens where the text can be coded; else Unreadable or TooLarge."""
    if len(text) > limits.text_length:
        raise TooLarge(f"{place}: the text has {len(text):,} characters and the limit is {limits.text_length:,}; split it")
    if not text.strip():
        raise Unreadable(f"{place}: the text is empty", reason="empty")
    if "\0" in text:
        raise Unreadable(f"{place}: has NUL characters and is no text; give text, HTML or JSON lines")
    controls = sum(1 for _ in CONTROLS.finditer(text))
    if controls > MOST_CONTROLS * len(text):
        raise Unreadable(f"{place}: {controls} of {len(text)} characters are control characters; this is no text")
