"""The interval holds: it covers a known truth as often as it says, and behaves where little is known."""

from __future__ import annotations

import pytest

from benchmarks.interval_coverage import MIXES, simulate
from detente.analysis.interval import Intervals
from detente.analysis.precision import Cell, Hits, card_hits, read_card
from detente.model.runtime import Model, card_hash, model_folder
from detente.ontology import TYPES

HITS = {Cell("m", t): Hits(40, 50) for t in TYPES}
AID, ASSAULT = Cell("m", "AID"), Cell("m", "ASSAULT")


@pytest.mark.parametrize("mix", ["cooperation", "conflict", "change"])
def test_the_interval_covers_the_truth_as_often_as_it_says(mix: str) -> None:
    found = [simulate(MIXES[mix], rate, runs=40, seed=11, size=1000) for rate in (3, 10, 30)]
    assert 0.93 <= sum(f.share for f in found) / len(found) <= 0.97


def test_no_events_leave_room_on_both_sides() -> None:
    value, low, high = Intervals(HITS, {}).of({})
    assert value == 0
    assert -15 < low < 0 < high < 10


def test_more_events_narrow_the_interval_and_wrong_types_draw_it_to_zero() -> None:
    few, many = (Intervals(HITS, {AID: n}).of({AID: n}) for n in (4, 400))
    assert (many.high - many.low) / many.value < (few.high - few.low) / few.value
    assert many.value == pytest.approx(400 * 7 * 40.5 / 51)
    poor = Intervals({**HITS, AID: Hits(5, 50)}, {AID: 400}).of({AID: 400})
    assert poor.high < many.low


def test_an_unmeasured_type_widens_the_interval() -> None:
    known = Intervals(HITS, {ASSAULT: 50}).of({ASSAULT: 50})
    unknown = Intervals({**HITS, ASSAULT: Hits(0, 0)}, {ASSAULT: 50}).of({ASSAULT: 50})
    assert unknown.high - unknown.low > 2 * (known.high - known.low)


def test_the_same_counts_give_the_same_interval() -> None:
    one, other = (Intervals(HITS, {AID: 3}).of({AID: 2, ASSAULT: 1}) for _ in range(2))
    assert one == other


def test_the_card_tells_hits_and_the_hash_of_its_model() -> None:
    card = read_card("fast")
    assert card is not None
    assert card_hits(card["types"]["AGREE"]).found == card["types"]["AGREE"]["found"] > 0
    assert card_hits(None) == card_hits({"precision": None, "found": 0}) == Hits(0, 0)
    assert read_card("unheard of") is None
    assert card_hash(card) == Model(model_folder("fast")).hash
