"""What speaks for and against two reports being of one happening.

Each function looks at one field and returns the name of a reason; ``weights.csv`` gives each reason its points (log
odds, fitted on one half of ``evaluation/happenings``).  Above 0 points the two are rather one happening than two.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from detente.collapse.reports import Report
from detente.collapse.words import WORD, likeness, stem

FAMILIES = (
    {"AGREE", "CONSULT", "COOPERATE", "SUPPORT"}, {"AID", "COOPERATE", "AGREE"}, {"CONCEDE", "RETREAT", "AGREE"},
    {"REQUEST", "ACCUSE", "REJECT", "THREATEN"}, {"SANCTION", "COERCE", "ACCUSE"}, {"ASSAULT", "COERCE", "MOBILIZE"},
    {"PROTEST", "COERCE", "ASSAULT"}, {"SANCTION", "REJECT", "THREATEN"}, {"MOBILIZE", "COOPERATE", "THREATEN"}, {"AID", "MOBILIZE"},
)  # fmt: skip
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})  # acts that reports tell from either side
NEAR = 30.0  # km within which two places are one
APART = 1  # days between two windows that one happening may have
LIKENESS = ((0.55, "wording_same"), (0.35, "wording_close"), (0.22, "wording_near"), (0.12, "wording_some"))


CONSULTING = {
    name: frozenset(stem(w) for w in words.split())
    for name, words in {
        "call": "call phone telephone telephoned phoned video videoconference rang",
        "journey": "visit visited visits arrive arrived arrival land landed travel travelled trip tour toured journey flew fly came go went headed",
        "talks": "talk talks talked meet met meeting discuss discussed discussion negotiate negotiated negotiation negotiations confer conferred "
        "consult consulted consultation dialogue summit session conversation",
    }.items()
}


class Score(NamedTuple):
    """Points (log odds) that two reports are of one happening, and the reasons they come from."""

    points: float
    reasons: tuple[str, ...]


@lru_cache(maxsize=64)
def near_types(kind: str) -> tuple[str, ...]:
    """The type and those that coders take for it, sorted."""
    return tuple(sorted({kind}.union(*(family for family in FAMILIES if kind in family))))


def act(a: Report, b: Report) -> str:
    """Type and mode: equal, near (types that coders take for each other) or other."""
    if a.type != b.type:
        return "type_near" if b.type in near_types(a.type) else "type_other"
    if a.mode is None or b.mode is None:
        return "type_same"
    return "mode_same" if a.mode == b.mode else "mode_other"


def trigger(a: Report, b: Report) -> str:
    """The words that name the act; those that many sentences hold do not count."""
    if not a.trigger_stems or not b.trigger_stems:
        return "trigger_unknown"
    return "trigger_same" if a.trigger_stems & b.trigger_stems else "trigger_other"


def consulting(report: Report) -> str | None:
    """What a CONSULT is by its own word: a journey, talks or a call; else by its mode."""
    if report.type != "CONSULT":
        return None
    words = {stem(w) for w in WORD.findall(report.trigger or "")}
    return next((name for name, known in CONSULTING.items() if words & known), {"visit": "journey", "phone": "call"}.get(report.mode or ""))


def consultation(a: Report, b: Report) -> str | None:
    """A journey is not the talks held on it, and neither is a call."""
    one, other = consulting(a), consulting(b)
    if one is None or other is None:
        return None
    return "consult_same" if one == other else "consult_other"


def status(a: Report, b: Report) -> str:
    """Whether both tell it as done, as to come, as a condition, as denied."""
    return "status_same" if a.status == b.status else "status_other"


SIDE_ORDER = ("name", "part", "country", "unknown", "open", "other")


def side(a: Sequence[frozenset[str]], a_codes: Sequence[str | None], b: Sequence[frozenset[str]], b_codes: Sequence[str | None]) -> str:
    """One side of both acts: a shared name, part of a name, country, or none; ``open`` where a country is unknown."""
    if not a or not b:
        return "unknown"
    if any(x and x == y for x in a for y in b):
        return "name"
    if any(x and y and (x <= y or y <= x) for x in a for y in b):
        return "part"
    if {c for c in a_codes if c} & {c for c in b_codes if c}:
        return "country"
    return "other" if all(a_codes) and all(b_codes) else "open"


def parties(a: Report, b: Report) -> tuple[str, str]:
    """Actors and recipients; of mutual acts also crosswise, where that fits better."""
    straight = (side(a.actors, a.actor_countries, b.actors, b.actor_countries),
                side(a.recipients, a.recipient_countries, b.recipients, b.recipient_countries))  # fmt: skip
    crossed = (side(a.actors, a.actor_countries, b.recipients, b.recipient_countries),
               side(a.recipients, a.recipient_countries, b.actors, b.actor_countries))  # fmt: skip
    mutual = a.type in MUTUAL and b.type in MUTUAL
    best = min(straight, crossed, key=lambda s: sum(map(SIDE_ORDER.index, s))) if mutual else straight
    return f"actor_{best[0]}", f"recipient_{best[1]}"


def kilometres(a: Report, b: Report) -> float | None:
    """Great-circle distance of two places, None where one is unknown."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    north, south = math.radians(a.lat), math.radians(b.lat)
    east = math.radians(b.lon - a.lon)
    cosine = math.sin(north) * math.sin(south) + math.cos(north) * math.cos(south) * math.cos(east)
    return 6371.0 * math.acos(max(-1.0, min(1.0, cosine)))


