"""The parties of an event row, and the pairs of them that feeds of one actor and one recipient a line can tell."""

from __future__ import annotations

from itertools import permutations, product
from typing import NamedTuple

from detente.identity import content_hash
from detente.record.rows import Row

# what several actors do with each other where no recipient is named
MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})


class Party(NamedTuple):
    """One actor or recipient; each field may be unknown."""

    name: str | None
    country: str | None
    sector: str | None


NOBODY = Party(None, None, None)


class Pair(NamedTuple):
    """Who did it to whom, with a number that is the same on every machine (60 bits)."""

    number: int
    actor: Party
    recipient: Party


def parties(row: Row, side: str) -> list[Party]:
    """The parties of a side ("actor" or "recipient") in the order of their mentions."""
    columns = (row[f"{side}_{field}"] or () for field in ("names", "countries", "sectors"))
    return [Party(*found) for found in zip(*columns, strict=True)]


def pairs(row: Row) -> list[Pair]:
    """Each actor with each recipient; of a mutual act without recipients, each actor with each other one.

    A side that is unknown is a Party without fields, so that every event has at least one pair.
    """
    actors, recipients = parties(row, "actor"), parties(row, "recipient")
    if row["type"] in MUTUAL and not recipients and len(actors) > 1:
        found = list(permutations(actors, 2))
    else:
        found = list(product(actors or [NOBODY], recipients or [NOBODY]))
    return [Pair(number(row["event_id"], n), *pair) for n, pair in enumerate(found)]


def number(*parts: object) -> int:
    """An id as feeds have it that know only whole numbers."""
    return int(content_hash("number", *parts)[:15], 16)
