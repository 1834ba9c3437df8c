"""Who belongs to which organisation when, what kind of organisation it is and where it sits, and which states followed a state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from detente.knowledge.book import read_table
from detente.knowledge.dates import day

Row = Mapping[str, str]


class Membership(NamedTuple):
    """A country in an organisation, from between ``start`` and ``start_last`` to between ``end_first`` and ``end``."""

    organisation: str
    country: str
    start: date | None
    start_last: date | None
    end_first: date | None
    end: date | None

    def certain(self, on: date) -> bool:
        return (self.start_last is None or self.start_last <= on) and (self.end_first is None or on <= self.end_first)

    def possible(self, on: date) -> bool:
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


class Seat(NamedTuple):
    """The kind of an organisation, the city that it sits in, and that city's country."""

    organisation: str
    kind: str
    seat: str
    country: str


class Succession(NamedTuple):
    """A state that another one followed; the state's last day as precise as the table has it."""

    state: str
    end: str
    successor: str
    note: str


def memberships(rows: Iterable[Row] | None = None) -> list[Membership]:
    found = read_table("memberships.csv") if rows is None else rows
    return [
        Membership(row["organisation"], row["country"], day(row["start"]), day(row["start"], last=True), day(row["end"]),
                   day(row["end"], last=True))
        for row in found
    ]  # fmt: skip


def seats() -> dict[str, Seat]:
    return {row["organisation"]: Seat(row["organisation"], row["kind"], row["seat"], row["country"]) for row in read_table("seats.csv")}


def successions() -> list[Succession]:
    return [Succession(row["state"], row["end"], row["successor"], row["note"]) for row in read_table("successors.csv")]