def place(a: Report, b: Report) -> str:
    """One place by name, by distance, or named in the other's sentence; else two places, surely (``far``, ``abroad``) or perhaps."""
    if not a.place or not b.place:
        known = a if a.place else b
        other = b if a.place else a
        if not known.place:
            return "place_unknown"
        return "place_named" if known.place_words <= other.stems.keys() else "place_half"
    if a.place_words <= b.place_words or b.place_words <= a.place_words:
        return "place_same"
    if a.place_words <= b.stems.keys() or b.place_words <= a.stems.keys():
        return "place_named"
    if a.place_country and b.place_country and a.place_country != b.place_country:
        return "place_abroad"
    distance = kilometres(a, b)
    if distance is None:
        return "place_other"
    return "place_near" if distance <= NEAR else "place_far"


def gap(a: Report, b: Report) -> int | None:
    """Days between the windows of two reports, 0 where they meet, None where one has none."""
    if a.window is None or b.window is None:
        return None
    return max(0, (a.window[0] - b.window[1]).days, (b.window[0] - a.window[1]).days)


def apart(a: Report, b: Report) -> bool:
    """True where the days of two reports forbid one happening; no chain of reports between them changes that."""
    between = gap(a, b)
    return between is not None and between > APART


def time(a: Report, b: Report) -> str:
    """How well the days agree: both dated, one dated, or only published."""
    between = gap(a, b)
    if between is None or a.published is None or b.published is None:
        return "time_unknown"
    if a.dated and b.dated:
        return "time_next" if between else "time_same"
    late = abs((a.published - b.published).days)
    if a.dated or b.dated:
        dated, other = (a, b) if a.dated else (b, a)
        if between:
            return "time_half_far"
        return (
            "time_half_same"
            if dated.window and other.published and dated.window[0] <= other.published <= dated.window[1]
            else "time_half_before"
        )
    return ("time_open_same", "time_open_next")[min(late, 1)] if not between else "time_open_far"


def told_numbers(a: Report, b: Report) -> str:
    """Numbers: large ones shared count more; a toll of one kind that differs counts against."""
    shared = a.numbers & b.numbers
    if shared:
        return "numbers_large" if max(shared) > 12 else "numbers_shared"
    if any(a.tolls[kind] != b.tolls[kind] for kind in a.tolls.keys() & b.tolls.keys()):
        return "numbers_tolls"
    return "numbers_other" if a.numbers and b.numbers else "numbers_none"


def wording(a: Report, b: Report) -> str:
    """How alike the sentences are in rare words."""
    alike = likeness(a.stems, b.stems)
    return next((name for least, name in LIKENESS if alike >= least), "wording_other")


def said(a: Report, b: Report) -> str | None:
    """Whether the coder took the two for one event of one article."""
    return "same_as" if a.same_as == b.event_id or b.same_as == a.event_id else None


def reasons(a: Report, b: Report) -> tuple[str, ...]:
    found = (
        act(a, b),
        trigger(a, b),
        consultation(a, b),
        status(a, b),
        *parties(a, b),
        place(a, b),
        time(a, b),
        told_numbers(a, b),
        wording(a, b),
        said(a, b),
    )
    return tuple(r for r in found if r)


@lru_cache(maxsize=1)
def weights() -> Mapping[str, float]:
    """Points of each reason, and of ``base``, which every pair has."""
    text = files(__package__).joinpath("weights.csv").read_text(encoding="utf-8")
    return {row["reason"]: float(row["points"]) for row in csv.DictReader(text.splitlines())}


def score(a: Report, b: Report) -> Score:
    """The points of two reports, the same whichever comes first."""
    first, second = (a, b) if a.event_id <= b.event_id else (b, a)
    found, points = reasons(first, second), weights()
    return Score(round(points["base"] + sum(points[r] for r in found), 4), found)
