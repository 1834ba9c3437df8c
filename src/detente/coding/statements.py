"""Statements from the model's marks: who said what, with which words, reported by whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from detente.coding.description import described
from detente.coding.quotations import CLOSE, OPEN, attribution, fills_paragraph, is_speech, quotations
from detente.document import Doc, Span, Speech, Statement
from detente.identity import content_hash

BREAK = re.compile(r"[\r\n]")
SENTENCE_BEFORE = re.compile(r"[.!?…][\"”’)]*\s+$")
PRIOR = 0.35  # score of a quotation that marks and cue words alone give


def code_statements(doc: Doc) -> tuple[Statement, ...]:
    """The statements of an article in text order; a quotation without a speaker of its own goes to the last one speaking."""
    found: list[Statement] = []
    text = doc.article.text
    quoted = [q for q in quotations(text) if is_speech(text, q) and in_body(doc, q)]
    speeches = join_paragraph([s for s in doc.marks.speeches if in_body(doc, s.content[0])], doc)
    for speech in speeches:
        content = one_paragraph(text, whole_quotations(speech.content, [trimmed(text, q) for q in quoted]))
        if content:
            found.append(statement(doc, replace(speech, content=content), found))
    found = own_parts(doc, best_of_equals(found))
    free = [q for q in quoted if not covered(q, found)]
    found, free = continued(doc, found, free)
    found += left_quotations(doc, found, free)
    described_all = [replace(s, described=described(doc.article.text, s.speaker, s.cue)) if s.speaker else s for s in found]
    return tuple(sorted(described_all, key=lambda s: s.content[0]))


def whole_quotations(content: Sequence[Span], quoted: Sequence[Span]) -> tuple[Span, ...]:
    """The content with each quotation that most of a part lies in taken whole; parts that then meet are one."""
    wide: list[Span] = []
    for part in sorted(content):
        for q in quoted:
            shared = min(part.end, q.end) - max(part.start, q.start)
            if 2 * shared > min(part.end - part.start, q.end - q.start):
                part = Span(min(part.start, q.start), max(part.end, q.end))
        if wide and part.start <= wide[-1].end:
            wide[-1] = Span(wide[-1].start, max(wide[-1].end, part.end))
        else:
            wide.append(part)
    return tuple(wide)


def one_paragraph(text: str, content: Sequence[Span]) -> tuple[Span, ...]:
    """The content within the paragraph where it begins, since a new one opens a new statement; nothing where it has no word."""
    parts = [Span(start.start(), part.end) for part in content if (start := re.compile(r"\S").search(text, *part))]
    stop = BREAK.search(text, parts[0].start) if parts else None
    end = stop.start() if stop else len(text)
    return tuple(Span(part.start, min(part.end, end)) for part in parts if part.start < end)


def continued(doc: Doc, found: Sequence[Statement], free: Sequence[Span]) -> tuple[list[Statement], list[Span]]:
    """Quotations that go on after the cue of an earlier one of their paragraph, as its further content; and the others."""
    text, known, left = doc.article.text, list(found), []
    for q in free:
        start = max(text.rfind("\n", 0, q.start), text.rfind("\r", 0, q.start)) + 1
        begins = SENTENCE_BEFORE.search(text, start, max(start, q.start - 1)) is not None
        earlier = [
            n
            for n, s in enumerate(known)
            if s.kind != "indirect" and s.cue and start <= s.content[-1].start < q.start and start <= s.cue.start < q.start
        ]
        if begins and earlier and attribution(text, q, [m.span for m in doc.marks.mentions]) is None:
            s = known[earlier[-1]]
            content = (*s.content, trimmed(text, q))
            known[earlier[-1]] = replace(s, content=content, id=content_hash(doc.article.id, "statement", content))
        else:
            left.append(q)
    return known, left


def best_of_equals(found: Sequence[Statement]) -> list[Statement]:
    """One statement for the same words: the surest."""
    best: dict[tuple[Span, ...], Statement] = {}
    for s in found:
        if s.content not in best or s.score > best[s.content].score:
            best[s.content] = s
    return list(best.values())


def own_parts(doc: Doc, found: Sequence[Statement]) -> list[Statement]:
    """A quotation that is all that one statement says is no further part of another."""
    whole = {s.content[0] for s in found if len(s.content) == 1}
    mended = []
    for s in found:
        content = tuple(part for part in s.content if part not in whole)
        if 0 < len(content) < len(s.content):
            s = replace(s, content=content, kind=kind(doc, content), id=content_hash(doc.article.id, "statement", content))
        mended.append(s)
    return mended


def in_body(doc: Doc, span: Span) -> bool:
    return not any(n.span.overlaps(span) for n in doc.not_body if n.kind != "dateline")


def argument(speech: Speech, role: str) -> Span | None:
    found = speech.arguments.get(role, ())
    return found[0].span if found else None


def join_paragraph(speeches: Sequence[Speech], doc: Doc) -> list[Speech]:
    """Joins a quotation without cue to the statement of the same speaker that precedes it in its paragraph."""
    joined: list[Speech] = []
    for speech in sorted(speeches, key=lambda s: s.content[0]):
        last = joined[-1] if joined else None
        same = last and argument(speech, "speaker") in (None, argument(last, "speaker"))
        if (
            last
            and same
            and speech.cue is None
            and not re.search(r"[\r\n]", doc.article.text[last.content[-1].end : speech.content[0].start])
        ):
            joined[-1] = Speech(cue=last.cue, opening=last.opening, score=last.score, content=last.content + speech.content,
                                arguments=last.arguments)  # fmt: skip
        else:
            joined.append(speech)
    return joined


def statement(doc: Doc, speech: Speech, earlier: Sequence[Statement]) -> Statement:
    speaker = argument(speech, "speaker")
    if speaker is None and speech.cue is None:
        speaker = last_speaker(earlier, speech.content[0])
    score = min([speech.score, *(a[0].score for a in speech.arguments.values() if a)])
    content = tuple(sorted(set(speech.content)))
    return Statement(
        id=content_hash(doc.article.id, "statement", content), kind=kind(doc, content), speaker=speaker, cue=speech.cue,
        content=content, addressee=argument(speech, "addressee"), reported_by=argument(speech, "reporter"), score=round(score, 4),
    )  # fmt: skip


def last_speaker(earlier: Sequence[Statement], before: Span) -> Span | None:
    return next((s.speaker for s in reversed(earlier) if s.speaker and s.content[0] < before), None)


def kind(doc: Doc, content: Sequence[Span]) -> str:
    """Direct where quotation marks enclose all of the content, mixed where they enclose part of it, else indirect."""
    quoted = sum(enclosed(doc.article.text, part) for part in content)
    if quoted == len(content):
        return "direct"
    inner = any(re.search(r"[\"“”]|''", doc.words(part)) for part in content)
    return "mixed" if quoted or inner else "indirect"


def enclosed(text: str, part: Span) -> bool:
    before, after = text[max(0, part.start - 5) : part.start].rstrip()[-1:], text[part.end : part.end + 9].lstrip(" ,.!?")[:1]
    inside = re.search(r"[\"“”]|''", text[part.start : part.end])
    return bool(before) and before in OPEN + "'" and (after in CLOSE + "'" or after in ("", "\n", "\r")) and not inside


def left_quotations(doc: Doc, found: Sequence[Statement], free: Sequence[Span]) -> list[Statement]:
    """Statements of quotations that the model left unmarked: with a cue beside them, or filling a whole paragraph."""
    text, mentions = doc.article.text, [m.span for m in doc.marks.mentions]
    more: list[Statement] = []
    for span in free:
        given = attribution(text, span, mentions)
        if given or fills_paragraph(text, span):
            known = sorted([*found, *more], key=lambda s: s.content[0])
            speaker = (given.speaker if given else None) or last_speaker(known, span)
            content = (trimmed(text, span),)
            more.append(Statement(id=content_hash(doc.article.id, "statement", content), kind="direct", speaker=speaker,
                                  cue=given.cue if given else None, content=content, score=PRIOR))  # fmt: skip
    return more


def trimmed(text: str, span: Span) -> Span:
    """Without the comma that stands before a closing mark, and without blanks."""
    words = text[span.start : span.end]
    return Span(span.start + len(words) - len(words.lstrip()), span.start + len(words.rstrip(" ,")))


def covered(span: Span, found: Sequence[Statement]) -> bool:
    return any(span.overlaps(part) for s in found for part in s.content)
