"""W3C Web Annotations: a JSON array of JSON-LD annotations, one an event and one a statement, in the words of the article.

Model: www.w3.org/TR/annotation-model.  Positions are code points, as its TextPositionSelector wants them; a TextQuoteSelector has
up to 32 characters before and after.  Where the lake keeps no text, these come from the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote

from detente.export.cells import url_or_none, write_items
from detente.export.parties import parties
from detente.export.sources import Articles, Tables, rows
from detente.record.rows import Row

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32


def write_annotations(tables: Tables, path: Path) -> int:
    articles = Articles(tables)
    found = chain(
        (of_event(e, articles) for e in rows(tables["events"]) if e["trigger_start"] is not None),
        (of_statement(s, articles) for s in rows(tables["statements"])),
    )
    return write_items(path, found)


def of_event(e: Row, articles: Articles) -> dict[str, Any]:
    """The trigger, tagged with type, mode and status, and a line that says who did it to whom."""
    sides = [", ".join(p.name or p.country or "?" for p in parties(e, side)) or "?" for side in ("actor", "recipient")]
    text = articles.text(e["article_id"])
    if text is None or text[e["trigger_start"] : e["trigger_end"]] != e["trigger"]:
        text, first = e["sentence"] or e["trigger"], e["sentence_start"] if e["sentence"] else e["trigger_start"]
    else:
        first = 0
    body = [*tags(e["type"], e["mode"], e["status"], "historical" if e["historical"] else None), note(" → ".join(sides))]
    return annotation("event", e["event_id"], body, [target(e, articles, text, first, e["trigger_start"], e["trigger_end"])])


def of_statement(s: Row, articles: Articles) -> dict[str, Any]:
    """Each piece of what was said, tagged with its kind, and a line that says who said it."""
    text = articles.text(s["article_id"])
    pieces = zip(s["content"] or (), s["content_starts"] or (), s["content_ends"] or (), strict=True)
    targets = [
        target(s, articles, words if text is None else text, start if text is None else 0, start, end) for words, start, end in pieces
    ]
    return annotation("statement", s["statement_id"], [*tags(s["kind"]), note(s["speaker"] or "?")], targets)


def annotation(kind: str, key: str, body: list[dict[str, str]], targets: list[dict[str, Any]]) -> dict[str, Any]:
    return {"@context": CONTEXT, "id": f"urn:detente:{kind}:{quote(key, safe='')}", "type": "Annotation", "motivation": "classifying",
            "body": body, "target": targets[0] if len(targets) == 1 else targets}  # fmt: skip


def tags(*values: str | None) -> Iterator[dict[str, str]]:
    return ({"type": "TextualBody", "purpose": "tagging", "value": v} for v in values if v)


def note(text: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": text}


def target(row: Row, articles: Articles, text: str, first: int, start: int, end: int) -> dict[str, Any]:
    """Both selectors of a stretch; ``text`` begins at code point ``first`` of the article."""
    at, stop = start - first, end - first
    words = {"exact": text[at:stop], "prefix": text[max(at - AROUND, 0) : at], "suffix": text[stop : stop + AROUND]}
    url = url_or_none(articles.facts(row["article_id"])["url"])
    return {"source": url or f"urn:detente:article:{quote(row['article_id'], safe='')}",
            "selector": [{"type": "TextQuoteSelector", **words}, {"type": "TextPositionSelector", "start": start, "end": end}]}  # fmt: skip
