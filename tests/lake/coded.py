"""Coded Docs without a model: sentences whose triggers and parties are written down."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from detente.coding.events import code_events
from detente.document import Actor, Doc, Place
from detente.record.rows import CodedBy
from tests.factory import marked, mention, span, trigger

TEXT = "Iran shelled Basra on Friday. Iran accused Israel of lying. Qatar will send aid to Gaza."
OLD = CodedBy("1", "fast", "abcd1234ef", "book")
NEW = CodedBy("2", "fast", "beef5678aa", "book")
COUNTRIES = {"Iran": "IRN", "Israel": "ISR", "Qatar": "QAT", "Gaza": "PSE", "Basra": None}


def coded(*acts: tuple[str, str, dict[str, Any]], id: str = "a1", text: str = TEXT) -> Doc:
    """A Doc with an event for each (trigger, type, roles and status), by the stages of the coder from the marks on."""
    names = [n for n in COUNTRIES if n in text]
    doc = marked(text, mentions=[mention(text, n) for n in names], triggers=[trigger(text, *act[:2], **act[2]) for act in acts])
    doc = Doc(replace(doc.article, id=id), doc.layers)
    actors = {span(text, n): Actor(span=span(text, n), name=n, country=COUNTRIES[n], sector="GOV") for n in names}
    doc = doc.with_layer("references", {}).with_layer("actors", actors).with_layer("statements", ()).with_layer("times", {})
    doc = doc.with_layer("events", code_events(doc)).with_layer("measures", ())
    return doc.with_layer("places", {s: Place(span=s, name=doc.words(s), country="IRQ", lat=30.5, lon=47.8, precision="city")
                                     for e in doc.events if (s := e.place)})  # fmt: skip


SHELLED = ("shelled", "ASSAULT", {"who": ["Iran"], "at": ["Basra"]})
ACCUSED = ("accused", "ACCUSE", {"who": ["Iran"], "to": ["Israel"]})
AID = ("will send aid", "AID", {"who": ["Qatar"], "to": ["Gaza"], "status": "future"})
