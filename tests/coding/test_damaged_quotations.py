"""Two thousand texts of our corpus with damaged quotation marks: no crash, and no statement runs on past its paragraph."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from detente.coding.quotations import quotations
from detente.coding.statements import code_statements
from detente.document import Argument, Article, Doc, Marks, Mention, Span, Speech

ARTICLES = Path(__file__).parents[2] / "corpus" / "articles"
MARKS = '"“”«»„'
STYLES = (('"', '"'), ("“", "”"), ("«", "»"), ("„", "“"), ("''", "''"), ("‘", "’"))
COUNT = 2000


def texts() -> list[str]:
    """The articles' own words, without the annotation."""
    found = []
    for path in sorted(ARTICLES.glob("*.txt")):
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] not in " @"]
        found.append("\n".join(lines))
    return [t for t in found if re.search(f"[{MARKS}]", t)]


def damaged(text: str, rng: random.Random) -> str:
    """The text in some style of marks, with about a third of them dropped, doubled or turned round."""
    opening, closing = rng.choice(STYLES)
    parts, inside = [], False
    for c in text:
        if c not in MARKS:
            parts.append(c)
            inside = inside and c != "\n"
            continue
        inside = not inside
        mark = opening if inside else closing
        fate = rng.random()
        parts.append("" if fate < 0.12 else mark * 2 if fate < 0.22 else (closing if inside else opening) if fate < 0.34 else mark)
    return "".join(parts)


def cases() -> Iterator[tuple[str, random.Random]]:
    rng, whole = random.Random(7), texts()
    for n in range(COUNT):
        yield damaged(whole[n % len(whole)], rng), rng


def paragraphs(text: str) -> list[Span]:
    return [Span(*m.span()) for m in re.finditer(r"[^\n]+", text)]


def random_speeches(text: str, rng: random.Random) -> tuple[Speech, ...]:
    """What a confused model may mark: words anywhere, across paragraphs and up to the end."""
    found = []
    for _ in range(4):
        start = rng.randrange(len(text) - 1)
        parts = [Span(start, min(len(text), start + rng.choice((30, 200, 900, len(text)))))]
        if rng.random() < 0.4 and parts[0].end < len(text) - 50:
            parts.append(Span(parts[0].end + 20, min(len(text), parts[0].end + 300)))
        cue = Span(max(0, start - 10), max(1, start - 4)) if rng.random() < 0.6 else None
        found.append(Speech(cue=cue, opening=start, score=0.5, content=tuple(parts), arguments={"speaker": (Argument(Span(0, 4), 0.5),)}))
    return tuple(sorted(found, key=lambda s: s.opening))


def test_no_statement_runs_past_its_paragraph() -> None:
    statements = 0
    for n, (text, rng) in enumerate(cases()):
        marks = Marks(mentions=(Mention(Span(0, 4), 0.9),), speeches=random_speeches(text, rng) if n % 2 else ())
        doc = Doc(Article(id=f"d{n}", text=text)).with_layer("not_body", ()).with_layer("marks", marks)
        homes = paragraphs(text)
        for s in code_statements(doc):
            statements += 1
            within = [p for p in homes if p.contains(Span(s.content[0].start, s.content[-1].end))]
            assert len(within) == 1, (n, [doc.words(c) for c in s.content])
            assert all(c.start < c.end for c in s.content)
    assert statements > COUNT


def test_quotations_lie_in_order_within_paragraphs_and_do_not_overlap() -> None:
    for text, _ in cases():
        found = list(quotations(text))
        assert all(a.end <= b.start for a, b in pairwise(found))
        assert all(0 <= q.start < q.end <= len(text) and "\n" not in text[q.start : q.end] for q in found)


def test_most_good_quotations_survive_a_change_of_style() -> None:
    good = 'Lina Aro left. "We are done here," she said. "It is over."\n"Nobody will come back before spring."'
    want = ["We are done here,", "It is over.", "Nobody will come back before spring."]
    for opening, closing in STYLES:
        marks = iter([opening, closing] * 3)
        text = re.sub('"', lambda _, m=marks: next(m), good)  # type: ignore[misc]
        assert [text[q.start : q.end] for q in quotations(text)] == want, opening


def test_a_lost_mark_swallows_no_cue() -> None:
    for text in (
        'We are done here," she said on Monday night. "It is over now."',
        '"We are done here, she said on Monday night. "It is over now."',
    ):
        assert "she said" not in " ".join(text[q.start : q.end] for q in quotations(text))


def test_a_quotation_of_several_paragraphs_is_whole() -> None:
    text = "“We asked them twice.\n“They called it “a trap” and left.”\n“We shall go."
    assert [text[q.start : q.end] for q in quotations(text)] == [
        "We asked them twice.",
        "They called it “a trap” and left.",
        "We shall go.",
    ]
