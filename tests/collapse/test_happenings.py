"""Happenings: order, portions, traps, corrections, and that nothing is lost."""

from __future__ import annotations

import random
from datetime import date

import pytest

from detente.collapse.corrections import Correction, split_sides
from detente.collapse.happenings import Happenings
from detente.collapse.reports import Report
from evaluation.happenings_data import told
from tests.collapse.factory import ALL, ELSEWHERE, NEXT_DAY, RAID, on, report

Groups = set[frozenset[str]]


def groups(found: Happenings) -> Groups:
    return {frozenset(h.event_ids) for h in found.all()}


def ids(reports: tuple[Report, ...]) -> frozenset[str]:
    return frozenset(r.event_id for r in reports)


@pytest.fixture(scope="module")
def many() -> list[Report]:
    return [t.report for t in told("tune")]


def test_the_traps_are_told_apart() -> None:
    assert groups(Happenings(ALL)) == {ids(RAID), ids(NEXT_DAY), ids(ELSEWHERE)}


def test_a_visit_and_the_talks_on_it_are_two() -> None:
    sides = {"type": "CONSULT", "actor_names": ("Wanjiru Kilel",), "actor_countries": ("KEN",), "recipient_names": ("Uganda",),
             "recipient_countries": ("UGA",), "place": "Kampala", "place_country": "UGA"}  # fmt: skip
    visit = (
        report("v1", "Foreign Minister Wanjiru Kilel arrived in Kampala for a visit.", trigger="arrived", **{**sides, "mode": "visit"}),
        report("v2", "Kilel landed in Kampala, her first visit to Uganda.", trigger="visit", **{**sides, "mode": "visit"}),
    )
    talks = (
        report("w1", "Kilel and the president held talks on milk quotas in Kampala.", trigger="held talks", **{**sides, "mode": None}),
        report(
            "w2", "Milk quotas were discussed in Kampala by Kilel and Uganda's president.", trigger="discussed", **{**sides, "mode": None}
        ),
    )
    assert groups(Happenings((*visit, *talks))) == {ids(visit), ids(talks)}


def test_days_do_not_chain() -> None:
    daily = [report(f"d{day}", "Warplanes bombed the fuel market of El Obeid again.", day=day) for day in range(1, 9)]
    for happening in Happenings(daily).all():
        assert happening.first
        assert happening.last
        assert (happening.last - happening.first).days <= 2


def test_the_order_of_reports_does_not_matter(many: list[Report]) -> None:
    first = Happenings(many).all()
    for seed in range(2):
        shuffled = random.Random(seed).sample(many, len(many))
        assert Happenings(shuffled).all() == first
        assert [h.id for h in Happenings(shuffled).all()] == [h.id for h in first]


def test_portions_give_the_same_as_all_at_once(many: list[Report]) -> None:
    shuffled = random.Random(7).sample(many, len(many))
    by_portion = Happenings()
    for start in range(0, len(shuffled), 45):
        by_portion.add(shuffled[start : start + 45])
    assert by_portion.all() == Happenings(many).all()


def test_each_event_is_in_one_happening(many: list[Report]) -> None:
    held = [event for h in Happenings(many).all() for event in h.event_ids]
    assert sorted(held) == sorted(r.event_id for r in many)


def test_a_report_given_twice_counts_once() -> None:
    twice = Happenings(ALL)
    twice.add(ALL)
    assert twice.all() == Happenings(ALL).all()


def test_reports_without_any_field_are_kept() -> None:
    bare = [Report(event_id=f"e{n}", article_id="x", type="AID") for n in range(3)]
    assert sum(len(h.reports) for h in Happenings(bare).all()) == 3


def test_the_id_hangs_on_the_earliest_report_only() -> None:
    (one,) = Happenings(RAID[:2]).all()
    (more,) = Happenings(RAID).all()
    assert one.id == more.id


def test_a_happening_tells_outlets_days_and_conflicts() -> None:
    raid = next(h for h in Happenings(ALL).all() if "a1" in h.event_ids)
    assert raid.outlets == ("outlet 1", "outlet 2", "outlet 3")
    assert (raid.first, raid.last) == (date(2031, 3, 3), date(2031, 3, 4))
    assert raid.conflicts == {"killed": {27: ("a1", "a2"), 31: ("a3",)}}
    assert raid.values["place"] == {"El Obeid": ("a1", "a2", "a3")}


def test_a_merge_holds_when_reports_come_later() -> None:
    together = [Correction("merge", ("a1", "c1"))]
    found = Happenings(RAID[:1], together)
    found.add(ELSEWHERE)
    found.add(RAID[1:] + NEXT_DAY)
    assert groups(found) == {ids(RAID + ELSEWHERE), ids(NEXT_DAY)}
    assert found.all() == Happenings(ALL, together).all()


def test_a_split_holds_when_reports_come_later() -> None:
    apart = [Correction("split", ("a1", "a2"))]
    found = Happenings(RAID[:2], apart)
    found.add([*RAID[2:], report("a4", **on(3)), report("a5", RAID[1].sentence, **on(3))])
    assert all(not {"a1", "a2"} <= g for g in groups(found))
    assert frozenset().union(*groups(found)) == {"a1", "a2", "a3", "a4", "a5"}


def test_a_happening_is_split_in_two_sides() -> None:
    assert groups(Happenings(RAID, split_sides(["a1", "a3"], ["a2"]))) == {frozenset({"a1", "a3"}), frozenset({"a2"})}


def test_a_later_correction_overrides_an_earlier_one() -> None:
    merged, split = Correction("merge", ("a1", "c1")), Correction("split", ("a1", "c1"))
    assert any({"a1", "c1"} <= g for g in groups(Happenings(ALL, [split, merged])))
    assert groups(Happenings(ALL, [merged, split])) == groups(Happenings(ALL))


def test_corrections_can_be_taken_back() -> None:
    found = Happenings(ALL, [Correction("merge", ("a1", "b1")), Correction("split", ("a2", "a3"))])
    found.correct([])
    assert found.all() == Happenings(ALL).all()


def test_corrections_of_unknown_events_wait_for_them() -> None:
    found = Happenings(RAID, [Correction("merge", ("a1", "zz"))])
    found.add([report("zz", "A wholly different thing.", day=28, type="AID")])
    assert any({"a1", "zz"} <= g for g in groups(found))


def test_a_merge_does_not_undo_a_split_of_others() -> None:
    found = groups(Happenings(ALL, [Correction("split", ("a2", "c2")), Correction("merge", ("a1", "c1"))]))
    assert frozenset({"a1", "c1"}) in {g & {"a1", "c1"} for g in found}
    assert all(not {"a2", "c2"} <= g for g in found)
