"""Docs whose marks are the corpus's own annotation: to measure the rules after the model without it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from detente.coding.events import code_events
from detente.coding.reference import resolve_references
from detente.coding.sentences import find_sentences
from detente.coding.statements import code_statements
from detente.coding.times import resolve_times
from detente.document import Actor, Argument, Article, Doc, Marks, Mention, NotBody, Span, Speech, Trigger
from training.sheets import EventMark, Piece, StatementMark, Unit

ROLES = ("who", "to", "by", "at", "when", "with", "if", "what")
Stage = tuple[str, Callable[[Doc], Any]]


def spans(pieces: Iterable[Piece]) -> tuple[Argument, ...]:
    return tuple(Argument(Span(*p), 1.0) for p in pieces)


def trigger(e: EventMark, *, without: Sequence[str] = ()) -> Trigger:
    arguments = {r: () if r in without else spans(e.fields.get(r, ())) for r in ROLES}
    return Trigger(span=Span(*e.trigger), score=1.0, type=e.type, type_score=1.0, runner_up=e.type, mode=e.mode, status=e.status,
                   status_score=1.0, historical=float(e.historical), arguments=arguments)  # fmt: skip


def speech(s: StatementMark) -> Speech:
    found = {"speaker": spans(s.speakers), "addressee": spans(s.addressees), "reporter": spans(s.reporters)}
    cue = Span(*s.cue) if s.cue else None
    return Speech(cue=cue, opening=cue.start if cue else s.content[0].start, score=1.0, content=tuple(Span(*c) for c in s.content),
                  arguments=found)  # fmt: skip


def gold_marks(unit: Unit, *, without: Sequence[str] = ()) -> Marks:
    """The unit's annotation as the model would mark it; ``without`` are roles that are left out."""
    points = [r.span for r in unit.references]
    mentions = [Mention(Span(*a.span), 1.0, ((a.sector, 1.0),) if a.sector else ()) for a in unit.actors]
    known = {a.span for a in unit.actors}
    mentions += [Mention(Span(*p), 1.0, (), 1.0) for p in points if p not in known]
    return Marks(
        mentions=tuple(sorted(mentions, key=lambda m: m.span)),
        triggers=tuple(sorted((trigger(e, without=without) for e in unit.events), key=lambda t: t.span)),
        speeches=tuple(sorted((speech(s) for s in unit.statements), key=lambda s: s.opening)),
        antecedents={Span(*r.span): Argument(Span(*r.antecedent), 1.0) for r in unit.references},
    )


def gold_actors(unit: Unit, doc: Doc) -> dict[Span, Actor]:
    """The annotated country and sector of each mention, named by its own words or those of what it stands for."""
    codes = {Span(*a.span): (a.country, a.sector) for a in unit.actors}
    found = {}
    for m in doc.marks.mentions:
        target = doc.references.get(m.span, m.span)
        country, sector = codes.get(m.span) or codes.get(target) or (None, None)
        found[m.span] = Actor(span=m.span, name=doc.words(target), country=country, sector=sector)
    return found


def gold_doc(unit: Unit, *, without: Sequence[str] = ()) -> Doc:
    """A Doc up to its events, coded from the annotation."""
    day = unit.settings.get("published")
    article = Article(
        id=f"{unit.settings.get('article', 'unit')}:{unit.line}", text=unit.text, published=date.fromisoformat(day) if day else None
    )
    doc = Doc(article).with_layer("not_body", tuple(NotBody(Span(*n.span), n.kind) for n in unit.not_body))
    stages: tuple[Stage, ...] = (
        ("sentences", find_sentences), ("marks", lambda _: gold_marks(unit, without=without)), ("references", resolve_references),
        ("actors", lambda d: gold_actors(unit, d)), ("statements", code_statements), ("times", resolve_times), ("events", code_events),
    )  # fmt: skip
    for name, stage in stages:
        doc = doc.with_layer(name, stage(doc))
    return doc
