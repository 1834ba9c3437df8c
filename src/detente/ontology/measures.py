"""Kinds of measures (asset freeze, travel ban, tariff …) by patterns of words, from ``measures.csv``; who may impose them.

A pattern is a row of places; ``a|b`` at one place means either word, ``*`` any ending, ``..`` up to five words between,
``~`` up to four of one phrase, ``#`` a sum of money.  Matching knows no case but for words of the pattern that have capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from detente.ontology import table

BETWEEN = r"(?:\s+[^\s;:!?]+){0,5}?\s+"
NEAR = r"(?:\s+(?!(?:and|or|to|which|that|who|but)\b)[^\s,;:!?]+){0,4}?\s+"
GAPS = {"..": BETWEEN, "~": NEAR}
MONEY = r"(?:(?:[A-Z]{0,3}[$€£¥]|\b[A-Z]{2,3}\s)\s?\d[\d.,]*(?:\s?(?:[mb]n?|million|billion|trillion|crore))?|\b\d[\d.,]*\s?(?:[mb]n|million|billion|trillion|crore))(?!\w)"
GENERIC = "sanctions"  # gives way to any kind that says more
AUTHORITY = re.compile(
    r"\b(?:under|pursuant to|by virtue of|in line with|on the basis of|invoking|citing)\s+((?:the\s+)?"
    r"(?:[A-Z][\w.’'-]*\s+(?:of\s+(?:the\s+)?|and\s+|on\s+|for\s+)?){0,7}"
    r"(?:Act|Law|Order|Regulation|Resolution|Charter|Decree|Decision|Ordinance|Code)(?:\s+(?:No\.?\s*)?\d[\d/]*)?(?:\s+of\s+\d{4})?)"
    r"|\b((?:[Rr]esolution|[Ee]xecutive [Oo]rder|[Dd]ecree)\s+(?:No\.?\s*)?\d[\d/]*)"
)


class Named(NamedTuple):
    """Words that name a measure; offsets are of the text that was searched."""

    kind: str
    start: int
    end: int


class Pattern(NamedTuple):
    kind: str
    types: frozenset[str]
    search: re.Pattern[str]


def place(words: str) -> str:
    """One place of a pattern as a regular expression."""
    parts = [MONEY if w == "#" else "%" if w == "%" else word(w) for w in words.split("|")]
    return "(?:" + "|".join(parts) + ")"


def word(text: str) -> str:
    stem = re.escape(text.rstrip("*"))
    end = r"\w*" if text.endswith("*") else ""
    return rf"(?<!\w){stem if text != text.lower() else f'(?i:{stem})'}{end}(?!\w)"


def compiled(words: str) -> re.Pattern[str]:
    expression, gap = "", ""
    for part in words.split():
        if part in GAPS:
            gap = GAPS[part]
        else:
            expression += gap + place(part)
            gap = r"(?:\s+|-)"
    return re.compile(expression)


@lru_cache(maxsize=1)
def patterns() -> tuple[Pattern, ...]:
    return tuple(Pattern(row["kind"], frozenset(row["types"].split()), compiled(row["words"])) for row in table("measures.csv"))


@lru_cache(maxsize=1)
def bodies() -> tuple[re.Pattern[str], ...]:
    return tuple(compiled(row["words"]) for row in table("authorities.csv"))


def kinds() -> tuple[str, ...]:
    """All kinds of measures, in the order of the table."""
    return tuple(dict.fromkeys(row["kind"] for row in table("measures.csv")))


def named_measures(text: str, type: str) -> list[Named]:
    """The measures that the text names, for an event of the type; of matches that overlap the more telling one."""
    found = [Named(p.kind, m.start(), m.end()) for p in patterns() if not p.types or type in p.types for m in p.search.finditer(text)]
    found.sort(key=lambda n: n.kind == GENERIC)
    kept: list[Named] = []
    for n in found:
        if not any(n.start < k.end and k.start < n.end for k in kept):
            kept.append(n)
    return sorted(kept, key=lambda n: n.start)


def authorities(text: str) -> Iterator[tuple[int, int]]:
    """Laws and resolutions that a measure rests on, then bodies that may impose one, each with its offsets."""
    for match in AUTHORITY.finditer(text):
        group = 1 if match[1] else 2
        yield match.start(group), match.end(group)
    for body in bodies():
        for match in body.finditer(text):
            yield match.start(), match.end()
