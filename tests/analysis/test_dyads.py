"""Top dyads and the network: pairs, groups, intervals, and the limits that are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.analysis.dyads import top_dyads
from detente.analysis.network import network
from detente.errors import InputError
from detente.lake.store import Lake
from tests.analysis.factory import article, event, make_lake

DAY = "2024-05-04"


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    events = [
        *(event("RUS", "UKR", "ASSAULT", DAY, n) for n in range(9)),
        event("RUS", "UKR", "ASSAULT", DAY, 10, status="negated"),
        event("RUS", "UKR", "ASSAULT", DAY, 11, historical=True),
        event("USA GBR", "UKR", "AID", DAY),
        event("USA", "GBR", "CONSULT", DAY),
        event("QAT", "", "CONSULT", DAY),
    ]
    return make_lake(tmp_path, articles=[article(DAY)], events=events)


def test_pairs_are_told_by_events_with_interval(lake: Lake) -> None:
    found = top_dyads(lake)
    first = found.pairs[0]
    assert (first.actor, first.recipient, first.events, first.quads, first.intensity) == ("RUS", "UKR", 9, (0, 0, 0, 9), -9.5)
    assert first.low < first.net < first.high < 0
    assert first.sure
    assert [(p.actor, p.recipient) for p in found.pairs[1:]] == [("GBR", "UKR"), ("USA", "GBR"), ("USA", "UKR")]
    assert found.notes[0] == "1 of 12 events stand between no two known countries and are left out"
    assert found.to_arrow().num_rows == len(found.to_pandas()) == 4


def test_a_group_takes_the_place_of_its_members(lake: Lake) -> None:
    found = top_dyads(lake, groups={"the West": ["USA", "United Kingdom"]})
    assert [(p.actor, p.recipient, p.events) for p in found.pairs] == [("RUS", "UKR", 9), ("the West", "UKR", 1)]
    with pytest.raises(InputError, match="no party 'Talban' is known"):
        top_dyads(lake, groups={"x": ["Talban"]})


def test_fewer_pairs_and_days_are_told(lake: Lake) -> None:
    assert "1 of 4 pairs shown" in top_dyads(lake, 1).notes
    assert top_dyads(lake, since="2024-05-05").pairs == ()
    with pytest.raises(InputError, match="0 pairs can't be shown"):
        top_dyads(lake, 0)


def test_an_empty_lake_has_no_pairs_and_no_nodes(tmp_path: Path) -> None:
    assert top_dyads(Lake(tmp_path)).pairs == ()
    empty = network(Lake(tmp_path))
    assert (empty.nodes, empty.edges, empty.notes[0]) == ((), (), "the lake holds no event that was done")


def test_a_network_has_nodes_edges_and_limits(lake: Lake) -> None:
    found = network(lake)
    assert {n.code: (n.did, n.received) for n in found.nodes} == {"GBR": (1, 1), "RUS": (9, 0), "UKR": (0, 11), "USA": (2, 0)}
    assert next(n.name for n in found.nodes if n.code == "GBR") == "United Kingdom"
    assert "not all that happened" in found.notes[-1]
    few = network(lake, least=2)
    assert [e.actor for e in few.edges] == ["RUS"]
    assert few.notes[0] == "1 of 4 edges shown, of 2 events or more"
    with pytest.raises(InputError, match="give numbers from 1"):
        network(lake, least=0)
