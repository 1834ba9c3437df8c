"""How often a coded event truly is of its type, by model and type, from the model cards."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from detente.errors import ModelError
from detente.model.runtime import card_hash, model_folder
from detente.ontology import TYPES


class Cell(NamedTuple):
    """The events of one type that one model coded."""

    model: str
    type: str


class Hits(NamedTuple):
    """Of ``found`` events on the model's test split, ``right`` were of their type."""

    right: int
    found: int


class CodedWith(NamedTuple):
    model: str
    hash: str


class Precision(NamedTuple):
    """Hits of every type of the models that coded, and in words where they fall short."""

    hits: Mapping[Cell, Hits]
    notes: tuple[str, ...]


def measured(models: Iterable[CodedWith]) -> Precision:
    """The precision of some models by their installed cards; a type or model without a measure has no hits, hence a wide interval."""
    hits: dict[Cell, Hits] = {}
    notes: list[str] = []
    for model, hash in sorted(set(models)):
        card = read_card(model)
        types = (card or {}).get("types") or {}
        hits |= {Cell(model, t): card_hits(types.get(t)) for t in TYPES}
        if not types:
            notes.append(f"no precision is measured for the model {model!r} that coded here: its intervals assume nothing")
        elif card is not None and card_hash(card) != hash:
            notes.append(f"precision is that of the installed model {model} ({card_hash(card)}); the coding was made by {hash}")
    return Precision(hits, tuple(notes))


def read_card(model: str) -> dict[str, Any] | None:
    """The card of a model size, None where that is not installed."""
    try:
        card: dict[str, Any] = json.loads((model_folder(model) / "card.json").read_text(encoding="utf-8"))
    except (ModelError, OSError, ValueError):
        return None
    return card


def card_hits(row: Mapping[str, Any] | None) -> Hits:
    """The counts behind a type's precision."""
    if not row or not row.get("found") or row.get("precision") is None:
        return Hits(0, 0)
    return Hits(round(row["precision"] * row["found"]), row["found"])
