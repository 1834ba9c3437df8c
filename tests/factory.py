"""Small Docs for tests: an article with marks written as words of its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from detente.coding.sentences import find_sentences
from detente.document import Argument, Article, Doc, Marks, Mention, Span, Speech, Trigger

ROLES = ("who", "to", "by", "at", "when", "with", "if", "what")


def span(text: str, words: str, nth: int = 0) -> Span:
    """The nth place of the words in the text."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def mention(text: str, words: str, sector: str = "GOV", *, nth: int = 0, anaphoric: float = 0.0) -> Mention:
    return Mention(span(text, words, nth), 0.9, ((sector, 0.9),), anaphoric)


def trigger(text: str, words: str, type: str, *, status: str = "actual", historical: float = 0.0, **roles: Sequence[str]) -> Trigger:
    arguments = {r: tuple(Argument(span(text, w), 0.9) for w in roles.get(r, ())) for r in ROLES}
    return Trigger(span=span(text, words), score=0.9, type=type, type_score=0.9, runner_up="AGREE", mode=None, status=status,
                   status_score=0.9, historical=historical, arguments=arguments)  # fmt: skip


def speech(text: str, cue: str | None, content: Sequence[str], **roles: str) -> Speech:
    pieces = tuple(span(text, c) for c in content)
    found = {r: (Argument(span(text, roles[r]), 0.9),) if r in roles else () for r in ("speaker", "addressee", "reporter")}
    at = span(text, cue) if cue else None
    return Speech(cue=at, opening=at.start if at else pieces[0].start, score=0.9, content=pieces, arguments=found)


def marked(
    text: str, *, mentions: Sequence[Mention] = (), triggers: Sequence[Trigger] = (), speeches: Sequence[Speech] = (),
    antecedents: Mapping[Span, Argument] | None = None, published: date | None = date(2024, 11, 25), title: str | None = None,
) -> Doc:  # fmt: skip
    """A Doc whose layers up to the marks are set."""
    doc = Doc(Article(id="a1", text=text, published=published, title=title)).with_layer("not_body", ())
    doc = doc.with_layer("sentences", find_sentences(doc))
    marks = Marks(mentions=tuple(mentions), triggers=tuple(triggers), speeches=tuple(speeches), antecedents=antecedents or {})
    return doc.with_layer("marks", marks)
