"""Terms of office: who held what at a date, and when the table doesn't know."""

from datetime import date

import pytest

from detente.knowledge.offices import Offices, read_offices

ROWS = [
    ("RUS", "defence minister", "Sergei Shoigu", "Sergey Shoigu", "2012-11-06", "2024-05-12"),
    ("RUS", "security council head", "Sergei Shoigu", "", "2024-05-12", ""),
    ("GBR", "prime minister", "Boris Johnson", "", "2019-07-24", "2022-09-06"),
    ("USA", "president", "Lyndon Johnson", "", "1963", "1969"),
    ("CHN", "president", "Xi Jinping", "", "2013-03-14", ""),
    ("KEN", "president", "Anna Otieno", "", "2010-08", "2015"),
    ("NATO", "chief", "Jens Stoltenberg", "", "2014-10-01", "2024-09-30"),
    ("GEO", "president", "Giorgi Lomidze", "", "2018", ""),
    ("GEO", "foreign minister", "Nino Lomidze", "", "2018", ""),
]


@pytest.fixture
def offices() -> Offices:
    names = ("country", "office", "name", "also", "start", "end")
    return read_offices(dict(zip(names, row, strict=True)) for row in ROWS)


@pytest.mark.parametrize(
    ("name", "on", "office", "standing"),
    [
        ("Sergei Shoigu", date(2024, 11, 25), "security council head", "current"),
        ("Sergey Shoigu", date(2020, 1, 1), "defence minister", "current"),
        ("Shoigu", date(2020, 1, 1), "defence minister", "current"),
        ("Boris Johnson", date(2023, 1, 1), "prime minister", "former"),
        ("Johnson", date(2021, 1, 1), "prime minister", "current"),
        ("Xi", date(2021, 1, 1), "president", "current"),
        ("Anna Otieno", date(2010, 8, 15), "president", "unsure"),
        ("Anna Otieno", date(2011, 8, 15), "president", "current"),
        ("Anna Otieno", date(2015, 3, 1), "president", "unsure"),
    ],
)
def test_office_is_judged_at_the_date(offices: Offices, name: str, on: date, office: str, standing: str) -> None:
    found = offices.holder(name, on)
    assert found is not None
    assert (found.term.office, found.standing) == (office, standing)


@pytest.mark.parametrize(("name", "on"), [("Lomidze", date(2020, 1, 1)), ("Miller", date(2020, 1, 1)), ("Johnson", date(2010, 1, 1))])
def test_an_ambiguous_unknown_or_future_surname_stays_unknown(offices: Offices, name: str, on: date) -> None:
    assert offices.holder(name, on) is None


def test_the_head_of_a_body_has_no_country(offices: Offices) -> None:
    found = offices.holder("Stoltenberg", date(2020, 1, 1))
    assert found is not None
    assert found.term.body
    assert found.term.sector == "IGO"


def test_who_is_yet_to_take_office_has_a_country_and_no_office(offices: Offices) -> None:
    found = offices.holder("Boris Johnson", date(2010, 1, 1))
    assert found is not None
    assert (found.standing, found.country, found.current) == ("later", "GBR", None)


@pytest.mark.parametrize("name", ["Sergej Šojgu", "Serguei Shoigu", "SERGEI SHOIGU"])
def test_other_spellings_of_a_full_name(offices: Offices, name: str) -> None:
    """Too few consonants tell nobody apart, so a short name must be written as in the table."""
    assert offices.holder(name, date(2020, 1, 1)) is None
    longer = offices.holder("Jens Stoltenbergh", date(2020, 1, 1))
    assert longer is not None
    assert longer.name == "Jens Stoltenberg"


def test_every_office_of_a_person_is_judged_for_itself(offices: Offices) -> None:
    assert offices.standings("Sergei Shoigu", date(2024, 11, 25)) == {"defence minister": "former", "security council head": "current"}
    assert offices.standings("Jens Stoltenberg", date(2025, 1, 1)) == {"NATO chief": "former"}


def test_an_incumbent_is_named_only_where_the_terms_are_sure(offices: Offices) -> None:
    found = offices.incumbent("CHN", "president", date(2020, 1, 1))
    assert found is not None
    assert found.name == "Xi Jinping"
    assert offices.incumbent("KEN", "president", date(2010, 8, 15)) is None
    assert offices.incumbent("CHN", "president", None) is None
