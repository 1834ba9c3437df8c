"""Statements as a list: who said what to whom, by whose report, and where it stands; as table, JSON lines or CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.document import Doc, Span, Statement
from detente.export.cells import escaped
from detente.record.rows import named, words

GAP = " … "  # between the pieces of a broken quotation


class Quote(NamedTuple):
    """One statement; the fields are the columns."""

    who: str | None
    role: str | None
    country: str | None
    to_whom: str | None
    what: str
    kind: str
    reported_by: str | None
    article: str
    published: str | None
    offsets: tuple[Span, ...]


def quote(doc: Doc, s: Statement) -> Quote:
    speaker, day = doc.actors.get(s.speaker) if s.speaker else None, doc.article.published
    return Quote(
        who=named(doc, s.speaker), role=speaker.role if speaker else None, country=speaker.country if speaker else None,
        to_whom=named(doc, s.addressee), what=GAP.join(words(doc, c) or "" for c in s.content), kind=s.kind,
        reported_by=named(doc, s.reported_by), article=doc.article.id, published=day.isoformat() if day else None, offsets=s.content,
    )  # fmt: skip


def quotes(docs: Iterable[Doc]) -> Iterator[Quote]:
    """The statements of the articles, in their order."""
    for doc in docs:
        yield from (quote(doc, s) for s in doc.statements)


def cells(q: Quote) -> list[str]:
    """The columns as words; offsets as "start-end", blanks between the pieces."""
    places = " ".join(f"{c.start}-{c.end}" for c in q.offsets)
    return ["" if v is None else str(v) for v in q._replace(offsets=())[:-1]] + [places]


def write_quotes(docs: Iterable[Doc], format: str, stream: TextIO) -> None:
    """Writes the statements as "table", "jsonl" or "csv"."""
    if format == "jsonl":
        for q in quotes(docs):
            stream.write(json.dumps(as_object(q), ensure_ascii=False) + "\n")
    elif format == "csv":
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(Quote._fields)
        writer.writerows([escaped(c) for c in cells(q)] for q in quotes(docs))
    else:
        Console(file=stream).print(quote_table(quotes(docs)))


def as_object(q: Quote) -> dict[str, Any]:
    return {**q._asdict(), "offsets": [list(c) for c in q.offsets]}


def quote_table(found: Iterable[Quote]) -> Table:
    """The statements for the terminal: article and offsets in one column, role and country below the name."""
    table = Table(show_lines=True)
    for name, ratio in (("who", 3), ("to whom", 2), ("what", 8), ("kind", 1), ("reported by", 2), ("where", 2)):
        table.add_column(name, ratio=ratio, overflow="fold")
    for q in found:
        below = ", ".join(x for x in (q.role, q.country) if x)
        who = Text(q.who or "—", style="bold").append(f"\n{below}" if below else "", style="not bold dim")
        row = (q.to_whom or "", q.what, q.kind, q.reported_by or "", f"{q.article} {cells(q)[-1]}")
        table.add_row(who, *(Text(c) for c in row))
    return table
