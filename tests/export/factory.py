"""Rows of the record as the exports take them: an event with everything, and changes of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from detente.record.schemas import SCHEMAS

Row = dict[str, Any]
TEXT = '“Café” talks. Iran condemned Israel\'s "airstrikes"\tnear\nHaifa on Friday.'
NASTY = ['=1+1', "+49 30", "-5", "@here", "'=quoted", "'plain", '"begins', 'a "b" c', "tab\there", "line\nbreak", "cr\r\nlf", "\ttab", "ünï \u2028 💥", " x "]  # fmt: skip


def event(**changes: Any) -> Row:
    """An event of article "a1" whose trigger is "condemned" in ``TEXT``."""
    at = TEXT.index("condemned")
    row: Row = {
        "event_id": "e1", "coding_id": "c1", "article_id": "a1", "published": date(2024, 11, 25), "type": "ACCUSE", "mode": "disapprove",
        "quad": 3, "intensity": -2.0, "cameo": "111", "score": 0.9, "status": "actual", "historical": False, "headline": False,
        "actor_countries": ["IRN"], "actor_names": ["Iran"], "actor_sectors": ["GOV"], "recipient_countries": ["ISR"],
        "recipient_names": ["Israel"], "recipient_sectors": ["MIL"], "trigger": "condemned", "trigger_start": at, "trigger_end": at + 9,
        "sentence": TEXT[14:], "sentence_start": 14, "sentence_end": len(TEXT), "place": "Haifa", "place_country": "ISR", "lat": 32.813,
        "lon": 34.999, "place_precision": "city", "start_date": date(2024, 11, 22), "end_date": date(2024, 11, 22), "time_precision": "day",
        "runner_up": "SANCTION",
    }  # fmt: skip
    return {**dict.fromkeys(SCHEMAS["events"].names), **row, **changes}


def article(**changes: Any) -> Row:
    row: Row = {"article_id": "a1", "content_id": "x", "title": "T", "published": date(2024, 11, 25), "publisher": "The Daily\tNews",
                "url": "https://example.org/a?b=1", "language": "en", "flags": [], "characters": len(TEXT), "text": TEXT}  # fmt: skip
    return {**dict.fromkeys(SCHEMAS["articles"].names), **row, **changes}


def actor(**changes: Any) -> Row:
    row: Row = {
        "coding_id": "c1",
        "article_id": "a1",
        "start": 14,
        "end": 18,
        "text": "Iran",
        "name": "Iran",
        "country": "IRN",
        "sector": "GOV",
    }
    return {**dict.fromkeys(SCHEMAS["actors"].names), **row, **changes}


def measure(**changes: Any) -> Row:
    row: Row = {
        "measure_id": "m1", "coding_id": "c1", "article_id": "a1", "event_id": "e1", "kind": "asset freeze", "status": "imposed",
        "sender_countries": ["USA"], "sender_names": ["United States"], "target_countries": ["IRN"], "target_names": ["Bank Melli"],
        "authority": "Executive Order 13382", "start_date": date(2024, 11, 25),
    }  # fmt: skip
    return {**row, **changes}


PLACES = [
    event(event_id="city"),
    event(event_id="area", place="north of Haifa", place_precision="area"),
    event(event_id="country", place="Israel", place_precision="country", lat=None, lon=None),
    event(event_id="unknown", place="the camp", place_country=None, place_precision="unknown", lat=None, lon=None),
    event(event_id="none", place=None, place_country=None, place_precision=None, lat=None, lon=None),
]
