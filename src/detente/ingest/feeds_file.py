"""The feeds that are watched, as a TOML file names them, and what is remembered of each between two looks."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from detente.errors import InputError, LakeError, NoInput
from detente.ingest.sources import WEB
from detente.reading.fetching import Stamp

MINUTES = 15.0
KNOWN = frozenset({"url", "kind", "minutes"})
KINDS = ("feed", "sitemap")


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A feed or sitemap, and the seconds between two looks at it."""

    url: str
    kind: str = "feed"
    seconds: float = MINUTES * 60


@dataclass
class Memory:
    """What is remembered of a feed: the server's stamp, failures in a row, when it is due (Unix time), pages that failed.

    ``tries`` counts for each page in the feed how often it gave no article.
    """

    etag: str | None = None
    modified: str | None = None
    failures: int = 0
    due: float = 0.0
    tries: dict[str, int] = field(default_factory=dict)

    @property
    def stamp(self) -> Stamp:
        return Stamp(self.etag, self.modified)


def read_feeds(path: Path) -> list[Feed]:
    """The feeds of a file.  Raises NoInput where there is no file, InputError where it says something else."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NoInput(f"{path} can't be read: {error.strerror}; name a TOML file with a [[feed]] for each feed") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is no TOML: {error}; see docs/ingest.md for an example") from error
    rows = found.pop("feed", [])
    minutes = minutes_of(found.pop("minutes", MINUTES), path)
    if found or not isinstance(rows, list) or not rows or not all(isinstance(r, dict) for r in rows):
        wrong = f"knows no {', '.join(sorted(found))}" if found else "names no feed"
        raise InputError(f"{path}: {wrong}; write minutes = 15 and a [[feed]] with a url for each feed")
    feeds = [read_feed(row, minutes, path) for row in rows]
    return list({f.url: f for f in feeds}.values())


def read_feed(row: Mapping[str, Any], minutes: float, path: Path) -> Feed:
    url, kind = row.get("url"), row.get("kind", "feed")
    if not isinstance(url, str) or not url.startswith(WEB):
        raise InputError(f"{path}: a feed has the url {url!r}; write one that begins with http:// or https://")
    if set(row) - KNOWN or kind not in KINDS:
        wrong = ", ".join(sorted(set(row) - KNOWN)) or f"kind {kind!r}"
        raise InputError(f"{path}: feed {url} has {wrong}; it may have url, kind ({' or '.join(KINDS)}) and minutes")
    return Feed(url=url, kind=kind, seconds=minutes_of(row.get("minutes", minutes), path) * 60)


def minutes_of(value: object, path: Path) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 525_600:
        raise InputError(f"{path}: minutes = {value!r} is no time between two looks; write a number of minutes, as 15")
    return float(value)


def load_memory(path: Path) -> dict[str, Memory]:
    """What was remembered, by address; nothing where it can't be read, as it only saves requests."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return {url: Memory(**row) for url, row in rows.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def save_memory(path: Path, memory: Mapping[str, Memory], feeds: Sequence[Feed]) -> None:
    """Writes what is remembered of the feeds, whole or not at all.  Raises LakeError where it can't be written."""
    text = json.dumps({f.url: asdict(memory[f.url]) for f in feeds if f.url in memory}, indent=1)
    part = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise LakeError(f"{path} can't be written: {error.strerror or error}; free some space or name another --state") from error
