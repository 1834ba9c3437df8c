"""The record of statements: their chain of sources, outermost first."""

from __future__ import annotations

from collections.abc import Sequence

from detente.coding.actors import resolve_actors
from detente.coding.reference import resolve_references
from detente.coding.statements import code_statements
from detente.document import Speech
from detente.knowledge.book import load_book
from detente.record.contract import record
from tests.factory import marked, mention, speech

BOOK = load_book()


def chains(text: str, actors: Sequence[str], speeches: Sequence[Speech]) -> dict[str, list[str]]:
    """The names in the chain of each statement, by its cue."""
    doc = marked(text, mentions=[mention(text, a) for a in actors], speeches=speeches)
    for name, stage in (("references", resolve_references), ("actors", lambda d: resolve_actors(d, BOOK)), ("statements", code_statements)):
        doc = doc.with_layer(name, stage(doc))
    doc = doc.with_layer("events", ()).with_layer("measures", ()).with_layer("places", {}).with_layer("times", {})
    return {s["cue"]["text"] if s["cue"] else "": [a["text"] for a in s["chain"]] for s in record(doc)["statements"]}


def test_nested_statements_have_a_chain_outermost_first() -> None:
    text = "Tass reported that the Russian minister said that Kyiv had asked for a truce."
    found = chains(text, ["Tass", "the Russian minister", "Kyiv"], [
        speech(text, "reported", ["the Russian minister said that Kyiv had asked for a truce"], speaker="Tass"),
        speech(text, "said", ["Kyiv had asked for a truce"], speaker="the Russian minister", reporter="Tass"),
        speech(text, "asked", ["for a truce"], speaker="Kyiv"),
    ])  # fmt: skip
    assert found == {"reported": [], "said": ["Tass"], "asked": ["Tass", "the Russian minister"]}


def test_a_reporter_alone_is_the_chain() -> None:
    text = "Russian news agencies reported that Shoigu stressed Russia's readiness."
    found = chains(text, ["Russian news agencies", "Shoigu"], [
        speech(text, "stressed", ["Russia's readiness"], speaker="Shoigu", reporter="Russian news agencies"),
    ])  # fmt: skip
    assert found == {"stressed": ["Russian news agencies"]}


def test_nobody_reports_himself_and_neighbours_are_no_chain() -> None:
    text = "Lina Aro said that Lina Aro feared war. Pekka Salo denied it."
    found = chains(text, ["Lina Aro", "Pekka Salo"], [
        speech(text, "said", ["Lina Aro feared war"], speaker="Lina Aro"), speech(text, "feared", ["war"], speaker="Lina Aro"),
        speech(text, "denied", ["it"], speaker="Pekka Salo"),
    ])  # fmt: skip
    assert found == {"said": [], "feared": [], "denied": []}
