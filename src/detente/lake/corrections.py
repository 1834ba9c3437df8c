"""What people say of coded events, append-only: accept, fix, reject, merge, split; the later word overrides the earlier.

A correction is of event ids, so it holds for each coding that has them: an id is of the article, the trigger's place and
the type as coded.  The codings stay as they are; ``corrected`` lays the corrections over a table of events.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, get_args

import pyarrow as pa
import pyarrow.compute as pc

from detente.errors import InputError, LakeError
from detente.identity import content_hash
from detente.lake.fixes import fixed, in_order, refuse_conflicts
from detente.lake.store import Lake
from detente.record.rows import Row
from detente.record.schemas import CORRECTIONS

Kind = Literal["accept", "fix", "reject", "merge", "split"]
KINDS: tuple[Kind, ...] = get_args(Kind)
TOGETHER = frozenset({"merge", "split"})
MARK = "corrected"
TICK = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True)
class Correction:
    """One row of the table ``corrections``; ``field`` and ``value`` are of a fix only."""

    correction_id: str
    made_at: datetime
    who: str
    kind: Kind
    event_ids: tuple[str, ...]
    field: str | None = None
    value: str | None = None
    why: str = ""


@dataclass
class Judgement:
    """What the corrections of one event come to; of several fixes of a field the last."""

    rejected: bool = False
    fixes: dict[str, str] = field(default_factory=dict)

    def hear(self, said: Correction) -> None:
        if said.kind == "fix" and said.field is not None:
            self.fixes.pop(said.field, None)
            self.fixes[said.field] = said.value or ""
        elif said.kind not in TOGETHER:
            self.rejected = said.kind == "reject"


def read_corrections(lake: Lake) -> list[Correction]:
    """All corrections of a lake in the order they were made."""
    rows = lake.read("corrections").to_pylist()
    found = [Correction(**{**row, "event_ids": tuple(row["event_ids"])}) for row in rows]
    return sorted(found, key=lambda c: (c.made_at, c.correction_id))


def judgements(corrections: Iterable[Correction]) -> dict[str, Judgement]:
    """What corrections come to by event id, of the events that are accepted, fixed or rejected."""
    found: dict[str, Judgement] = {}
    for said in corrections:
        if said.kind not in TOGETHER:
            for event in said.event_ids:
                found.setdefault(event, Judgement()).hear(said)
    return found


def corrected(events: pa.Table, corrections: Iterable[Correction]) -> pa.Table:
    """The events with corrections laid over them: rejected ones left out, and a column ``corrected``, true where a row was changed.

    Rows that a correction names come last.  An event that only repeats a rejected one stands for itself.
    """
    held = judgements(corrections)
    gone = {event for event, judgement in held.items() if judgement.rejected}
    named = pc.or_(is_in(events["event_id"], held), is_in(events["same_as"], gone))
    rest, hit = events.filter(pc.invert(named)), events.filter(named).to_pylist()
    kept = [row for row in hit if row["event_id"] not in gone]
    heirs = heir_of(kept, gone)
    changed, marks = [], []
    for row in kept:
        new = applied(row, held.get(row["event_id"], Judgement()))
        new["same_as"] = heirs.get((row["coding_id"], row["event_id"]), row["same_as"])
        changed.append(new)
        marks.append(new != row)
    after = pa.Table.from_pylist(changed, schema=events.schema)
    return pa.concat_tables([marked(rest, [False] * rest.num_rows), marked(after, marks)])


def applied(row: Row, judgement: Judgement) -> Row:
    """The row with its fixes; raises LakeError where one can't be read any more, as after a change of the ontology."""
    try:
        return fixed(row, judgement.fixes.items())
    except InputError as error:
        raise LakeError(f"a correction of event {row['event_id']} can't be applied: {error}; fix that field again") from error


def heir_of(rows: Iterable[Row], gone: set[str]) -> dict[tuple[str, str], str | None]:
    """What the repeats of rejected events repeat instead: the first of them nothing, the others that one."""
    first: dict[tuple[str, str], str] = {}
    found: dict[tuple[str, str], str | None] = {}
    repeats = (row for row in rows if row["same_as"] in gone)
    for row in sorted(repeats, key=lambda row: (row["trigger_start"] or 0, row["event_id"])):
        told = (row["coding_id"], row["same_as"])
        found[row["coding_id"], row["event_id"]] = first.get(told)
        first.setdefault(told, row["event_id"])
    return found


