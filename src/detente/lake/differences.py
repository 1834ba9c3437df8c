"""What two coder versions read differently in the same articles: events gained, lost and changed, matched by their triggers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from detente.lake.store import Lake
from detente.lake.versions import Shared
from detente.record.rows import Row

Kind = Literal["same", "changed", "gained", "lost"]
Fields = Mapping[str, tuple[Any, Any]]
COLUMNS = [
    "event_id", "coding_id", "article_id", "type", "mode", "status", "historical", "actor_countries", "actor_names", "actor_sectors",
    "recipient_countries", "recipient_names", "recipient_sectors", "trigger", "trigger_start", "trigger_end", "sentence", "place",
    "place_country", "lat", "lon", "place_precision", "start_date", "end_date", "time_precision", "claimed_by",
]  # fmt: skip
ROWS = 1000  # that are made dicts at once


def parties(side: str, row: Row) -> str | None:
    """The parties of a side with their codes: "Hamas (PSE, REB); Iran (IRN, GOV)"; their order doesn't count."""
    lists = (row[f"{side}_{what}"] or () for what in ("names", "countries", "sectors"))
    shown = sorted({noted(name, *codes) for name, *codes in zip(*lists, strict=True)})
    return "; ".join(shown) or None


def place(row: Row) -> str | None:
    at = f"{row['lat']:.3f} {row['lon']:.3f}" if row["lat"] is not None and row["lon"] is not None else None
    return noted(row["place"], row["place_country"], row["place_precision"], at) if row["place"] else None


def time(row: Row) -> str | None:
    if row["start_date"] is None and row["end_date"] is None:
        return str(row["time_precision"]) if row["time_precision"] else None
    ends = dict.fromkeys(str(d) for d in (row["start_date"], row["end_date"] or row["start_date"]))
    return noted("/".join(ends), row["time_precision"])


def noted(name: str | None, *facts: str | None) -> str:
    known = ", ".join(f for f in facts if f)
    return f"{name or 'unknown'}{f' ({known})' if known else ''}"


FIELDS: Mapping[str, Callable[[Row], Any]] = {
    **{name: itemgetter(name) for name in ("type", "mode", "status")}, "actors": lambda row: parties("actor", row),
    "recipients": lambda row: parties("recipient", row), "place": place, "time": time,
    **{name: itemgetter(name) for name in ("historical", "claimed_by")},
}  # fmt: skip


class Change(NamedTuple):
    """One event as both versions have it; the side that lacks it is None.  ``fields`` holds what differs, before and after."""

    kind: Kind
    before: Row | None
    after: Row | None
    fields: Fields

    @property
    def event(self) -> Row:
        """The event as the newer side has it, where it has it."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def type(self) -> str:
        """The type before, where there was one: what a change is counted under."""
        return str((self.before or self.event)["type"])


def changes(lake: Lake, codings: Shared) -> Iterator[Change]:
    """Every event of the shared codings once or, where both have it, as a pair; article by article in text order."""
    events = lake.read("events", COLUMNS)
    sides = [grouped(events, ids) for ids in (codings.first, codings.second)]
    for at in range(len(codings.articles)):
        before, after = (side.at(at) for side in sides)
        yield from sorted(compare(before, after), key=lambda c: (c.event["trigger_start"], c.event["event_id"]))


class Grouped:
    """The rows of some codings, asked for in the order of the codings."""

    def __init__(self, groups: Iterator[tuple[int, list[Row]]]):
        self._groups = groups
        self._next = next(groups, None)

    def at(self, number: int) -> list[Row]:
        if self._next is None or self._next[0] != number:
            return []
        rows, self._next = self._next[1], next(self._groups, None)
        return rows


def grouped(events: pa.Table, codings: Sequence[str]) -> Grouped:
    """The events of some codings, by the coding's place among them."""
    places = pc.index_in(events["coding_id"], value_set=pa.array(codings, pa.string()))
    order = [(name, "ascending") for name in ("at", "trigger_start", "event_id")]
    mine = events.append_column("at", places).filter(pc.is_valid(places)).sort_by(order)
    rows = (row for batch in mine.to_batches(max_chunksize=ROWS) for row in batch.to_pylist())
    return Grouped((at, list(group)) for at, group in groupby(rows, key=itemgetter("at")))


