"""Sectors of other feeds and ours: the table ``sectors.csv``; where several of theirs are one of ours, the first is written.

CAMEO's role codes are those of the CAMEO codebook 1.1b3; ICEWS's sector names those of its public files.  A sector without
a counterpart is left blank rather than guessed.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files

from detente.ontology import SECTORS


@lru_cache(maxsize=4)
def _table(feed: str) -> dict[str, str]:
    text = files("detente.export").joinpath("sectors.csv").read_text(encoding="utf-8")
    return {row["theirs"]: row["detente"] for row in csv.DictReader(text.splitlines()) if row["feed"] == feed}


@lru_cache(maxsize=1)
def _cameo() -> dict[str, str]:
    return {ours: theirs for theirs, ours in reversed(_table("CAMEO").items())}


def to_cameo_role(sector: str | None) -> str | None:
    return _cameo().get(sector or "")


def from_cameo_role(code: str | None) -> str | None:
    return _table("CAMEO").get(code or "")


def from_icews_names(names: str | None) -> str | None:
    """Our sector of the first name of a comma-separated list that has one; a code of ours is taken as it is."""
    for name in (names or "").split(","):
        found = name.strip() if name.strip() in SECTORS else _table("ICEWS").get(name.strip().casefold())
        if found:
            return found
    return None
