"""Quotations by their marks, and the words beside them that say who speaks: where the model has marked nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from detente.document import Span

OPEN, CLOSE = '"“„«', '"”»'
SHORTEST = 4  # words; what is shorter may be a title or a scare quote
REACH = 70  # characters between a quotation and its cue
CUES = re.compile(
    r"\b(said|says|say|saying|told|tells|added|adds|asked|asks|wrote|writes|warned|warns|insisted|insists|replied|continued|explained|"
    r"argued|argues|stated|states|stating|declared|announced|noted|notes|recalled|remarked|tweeted|posted|concluded|conceded|admitted|"
    r"acknowledged|claimed|claims|complained|responded|testified|shouted|quipped|observed|stressed|repeated|reads|read)\b"
)


class Attribution(NamedTuple):
    """A quotation's cue and speaker; either may be missing."""

    cue: Span | None
    speaker: Span | None


def quotations(text: str) -> Iterator[Span]:
    """Stretches between quotation marks within a paragraph, marks left out; an unclosed one ends with its paragraph."""
    for paragraph in re.finditer(r"[^\n\r]+", text):
        start = None
        for at in range(paragraph.start(), paragraph.end()):
            if start is None and text[at] in OPEN:
                start = at + 1
            elif start is not None and text[at] in CLOSE:
                yield Span(start, at)
                start = None
        if start is not None and start == paragraph.start() + 1:
            yield Span(start, paragraph.end())


def is_speech(text: str, span: Span) -> bool:
    return len(text[span.start : span.end].split()) >= SHORTEST


def attribution(text: str, span: Span, mentions: Sequence[Span]) -> Attribution | None:
    """Who speaks by the words after the quotation, or by those before it; None where neither holds a cue."""
    after = re.match(r"[^\n\r\"“]*", text[span.end + 1 : span.end + 1 + REACH])
    cue = CUES.search(after[0]) if after else None
    if cue:
        at = Span(span.end + 1 + cue.start(), span.end + 1 + cue.end())
        return Attribution(at, beside(at, mentions, span.end))
    before = re.search(r"[^\n\r\"”.]*$", text[max(0, span.start - 1 - REACH) : max(0, span.start - 1)])
    cues = list(CUES.finditer(before[0])) if before else []
    if before and cues:
        base = max(0, span.start - 1 - REACH) + before.start()
        at = Span(base + cues[-1].start(), base + cues[-1].end())
        return Attribution(at, beside(at, mentions, base))
    return None


def beside(cue: Span, mentions: Sequence[Span], first: int) -> Span | None:
    """The mention that ends or begins nearest to the cue, no farther than a few words, none before ``first``."""
    near = [(gap(cue, m), m) for m in mentions if m.start >= first and not m.overlaps(cue)]
    close = [(distance, m) for distance, m in near if distance <= REACH // 2]
    return min(close)[1] if close else None


def gap(a: Span, b: Span) -> int:
    return max(b.start - a.end, a.start - b.end)
