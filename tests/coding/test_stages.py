"""Reference, actors, statements and events over small marked Docs."""

from __future__ import annotations

from datetime import date

from detente.coding.actors import resolve_actors
from detente.coding.events import code_events
from detente.coding.reference import resolve_references
from detente.coding.statements import code_statements
from detente.document import Actor, Argument, Doc, Span
from detente.knowledge.book import load_book
from tests.factory import marked, mention, span, speech, trigger

BOOK = load_book()


def actors(doc: Doc) -> dict[str, Actor]:
    doc = doc.with_layer("references", resolve_references(doc))
    return {doc.words(s): a for s, a in resolve_actors(doc, BOOK).items()}


def coded(doc: Doc) -> Doc:
    for name, stage in (("references", resolve_references), ("actors", lambda d: resolve_actors(d, BOOK)), ("statements", code_statements),
                        ("events", code_events)):  # fmt: skip
        doc = doc.with_layer(name, stage(doc))
    return doc


def test_a_surname_stands_for_the_full_name_before_it() -> None:
    text = "Sergei Shoigu met reporters. Later Shoigu left."
    doc = marked(text, mentions=[mention(text, "Sergei Shoigu"), mention(text, "Shoigu", nth=1)])
    assert resolve_references(doc) == {span(text, "Shoigu", 1): span(text, "Sergei Shoigu")}


def test_a_pronoun_takes_over_name_and_codes() -> None:
    text = "Sergei Shoigu, secretary of Russia's Security Council, spoke. He left."
    he = span(text, "He")
    doc = marked(text, mentions=[mention(text, "Sergei Shoigu"), mention(text, "He", anaphoric=0.9)],
                 antecedents={he: Argument(span(text, "Sergei Shoigu"), 0.9)})  # fmt: skip
    found = actors(doc)["He"]
    assert (found.name, found.country, found.sector) == ("Sergei Shoigu", "RUS", "GOV")
    assert found.refers_to == span(text, "Sergei Shoigu")


def test_we_of_a_quotation_is_its_speaker() -> None:
    text = 'Lina Aro said: "We will wait."'
    doc = marked(text, mentions=[mention(text, "Lina Aro"), mention(text, "We")],
                 speeches=[speech(text, "said", ["We will wait."], speaker="Lina Aro")])  # fmt: skip
    assert resolve_references(doc)[span(text, "We")] == span(text, "Lina Aro")


def test_country_by_name_adjective_capital_and_seat() -> None:
    text = "Iran warned French diplomats, the Kremlin and Beijing."
    found = actors(marked(text, mentions=[mention(text, w) for w in ("Iran", "French diplomats", "the Kremlin", "Beijing")]))
    assert {w: a.country for w, a in found.items()} == {"Iran": "IRN", "French diplomats": "FRA", "the Kremlin": "RUS", "Beijing": "CHN"}
    assert all(a.reason for a in found.values())


def test_a_backer_is_not_the_country() -> None:
    text = "Turkish-backed Syrian rebels advanced."
    assert (
        actors(marked(text, mentions=[mention(text, "Turkish-backed Syrian rebels", "REB")]))["Turkish-backed Syrian rebels"].country
        == "SYR"
    )


def test_the_standing_of_the_taliban_depends_on_the_date() -> None:
    text = "The Taliban refused."
    sectors = {}
    for day in (date(2020, 2, 29), date(2024, 11, 25)):
        found = actors(marked(text, mentions=[mention(text, "The Taliban", "REB")], published=day))["The Taliban"]
        sectors[day.year] = (found.country, found.sector)
    assert sectors == {2020: ("AFG", "REB"), 2024: ("AFG", "GOV")}


def test_the_west_keeps_its_name_and_no_country() -> None:
    text = "The West objected."
    found = actors(marked(text, mentions=[mention(text, "The West")]))["The West"]
    assert (found.name, found.country) == ("The West", None)


def test_organisations_have_no_country() -> None:
    text = "The United Nations objected."
    found = actors(marked(text, mentions=[mention(text, "The United Nations", "IGO")]))["The United Nations"]
    assert (found.country, found.sector) == (None, "IGO")


def test_a_former_office_is_elite() -> None:
    text = "former French president Luc Amar objected."
    assert (
        actors(marked(text, mentions=[mention(text, "former French president Luc Amar", "GOV")]))["former French president Luc Amar"].sector
        == "ELI"
    )


