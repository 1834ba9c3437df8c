"""A user's tables over ours: the newest wins where it contradicts, and nothing is lost where it doesn't."""

from __future__ import annotations

from datetime import date

from detente.knowledge.book import Entry, merged
from detente.knowledge.layers import layered_terms

COLUMNS = ("country", "office", "name", "also", "start", "end", "origin", "imported")


def rows(*given: tuple[str, ...]) -> list[dict[str, str]]:
    return [dict(zip(COLUMNS, ("EST", "president", *row), strict=True)) for row in given]


def terms(ours: list[dict[str, str]], *theirs: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [(r["name"], r["also"], r["start"], r["end"], r["origin"]) for r in layered_terms(ours, rows(*theirs))]


OURS = rows(("Tiina Lepp", "Tina Lepp", "2016-10-10", "", "", ""))


def test_a_newer_term_takes_the_place_of_one_that_it_overlaps_and_its_names() -> None:
    assert terms(OURS, ("Tina Lepp", "", "2016-10-10", "2021-10-11", "a", "2026-01-01")) == [
        ("Tina Lepp", "Tiina Lepp", "2016-10-10", "2021-10-11", "a")
    ]


def test_the_newest_import_wins() -> None:
    found = terms(
        OURS,
        ("Tiina Lepp", "", "2016-10-10", "2021-10-11", "a", "2026-01-01"),
        ("Tiina Lepp", "", "2016-10-10", "2021-10-12", "b", "2026-02-01"),
    )
    assert [(end, origin) for *_, end, origin in found] == [("2021-10-12", "b")]


def test_one_that_says_the_same_less_precisely_only_adds_its_names() -> None:
    assert terms(OURS, ("Tiina Lepp", "T. M. Lepp", "2016", "", "a", "2026-01-01")) == [
        ("Tiina Lepp", "Tina Lepp;T. M. Lepp", "2016-10-10", "", "")
    ]


def test_terms_one_after_the_other_and_of_others_stay_apart() -> None:
    ours = rows(("Tiina Lepp", "", "2006", "2011-10-10", "", ""))
    theirs = [("Tiina Lepp", "", "2011-10-10", "2016", "a", "2026-01-01"), ("Mart Kask", "", "2008", "2010", "a", "2026-01-01")]
    assert len(terms(ours, *theirs)) == 3


def test_an_undated_name_does_not_undo_what_is_known_by_date() -> None:
    ours = [Entry("The Front", "group", "The Front", "EST", "REB", None, date(2019, 12, 31)), Entry("The Front", "group", "The Front", "EST", "PTY", date(2020, 1, 1))]  # fmt: skip
    listed = Entry("The Front", "group", "The Front", "EST", "CRM", source="a")
    dated = listed._replace(start=date(2022, 1, 1), sector="GOV")
    assert [e.sector for e in merged(ours, [listed])["The Front"]] == ["REB", "PTY", "CRM"]
    assert [e.sector for e in merged(ours, [dated])["The Front"]] == ["GOV", "REB", "PTY"]
    assert merged(ours, [listed._replace(name="Another")])["Another"][0].source == "a"
