"""A Doc as the JSON object of the contract: every field with the words that it came from."""

from __future__ import annotations

from typing import Any

from detente.document import Doc, Event, Span, Statement
from detente.ontology import TYPE_INFO, to_cameo


def span(doc: Doc, value: Span | None) -> dict[str, Any] | None:
    return None if value is None else {"start": value.start, "end": value.end, "text": doc.words(value)}


def actor(doc: Doc, value: Span | None) -> dict[str, Any] | None:
    """ACTOR: the span with name, country, sector, role and what it refers to."""
    if value is None:
        return None
    found = doc.actors.get(value)
    return {
        "start": value.start, "end": value.end, "text": doc.words(value), "name": found.name if found else None,
        "country": found.country if found else None, "sector": found.sector if found else None,
        "role": found.role if found else None, "refers_to": span(doc, found.refers_to) if found else None,
        "reason": found.reason if found else "no actor mention",
    }  # fmt: skip


def place(doc: Doc, value: Span | None) -> dict[str, Any] | None:
    if value is None:
        return None
    found = doc.places[value]
    return {"start": value.start, "end": value.end, "text": doc.words(value), "name": found.name, "country": found.country,
            "lat": found.lat, "lon": found.lon, "precision": found.precision}  # fmt: skip


def time(doc: Doc, value: Span | None) -> dict[str, Any] | None:
    if value is None:
        return None
    found = doc.times[value]
    days = {"start_date": found.start_date, "end_date": found.end_date}
    return {"start": value.start, "end": value.end, "text": doc.words(value),
            **{k: v.isoformat() if v else None for k, v in days.items()}, "precision": found.precision}  # fmt: skip


def event(doc: Doc, e: Event) -> dict[str, Any]:
    info = TYPE_INFO[e.type]
    return {
        "id": e.id, "type": e.type, "mode": e.mode, "quad": info.quad, "cameo": to_cameo(e.type, e.mode), "intensity": info.intensity,
        "score": e.score, "runner_up": e.runner_up, "status": e.status, "historical": e.historical, "headline": e.headline,
        "trigger": span(doc, e.trigger), "actors": [actor(doc, a) for a in e.actors],
        "recipients": [actor(doc, a) for a in e.recipients], "place": place(doc, e.place), "time": time(doc, e.time),
        "instrument": span(doc, e.instrument), "condition": span(doc, e.condition), "threatened": span(doc, e.threatened),
        "claimed_by": actor(doc, e.claimed_by), "same_as": e.same_as, "sentence": span(doc, e.sentence),
    }  # fmt: skip


def speaker(doc: Doc, s: Statement) -> dict[str, Any] | None:
    """The speaker's ACTOR, whose span takes in what is apposed to the name."""
    found = actor(doc, s.speaker)
    return {**found, **(span(doc, s.described) or {})} if found else None


def statement(doc: Doc, s: Statement) -> dict[str, Any]:
    return {
        "id": s.id, "kind": s.kind, "speaker": speaker(doc, s), "cue": span(doc, s.cue),
        "content": [span(doc, c) for c in s.content], "addressee": actor(doc, s.addressee),
        "reported_by": actor(doc, s.reported_by), "score": s.score,
    }  # fmt: skip


def record(doc: Doc) -> dict[str, Any]:
    """The whole object of the contract; keys in fixed order."""
    a = doc.article
    return {
        "id": a.id, "title": a.title, "published": a.published.isoformat() if a.published else None, "language": a.language,
        "not_body": [{**(span(doc, n.span) or {}), "kind": n.kind} for n in doc.not_body],
        "events": [event(doc, e) for e in doc.events], "statements": [statement(doc, s) for s in doc.statements],
    }  # fmt: skip
