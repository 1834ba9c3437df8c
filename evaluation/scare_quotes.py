"""How many scare quotes, titles, names and mere words in quotation marks are taken for statements; none of them is one.

python -m evaluation.scare_quotes [--model fast|accurate] [--weights FOLDER] [--show]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any, NamedTuple

from detente import Article, Coder
from detente.document import Doc, Span

CASES = Path(__file__).with_name("cases") / "scare_quotes.jsonl"


class Taken(NamedTuple):
    """Cases in all, and those of which a quote was taken for a statement."""

    cases: int
    wrong: list[str]

    @property
    def share(self) -> float:
        return len(self.wrong) / self.cases if self.cases else 0.0


def cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def quoted_spans(text: str, quotes: list[str]) -> list[Span]:
    """The quotes' places in the text, each with its marks before and after it."""
    found = []
    for words in quotes:
        at = next(i for i in range(1, len(text)) if text.startswith(words, i) and text[i - 1] in '"“')
        found.append(Span(at, at + len(words)))
    return found


def taken(doc: Doc, quote: Span) -> bool:
    """True where a piece of a statement's content is hardly more than the quote."""
    pieces = [c for s in doc.statements for c in s.content]
    return any(4 * (min(c.end, quote.end) - max(c.start, quote.start)) >= 3 * (c.end - c.start) for c in pieces)


def measure(coder: Coder) -> Taken:
    wrong, rows = [], cases()
    for n, row in enumerate(rows):
        doc = coder.code(Article(id=f"scare-{n}", text=row["text"]))
        if any(taken(doc, q) for q in quoted_spans(row["text"], row["quotes"])):
            wrong.append(row["text"])
    return Taken(len(rows), wrong)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="fast")
    parser.add_argument("--weights")
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    found = measure(Coder(given.model, weights=given.weights))
    print(json.dumps({"cases": found.cases, "taken": len(found.wrong), "share": round(found.share, 4)}))
    if given.show:
        print("\n".join(found.wrong))


if __name__ == "__main__":
    main()
