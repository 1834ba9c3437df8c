"""Countries as nodes and what they do to each other as edges, weighted by net cooperation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from detente.analysis.dyads import Dyads, Pair, pairs, party_name
from detente.errors import InputError
from detente.lake.parties import Groups
from detente.lake.store import Lake
from detente.lake.views import as_day

if TYPE_CHECKING:
    from detente.analysis.picture import Picture

MOST = 50  # edges
LIMITS = (
    "An edge tells what outlets reported and the model found, not all that happened; countries in the news have more and surer edges. "
    "Position and nearness of nodes mean nothing.",
)


class Node(NamedTuple):
    """A country or group, with the events of its edges, done and received."""

    code: str
    name: str
    did: int
    received: int


@dataclass(frozen=True)
class Network:
    """Nodes by code, edges by their number of events, and the limits of both."""

    nodes: tuple[Node, ...]
    edges: tuple[Pair, ...]
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        return "Who acts on whom: net cooperation and conflict"

    def to_arrow(self) -> pa.Table:
        """One row an edge, with the columns of ``Dyads``."""
        return Dyads(self.edges, ()).to_arrow()

    def to_pandas(self) -> Any:
        return self.to_arrow().to_pandas()

    def plot(self) -> Picture:
        """A picture that a notebook shows and that can be saved; printed, it is drawn in characters."""
        from detente.analysis.picture import Picture

        return Picture(self)


def network(
    lake: Lake,
    *,
    most: int = MOST,
    least: int = 1,
    since: date | str | None = None,
    until: date | str | None = None,
    groups: Groups | None = None,
) -> Network:
    """The ``most`` edges with most events, of those with ``least`` events or more."""
    if most < 1 or least < 1:
        raise InputError(f"at most {most} edges of at least {least} events can't be shown; give numbers from 1")
    found = pairs(lake.to_duckdb(), as_day(since), as_day(until), groups or {})
    edges = [p for p in found.pairs if p.events >= least][:most]
    shown = [f"{len(edges):,} of {len(found.pairs):,} edges shown, of {least} events or more"] if len(edges) < len(found.pairs) else []
    return Network(tuple(nodes(edges)), tuple(edges), (*shown, *found.notes, *LIMITS))


def nodes(edges: list[Pair]) -> list[Node]:
    did, received = Counter[str](), Counter[str]()
    for edge in edges:
        did[edge.actor] += edge.events
        received[edge.recipient] += edge.events
    return [Node(code, party_name(code), did[code], received[code]) for code in sorted({*did, *received})]
