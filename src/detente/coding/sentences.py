"""Sentences of a text with their offsets."""

from __future__ import annotations

import re

import sentencex

from detente.document import Doc, Sentence, Span


def split_sentences(text: str, start: int, end: int) -> list[Span]:
    """The sentences of the paragraph ``text[start:end]``, without the blanks around them."""
    found, at = [], start
    for part in sentencex.segment("en", text[start:end]):
        stripped = part.strip()
        first = text.find(stripped, at, end) if stripped else -1
        if first >= 0:
            found.append(Span(first, first + len(stripped)))
            at = first + len(stripped)
    return found


OUTSIDE = frozenset({"promo", "copyright", "caption", "byline", "correction", "other"})


def find_sentences(doc: Doc) -> tuple[Sentence, ...]:
    """The sentences of all paragraphs but those that are no body at all; a headline counts, its events are coded."""
    left_out = [n.span for n in doc.not_body if n.kind in OUTSIDE]
    found: list[Sentence] = []
    for number, match in enumerate(re.finditer(r"[^\n\r]+", doc.article.text)):
        paragraph = Span(match.start(), match.end())
        if not any(paragraph.overlaps(span) for span in left_out):
            found += [Sentence(span, number) for span in split_sentences(doc.article.text, *paragraph)]
    return tuple(found)
