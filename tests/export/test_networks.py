"""GEXF and GraphML: networkx reads the same dyads that the lake counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest

from detente.export.registry import export
from tests.export.factory import event

READERS: dict[str, Callable[[Path], nx.DiGraph]] = {"gexf": nx.read_gexf, "graphml": nx.read_graphml}
VALUES = ("events", "verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict", "intensity")


@pytest.mark.parametrize("format", READERS)
def test_networkx_reads_the_dyads(tmp_path: Path, format: str) -> None:
    events = [event(), event(event_id="e2", quad=4, intensity=-9.5), event(event_id="e3", status="negated"),
              event(event_id="e4", actor_countries=[None], actor_names=["somebody"]), event(event_id="e5", type=None, quad=None, intensity=None)]  # fmt: skip
    assert export({"events": events}, format, tmp_path / "g.xml") == 1
    graph = READERS[format](tmp_path / "g.xml")
    assert graph.is_directed()
    assert {n: d["label"] for n, d in graph.nodes(data=True)} == {"IRN": "Iran", "ISR": "Israel"}
    assert [graph.edges["IRN", "ISR"][v] for v in VALUES] == [2, 0, 0, 1, 1, -5.75]
    assert isinstance(graph.edges["IRN", "ISR"]["events"], int)


@pytest.mark.parametrize("format", READERS)
def test_an_empty_network_is_a_network(tmp_path: Path, format: str) -> None:
    assert export({"events": []}, format, tmp_path / "g.xml") == 0
    assert len(READERS[format](tmp_path / "g.xml")) == 0
