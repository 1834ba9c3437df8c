"""A Doc as flat rows, one dict a row, by the Arrow schemas of the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import pyarrow as pa

from detente.document import Actor, Article, Doc, Event, Measure, Span, Statement
from detente.identity import content_hash, content_id
from detente.ontology import TYPE_INFO, to_cameo
from detente.record.schemas import SCHEMAS

Row = dict[str, Any]


class CodedBy(NamedTuple):
    """Which coder made a coding: version of detente, model size and hash, hash of the knowledge tables."""

    version: str
    model: str
    model_hash: str
    knowledge: str


@lru_cache(maxsize=64)
def _content(text: str, published: date | None, url: str | None) -> str:
    """The content id, kept because every row of a coding asks for it."""
    return content_id(text, published=published, url=url)


def coding_id(a: Article, by: CodedBy) -> str:
    """The id of a coding: of the article's id and content, and of the coder."""
    return content_hash("coding", a.id, _content(a.text, a.published, a.url), by)


def rejected_id(article_id: str, reason: str, by: CodedBy) -> str:
    return content_hash("rejected", article_id, reason, by)


def article_row(a: Article) -> Row:
    return {"article_id": a.id, "content_id": _content(a.text, a.published, a.url), "title": a.title, "published": a.published,
            "publisher": a.publisher, "url": a.url, "language": a.language, "path": a.path, "flags": list(a.flags), "characters": len(a.text), "text": a.text}  # fmt: skip


def coding_row(doc: Doc, by: CodedBy) -> Row:
    found = bool(doc.events or doc.statements)
    return {"coding_id": coding_id(doc.article, by), "article_id": doc.article.id, **by._asdict(),
            "outcome": "coded" if found else "no_event", "reason": None, "events": len(doc.events), "statements": len(doc.statements)}  # fmt: skip


def rejected_row(article_id: str, reason: str, by: CodedBy) -> Row:
    return {"coding_id": rejected_id(article_id, reason, by), "article_id": article_id, **by._asdict(),
            "outcome": "rejected", "reason": reason, "events": 0, "statements": 0}  # fmt: skip


def input_row(
    source: str, by: CodedBy, at: datetime, *, outcome: str, article_id: str | None = None, coding: str | None = None,
    reason: str | None = None, message: str | None = None,
) -> Row:  # fmt: skip
    """What became of an input; its id is of the source, what it gave (an article or a reason) and the coder."""
    return {"input_id": content_hash("input", source, article_id, coding, reason, by), "source": source, "article_id": article_id,
            "coding_id": coding, "outcome": outcome, "reason": reason, "message": message, "read_at": at, **by._asdict()}  # fmt: skip


def event_row(doc: Doc, e: Event, by: CodedBy) -> Row:
    info = TYPE_INFO[e.type]
    place, time = doc.places.get(e.place) if e.place else None, doc.times.get(e.time) if e.time else None
    return {
        "event_id": e.id, "coding_id": coding_id(doc.article, by), "article_id": doc.article.id, "published": doc.article.published,
        "type": e.type, "mode": e.mode, "quad": info.quad, "intensity": info.intensity, "cameo": to_cameo(e.type, e.mode), "score": e.score,
        "status": e.status, "historical": e.historical, "headline": e.headline, **party(doc, "actor", e.actors),
        **party(doc, "recipient", e.recipients), "trigger": doc.words(e.trigger), "trigger_start": e.trigger.start,
        "trigger_end": e.trigger.end, "sentence": doc.words(e.sentence), "sentence_start": e.sentence.start,
        "sentence_end": e.sentence.end, "place": place and (place.name or doc.words(place.span)), "place_country": place and place.country,
        "lat": place and place.lat, "lon": place and place.lon, "place_precision": place and place.precision,
        "start_date": time and time.start_date, "end_date": time and time.end_date, "time_precision": time and time.precision,
        "instrument": words(doc, e.instrument), "condition": words(doc, e.condition), "threatened": words(doc, e.threatened),
        "claimed_by": named(doc, e.claimed_by), "same_as": e.same_as, "runner_up": e.runner_up, "statement_id": e.statement_id,
    }  # fmt: skip


def party(doc: Doc, side: str, spans: Sequence[Span]) -> Row:
    """Countries, names and sectors of one side, in the order of its mentions; null where unknown."""
    found = [doc.actors.get(s) for s in spans]
    return {
        f"{side}_countries": [a.country if a else None for a in found], f"{side}_names": [named(doc, s) for s in spans],
        f"{side}_sectors": [a.sector if a else None for a in found],
    }  # fmt: skip


def words(doc: Doc, span: Span | None) -> str | None:
    return doc.words(span) if span else None


def named(doc: Doc, span: Span | None) -> str | None:
    """The resolved name of a mention, or its own words."""
    if span is None:
        return None
    found = doc.actors.get(span)
    return (found.name if found else None) or doc.words(span)


def statement_row(doc: Doc, s: Statement, by: CodedBy) -> Row:
    speaker = doc.actors.get(s.speaker) if s.speaker else None
    return {
        "statement_id": s.id, "coding_id": coding_id(doc.article, by), "article_id": doc.article.id, "published": doc.article.published,
        "kind": s.kind, "speaker": named(doc, s.speaker), "speaker_country": speaker and speaker.country,
        "speaker_sector": speaker and speaker.sector, "cue": words(doc, s.cue), "content": [doc.words(c) for c in s.content],
        "content_starts": [c.start for c in s.content], "content_ends": [c.end for c in s.content], "addressee": named(doc, s.addressee),
        "reported_by": named(doc, s.reported_by), "score": s.score,
    }  # fmt: skip


def measure_row(doc: Doc, m: Measure, by: CodedBy) -> Row:
    start, end = (doc.times.get(t) if t else None for t in (m.start, m.end))
    return {
        "measure_id": m.id, "coding_id": coding_id(doc.article, by), "article_id": doc.article.id, "event_id": m.event,
        "published": doc.article.published, "kind": m.kind, "status": m.status, **party(doc, "sender", m.senders),
        **party(doc, "target", m.targets), "instrument": doc.words(m.instrument), "instrument_start": m.instrument.start,
        "instrument_end": m.instrument.end, "object": words(doc, m.object), "authority": words(doc, m.authority),
        "start_date": start and start.start_date, "end_date": end and end.end_date, "score": m.score,
    }  # fmt: skip


def actor_row(doc: Doc, a: Actor, by: CodedBy) -> Row:
    return {"coding_id": coding_id(doc.article, by), "article_id": doc.article.id, "start": a.span.start, "end": a.span.end,
            "text": doc.words(a.span), "name": a.name, "country": a.country, "sector": a.sector, "role": a.role,
            "refers_to": words(doc, a.refers_to), "score": a.score, "reason": a.reason}  # fmt: skip


def tables(docs: Iterable[Doc], by: CodedBy) -> dict[str, pa.Table]:
    """Arrow tables of all schemas for some docs."""
    rows: dict[str, list[Row]] = {name: [] for name in SCHEMAS}
    for doc in docs:
        rows["articles"].append(article_row(doc.article))
        rows["codings"].append(coding_row(doc, by))
        rows["events"] += [event_row(doc, e, by) for e in doc.events]
        rows["statements"] += [statement_row(doc, s, by) for s in doc.statements]
        rows["measures"] += [measure_row(doc, m, by) for m in doc.measures]
        rows["actors"] += [actor_row(doc, a, by) for a in doc.actors.values()]
    return {name: pa.Table.from_pylist(found, schema=SCHEMAS[name]) for name, found in rows.items()}
