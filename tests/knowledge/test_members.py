"""Members, kinds and seats of organisations, and successors of states: the tables fit each other and the facts."""

from __future__ import annotations

from datetime import date

import pytest

from detente.knowledge.book import load_book, read_table
from detente.knowledge.members import memberships, seats, successions

BOOK = load_book()


def members(organisation: str, on: date) -> set[str]:
    return {m.country for m in memberships() if m.organisation == organisation and m.certain(on)}


@pytest.mark.parametrize(
    ("organisation", "on", "count"),
    [
        ("NATO", date(2000, 1, 1), 19),
        ("NATO", date(2024, 11, 25), 32),
        ("European Union", date(2019, 1, 1), 28),
        ("European Union", date(2021, 1, 1), 27),
        ("African Union", date(2024, 1, 1), 55),
        ("ASEAN", date(2024, 1, 1), 10),
        ("OPEC", date(2024, 6, 1), 12),
        ("Group of Seven", date(2024, 1, 1), 7),
        ("Group of Eight", date(2010, 1, 1), 8),
        ("Group of 20", date(2022, 1, 1), 20),
        ("BRICS", date(2024, 6, 1), 9),
        ("Collective Security Treaty Organization", date(2024, 1, 1), 6),
        ("Shanghai Cooperation Organization", date(2025, 1, 1), 10),
        ("Gulf Cooperation Council", date(2024, 1, 1), 6),
        ("Arab League", date(2024, 1, 1), 22),
        ("ECOWAS", date(2024, 1, 1), 15),
        ("ECOWAS", date(2025, 6, 1), 12),
        ("Eurasian Economic Union", date(2024, 1, 1), 5),
        ("Five Eyes", date(2024, 1, 1), 5),
        ("Quad", date(2024, 1, 1), 4),
    ],
)
def test_members_at_a_date(organisation: str, on: date, count: int) -> None:
    assert len(members(organisation, on)) == count


def test_within_a_year_of_which_only_the_year_is_known_a_member_is_only_possible() -> None:
    (morocco,) = [m for m in memberships() if (m.organisation, m.country) == ("African Union", "MAR")]
    assert [(morocco.possible(d), morocco.certain(d)) for d in (date(2016, 12, 1), date(2017, 1, 15), date(2017, 2, 1))] == [
        (False, False), (True, False), (True, True)]  # fmt: skip


def test_every_row_names_what_the_other_tables_know() -> None:
    bodies = {e.canonical for found in BOOK.entries.values() for e in found if e.kind == "organisation"}
    countries = {row["code"] for row in read_table("countries.csv")}
    assert {m.organisation for m in memberships()} <= bodies
    assert {m.country for m in memberships()} - {"EU", "AU"} <= countries
    assert set(seats()) <= bodies
    assert {s.country for s in seats().values() if s.country} <= countries
    assert {s.successor for s in successions()} <= countries
    assert {s.state for s in successions()} <= set(BOOK.entries)


def test_the_tables_are_as_large_as_issue_4_asks() -> None:
    groups = {e.canonical for found in BOOK.entries.values() for e in found if e.kind == "group"}
    assert len(seats()) >= 300
    assert len(groups) >= 400


@pytest.mark.parametrize(
    ("name", "on", "sector"),
    [
        ("Taliban", date(2020, 2, 29), "REB"),
        ("Taliban", date(2024, 11, 25), "GOV"),
        ("HTS", date(2024, 12, 7), "REB"),
        ("HTS", date(2024, 12, 8), "GOV"),
        ("RSF", date(2022, 1, 1), "PRM"),
        ("RSF", date(2023, 5, 1), "REB"),
        ("Houthis", date(2024, 1, 1), "REB"),
        ("M23", date(2024, 1, 1), "REB"),
        ("Wagner Group", date(2022, 1, 1), "PRM"),
    ],
)
def test_the_standing_of_a_group_is_judged_at_the_date(name: str, on: date, sector: str) -> None:
    found = BOOK.lookup(name, on)
    assert found is not None
    assert found.sector == sector
