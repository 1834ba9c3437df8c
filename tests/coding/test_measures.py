"""Measures of events over small marked Docs: kind, status, parties, object, ground and time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from detente.coding.actors import resolve_actors
from detente.coding.events import code_events
from detente.coding.measures import code_measures
from detente.coding.reference import resolve_references
from detente.coding.statements import code_statements
from detente.coding.times import resolve_times
from detente.document import Doc, Measure, Trigger
from detente.knowledge.book import load_book
from detente.ontology.measures import kinds, named_measures
from detente.record.contract import record
from detente.record.rows import CodedBy, measure_row
from detente.record.schemas import SCHEMAS
from tests.factory import marked, mention, trigger

BOOK = load_book()
STAGES = (
    ("references", resolve_references), ("actors", lambda d: resolve_actors(d, BOOK)), ("statements", code_statements),
    ("times", resolve_times), ("events", code_events), ("measures", code_measures), ("places", lambda d: {}),
)  # fmt: skip


def coded(text: str, actors: Sequence[str], triggers: Sequence[Trigger]) -> Doc:
    doc = marked(text, mentions=[mention(text, a) for a in actors], triggers=triggers)
    for name, stage in STAGES:
        doc = doc.with_layer(name, stage(doc))
    return doc


def only(text: str, words: str, type: str, *, actors: Sequence[str] = ("Canada",), **given: object) -> tuple[Doc, Measure]:
    """The one measure of a text with one event of the first actor."""
    given.setdefault("who", [actors[0]])
    doc = coded(text, actors, [trigger(text, words, type, **given)])  # type: ignore[arg-type]
    (found,) = doc.measures
    return doc, found


def found(text: str, words: str, type: str, **given: object) -> list[tuple[str, str]]:
    given.setdefault("who", ["Canada"])
    doc = coded(text, ["Canada"], [trigger(text, words, type, **given)])  # type: ignore[arg-type]
    return [(m.kind, m.status) for m in doc.measures]


def test_sanctions_with_two_instruments_are_two_measures_of_the_west() -> None:
    text = "Minister Rahim Wali asked for Russia’s help against Western sanctions, among them asset freezes and travel bans on Taliban leaders."
    event = trigger(text, "sanctions", "SANCTION", who=["Western"], to=["Taliban leaders"], **{"with": ["asset freezes", "travel bans"]})
    asked = trigger(text, "asked", "REQUEST", who=["Minister Rahim Wali"], to=["Russia"])
    doc = coded(text, ["Minister Rahim Wali", "Russia", "Western", "Taliban leaders"], [asked, event])
    measures = record(doc)["measures"]
    assert [(m["kind"], m["status"], m["instrument"]["text"]) for m in measures] == [
        ("asset freeze", "imposed", "asset freezes"), ("travel ban", "imposed", "travel bans"),
    ]  # fmt: skip
    for m in measures:
        assert [a["text"] for a in m["senders"]] == ["Western"]
        assert [(a["text"], a["country"]) for a in m["targets"]] == [("Taliban leaders", "AFG")]
        assert m["object"] is None
        assert m["event_id"] == doc.events[1].id


def test_a_list_after_the_trigger_counts_without_being_marked() -> None:
    text = "Canada imposed asset freezes on three generals and visa bans on their families."
    assert found(text, "imposed", "SANCTION") == [("asset freeze", "imposed"), ("visa restriction", "imposed")]


def test_measures_of_another_event_are_its_own() -> None:
    text = "Canada lifted the arms embargo on Libya but extended the travel bans on Syria."
    lifted = trigger(text, "lifted", "RETREAT", who=["Canada"], to=["Libya"], **{"with": ["the arms embargo"]})
    extended = trigger(text, "extended", "SANCTION", who=["Canada"], to=["Syria"], **{"with": ["the travel bans"]})
    doc = coded(text, ["Canada", "Libya", "Syria"], [lifted, extended])
    assert [(m.kind, m.status, doc.words(m.targets[0])) for m in doc.measures] == [
        ("arms embargo", "lifted", "Libya"), ("travel ban", "extended", "Syria"),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "type", "kind", "status"), [
    ("Canada froze the accounts of two banks.", "froze", "SANCTION", "asset freeze", "imposed"),
    ("Canada is withholding Afghan funds.", "withholding", "COERCE", "asset freeze", "imposed"),
    ("Canada suspended arms sales to Iran.", "suspended", "SANCTION", "arms embargo", "imposed"),
    ("Canada cut its aid to Mali by half.", "cut", "SANCTION", "aid cut", "imposed"),
    ("Canada cut its tariffs on steel by half.", "cut", "RETREAT", "tariff", "eased"),
    ("Canada eased its export controls on chips.", "eased", "RETREAT", "export control", "eased"),
    ("Canada promised to scrap the duties on steel.", "promised", "CONCEDE", "tariff", "lifted"),
    ("Canada closed its airspace to Belarusian carriers.", "closed", "SANCTION", "flight ban", "imposed"),
    ("Canada barred Russian trawlers from its ports.", "barred", "SANCTION", "port ban", "imposed"),
    ("Canada lowered the oil price cap.", "lowered", "SANCTION", "oil price cap", "eased"),
    ("Canada cut the banks off from SWIFT.", "cut", "SANCTION", "financial ban", "imposed"),
    ("Canada blacklisted three firms.", "blacklisted", "SANCTION", "designation", "imposed"),
    ("Canada expelled two Iranian diplomats.", "expelled", "SANCTION", "expulsion", "imposed"),
    ("Canada renewed its sanctions for a year.", "renewed", "SANCTION", "sanctions", "extended"),
    ("Canada recalled its ambassador from Oslo.", "recalled", "SANCTION", "diplomatic cut", "imposed"),
    ("Canada may impose travel bans on ministers.", "impose", "SANCTION", "travel ban", "imposed"),
])  # fmt: skip
def test_kind_and_status_by_the_words(text: str, words: str, type: str, kind: str, status: str) -> None:
    assert found(text, words, type) == [(kind, status)]


def test_what_is_not_done_yet_is_threatened_and_what_may_be_lifted_stands() -> None:
    assert found("Canada may impose tariffs.", "impose", "SANCTION", status="hypothetical") == [("tariff", "threatened")]
    text = "Canada threatened to freeze the accounts of the bank."
    assert found(text, "threatened", "THREATEN", what=["to freeze the accounts of the bank"]) == [("asset freeze", "threatened")]
    assert found("Canada may lift the arms embargo.", "lift", "RETREAT", status="hypothetical") == [("arms embargo", "lifted")]
    assert found("Canada may lift the arms embargo.", "lift", "SANCTION", status="hypothetical") == [("arms embargo", "imposed")]


@pytest.mark.parametrize(("text", "words", "type", "given"), [
    ("Canada did not impose sanctions.", "impose", "SANCTION", {"status": "negated"}),
    ("Canada withdrew its troops despite the sanctions.", "withdrew", "RETREAT", {}),
    ("Canada condemned the tariffs.", "condemned", "ACCUSE", {}),
    ("Canada agreed to host talks on tariffs.", "agreed", "AGREE", {"what": ["to host talks on tariffs"]}),
    ("Canada sent aid to Mali.", "sent", "AID", {}),
    ("Canada suspended the negotiations.", "suspended", "SANCTION", {}),
])  # fmt: skip
def test_no_measure_where_none_is_taken(text: str, words: str, type: str, given: dict[str, object]) -> None:
    assert found(text, words, type, **given) == []


def test_object_authority_and_times() -> None:
    text = "Canada imposed tariffs of 25 percent on Chinese steel under the Trade Expansion Act on November 20, 2024."
    doc, m = only(text, "imposed", "SANCTION", actors=("Canada", "Chinese"), to=["Chinese"], when=["on November 20, 2024"])
    assert m.object is not None
    assert m.authority is not None
    assert (doc.words(m.object), doc.words(m.authority)) == ("Chinese steel", "the Trade Expansion Act")
    row = measure_row(doc, m, CodedBy("0", "fast", "hash", "book"))
    assert list(row) == SCHEMAS["measures"].names
    assert (row["start_date"], row["end_date"], row["target_countries"]) == (date(2024, 11, 20), None, ["CHN"])


@pytest.mark.parametrize(("text", "authority"), [
    ("Canada imposed sanctions decided by the UN Security Council.", "UN Security Council"),
    ("Canada imposed sanctions under the Magnitsky Act.", "the Magnitsky Act"),
    ("Canada imposed sanctions, invoking resolution 1970.", "resolution 1970"),
    ("Canada imposed sanctions on a firm that sold to the Treasury.", None),
])  # fmt: skip
def test_the_ground_of_a_measure(text: str, authority: str | None) -> None:
    doc, m = only(text, "imposed", "SANCTION")
    assert (m.authority and doc.words(m.authority)) == authority


def test_an_acting_body_is_the_authority() -> None:
    text = "The U.S. Treasury imposed sanctions on two firms."
    doc, m = only(text, "imposed", "SANCTION", actors=("The U.S. Treasury",))
    assert m.authority == doc.events[0].actors[0]


def test_lifting_ends_a_measure_and_so_does_until() -> None:
    text = "Canada lifted the travel ban on November 20, 2024."
    _, m = only(text, "lifted", "RETREAT", when=["on November 20, 2024"])
    assert (m.start, m.end is None) == (None, False)
    text = "Canada extended the travel ban until March 1, 2025."
    doc, m = only(text, "extended", "SANCTION", when=["until March 1, 2025"])
    assert record(doc)["measures"][0]["end"]["text"] == "until March 1, 2025"
    assert m.start is None


def test_a_verdict_is_no_measure() -> None:
    text = "Canada jailed two men for breaking an embargo."
    event = trigger(text, "jailed", "SANCTION", who=["Canada"])
    doc = coded(text, ["Canada"], [type(event)(**{**vars(event), "mode": "convict"})])
    assert doc.measures == ()


def test_every_kind_of_the_table_has_a_pattern_that_matches_its_own_name() -> None:
    unnamed = {k for k in kinds() if k not in {n.kind for n in named_measures(k, "SANCTION")}}
    assert unnamed <= {"exclusion from a body", "diplomatic cut", "energy cut", "licence withdrawal", "media ban", "designation", "quota"}