def is_in(column: pa.ChunkedArray, ids: Iterable[str]) -> pa.ChunkedArray:
    return pc.is_in(column, value_set=pa.array(list(ids), pa.string()))


def marked(table: pa.Table, marks: Sequence[bool]) -> pa.Table:
    return table.append_column(MARK, pa.array(marks, pa.bool_()))


def correct(
    lake: Lake, kind: str, event_ids: Sequence[str], *, who: str, why: str, fixes: Mapping[str, str] | None = None
) -> list[Correction]:
    """Adds what somebody says of events to the lake, a row for each fixed field, and returns the rows.

    Raises InputError, and adds nothing, for an unknown event, an unknown field, and a value that the ontology hasn't.
    """
    ids, kind = tuple(dict.fromkeys(event_ids)), known_kind(kind)
    refuse_shape(kind, ids, fixes or {}, who, why)
    before = read_corrections(lake)
    refuse_events(lake, ids, fixes or {}, judgements(before))
    at = max([datetime.now(UTC), *(c.made_at + TICK for c in before[-1:])])
    said = in_order(fixes) if fixes else [(None, None)]
    found = [made(kind, ids, name, value, who=who.strip(), why=why.strip(), at=at + n * TICK) for n, (name, value) in enumerate(said)]
    lake._add("corrections", pa.Table.from_pylist([as_row(c) for c in found], schema=CORRECTIONS))
    return found


def known_kind(kind: str) -> Kind:
    found = next((k for k in KINDS if k == kind), None)
    if found is None:
        raise InputError(f"{kind!r} is no kind of correction; the kinds are {', '.join(KINDS)}")
    return found


def refuse_shape(kind: Kind, ids: Sequence[str], fixes: Mapping[str, str], who: str, why: str) -> None:
    """Raises InputError where the parts of a correction don't belong together."""
    if (kind == "fix") != bool(fixes):
        raise InputError(
            "a fix needs fields with values; write FIELD=VALUE" if kind == "fix" else f"{kind} takes no field; use fix for those"
        )
    if len(ids) < (least := 2 if kind in TOGETHER else 1):
        raise InputError(f"{kind} needs at least {least} different event ids, and {len(ids)} given; name more")
    if not why.strip() or not who.strip():
        raise InputError("a correction says why and by whom; give both")


def refuse_events(lake: Lake, ids: Sequence[str], fixes: Mapping[str, str], held: Mapping[str, Judgement]) -> None:
    """Raises InputError for an event that isn't in the lake, and for fixes that can't be made of one."""
    rows = lake.sql(
        "select e.* from all_events e join all_codings c using (coding_id) where list_contains($ids, e.event_id) order by c.written",
        {"ids": list(ids)},
    ).to_pylist()
    newest = {row["event_id"]: row for row in rows}
    for event in ids:
        if event not in newest:
            ask = f'detente sql "select event_id, trigger, sentence from events" --lake {lake.location}'
            raise InputError(f"no event {event!r} in the lake at {lake.location}; {ask} lists them")
        said = held.get(event, Judgement()).fixes | dict(fixes)
        order = [*((name, value) for name, value in said.items() if name not in fixes), *in_order(fixes)]
        if fixes:
            refuse_conflicts(fixed(newest[event], order))


def made(
    kind: Kind, ids: tuple[str, ...], name: str | None, value: str | None, *, who: str, why: str, at: datetime
) -> Correction:  # fmt: skip
    """A correction with its id, which is of all that it says."""
    known: dict[str, Any] = {"kind": kind, "event_ids": ids, "field": name, "value": None if value is None else value.strip(),
                             "who": who, "why": why, "made_at": at}  # fmt: skip
    return Correction(correction_id=content_hash("correction", *known.values()), **known)


def as_row(said: Correction) -> Row:
    row = {f.name: getattr(said, f.name) for f in fields(said)}
    return row | {"event_ids": list(said.event_ids)}


def as_json(said: Correction) -> Row:
    """The correction as one object of JSON lines."""
    return {"id": said.correction_id, "when": said.made_at.isoformat(), "who": said.who, "kind": said.kind, "event_ids": list(said.event_ids),
            "field": said.field, "value": said.value, "why": said.why}  # fmt: skip