def compare(before: Sequence[Row], after: Sequence[Row]) -> Iterator[Change]:
    """The events of one article: pairs whose triggers overlap, then what is left on either side."""
    pairs = matched(before, after)
    for a, b in pairs.items():
        fields = differing(before[a], after[b])
        yield Change("changed" if fields else "same", before[a], after[b], fields)
    yield from (Change("lost", row, None, {}) for n, row in enumerate(before) if n not in pairs)
    yield from (Change("gained", None, row, {}) for n, row in enumerate(after) if n not in pairs.values())


def matched(before: Sequence[Row], after: Sequence[Row]) -> dict[int, int]:
    """Numbers of the events that are one: triggers overlap, the best pairs first, each event in one pair at most."""
    found = ((closeness(a, b), -n, -m) for n, a in enumerate(before) for m, b in enumerate(after) if overlap(a, b) > 0)
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, n, m in sorted(found, reverse=True):
        if -n not in pairs and -m not in taken:
            pairs[-n] = -m
            taken.add(-m)
    return pairs


def overlap(a: Row, b: Row) -> int:
    """Code points that the triggers share."""
    return int(min(a["trigger_end"], b["trigger_end"]) - max(a["trigger_start"], b["trigger_start"]))


def closeness(a: Row, b: Row) -> tuple[float, bool, int]:
    """How alike two events with overlapping triggers are: by the share of their triggers, the type, and the other fields."""
    whole = max(a["trigger_end"], b["trigger_end"]) - min(a["trigger_start"], b["trigger_start"])
    return overlap(a, b) / whole, a["type"] == b["type"], -len(differing(a, b))


def differing(before: Row, after: Row) -> dict[str, tuple[Any, Any]]:
    """The fields in which two events differ, with both values."""
    values = ((name, read(before), read(after)) for name, read in FIELDS.items())
    return {name: (a, b) for name, a, b in values if a != b}


class Totals:
    """Counts of changes: of each type ``before`` = same + changed + lost and, by the type after, ``after``."""

    def __init__(self) -> None:
        self.kinds: Counter[Kind] = Counter()
        self.types: dict[str, Counter[str]] = defaultdict(Counter)
        self.fields: dict[str, Counter[tuple[Any, Any]]] = defaultdict(Counter)

    def counted(self, found: Iterator[Change]) -> Iterator[Change]:
        """Counts what passes."""
        for change in found:
            self.kinds[change.kind] += 1
            self.types[change.type][change.kind] += 1
            for side, row in (("before", change.before), ("after", change.after)):
                if row is not None:
                    self.types[row["type"]][side] += 1
            for name, pair in change.fields.items():
                self.fields[name][pair] += 1
            yield change

    def words(self) -> str:
        k = self.kinds
        before, after = k["same"] + k["changed"] + k["lost"], k["same"] + k["changed"] + k["gained"]
        return f"{before:,} events before = {k['same']:,} the same + {k['changed']:,} changed + {k['lost']:,} lost; {after:,} after with {k['gained']:,} gained"


def as_json(change: Change) -> Row:
    """The change as one object of JSON lines; ``fields`` are [before, after]."""
    event = change.event
    ids = {"event_before": change.before and change.before["event_id"], "event_after": change.after and change.after["event_id"]}
    return {"kind": change.kind, "article_id": event["article_id"], **ids, "type": event["type"], "trigger": event["trigger"],
            "trigger_start": event["trigger_start"], "trigger_end": event["trigger_end"], "sentence": event["sentence"],
            "fields": {name: list(pair) for name, pair in change.fields.items()}}  # fmt: skip
