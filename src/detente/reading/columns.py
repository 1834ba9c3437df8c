"""Which column of a table holds which field of an article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.errors import InputError, NoInput
from detente.reading.rows import FIELDS

TABLE_FIELDS = ("text", *FIELDS)
MOST_NAMED = 20  # columns that a message lists

Columns = Mapping[str, str]


def check_columns(columns: Columns | None) -> Columns:
    """The mapping from field to column, empty where none is given; raises InputError where it names no field."""
    for name in columns or {}:
        if name not in TABLE_FIELDS:
            raise InputError(f"columns names the field {name!r}, which no article has; the fields are {', '.join(TABLE_FIELDS)}")
    return columns or {}


def find_columns(header: Sequence[str], columns: Columns, *, place: str) -> dict[str, int]:
    """Field to position in the header, for the fields that the table has.

    A field without a mapping is looked for under its own name, in any case.  Raises NoInput where a mapped column or
    the one with the text isn't there, or is there twice.
    """
    folded = [name.strip().casefold() for name in header]
    found: dict[str, int] = {}
    for field in TABLE_FIELDS:
        wanted = columns.get(field, field)
        places = [i for i, name in enumerate(header) if name == wanted]
        places = places or [i for i, name in enumerate(folded) if name == wanted.strip().casefold()]
        if len(places) > 1:
            raise NoInput(f'{place}: has {len(places)} columns {wanted!r}; rename all but one or map the field: columns={{"{field}": "…"}}')
        if places:
            found[field] = places[0]
        elif field in columns or field == "text":
            raise NoInput(missing(field, wanted, header, place))
    return found


def missing(field: str, wanted: str, header: Sequence[str], place: str) -> str:
    names = ", ".join(map(repr, header[:MOST_NAMED])) + (", …" if len(header) > MOST_NAMED else "")
    return f'{place}: has no column {wanted!r} for the {field} of articles, only {names or "none"}; map it: columns={{"{field}": "…"}}'
