"""Evidence: each field's reason, the same from both sides, and a weight for every reason."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from detente.collapse import evidence
from detente.collapse.words import numbers, stem, tolls
from evaluation.happenings_data import told
from tests.collapse.factory import ALL, NYALA, RAID, on, report

HILL = {"place": "Hill 40", "lat": None, "lon": None, "sentence": "Warplanes bombed the hill."}


def test_scores_are_the_same_from_both_sides() -> None:
    items = [t.report for t in told("tune")[::9]]
    assert all(evidence.score(a, b) == evidence.score(b, a) for a in items for b in items)


def test_every_reason_has_points() -> None:
    source = Path(evidence.__file__).read_text(encoding="utf-8")
    named = set(re.findall(r'"((?:mode|type|trigger|status|place|time|numbers|wording|consult|same)_[a-z_]+)"', source))
    named |= {f"{side}_{found}" for side in ("actor", "recipient") for found in evidence.SIDE_ORDER}
    assert named <= evidence.weights().keys()


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (HILL, "place_other"), ({**HILL, **NYALA}, "place_far"), ({**HILL, "place_country": "TCD"}, "place_abroad"), ({"place": None}, "place_named"), ({**HILL, "place": None}, "place_half"),
        ({"place": "Market of El Obeid"}, "place_same"), ({"mode": "drone"}, "mode_other"), ({"mode": None}, "type_same"),
        ({"type": "MOBILIZE"}, "type_near"), ({"type": "AID"}, "type_other"), ({"actor_names": ("air force",)}, "actor_part"),
        ({"actor_names": ("jets",)}, "actor_country"), ({"actor_names": (), "actor_countries": ()}, "actor_unknown"),
        ({"actor_names": ("Chad",), "actor_countries": ("TCD",)}, "actor_other"), ({"status": "negated"}, "status_other"),
        (on(4), "time_next"), (on(3), "time_same"), ({"published": None}, "time_unknown"), ({"same_as": "a1"}, "same_as"),
    ],
)  # fmt: skip
def test_a_field_gives_its_reason(fields: dict[str, object], reason: str) -> None:
    assert reason in evidence.score(report("z", **fields), RAID[0]).reasons


def test_places_are_compared_by_distance() -> None:
    a, b = report("x", "It hit.", place="Kadugli", lat=11.0, lon=29.7), report("y", "It hit.", place="Talodi", lat=11.1, lon=29.8)
    assert evidence.place(a, b) == "place_near"
    assert evidence.kilometres(a, b) == pytest.approx(15.6, abs=0.2)


def test_windows_two_days_apart_are_never_one() -> None:
    assert evidence.apart(report("x", **on(3)), report("y", day=5, **on(5)))
    assert not evidence.apart(report("x", day=3), report("y", day=5))
    assert evidence.apart(report("x", day=3), report("y", day=6))


def test_a_month_is_no_window_of_days() -> None:
    month = report("x", day=20, start=date(2031, 3, 1), end=date(2031, 3, 31))
    assert month.window == (date(2031, 3, 13), date(2031, 3, 20))


def test_numbers_leave_out_dates_and_years() -> None:
    assert numbers("On 3 March 2031 at 4 p.m. two dozen men and 1,200 tents; twenty-three hurt") == {2, 12, 1200, 23}


def test_tolls_are_read_by_kind() -> None:
    assert tolls("At least 27 traders were killed and more than 60 wounded; police arrested 4.") == {"killed": 27, "wounded": 60, "held": 4}


def test_endings_do_not_count() -> None:
    assert stem("bombed") == stem("bombing") == stem("bombs")


def test_reports_sort_by_day_then_id() -> None:
    assert [r.event_id for r in sorted(ALL, key=lambda r: r.order)] == ["a1", "a2", "c1", "c2", "a3", "b1", "b2"]
