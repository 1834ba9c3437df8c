"""Quotations by their marks, and the words beside them that say who speaks: where the model has marked nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from detente.document import Span

OPEN, CLOSE = '"“„«‘', '"”»’'
MARK = re.compile(r"(?:[\"“”„«»]|''|``)+")  # some wires write two apostrophes
OPENING, CLOSING = frozenset("“„«"), frozenset("”»")
BEFORE, AFTER = frozenset("([{—–-/"), frozenset(",.;:!?)]}—–-/…")
PARAGRAPH = re.compile(r"[^\n\r]+")
SINGLE = re.compile(r"(?<![\w'])[‘'](?=\w)([^‘\n\r]{2,}?[,.!?…])[’'](?![\w'])")  # with the stop inside: else an apostrophe looks the same
SHORTEST = 4  # words; what is shorter may be a title or a scare quote
REACH = 70  # characters between a quotation and its cue
CUES = re.compile(
    r"\b(said|says|say|saying|told|tells|added|adds|asked|asks|wrote|writes|warned|warns|insisted|insists|replied|continued|explained|"
    r"argued|argues|stated|states|stating|declared|announced|noted|notes|recalled|remarked|tweeted|posted|concluded|conceded|admitted|"
    r"acknowledged|claimed|claims|complained|responded|testified|shouted|quipped|observed|stressed|repeated|reads|read)\b"
)
PASSIVE = re.compile(r"\b(is|are|was|were|be|been|being|has|have|had)\s+(\w+ly\s+)?$")
STOPS = frozenset(",.!?…—–-:;")
NAMES = re.compile(
    r"\b(?:word|words|term|phrase|clause|adverb|label|motto|name|named|titled|entitled|dubbed|codenamed|nicknamed|known as)\s*$", re.I
)
WORKS = re.compile(
    r"\b(?:book|novel|film|movie|song|play|opera|poem|essay|article|paper|memoir|album|series|show|exhibition|documentary|ballet|musical|"
    r"painting|cartoon|podcast|map|line|operation|exercise|programme|program|campaign|project|ship|vessel|ferry|tanker|frigate|yacht|trawler|"
    r"satellite|party|movement|coalition|alliance|brigade|militia|foundation|fund)\s*$", re.I)  # fmt: skip


class Attribution(NamedTuple):
    """A quotation's cue and speaker; either may be missing."""

    cue: Span | None
    speaker: Span | None


class Mark(NamedTuple):
    """One or more quotation marks side by side, and whether they open or close; None where both could be."""

    start: int
    end: int
    opens: bool | None


def quotations(text: str) -> Iterator[Span]:
    """Stretches between quotation marks within a paragraph, marks left out, the outer of nested ones.

    Marks are read by their neighbours first, then by their shape, since shapes are often wrong.  One that is never closed
    counts only at the start of a paragraph, which it then fills (a quotation of several paragraphs), and one that was never
    opened does not count: nothing runs on past its paragraph.
    """
    for paragraph in PARAGRAPH.finditer(text):
        whole = Span(*paragraph.span())
        marks = list(marks_in(text, whole))
        if marks:
            yield from paired(text, whole, marks)
        else:
            yield from (Span(*m.span(1)) for m in SINGLE.finditer(text, *whole))


def marks_in(text: str, paragraph: Span) -> Iterator[Mark]:
    for match in MARK.finditer(text, *paragraph):
        yield Mark(*match.span(), opens(text, *match.span(), paragraph))


def opens(text: str, start: int, end: int, paragraph: Span) -> bool | None:
    """True for an opening mark, False for a closing one, by the characters beside it, else by its shape."""
    before = text[start - 1] if start > paragraph.start else " "
    after = text[end] if end < paragraph.end else " "
    can_open = (before.isspace() or before in BEFORE) and not after.isspace()
    can_close = not before.isspace() and (after.isspace() or after in AFTER)
    if can_open != can_close:
        return can_open
    shape = text[start]
    return True if shape in OPENING else False if shape in CLOSING else None


