"""Small reports and texts for the tests of collapse."""

from __future__ import annotations

from datetime import date
from typing import Any

from detente.collapse.reports import Report

SENTENCE = "Warplanes bombed the fuel market of El Obeid, killing 27 people, medics said."


def report(event: str, sentence: str = SENTENCE, day: int = 3, **fields: Any) -> Report:
    """A report of an air raid on El Obeid, published on a day of March 2031."""
    given: dict[str, Any] = {
        "event_id": event, "article_id": f"article {event}", "outlet": f"outlet {event[-1]}", "published": date(2031, 3, day),
        "type": "ASSAULT", "mode": "aerial", "actor_names": ("Sudanese air force",), "actor_countries": ("SDN",),
        "recipient_names": ("traders",), "recipient_countries": ("SDN",), "place": "El Obeid", "place_country": "SDN", "lat": 13.18, "lon": 30.22,
        "trigger": "bombed", "sentence": sentence,
    }  # fmt: skip
    return Report(**{**given, **fields})


def on(day: int) -> dict[str, Any]:
    """An event's own date, a day of March 2031."""
    return {"start": date(2031, 3, day), "end": date(2031, 3, day), "time_precision": "day"}


NYALA = {"place": "Nyala", "lat": 12.05, "lon": 24.88, "recipient_names": ("Rapid Support Forces",)}
RAID = (
    report("a1", **on(3)),
    report("a2", "At least 27 traders died when jets bombed the market of El Obeid, doctors said.", **on(3)),
    report("a3", "The bombing of El Obeid's market left 31 people dead, volunteers counted.", day=4, **on(3)),
)
NEXT_DAY = (
    report("b1", "Jets returned to El Obeid and bombed the railway depot, killing 4 guards.", day=4, **on(4)),
    report("b2", "Four watchmen were killed as planes hit tank wagons at El Obeid's railway yard.", day=5, **on(4)),
)
ELSEWHERE = (
    report("c1", "Warplanes bombed the runway at Nyala and burnt an Ilyushin.", **NYALA, **on(3)),
    report("c2", "An Ilyushin burnt when jets hit the airport of Nyala.", **NYALA, **on(3)),
)  # fmt: skip
ALL = (*RAID, *NEXT_DAY, *ELSEWHERE)
