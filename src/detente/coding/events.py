"""Events from the model's triggers, by the rules of the codebook."""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from detente.coding.binding import bind_statements, link_denials
from detente.document import Actor, Doc, Event, Sentence, Span, Trigger
from detente.identity import content_hash

UTTERED = frozenset({"REQUEST", "THREATEN", "AGREE", "REJECT", "ACCUSE"})
SAY_WHAT = frozenset({"THREATEN", "AGREE", "CONCEDE"})
HISTORICAL = 0.5
NEWS_DAYS = 7  # an act that lies further back than this is background


def code_events(doc: Doc) -> tuple[Event, ...]:
    """The events of an article in text order."""
    found = []
    for trigger in doc.marks.triggers:
        kind = not_body_kind(doc, trigger.span)
        if kind in (None, "headline") and has_party(trigger):
            found.append(event(doc, trigger, headline=kind == "headline"))
    return link_denials(doc, bind_statements(doc, link_repeats(found, doc.actors)))


def not_body_kind(doc: Doc, span: Span) -> str | None:
    return next((n.kind for n in doc.not_body if n.span.overlaps(span)), None)


def has_party(trigger: Trigger) -> bool:
    return bool(trigger.arguments["who"] or trigger.arguments["to"])


def sentence_of(sentences: Sequence[Sentence], span: Span) -> Span:
    at = bisect.bisect_right(sentences, span.start, key=lambda s: s.span.start) - 1
    return sentences[max(at, 0)].span


def first(trigger: Trigger, role: str) -> Span | None:
    found = trigger.arguments.get(role, ())
    return found[0].span if found else None


def status_of(trigger: Trigger) -> tuple[str, Span | None]:
    """Status and condition agree: conditional has its condition's words, and nothing else has any."""
    condition = first(trigger, "if")
    if trigger.status == "conditional":
        if condition is not None:
            return "conditional", condition
        return ("actual" if trigger.type in UTTERED else "hypothetical"), None
    if trigger.type in UTTERED and trigger.status in ("future", "hypothetical"):
        return "actual", None
    return trigger.status, None


def is_historical(doc: Doc, trigger: Trigger) -> bool:
    """By its date where one is known, else as the model reads it."""
    when, published = first(trigger, "when"), doc.article.published
    time = doc.times.get(when) if when else None
    if time is None or time.end_date is None or published is None:
        return trigger.historical >= HISTORICAL
    if time.end_date < published - timedelta(days=NEWS_DAYS):
        return True
    return trigger.historical >= HISTORICAL and time.precision != "day"


def event(doc: Doc, trigger: Trigger, *, headline: bool) -> Event:
    status, condition = status_of(trigger)
    actors = tuple(a.span for a in trigger.arguments["who"])
    recipients = tuple(a.span for a in trigger.arguments["to"])
    parties = [a.score for role in ("who", "to") for a in trigger.arguments[role]]
    score = trigger.score * trigger.type_score * (sum(parties) / len(parties))
    claimed = first(trigger, "by")
    return Event(
        id=content_hash(doc.article.id, "event", trigger.span, trigger.type), type=trigger.type, mode=trigger.mode, status=status,
        historical=is_historical(doc, trigger), headline=headline, score=round(score, 4), trigger=trigger.span,
        sentence=sentence_of(doc.sentences, trigger.span), actors=actors, recipients=recipients, place=first(trigger, "at"),
        time=first(trigger, "when"), instrument=first(trigger, "with"), condition=condition,
        threatened=first(trigger, "what") if trigger.type in SAY_WHAT else None,
        claimed_by=None if claimed in actors else claimed, runner_up=trigger.runner_up,
    )  # fmt: skip


def names(spans: Sequence[Span], actors: Mapping[Span, Actor]) -> frozenset[str]:
    return frozenset(a.name for s in spans if (a := actors.get(s)) and a.name)


def link_repeats(events: Sequence[Event], actors: Mapping[Span, Actor]) -> list[Event]:
    """A later mention with the same type, mode and resolved parties is the same act as the earlier one."""
    first_of: dict[tuple[object, ...], str] = {}
    linked = []
    for e in events:
        who, to = names(e.actors, actors), names(e.recipients, actors)
        key = (e.type, e.mode, e.status, who, to)
        if who and to and key in first_of:
            e = replace(e, same_as=first_of[key])
        elif who and to:
            first_of[key] = e.id
        linked.append(e)
    return linked
