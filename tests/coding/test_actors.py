"""Who a mention is at the article's date: country, sector, office and standing, and what stays unknown."""

from __future__ import annotations

from datetime import date

import pytest

from detente.coding.actors import resolve_actors
from detente.coding.reference import resolve_references
from detente.document import Actor, Mention
from detente.knowledge.book import load_book
from tests.factory import marked, mention, span

BOOK = load_book()


def actor(text: str, words: str, *, sector: str | None = None, on: str = "2024-11-25", others: tuple[str, ...] = ()) -> Actor:
    """The Actor of the words; without a sector the model says nothing."""
    asked = mention(text, words, sector) if sector else Mention(span(text, words), 0.9)
    doc = marked(text, mentions=[*(mention(text, o) for o in others), asked], published=date.fromisoformat(on))
    doc = doc.with_layer("references", resolve_references(doc))
    return resolve_actors(doc, BOOK)[asked.span]


@pytest.mark.parametrize(("name", "on", "role", "current", "sector"), [
    ("Sergei Shoigu", "2012-10-09", None, None, None),
    ("Sergei Shoigu", "2020-01-07", "defence minister", True, "GOV"),
    ("Sergei Shoigu", "2024-11-25", "security council head", True, "GOV"),
    ("Angela Merkel", "2022-01-18", "former prime minister", False, "ELI"),
    ("António Guterres", "2017-03-28", "UN chief", True, "IGO"),
])  # fmt: skip
def test_an_office_is_judged_at_the_date(name: str, on: str, role: str | None, current: bool | None, sector: str | None) -> None:
    found = actor(f"{name} spoke.", name, on=on)
    assert (found.role, found.current, found.sector) == (role, current, sector)
    assert found.reason.startswith("offices:")


def test_before_the_office_the_country_is_known() -> None:
    found = actor("Javier Milei was in Miami.", "Javier Milei", on="2023-11-28")
    assert (found.country, found.role, found.current) == ("ARG", None, None)


@pytest.mark.parametrize(("on", "country"), [("2017-03-28", None), ("2006-11-28", "KOR")])
def test_the_head_of_a_body_has_a_country_only_outside_the_office(on: str, country: str | None) -> None:
    name = "António Guterres" if country is None else "Ban Ki-moon"
    assert actor(f"{name} spoke.", name, on=on).country == country


def test_other_spellings_of_a_name() -> None:
    assert actor("Abd Rabbuh Mansur Hadi spoke.", "Abd Rabbuh Mansur Hadi", on="2020-03-08").country == "YEM"


def test_the_text_wins_over_the_table_and_says_so() -> None:
    found = actor("President Joe Biden spoke.", "President Joe Biden", on="2025-04-15")
    assert (found.country, found.role, found.current, found.sector) == ("USA", "President", True, "GOV")
    assert "against the offices: former president" in found.reason
    found = actor("Former president Donald Trump spoke.", "Former president Donald Trump", on="2018-04-15")
    assert (found.current, found.sector) == (False, "ELI")
    assert "against the offices: current president" in found.reason


@pytest.mark.parametrize(("words", "current", "sector"), [
    ("Finnish defence minister Lina Aro", True, "GOV"),
    ("former Finnish defence minister Lina Aro", False, "ELI"),
    ("Finland's prime minister-designate Lina Aro", None, "GOV"),
])  # fmt: skip
def test_the_role_of_an_unknown_person_is_the_texts(words: str, current: bool | None, sector: str) -> None:
    found = actor(f"Then {words} left.", words)
    assert (found.name, found.country, found.current, found.sector) == ("Lina Aro", "FIN", current, sector)


def test_an_office_alone_takes_the_name_of_who_holds_it() -> None:
    found = actor("The Russian president left.", "The Russian president", on="2010-11-25")
    assert (found.name, found.role, found.current) == ("Dmitry Medvedev", "Russian president", True)
    assert actor("A Russian soldier left.", "A Russian soldier").current is None


@pytest.mark.parametrize(("words", "sector"), [
    ("Iraqi teachers' unions", "LAB"), ("Chinese state media", "JRN"), ("Unidentified Iraqi gunmen", "UAF"), ("Syrian riot police", "COP"),
    ("Eritrean migrants", "REF"), ("Venezuela's opposition coalition", "OPP"), ("Poland's Catholic bishops", "REL"),
    ("Taiwan's defence ministry", "MIL"), ("Finnish officials", "GOV"), ("The former U.S. president's lawyers", "ELI"),
])  # fmt: skip
def test_role_nouns_give_the_sector_where_the_model_says_nothing(words: str, sector: str) -> None:
    found = actor(f"{words} left.", words)
    assert (found.sector, found.country is not None) == (sector, True)


def test_a_sure_model_counts_before_the_role_noun() -> None:
    assert actor("Finnish demonstrators left.", "Finnish demonstrators", sector="CVL").sector == "CVL"
    assert actor("Finnish demonstrators left.", "Finnish demonstrators").sector == "OPP"


@pytest.mark.parametrize(("text", "words", "country"), [
    ("U.S.-backed forces advanced.", "U.S.-backed forces", None),
    ("Fighters backed by Iran advanced.", "Fighters backed by Iran", None),
    ("Syrian fighters backed by Turkey advanced.", "Syrian fighters backed by Turkey", "SYR"),
    ("The ambassador to Iran left.", "The ambassador to Iran", None),
    ("The Iran-backed rebels in Yemen advanced.", "The Iran-backed rebels", "YEM"),
    ("Unidentified gunmen in Lahore, Pakistan, fled.", "Unidentified gunmen", "PAK"),
    ("Justice Farhan Alvi of Pakistan's supreme court spoke.", "Justice Farhan Alvi", "PAK"),
    ("Kurdish officials met Syria's envoy.", "Kurdish officials", None),
    ("The regime attacked Aleppo.", "The regime", None),
    ("The coalition bombed Syria.", "The coalition", None),
    ("The West warned Iran.", "The West", None),
    ("Gulf states warned Iran.", "Gulf states", None),
    ("Western leaders warned Iran.", "Western leaders", None),
])  # fmt: skip
def test_whose_a_mention_is(text: str, words: str, country: str | None) -> None:
    assert actor(text, words).country == country


@pytest.mark.parametrize(("text", "country"), [
    ("Georgia rejected the criticism.", "GEO"),
    ("Georgia and the United States signed.", "GEO"),
    ("Georgia counted its votes, the sheriff said.", "USA"),
    ("Georgia counted its votes. Atlanta was calm, and so was Alabama.", "USA"),
])  # fmt: skip
def test_a_name_of_two_is_read_by_its_surroundings(text: str, country: str) -> None:
    assert actor(text, "Georgia").country == country


@pytest.mark.parametrize(("name", "on", "sector"), [
    ("Taliban", "2020-02-29", "REB"), ("Taliban", "2024-11-25", "GOV"), ("Rapid Support Forces", "2022-06-20", "PRM"),
    ("Rapid Support Forces", "2023-06-20", "REB"), ("UNITA", "2001-08-14", "REB"), ("UNITA", "2008-09-09", "PTY"),
])  # fmt: skip
def test_the_standing_of_a_group_depends_on_the_date(name: str, on: str, sector: str) -> None:
    assert actor(f"The {name} agreed.", name, on=on).sector == sector
