"""The fields of an event that a person may fix, how a value is read, and what a fix changes besides.

A value is text: lists have ; between their items, and an empty value means unknown.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from detente.errors import InputError
from detente.lake.parties import countries
from detente.ontology import MODES, SECTORS, STATUSES, TYPE_INFO, TYPES, to_cameo
from detente.record.rows import Row

SIDES = ("actor", "recipient")
SIDE_COLUMNS = ("countries", "names", "sectors")
OF_PLACE = ("place_country", "lat", "lon")
PLACE_PRECISIONS = ("city", "area", "country", "unknown")
TIME_PRECISIONS = ("day", "week", "month", "year", "range", "unknown")
TRUTHS = {"yes": True, "true": True, "no": False, "false": False}
LEADERS = ("type", "status", "place")  # a fix of these changes other fields too, so those are fixed after them


def one_of(known: Sequence[str], text: str) -> str:
    if text not in known:
        raise ValueError(f"write one of {', '.join(known)}")
    return text


def country(text: str) -> str:
    """The code of a country given by code or name."""
    code = text.upper() if text.upper() in countries().names else countries().codes.get(text.lower())
    if code is None:
        raise ValueError("write a country's three-letter code, as IRN, or its name")
    return code


def truth(text: str) -> bool:
    if text.lower() not in TRUTHS:
        raise ValueError("write yes or no")
    return TRUTHS[text.lower()]


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError("write the day as YYYY-MM-DD") from error


def degrees(most: int, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not abs(number) <= most:
        raise ValueError(f"write degrees between -{most} and {most}")
    return number


def known(read: Callable[[str], Any], text: str) -> Any:
    """The value, or None for an empty text."""
    return read(text) if text else None


def items(read: Callable[[str], Any], text: str) -> list[Any]:
    """The items between the semicolons; no text is no item."""
    return [known(read, item.strip()) for item in text.split(";")] if text else []


FIELDS: Mapping[str, Callable[[str], Any]] = {
    "type": partial(one_of, TYPES), "mode": partial(known, str), "status": partial(one_of, STATUSES), "historical": truth, "headline": truth,
    **{f"{side}_countries": partial(items, country) for side in SIDES}, **{f"{side}_names": partial(items, str) for side in SIDES},
    **{f"{side}_sectors": partial(items, partial(one_of, SECTORS)) for side in SIDES},
    "place": partial(known, str), "place_country": partial(known, country), "lat": partial(known, partial(degrees, 90)),
    "lon": partial(known, partial(degrees, 180)), "place_precision": partial(one_of, PLACE_PRECISIONS),
    "start_date": partial(known, day), "end_date": partial(known, day), "time_precision": partial(one_of, TIME_PRECISIONS),
    **{name: partial(known, str) for name in ("instrument", "condition", "threatened", "claimed_by")},
}  # fmt: skip


def read_value(field: str, text: str) -> Any:
    """The value of a field; raises InputError for an unknown field or a value that it can't have."""
    if field not in FIELDS:
        raise InputError(f"{field!r} is no field that can be fixed; the fields are {', '.join(FIELDS)}")
    try:
        return FIELDS[field](text.strip())
    except ValueError as error:
        raise InputError(f"{text!r} is no value of {field}; {error}") from error


def in_order(fixes: Mapping[str, str]) -> list[tuple[str, str]]:
    """Fixes that are made at once, those that change other fields too first."""
    return sorted(fixes.items(), key=lambda fix: fix[0] not in LEADERS)


def fixed(row: Row, fixes: Iterable[tuple[str, str]]) -> Row:
    """The event's row with the fixes, one after another, and what follows from them."""
    row = dict(row)
    for field, text in fixes:
        value = read_value(field, text)
        if value != row[field]:
            row[field] = value
            follow(row, field)
    return row


def follow(row: Row, field: str) -> None:
    """Sets what follows from a fixed field; what was said of the old value only becomes unknown."""
    if field in ("type", "mode"):
        info = TYPE_INFO[row["type"]]
        if field == "type" and row["mode"] not in MODES[row["type"]]:
            row["mode"] = None
        row |= {"quad": info.quad, "intensity": info.intensity, "cameo": to_cameo(row["type"], row["mode"])}
    elif field == "status" and row["status"] != "conditional":
        row["condition"] = None
    elif field == "place":
        row |= dict.fromkeys(OF_PLACE) | {"place_precision": "unknown" if row["place"] else None}
    elif side := next((s for s in SIDES if field.startswith(f"{s}_")), None):
        for other in (f"{side}_{what}" for what in SIDE_COLUMNS):
            if len(row[other] or ()) != len(row[field]):
                row[other] = [None] * len(row[field])


def refuse_conflicts(row: Row) -> None:
    """Raises InputError where fields of a fixed event contradict each other."""
    kind, mode, start, end = row["type"], row["mode"], row["start_date"], row["end_date"]
    if mode is not None and mode not in MODES[kind]:
        remedy = f"its modes are {', '.join(MODES[kind])}" if MODES[kind] else "it has none: write mode= for none"
        raise InputError(f"{mode!r} is no mode of {kind}; {remedy}")
    if start is not None and end is not None and start > end:
        raise InputError(f"start_date {start} lies after end_date {end}; fix both")
