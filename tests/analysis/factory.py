"""A small lake from plain rows: events with parties and days, articles by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
from deltalake import write_deltalake

from detente.lake.store import Lake
from detente.ontology import TYPE_INFO
from detente.record.schemas import SCHEMAS

Row = dict[str, Any]


def row(table: str, **values: Any) -> Row:
    return {**dict.fromkeys(SCHEMAS[table].names), **values}


def article(day: str | None, number: int = 0, **values: Any) -> Row:
    """An article of a day; ``number`` tells those of one day apart."""
    known = {"article_id": f"{day}-{number}", "content_id": f"content-{number}", "publisher": f"Outlet {number}"}
    return row("articles", **{**known, "published": date.fromisoformat(day) if day else None, "text": "Words.", **values})


def coding(article_id: str, written: int = 1, **values: Any) -> Row:
    known = {
        "coding_id": f"{article_id}/{written}",
        "version": "1",
        "model": "fast",
        "model_hash": "x",
        "knowledge": "k",
        "outcome": "coded",
    }
    return row("codings", **{**known, "article_id": article_id, "written": written, **values})


def event(actors: str, recipients: str, type: str, day: str | None, number: int = 0, **values: Any) -> Row:
    """An event of the first article of a day; ``actors`` and ``recipients`` are codes with spaces between."""
    info = TYPE_INFO[type]
    known = {
        "event_id": f"{actors}{recipients}{type}{day}{number}", "coding_id": f"{day}-0/1", "article_id": f"{day}-0", "type": type,
        "published": date.fromisoformat(day) if day else None, "quad": info.quad, "intensity": info.intensity, "score": 0.9, "status": "actual",
        "historical": False, "headline": False, "trigger": "did", "sentence": "It did.",
        **side("actor", actors.split()), **side("recipient", recipients.split()),
    }  # fmt: skip
    return row("events", **{**known, **values})


def side(name: str, codes: Sequence[str]) -> Row:
    return {f"{name}_countries": list(codes), f"{name}_names": [f"{c} government" for c in codes], f"{name}_sectors": ["GOV"] * len(codes)}


def make_lake(folder: Path, **tables: Iterable[Row]) -> Lake:
    """A lake with the rows; each article without a coding gets one."""
    articles, codings = list(tables.pop("articles", ())), list(tables.pop("codings", ()))
    coded = {c["article_id"] for c in codings}
    codings += [coding(a) for a in dict.fromkeys(a["article_id"] for a in articles) if a not in coded]
    for name, rows in {"articles": articles, "codings": codings, **tables}.items():
        write_deltalake(str(folder / name), pa.Table.from_pylist(list(rows), schema=SCHEMAS[name]))
    return Lake(folder)
