"""Reports made from the hand-written wordings of a happening: who printed them, when, and what the coder left open.

A line of ``happenings/tune.jsonl`` or ``held.jsonl`` is one invented happening with fields and five or six wordings.
It becomes 5 to 20 reports: each wording once as it stands, then again by other outlets with small changes.  Fields are
dropped, named otherwise or mistaken at the rates below, so that the reports look like what a coder finds.
"""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from detente.collapse.reports import Report
from detente.identity import content_hash
from detente.ontology import TYPES

FOLDER = Path(__file__).parent / "happenings"
OUTLETS = tuple(
    f"{place} {paper}" for place in ("Harbour", "Northern", "Capital", "Lakeside", "Union", "Meridian") for paper in ("Post", "Wire", "Herald", "Observer")
)  # fmt: skip
LEADS = ("In a day of fast-moving news, ", "As fears of worse grew, ", "According to several accounts, ", "After weeks of tension, ")
TAILS = (
    ", local radio reported",
    ", in what observers called a turning point",
    ", three officials confirmed",
    ", witnesses told the agency",
)
MISTAKEN = {"CONSULT": ("AGREE", "COOPERATE"), "AGREE": ("CONSULT", "SUPPORT"), "AID": ("COOPERATE", "AGREE"), "CONCEDE": ("AGREE", "RETREAT"),
            "RETREAT": ("CONCEDE", "AGREE"), "REQUEST": ("ACCUSE", "AGREE"), "ACCUSE": ("REJECT", "REQUEST"), "REJECT": ("ACCUSE", "THREATEN"),
            "SANCTION": ("COERCE", "REJECT"), "COERCE": ("SANCTION", "ASSAULT"), "ASSAULT": ("COERCE", "MOBILIZE"),
            "PROTEST": ("ASSAULT", "REQUEST"), "MOBILIZE": ("ASSAULT", "THREATEN"), "THREATEN": ("REJECT", "SANCTION"),
            "COOPERATE": ("MOBILIZE", "CONSULT"), "SUPPORT": ("AGREE", "CONSULT")}  # fmt: skip
# shares of reports, of our own judgement of what a coder and newsrooms do
NO_MODE, NEAR_TYPE, ANY_TYPE, NO_ACTOR, NO_RECIPIENT, NO_COUNTRY, NO_PLACE, OTHER_PLACE = 0.2, 0.06, 0.02, 0.1, 0.2, 0.1, 0.35, 0.25
NEXT_DAY, LATER, NO_DATE, WRONG_DATE, NO_PUBLISHED = 0.38, 0.04, 0.5, 0.06, 0.02


class Told(NamedTuple):
    """A report and the happening that it tells."""

    report: Report
    happening: str


def load(half: str) -> list[dict[str, Any]]:
    """The happenings of one half, ``tune`` or ``held``."""
    return [json.loads(line) for line in (FOLDER / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()]


def side(rng: random.Random, given: tuple[list[str], str | None], missing: float) -> tuple[tuple[str, ...], tuple[str | None, ...]]:
    """Names and countries of one side, each of one or none."""
    names, country = given
    if rng.random() < missing:
        return (), ()
    return (rng.choice(names),), (None if rng.random() < NO_COUNTRY else country,)


def varied(rng: random.Random, sentence: str) -> str:
    """The sentence with a lead before it or a tail behind."""
    plain = sentence[0] not in "\"'" and sentence.endswith(".")
    if plain and rng.random() < 0.6:
        return sentence[:-1] + rng.choice(TAILS) + "."
    return rng.choice(LEADS) + sentence


def kind(rng: random.Random, happening: dict[str, Any], wording: dict[str, Any]) -> tuple[str, str | None]:
    told = wording if "type" in wording else happening
    chance = rng.random()
    if chance < ANY_TYPE:
        return rng.choice(TYPES), None
    if chance < ANY_TYPE + NEAR_TYPE:
        return rng.choice(MISTAKEN[told["type"]]), None
    return told["type"], None if rng.random() < NO_MODE else told["mode"]


def dates(rng: random.Random, day: date) -> dict[str, Any]:
    late = 2 if rng.random() < LATER else int(rng.random() < NEXT_DAY)
    published = day + timedelta(days=late)
    if rng.random() < NO_DATE:
        return {"published": published}
    own = published if rng.random() < WRONG_DATE else day
    return {"published": None if rng.random() < NO_PUBLISHED else published, "start": own, "end": own, "time_precision": "day"}


def report(rng: random.Random, happening: dict[str, Any], wording: dict[str, Any], number: int, again: bool) -> Report:
    names, codes = side(rng, happening["actor"], NO_ACTOR)
    others, other_codes = side(rng, happening["recipient"], NO_RECIPIENT)
    type_, mode = kind(rng, happening, wording)
    place, lat, lon = (None, None, None) if rng.random() < NO_PLACE else happening["place"][-1 if rng.random() < OTHER_PLACE else 0]
    article = content_hash("article", happening["id"], number)
    return Report(
        event_id=content_hash(article, "event"), article_id=article, outlet=rng.choice(OUTLETS), type=type_, mode=mode, actor_names=names,
        actor_countries=codes, recipient_names=others, recipient_countries=other_codes, place=place,
        place_country=happening["place_country"] if place else None, lat=lat, lon=lon, trigger=wording["trigger"],
        sentence=varied(rng, wording["sentence"]) if again else wording["sentence"], **dates(rng, date.fromisoformat(happening["day"])),
    )  # fmt: skip


def tell(happening: dict[str, Any], seed: int = 1, *, once: bool = False) -> list[Told]:
    """The reports of a happening, always the same for a seed; ``once``: each wording once and no more."""
    rng = random.Random(f"{happening['id']} {seed}")
    wordings = happening["wordings"]
    count = len(wordings) if once else rng.randint(5, 20)
    order = rng.sample(wordings, len(wordings)) + [rng.choice(wordings) for _ in range(20)]
    reports = (report(rng, happening, w, number, number >= len(wordings)) for number, w in enumerate(order[:count]))
    return [Told(r, happening["id"]) for r in reports]


def told(half: str, seed: int = 1, *, once: bool = False) -> list[Told]:
    """All reports of one half."""
    return [t for happening in load(half) for t in tell(happening, seed, once=once)]
