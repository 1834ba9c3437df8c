"""Which pairs have most events: countries, or groups of them that the user names, with net value and interval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa
from duckdb import DuckDBPyConnection

from detente.analysis.interval import Intervals
from detente.analysis.precision import Cell, CodedWith, measured
from detente.analysis.series import QUADS
from detente.errors import InputError
from detente.lake.parties import Groups, countries, find_party
from detente.lake.store import Lake
from detente.lake.views import as_day, fetch
from detente.ontology import TYPE_INFO

MOST = 20
DONE = "done and not historical and ($since::date is null or day >= $since) and ($until::date is null or day <= $until)"
COUNTED = f"select actor, recipient, model, type, count(*) from dyads join codings using (coding_id) where {DONE} group by all"
# a group takes the place of its members; an event counts once for a pair, however many of a group take part
GROUPED = f"""with members as (select unnest($codes::varchar[]) as code, unnest($labels::varchar[]) as label)
    select actor, recipient, model, type, count(*) from (
        select distinct event_id, coding_id, type, coalesce(a.label, actor) as actor, coalesce(r.label, recipient) as recipient
        from dyads left join members a on actor = a.code left join members r on recipient = r.code where {DONE})
    join codings using (coding_id) where actor <> recipient group by all"""
PAIRED = "select count(*), count(*) filter (where event_id in (select event_id from dyads)) from events where done and not historical"


class Pair(NamedTuple):
    """Events of one directed pair by quad class, mean intensity, and the net value over the whole time with its 95 % interval."""

    actor: str
    recipient: str
    events: int
    quads: tuple[int, int, int, int]
    intensity: float
    net: float
    low: float
    high: float

    @property
    def sure(self) -> bool:
        """True where the interval leaves no doubt on which side the pair is."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Dyads:
    """The pairs with most events, the most first, and what to know of them."""

    pairs: tuple[Pair, ...]
    notes: tuple[str, ...]

    def to_arrow(self) -> pa.Table:
        """One row a pair; see docs/analysis.md for the columns."""
        return pa.Table.from_pylist([{**p._asdict(), **dict(zip(QUADS, p.quads, strict=True))} for p in self.pairs], schema=SCHEMA)

    def to_pandas(self) -> Any:
        return self.to_arrow().to_pandas()


SCHEMA = pa.schema([
    ("actor", pa.string()), ("recipient", pa.string()), ("events", pa.int64()), *((q, pa.int64()) for q in QUADS),
    ("intensity", pa.float64()), ("net", pa.float64()), ("low", pa.float64()), ("high", pa.float64()),
])  # fmt: skip


def top_dyads(
    lake: Lake,
    most: int = MOST,
    *,
    since: date | str | None = None,
    until: date | str | None = None,
    groups: Groups | None = None,
) -> Dyads:
    """The directed pairs with most events that were done; events inside a group are left out."""
    if most < 1:
        raise InputError(f"{most} pairs can't be shown; ask for 1 or more")
    connection = lake.to_duckdb()
    found = pairs(connection, as_day(since), as_day(until), groups or {})
    shown = [*([f"{most} of {len(found.pairs):,} pairs shown"] if len(found.pairs) > most else []), *found.notes]
    return Dyads(found.pairs[:most], tuple(shown))


def pairs(connection: DuckDBPyConnection, since: date | None, until: date | None, groups: Groups) -> Dyads:
    """All pairs."""
    members = [(code, label) for label in groups for code in group_codes(label, groups)]
    values: dict[str, Any] = {"since": since, "until": until}
    if members:
        values |= {"codes": [code for code, _ in members], "labels": [label for _, label in members]}
    counts: dict[tuple[str, str], Counter[Cell]] = {}
    for actor, recipient, model, type, n in fetch(connection, GROUPED if members else COUNTED, values):
        counts.setdefault((actor, recipient), Counter())[Cell(model, type)] += n
    precision = measured(CodedWith(*pair) for pair in fetch(connection, "select distinct model, model_hash from codings"))
    intervals = Intervals(precision.hits, sum(counts.values(), Counter[Cell]()))
    found = sorted((pair(*sides, of, intervals) for sides, of in counts.items()), key=lambda p: (-p.events, p.actor, p.recipient))
    return Dyads(tuple(found), (*left_out(connection), *precision.notes))


def pair(actor: str, recipient: str, counts: Mapping[Cell, int], intervals: Intervals) -> Pair:
    quads = Counter[int]()
    for cell, n in counts.items():
        quads[TYPE_INFO[cell.type].quad] += n
    events = sum(counts.values())
    mean = sum(TYPE_INFO[cell.type].intensity * n for cell, n in counts.items()) / events
    return Pair(actor, recipient, events, (quads[1], quads[2], quads[3], quads[4]), round(mean, 3), *intervals.of(counts))


def group_codes(label: str, groups: Groups) -> Iterable[str]:
    """The countries of a group.  Raises InputError where a member is none."""
    for member in groups[label]:
        party = find_party(member)
        if not party.codes:
            raise InputError(f"{member!r} of the group {label!r} is no country; name countries by code or name")
        yield from party.codes


def left_out(connection: DuckDBPyConnection) -> list[str]:
    done, paired = fetch(connection, PAIRED)[0]
    if not done:
        return ["the lake holds no event that was done"]
    return [f"{done - paired:,} of {done:,} events stand between no two known countries and are left out"] if paired < done else []


def party_name(code: str) -> str:
    """The short English name of a country's code; another label as it is."""
    return countries().names.get(code, code)
