"""Events bound to the statements that make or hold them, claims to their speakers, denials to what they deny."""

from __future__ import annotations

from collections.abc import Sequence

from detente.coding.actors import resolve_actors
from detente.coding.events import code_events
from detente.coding.reference import resolve_references
from detente.coding.statements import code_statements
from detente.document import Doc, Speech, Trigger
from detente.knowledge.book import load_book
from tests.factory import marked, mention, speech, trigger

BOOK = load_book()


def coded(text: str, actors: Sequence[str], triggers: Sequence[Trigger], speeches: Sequence[Speech]) -> Doc:
    doc = marked(text, mentions=[mention(text, a) for a in actors], triggers=triggers, speeches=speeches)
    for name, stage in (("references", resolve_references), ("actors", lambda d: resolve_actors(d, BOOK)), ("statements", code_statements),
                        ("events", code_events)):  # fmt: skip
        doc = doc.with_layer(name, stage(doc))
    return doc


def claims(doc: Doc) -> list[str | None]:
    return [doc.words(e.claimed_by) if e.claimed_by else None for e in doc.events]


def test_what_officials_say_is_their_claim() -> None:
    text = "Rebels killed two soldiers near Gao, Mali said. Rebels fled."
    doc = coded(text, ["Rebels", "two soldiers", "Mali"], [
        trigger(text, "killed", "ASSAULT", who=["Rebels"], to=["two soldiers"]), trigger(text, "fled", "RETREAT", who=["Rebels"]),
    ], [speech(text, "said", ["Rebels killed two soldiers near Gao"], speaker="Mali")])  # fmt: skip
    assert claims(doc) == ["Mali", None]
    assert [e.statement_id for e in doc.events] == [doc.statements[0].id, None]


def test_the_article_vouches_for_what_a_request_takes_as_given() -> None:
    text = "France urged Israel to stop the strikes on Gaza."
    doc = coded(text, ["France", "Israel", "Gaza"], [
        trigger(text, "urged", "REQUEST", who=["France"], to=["Israel"]), trigger(text, "strikes", "ASSAULT", who=["Israel"], to=["Gaza"]),
    ], [speech(text, "urged", ["to stop the strikes on Gaza"], speaker="France", addressee="Israel")])  # fmt: skip
    assert claims(doc) == [None, None]
    assert {e.statement_id for e in doc.events} == {doc.statements[0].id}


def test_a_condemned_act_is_real_and_an_alleged_one_a_claim() -> None:
    text = "France condemned the strikes on Gaza as cruel. France accused Iran of arming Hamas."
    accused = trigger(text, "accused", "ACCUSE", who=["France"], to=["Iran"])
    doc = coded(text, ["France", "Iran", "Hamas"], [
        trigger(text, "condemned", "ACCUSE", who=["France"]), trigger(text, "strikes", "ASSAULT", who=["Iran"]),
        type(accused)(**{**vars(accused), "mode": "allege"}), trigger(text, "arming", "AID", who=["Iran"], to=["Hamas"]),
    ], [speech(text, "condemned", ["the strikes on Gaza as cruel"], speaker="France"),
        speech(text, "accused", ["of arming Hamas"], speaker="France")])  # fmt: skip
    assert claims(doc) == [None, None, None, "France"]


def test_a_threat_is_made_by_its_words_and_a_deed_only_claimed() -> None:
    text = 'Iran said: "Iran will strike Oman and has seized a ship."'
    doc = coded(text, ["Iran", "Oman"], [
        trigger(text, "will strike", "THREATEN", who=["Iran"], to=["Oman"]), trigger(text, "seized", "COERCE", who=["Iran"]),
    ], [speech(text, "said", ["Iran will strike Oman and has seized a ship."], speaker="Iran")])  # fmt: skip
    assert claims(doc) == [None, "Iran"]


def test_a_marked_source_stays() -> None:
    text = "Mali said that rebels killed two soldiers, a diplomat told Radio Oslo."
    doc = coded(text, ["Mali", "rebels", "a diplomat"], [trigger(text, "killed", "ASSAULT", who=["rebels"], by=["a diplomat"])],
                [speech(text, "said", ["rebels killed two soldiers"], speaker="Mali")])  # fmt: skip
    assert claims(doc) == ["a diplomat"]


def test_a_statement_without_a_speaker_claims_nothing() -> None:
    text = "There were reports that rebels killed two soldiers."
    doc = coded(text, ["rebels"], [trigger(text, "killed", "ASSAULT", who=["rebels"])],
                [speech(text, "reports", ["rebels killed two soldiers"])])  # fmt: skip
    assert claims(doc) == [None]
    assert doc.events[0].statement_id == doc.statements[0].id


def test_a_denial_names_what_it_denies() -> None:
    text = "Mali accused Algeria of shelling a village. Algeria denied shelling any village."
    accused, denied = trigger(text, "shelling a", "ASSAULT", who=["Algeria"]), trigger(text, "shelling any", "ASSAULT", status="negated")
    doc = coded(text, ["Mali", "Algeria"], [accused, type(denied)(**{**vars(denied), "arguments": accused.arguments})], [
        speech(text, "denied", ["shelling any village"], speaker="Algeria"),
    ])  # fmt: skip
    assert doc.events[1].same_as == doc.events[0].id
    assert claims(doc)[1] == "Algeria"


def test_what_simply_did_not_happen_denies_nothing() -> None:
    text = "Algeria was shelling a village. Algeria was not shelling another."
    first, later = trigger(text, "shelling a", "ASSAULT", who=["Algeria"]), trigger(text, "shelling another", "ASSAULT", status="negated")
    doc = coded(text, ["Algeria"], [first, type(later)(**{**vars(later), "arguments": first.arguments})], [])
    assert doc.events[1].same_as is None
