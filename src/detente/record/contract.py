"""A Doc as the JSON object of the contract: every field with the words that it came from."""

from __future__ import annotations

from typing import Any

from detente.document import Doc, Event, Measure, Span, Statement
from detente.ontology import TYPE_INFO, to_cameo
from detente.record.rows import named


def span(doc: Doc, value: Span | None) -> dict[str, Any] | None:
    return None if value is None else {"start": value.start, "end": value.end, "text": doc.words(value)}


def actor(doc: Doc, value: Span | None) -> dict[str, Any] | None:
    """ACTOR: the span with name, country, sector, role, whether that is current, and what it refers to."""
    if value is None:
        return None
    found = doc.actors.get(value)
    return {
        "start": value.start, "end": value.end, "text": doc.words(value), "name": found.name if found else None,
        "country": found.country if found else None, "sector": found.sector if found else None,
        "role": found.role if found else None, "current": found.current if found else None, "refers_to": span(doc, found.refers_to) if found else None,
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
        "claimed_by": actor(doc, e.claimed_by), "same_as": e.same_as, "statement_id": e.statement_id,
        "sentence": span(doc, e.sentence),
    }  # fmt: skip


def speaker(doc: Doc, s: Statement) -> dict[str, Any] | None:
    """The speaker's ACTOR, whose span takes in what is apposed to the name."""
    found = actor(doc, s.speaker)
    return {**found, **(span(doc, s.described) or {})} if found else None


def statement(doc: Doc, s: Statement) -> dict[str, Any]:
    return {
        "id": s.id, "kind": s.kind, "speaker": speaker(doc, s), "cue": span(doc, s.cue),
        "content": [span(doc, c) for c in s.content], "addressee": actor(doc, s.addressee),
        "reported_by": actor(doc, s.reported_by), "chain": [actor(doc, c) for c in chain(doc, s)], "score": s.score,
    }  # fmt: skip


def chain(doc: Doc, s: Statement) -> list[Span]:
    """The sources through which a statement comes, outermost first: who reports it, and who says that it was said."""
    around = sorted((o for o in doc.statements if encloses(o, s)), key=lambda o: sum(c.end - c.start for c in o.content), reverse=True)
    found = [x for o in around for x in (o.reported_by, o.speaker) if x]
    kept: list[Span] = []
    own = {s.speaker and named(doc, s.speaker)}
    for source in [*found, *([s.reported_by] if s.reported_by else [])]:
        if (name := named(doc, source)) not in own:
            own.add(name)
            kept.append(source)
    return kept


def encloses(outer: Statement, inner: Statement) -> bool:
    """True where a statement, with its cue, lies within the content of another one."""
    parts = [*inner.content, *([inner.cue] if inner.cue else [])]
    return outer is not inner and all(any(c.contains(p) and c != p for c in outer.content) for p in parts)


def measure(doc: Doc, m: Measure) -> dict[str, Any]:
    return {
        "id": m.id, "event_id": m.event, "kind": m.kind, "status": m.status, "instrument": span(doc, m.instrument),
        "object": span(doc, m.object), "senders": [actor(doc, a) for a in m.senders], "targets": [actor(doc, a) for a in m.targets],
        "authority": span(doc, m.authority), "start": time(doc, m.start), "end": time(doc, m.end), "score": m.score,
    }  # fmt: skip


def record(doc: Doc) -> dict[str, Any]:
    """The whole object of the contract; keys in fixed order."""
    a = doc.article
    return {
        "id": a.id, "title": a.title, "published": a.published.isoformat() if a.published else None, "language": a.language,
        "not_body": [{**(span(doc, n.span) or {}), "kind": n.kind} for n in doc.not_body],
        "events": [event(doc, e) for e in doc.events], "statements": [statement(doc, s) for s in doc.statements],
        "measures": [measure(doc, m) for m in doc.measures],
    }  # fmt: skip
