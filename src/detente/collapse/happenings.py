"""Happenings: reports of one thing that happened, grouped, none lost, whatever the order in which they come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from detente.collapse.blocks import Key, near_keys, own_keys
from detente.collapse.clusters import average_link, small_components, tables
from detente.collapse.corrections import Correction, Rules, rules
from detente.collapse.evidence import apart, score
from detente.collapse.groups import differ
from detente.collapse.reports import Report
from detente.identity import content_hash

FIELDS = ("type", "mode", "status", "place", "place_country", "start", "end")
Values = Mapping[str, Mapping[object, tuple[str, ...]]]


@dataclass(frozen=True)
class Happening:
    """What happened once, with all its reports in order of publication."""

    reports: tuple[Report, ...]

    @cached_property
    def id(self) -> str:
        """A hash of the earliest report's event id; it changes only where an earlier report comes to light."""
        return content_hash("happening", self.reports[0].event_id)

    @property
    def event_ids(self) -> tuple[str, ...]:
        return tuple(r.event_id for r in self.reports)

    @property
    def outlets(self) -> tuple[str, ...]:
        """Distinct outlets, sorted; reports of unknown outlet add none."""
        return tuple(sorted({r.outlet for r in self.reports if r.outlet}))

    @property
    def first(self) -> date | None:
        """Day of the first report."""
        return min((r.published for r in self.reports if r.published), default=None)

    @property
    def last(self) -> date | None:
        """Day of the last report."""
        return max((r.published for r in self.reports if r.published), default=None)

    @cached_property
    def values(self) -> Values:
        """Each field's known values, each with the ids of the events that give it; the most told first."""
        found: dict[str, dict[object, list[str]]] = defaultdict(lambda: defaultdict(list))
        for report in self.reports:
            for name, value in told(report):
                found[name][value].append(report.event_id)
        return {name: {v: tuple(ids) for v, ids in sorted(values.items(), key=lambda i: (-len(i[1]), str(i[0])))}
                for name, values in found.items()}  # fmt: skip

    @property
    def conflicts(self) -> Values:
        """The fields of which reports give more than one value."""
        return {name: values for name, values in self.values.items() if len(values) > 1}


def told(report: Report) -> Iterable[tuple[str, object]]:
    """The fields that a report gives, with their values; tolls are numbers of people."""
    for name in FIELDS:
        if (value := getattr(report, name)) is not None:
            yield name, value
    if report.actor_names:
        yield "actors", tuple(sorted(report.actor_names))
    if report.recipient_names:
        yield "recipients", tuple(sorted(report.recipient_names))
    yield from report.tolls.items()


class Happenings:
    """All reports so far, grouped; adding reports in portions gives the same groups as all at once."""

    def __init__(self, reports: Iterable[Report] = (), corrections: Iterable[Correction] = ()):
        self.reports: dict[str, Report] = {}
        self.links: dict[str, dict[str, float]] = {}
        self._blocks: dict[Key, list[str]] = defaultdict(list)
        self._group: dict[str, tuple[str, ...]] = {}
        self.rules: Rules = rules(corrections)
        self.add(reports)

    def add(self, reports: Iterable[Report]) -> None:
        """Takes reports in; one whose event id is known already is left out.  Only groups that they touch are done again."""
        fresh = []
        for report in reports:
            if report.event_id in self.reports:
                continue
            self.reports[report.event_id] = report
            self._link(report)
            fresh.append(report.event_id)
        self._regroup(fresh)

    def correct(self, corrections: Iterable[Correction]) -> None:
        """Puts these corrections (all that hold, in order) in the place of those before."""
        before, self.rules = self.rules, rules(corrections)
        self._regroup(sorted((before.named | self.rules.named) & self.reports.keys()))

    def _link(self, report: Report) -> None:
        """Scores a report with those that it shares a block with."""
        mine = self.links.setdefault(report.event_id, {})
        near = {event for key in near_keys(report) for event in self._blocks.get(key, ())}
        for event in near:
            other = self.reports[event]
            if not apart(report, other) and (points := score(report, other).points) > 0:
                mine[event] = self.links[event][report.event_id] = points
        for key in own_keys(report):
            self._blocks[key].append(report.event_id)

    def _regroup(self, touched: Sequence[str]) -> None:
        """Groups anew the components of links that hold the events touched."""
        near = set(touched)
        ahead = list(touched)
        while ahead:
            more = self.links[ahead.pop()].keys() - near
            near |= more
            ahead += more
        for group in small_components(sorted(near), self.links):
            for found in self._split(group):
                self._group |= dict.fromkeys(found, found)

    def _split(self, group: Sequence[str]) -> list[tuple[str, ...]]:
        """The groups of a component by average link; pairs that time or a correction keeps apart are never in one."""
        if len(group) == 1:
            return [tuple(group)]
        members = [self.reports[event] for event in group]
        sums, kept = tables(members, lambda a, b: score(a, b).points,
                            lambda a, b: apart(a, b) or self.rules.apart(a.event_id, b.event_id))  # fmt: skip
        found = average_link(sums, kept, lambda one, other: differ([members[i] for i in one], [members[i] for i in other]))
        return [tuple(group[i] for i in indices) for indices in found]

    def all(self) -> tuple[Happening, ...]:
        """Every happening, by the day of its first report and id; each event is in exactly one."""
        found = merged({frozenset(g) for g in self._group.values()}, self.rules)
        made = (Happening(tuple(sorted((self.reports[e] for e in group), key=lambda r: r.order))) for group in found)
        return tuple(sorted(made, key=lambda h: (h.first or date.max, h.id)))


def merged(groups: set[frozenset[str]], held: Rules) -> set[frozenset[str]]:
    """The groups with merges by hand carried out: whole groups are joined, or, where a split forbids that, the events named."""
    of = {event: group for group in groups for event in group}
    for named in sorted({tuple(sorted(g)) for g in held.group.values()}):
        here = [e for e in named if e in of]
        whole = frozenset[str]().union(*(of[e] for e in here))
        if any(held.apart(a, b) for a in whole for b in held.foes.get(a, ()) if b in whole):
            for rest in {of[e] - set(here) for e in here}:
                of |= dict.fromkeys(rest, rest)
            whole = frozenset(here)
        of |= dict.fromkeys(whole, whole)
    return set(of.values())
