"""Posts of others in our words, and only where they mean the same."""

from __future__ import annotations

import pytest

from detente.knowledge.book import read_table
from detente.knowledge.positions import Positions, country_names

POSITIONS = Positions(country_names(read_table("countries.csv")))


@pytest.mark.parametrize(
    ("label", "country", "office"),
    [
        ("head of state", "EST", "president"),
        ("President of the French Republic", "FRA", "president"),
        ("President of the Swiss Confederation", "CHE", "president"),
        ("Acting President of Peru", "PER", "president"),
        ("Vice President of the United States", "USA", "vice president"),
        ("Prime Minister of the United Kingdom", "GBR", "prime minister"),
        ("President of the Government of Spain", "ESP", "prime minister"),
        ("Chancellor of Germany", "DEU", "prime minister"),
        ("King of the Belgians", "BEL", "king"),
        ("Minister of Foreign Affairs", "EST", "foreign minister"),
        ("Minister for Foreign Affairs and Trade of Ireland", "IRL", "foreign minister"),
        ("Secretary of State for Foreign, Commonwealth and Development Affairs", "GBR", "foreign minister"),
        ("United States Secretary of State", "USA", "foreign minister"),
        ("Russian Foreign Minister", "RUS", "foreign minister"),
        ("Minister of National Defense", "COL", "defence minister"),
        ("Chancellor of the Exchequer", "GBR", "finance minister"),
        ("Minister of the Interior", "FRA", "interior minister"),
        ("Secretary of the Security Council of Russia", "RUS", "security council head"),
        ("Chief of the General Staff", "ISR", "army chief"),
        ("Director of the Central Intelligence Agency", "USA", "intelligence chief"),
        ("Member of the National Assembly of France", "FRA", "member of parliament"),
    ],
)
def test_a_known_post_gets_our_word(label: str, country: str, office: str) -> None:
    assert POSITIONS.office(label, country) == (office, country)


@pytest.mark.parametrize(
    ("label", "country"),
    [
        ("Deputy Minister of Foreign Affairs", "EST"),
        ("Minister of State for Foreign Affairs", "IND"),
        ("Deputy Prime Minister", "IRL"),
        ("President of the Senate", "ITA"),
        ("President of Harvard University", "USA"),
        ("Minister of Finance of Bavaria", "DEU"),
        ("Premier of Ontario", "CAN"),
        ("Secretary of the Interior", "USA"),
        ("Secretary of State", "DEU"),
        ("Minister of Health", "KEN"),
        ("Ambassador of Russia to France", "RUS"),
    ],
)
def test_another_post_keeps_its_own_label(label: str, country: str) -> None:
    assert POSITIONS.office(label, country) == (label, country)


def test_the_label_may_name_the_country_but_not_another_one() -> None:
    assert POSITIONS.office("Prime Minister of Latvia", None) == ("prime minister", "LVA")
    assert POSITIONS.office("Prime Minister of Latvia", "EST") == ("Prime Minister of Latvia", "EST")
    assert POSITIONS.office("Prime Minister", "GBR", local=True) == ("Prime Minister", "GBR")
