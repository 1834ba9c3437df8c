"""One self-contained HTML page: each article with its marks, and a card for each event and statement."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import NamedTuple

from detente.document import Doc, Event, Span, Statement
from detente.export.terminal import source, status, where_when, who
from detente.ontology import TYPE_INFO
from detente.record.rows import named

GAP = "<span class='gap'></span>"  # a new paragraph, within a mark too


class Mark(NamedTuple):
    span: Span
    kind: str
    title: str


def style() -> str:
    return files("detente.export").joinpath("page.css").read_text(encoding="utf-8")


def page(docs: Iterable[Doc]) -> str:
    """The whole page; nothing in it is loaded from elsewhere, and all text is escaped."""
    body = "\n".join(article(doc, level=2) for doc in docs)
    return (
        "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'><meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>detente</title><style>{style()} body {{ margin: 0; background: Canvas; color-scheme: light dark; }}</style></head><body><main class='detente'><h1>detente: coded articles</h1>\n"
        f"{legend()}\n{body}\n</main></body></html>\n"
    )


def fragment(doc: Doc) -> str:
    """One article for a notebook."""
    return f"<style>{style()}</style><div class='detente'>{article(doc, level=3)}</div>"


def legend() -> str:
    kinds = (("q1", "verbal cooperation"), ("q2", "material cooperation"), ("q3", "verbal conflict"), ("q4", "material conflict"),
             ("actor", "actor"), ("said", "statement"), ("off", "not body"))  # fmt: skip
    return "<p class='legend'>" + " ".join(f"<mark class='{k}'>{name}</mark>" for k, name in kinds) + "</p>"


def article(doc: Doc, *, level: int) -> str:
    a = doc.article
    facts = " · ".join(html.escape(x) for x in (a.publisher, a.published.isoformat() if a.published else None, a.url) if x)
    cards = [event_card(doc, e) for e in doc.events] + [statement_card(doc, s) for s in doc.statements]
    empty = "<p class='none'>No event and no statement.</p>"
    return (
        f"<article><h{level}>{html.escape(a.title or a.id)}</h{level}><p class='facts'>{facts}</p><div class='columns'>"
        f"<div class='text'>{marked_text(doc)}</div><div class='cards'>{''.join(cards) or empty}</div></div></article>"
    )


def marks_of(doc: Doc) -> list[Mark]:
    """Marks of triggers, actors, statements and not-body; where two cross, the earlier kind is kept."""
    found = [
        Mark(e.trigger, f"q{TYPE_INFO[e.type].quad}", f"{e.type}: {who(doc, e.actors)} → {who(doc, e.recipients)}") for e in doc.events
    ]
    parties = {s for e in doc.events for s in (*e.actors, *e.recipients)} | {s.speaker for s in doc.statements if s.speaker}
    found += [Mark(s, "actor", who(doc, [s])) for s in sorted(parties)]
    found += [Mark(c, "said", f"said by {named(doc, s.speaker) or 'somebody unnamed'}") for s in doc.statements for c in s.content]
    found += [Mark(n.span, "off", f"not body: {n.kind}") for n in doc.not_body]
    kept: list[Mark] = []
    for mark in found:
        if not any(crosses(mark.span, k.span) for k in kept):
            kept.append(mark)
    return kept


def crosses(a: Span, b: Span) -> bool:
    """True where two spans overlap and neither lies in the other, or both are the same."""
    return a == b or (a.overlaps(b) and not a.contains(b) and not b.contains(a))


def marked_text(doc: Doc) -> str:
    """The text with nested marks, paragraph by paragraph."""
    opens: dict[int, list[Mark]] = {}
    closes: dict[int, int] = {}
    for mark in sorted(marks_of(doc), key=lambda m: (m.span.start, -m.span.end)):
        opens.setdefault(mark.span.start, []).append(mark)
        closes[mark.span.end] = closes.get(mark.span.end, 0) + 1
    text, parts, last = doc.article.text, [], 0
    for at in sorted({*opens, *closes}):
        parts.append(escaped(text[last:at]))
        parts.append("</mark>" * closes.get(at, 0))
        parts += [f"<mark class='{m.kind}' title='{html.escape(m.title, quote=True)}'>" for m in opens.get(at, ())]
        last = at
    return "".join(parts) + escaped(text[last:])


def escaped(text: str) -> str:
    return html.escape(text).replace("\r\n", "\n").replace("\n", GAP)


def fields(rows: Sequence[tuple[str, str | None]]) -> str:
    return "".join(f"<dt>{name}</dt><dd>{html.escape(value)}</dd>" for name, value in rows if value)


def event_card(doc: Doc, e: Event) -> str:
    def words(span: Span | None) -> str | None:
        return doc.words(span) if span else None

    info = TYPE_INFO[e.type]
    rows = [("who", who(doc, e.actors)), ("to whom", who(doc, e.recipients)), ("words", doc.words(e.trigger)), ("status", status(e)),
            ("if", words(e.condition)), ("with", words(e.instrument)), ("threatened or promised", words(e.threatened)),
            ("where, when", where_when(doc, e)), ("according to", source(doc, e)), ("runner-up", e.runner_up)]  # fmt: skip
    mode = f" / {e.mode}" if e.mode else ""
    return f"<section class='card q{info.quad}'><h4>{e.type}{mode} <small>{e.score:.2f}</small></h4><dl>{fields(rows)}</dl></section>"


def statement_card(doc: Doc, s: Statement) -> str:
    rows = [("who", who(doc, [s.speaker]) if s.speaker else "—"), ("cue", doc.words(s.cue) if s.cue else None),
            ("what", " … ".join(doc.words(c) for c in s.content)), ("to", who(doc, [s.addressee]) if s.addressee else None),
            ("reported by", named(doc, s.reported_by))]  # fmt: skip
    return f"<section class='card said'><h4>{s.kind} statement <small>{s.score:.2f}</small></h4><dl>{fields(rows)}</dl></section>"