def paired(text: str, paragraph: Span, marks: Sequence[Mark]) -> Iterator[Span]:
    """The quotations of a paragraph: marks that answer each other, not within another pair."""
    waiting: list[Mark] = []
    pairs: list[Span] = []
    for mark in marks:
        if mark.opens or (mark.opens is None and not waiting):
            waiting.append(mark)
        elif waiting:
            pairs.append(Span(waiting.pop().end, mark.start))
    first = waiting[0] if waiting else None
    if first is not None and first.start == paragraph.start and (not pairs or goes_on(text, paragraph)):
        yield Span(first.end, paragraph.end)
        return
    yield from (p for p in sorted(pairs) if p.start < p.end and not any(o != p and o.contains(p) for o in pairs))


def goes_on(text: str, paragraph: Span) -> bool:
    """True where the next paragraph opens with a mark too, as in a quotation of several paragraphs."""
    following = PARAGRAPH.search(text, paragraph.end)
    return following is not None and MARK.match(following[0].lstrip()) is not None


def is_speech(text: str, span: Span) -> bool:
    """True for what is long enough to be said, and is not introduced as the name of a thing."""
    words = text[span.start : span.end]
    return len(words.split()) >= SHORTEST and not is_name(text, span)


def is_name(text: str, span: Span) -> bool:
    """True after words that announce a name, a title (which has a capital) or a mere word."""
    at = opening(text, span)
    before = max(0, at - 40)
    title = text[span.start : span.end].lstrip()[:1].isupper() and WORKS.search(text, before, at)
    return bool(title or NAMES.search(text, before, at))


def opening(text: str, span: Span) -> int:
    """Where the marks before a quotation begin."""
    at = span.start
    while at > 0 and text[at - 1] in OPEN + CLOSE + "'":
        at -= 1
    return at


def closing(text: str, span: Span) -> int:
    """Where the marks after a quotation end."""
    at = span.end
    while at < len(text) and text[at] in OPEN + CLOSE + "'":
        at += 1
    return at


def fills_paragraph(text: str, span: Span) -> bool:
    """True where nothing but marks and blanks stands beside the quotation in its paragraph."""
    before, after = text[: opening(text, span)].rpartition("\n")[2].rpartition("\r")[2], re.match(r"[^\n\r]*", text[closing(text, span) :])
    return not before.strip() and not (after and after[0].strip(" \t.,"))


def attribution(text: str, span: Span, mentions: Sequence[Span]) -> Attribution | None:
    """Who speaks by the words after the quotation, or by those before it; None where neither holds a cue."""
    last = closing(text, span)
    after = re.match(r"[^\n\r\"“]*", text[last : last + REACH])
    cue = CUES.search(after[0]) if after else None
    if cue and after and said_after(text[span.start : span.end], after[0], cue.start()):
        at = Span(last + cue.start(), last + cue.end())
        return Attribution(at, beside(at, mentions, span.end))
    first = opening(text, span)
    before = re.search(r"[^\n\r\"”.]*$", text[max(0, first - REACH) : first])
    cues = list(CUES.finditer(before[0])) if before else []
    if before and cues:
        base = max(0, first - REACH) + before.start()
        at = Span(base + cues[-1].start(), base + cues[-1].end())
        return Attribution(at, beside(at, mentions, base))
    return None


def said_after(quotation: str, after: str, cue: int) -> bool:
    """True where a cue follows as one that closes speech: after a stop, or at once, and not in a passive ("is read")."""
    stopped = quotation.rstrip()[-1:] in STOPS or after.lstrip()[:1] in STOPS
    return not PASSIVE.search(after[:cue]) and (stopped or len(after[:cue].split()) <= 3)


def beside(cue: Span, mentions: Sequence[Span], first: int) -> Span | None:
    """The mention that ends or begins nearest to the cue, no farther than a few words, none before ``first``."""
    near = [(gap(cue, m), m) for m in mentions if m.start >= first and not m.overlaps(cue)]
    close = [(distance, m) for distance, m in near if distance <= REACH // 2]
    return min(close)[1] if close else None


def gap(a: Span, b: Span) -> int:
    return max(b.start - a.end, a.start - b.end)