def test_a_condition_and_its_status_go_together() -> None:
    text = "Iran will strike if Israel attacks. Iran may strike."
    with_condition = trigger(text, "strike", "THREATEN", status="conditional", who=["Iran"], **{"if": ["if Israel attacks"]})
    doc = coded(marked(text, mentions=[mention(text, "Iran")], triggers=[with_condition]))
    assert (doc.events[0].status, doc.words(doc.events[0].condition or Span(0, 0))) == ("conditional", "if Israel attacks")
    without = trigger(text, "strike", "ASSAULT", status="conditional", who=["Iran"])
    assert coded(marked(text, mentions=[mention(text, "Iran")], triggers=[without])).events[0].status == "hypothetical"


def test_an_uttered_request_is_actual() -> None:
    text = "Iran urged calm from Oman."
    found = trigger(text, "urged", "REQUEST", status="hypothetical", who=["Iran"], to=["Oman"])
    assert coded(marked(text, mentions=[mention(text, "Iran")], triggers=[found])).events[0].status == "actual"


def test_a_repeat_names_the_first_mention() -> None:
    text = "Iran condemned Oman. Again Iran condemned Oman."
    first = trigger(text, "condemned", "ACCUSE", who=["Iran"], to=["Oman"])
    later = trigger(text, "condemned", "ACCUSE")
    at = Span(text.rindex("condemned"), text.rindex("condemned") + 9)
    parties = {"who": (Argument(span(text, "Iran", 1), 0.9),), "to": (Argument(span(text, "Oman", 1), 0.9),)}
    later = type(later)(**{**vars(later), "span": at, "arguments": {**later.arguments, **parties}})
    mentions = [mention(text, w, nth=n) for n in (0, 1) for w in ("Iran", "Oman")]
    events = coded(marked(text, mentions=mentions, triggers=[first, later])).events
    assert events[1].same_as == events[0].id != events[1].id


def test_no_event_without_any_party() -> None:
    text = "Talks collapsed."
    assert coded(marked(text, triggers=[trigger(text, "Talks", "CONSULT")])).events == ()


def test_a_quotation_paragraph_goes_to_the_last_speaker() -> None:
    text = 'Lina Aro said the border was shut.\n"Nobody will be let through before spring comes."'
    doc = coded(
        marked(text, mentions=[mention(text, "Lina Aro")], speeches=[speech(text, "said", ["the border was shut"], speaker="Lina Aro")])
    )
    assert [(s.kind, s.speaker and doc.words(s.speaker)) for s in doc.statements] == [("indirect", "Lina Aro"), ("direct", "Lina Aro")]
    assert doc.words(doc.statements[1].content[0]) == "Nobody will be let through before spring comes."


def test_a_quotation_that_goes_on_is_one_statement() -> None:
    text = '"Peace," she said. "It is near."'
    doc = marked(text, mentions=[mention(text, "she")], speeches=[
        speech(text, "said", ["Peace"], speaker="she"), speech(text, None, ["It is near"]),
    ])  # fmt: skip
    found = coded(doc).statements
    assert [[doc.words(c) for c in s.content] for s in found] == [["Peace", "It is near"]]
    assert found[0].kind == "direct"


def test_a_mixed_statement_quotes_in_part() -> None:
    text = 'Lina Aro called the plan "a trap" for Finland.'
    doc = marked(
        text, mentions=[mention(text, "Lina Aro")], speeches=[speech(text, "called", ['the plan "a trap" for Finland'], speaker="Lina Aro")]
    )
    assert coded(doc).statements[0].kind == "mixed"


def test_what_one_statement_says_is_no_part_of_another() -> None:
    text = '"We will not stay silent," the minister said. Israel has threatened to strike again, a diplomat said.'
    own = speech(text, "said", ["We will not stay silent"], speaker="the minister")
    wide = speech(text, "a diplomat said", ["We will not stay silent", "Israel has threatened to strike again"], speaker="a diplomat")
    doc = marked(text, mentions=[mention(text, "the minister"), mention(text, "a diplomat")], speeches=[own, wide])
    contents = [[doc.words(part) for part in s.content] for s in code_statements(doc)]
    assert contents == [["We will not stay silent"], ["Israel has threatened to strike again"]]
