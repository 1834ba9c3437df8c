"""What one party does to another, period by period, with an interval and with what was read to know it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
from duckdb import DuckDBPyConnection

from detente.analysis.interval import Intervals
from detente.analysis.periods import STEPS, Coverage, Day, Step, Stretch, beginning, coverage, covered, daily
from detente.analysis.precision import Cell, CodedWith, measured
from detente.errors import InputError
from detente.lake.parties import Groups, Party, acts_on, bound, find_party, refuse_overlap, stands
from detente.lake.store import Lake
from detente.lake.views import as_day, ask, fetch, known_names

if TYPE_CHECKING:
    from detente.analysis.picture import Picture

Row = Mapping[str, Any]
QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
# an event's own time counts where it lies within one period, else the day of publication
TIMED = """select event_id, e.article_id, model, model_hash, coalesce(case when date_trunc($step, start_date) =
    date_trunc($step, coalesce(end_date, start_date)) then start_date end, published) as day, type, mode, quad, intensity, score,
    actor_names, recipient_names, trigger from events e join codings c using (coding_id)
    where done and not historical and {} order by day, event_id"""
PARTNERS = """select name, count(*) from (select event_id, unnest(recipient_names) as name from events where done and not historical and {})
    where name is not null group by 1 order by 2 desc, 1 limit 5"""


class Period(NamedTuple):
    """Counts of a period by quad class, mean intensity (None without events), net value with its 95 % interval, and coverage.

    In a gap, where no article was read and no event is known, the net value is None.
    """

    start: date
    end: date
    events: int
    quads: tuple[int, int, int, int]
    intensity: float | None
    net: float | None
    low: float | None
    high: float | None
    coverage: Coverage

    @property
    def gap(self) -> bool:
        return self.coverage.articles == 0


@dataclass(frozen=True)
class Series:
    """A dyad's periods, the events they count (a row each, by ``day``), articles and outlets a day, and what to know of them."""

    actor: Party
    recipient: Party
    by: Step
    both: bool
    periods: tuple[Period, ...]
    events: pa.Table
    coverage: tuple[Day, ...]
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"{self.actor.label} {'and' if self.both else 'to'} {self.recipient.label}, by {self.by}"

    def to_arrow(self) -> pa.Table:
        """One row a period; see docs/analysis.md for the columns."""
        return pa.Table.from_pylist([flat(p) for p in self.periods], schema=SCHEMA)

    def to_pandas(self) -> Any:
        return self.to_arrow().to_pandas()

    def plot(self) -> Picture:
        """A picture that a notebook shows and that can be saved; printed, it is drawn in characters."""
        from detente.analysis.picture import Picture

        return Picture(self)


SCHEMA = pa.schema([
    ("start", pa.date32()), ("end", pa.date32()), ("events", pa.int64()), *((q, pa.int64()) for q in QUADS), ("intensity", pa.float64()),
    ("net", pa.float64()), ("low", pa.float64()), ("high", pa.float64()), ("articles", pa.int64()), ("outlets", pa.int64()),
    ("empty_days", pa.int64()), ("gap", pa.bool_()),
])  # fmt: skip


def flat(p: Period) -> dict[str, Any]:
    return {**p._asdict(), **dict(zip(QUADS, p.quads, strict=True)), **p.coverage._asdict(), "gap": p.gap}


def dyad_series(
    lake: Lake,
    actor: str,
    recipient: str,
    *,
    by: Step = "month",
    both: bool = False,
    since: date | str | None = None,
    until: date | str | None = None,
    groups: Groups | None = None,
) -> Series:
    """The series of what ``actor`` does to ``recipient``, or with ``both`` also the other way round.

    Counted are events that were done, not historical ones, of the newest coding of each article, each once.  Raises
    InputError for an unknown party, with near names.
    """
    if by not in STEPS:
        raise InputError(f"{by!r} is no step; choose one of {', '.join(STEPS)}")
    connection = lake.to_duckdb()
    one, other = (find_party(t, groups=groups, known=lambda: known_names(connection)) for t in (actor, recipient))
    refuse_overlap(one, other)
    events, whole = timed_events(connection, one, other, by, both), covered(connection, by, as_day(since), as_day(until))
    if whole is None:
        return Series(one, other, by, both, (), events, (), ("the lake holds no article with a date",))
    inside = within(events, whole)
    precision = measured(CodedWith(*pair) for pair in fetch(connection, "select distinct model, model_hash from codings"))
    periods = count_periods(inside, coverage(connection, whole, by), by, precision.hits)
    notes = (*outside_notes(events, inside, since or until), *partner_notes(connection, one, other, inside), *precision.notes)
    return Series(one, other, by, both, periods, inside, daily(connection, whole), notes)


def timed_events(connection: DuckDBPyConnection, one: Party, other: Party, by: Step, both: bool) -> pa.Table:
    sides = ("one", one), ("other", other)
    query = TIMED.format(f"({' or '.join([acts_on(*sides)] + ([acts_on(*reversed(sides))] if both else []))})")
    return ask(connection, query, {"step": by, **bound("one", one), **bound("other", other)})


def within(events: pa.Table, whole: Stretch) -> pa.Table:
    days = events["day"].to_pylist()
    return events.filter(pa.array([d is not None and whole.start <= d <= whole.end for d in days], pa.bool_()))


def count_periods(
    events: pa.Table, read: Mapping[Stretch, Coverage], by: Step, hits: Mapping[Cell, Any], *, size: int | None = None
) -> tuple[Period, ...]:
    """The periods of a dyad's events."""
    rows: dict[date, list[Row]] = {}
    for row in events.select(["day", "model", "type", "quad", "intensity"]).to_pylist():
        rows.setdefault(beginning(row["day"], by), []).append(row)
    intervals = Intervals(hits, cells(r for found in rows.values() for r in found), **({"size": size} if size else {}))
    return tuple(period(stretch, rows.get(beginning(stretch.start, by), []), cover, intervals) for stretch, cover in read.items())


def cells(rows: Iterable[Row]) -> Counter[Cell]:
    return Counter(Cell(r["model"], r["type"]) for r in rows)


def period(stretch: Stretch, rows: list[Row], cover: Coverage, intervals: Intervals) -> Period:
    quads = Counter(r["quad"] for r in rows)
    four = (quads[1], quads[2], quads[3], quads[4])
    if not rows and not cover.articles:
        return Period(*stretch, 0, four, None, None, None, None, cover)
    mean = round(sum(r["intensity"] for r in rows) / len(rows), 3) if rows else None
    return Period(*stretch, len(rows), four, mean, *intervals.of(cells(rows)), cover)


def outside_notes(events: pa.Table, inside: pa.Table, narrowed: Any) -> list[str]:
    undated = events["day"].null_count
    outside = 0 if narrowed else events.num_rows - inside.num_rows - undated
    found = [(undated, "without a day, left out"), (outside, "with a time outside the days read; --since and --until show them")]
    return [f"{n} event{'s' if n > 1 else ''} {why}" for n, why in found if n]


def partner_notes(connection: DuckDBPyConnection, one: Party, other: Party, inside: pa.Table) -> list[str]:
    """Where there is nothing between the two: whom the first one does act on."""
    if inside.num_rows:
        return []
    rows = fetch(connection, PARTNERS.format(stands("actor", "one", one)), bound("one", one))
    most = ", ".join(f"{name} ({n})" for name, n in rows)
    return [f"no event of {one.label} on {other.label}; " + (f"it acts most on {most}" if most else f"none of {one.label} on anybody")]
