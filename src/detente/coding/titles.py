"""The title and the apposition of a name: "Iranian Foreign Minister Javad Amini", "Lina Aro, the minister,"; a help of the actor stage."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.coding.quotations import CUES
from detente.document import Doc, Span
from detente.knowledge.book import Book, Found

PARTICLES = frozenset("al bin ben bint de del della der di dos da du el ibn la le van von und y e abu".split())
TITLES = frozenset("Mr Mrs Ms Dr Sir Lord Lady Gen Lt Col Maj Capt Sgt Sen Rep Gov Rev Prof Judge Justice Sheikh Imam".split())
NO_APPOSITION = re.compile(
    r"(and|who|which|whose|but|or|after|while|where|as|when|then|has|had|was|is|were|are|will|would|\w+ed|\w+ing)\b", re.I
)

LEAD_IN = re.compile(r"^(?!(?:the|an?)\s).*?\s(?=(?:the|an?)\s)", re.I)  # "but the minister", "she named the minister"


def split_title(text: str, names: Sequence[Found], book: Book) -> tuple[str | None, str | None]:
    """A mention as (role, person): "Iranian Foreign Minister Javad Amini" gives ("Foreign Minister", "Javad Amini")."""
    words = text.split()
    at = len(words)
    while at > 0 and (words[at - 1][:1].isupper() or (words[at - 1].lower() in PARTICLES and at < len(words))):
        at -= 1
    tail = words[at:]
    known = {text[f.start : f.end] for f in names}
    while tail and (tail[0].strip(".,") in TITLES or is_role(tail[0], book) or " ".join(tail[:1]) in known or cut_name(tail, known)):
        tail = tail[cut_name(tail, known) or 1 :]
    if not tail or not 1 <= len(tail) <= 5:
        return None, None
    head = words[: len(words) - len(tail)]
    while head and (head[0].rstrip("'s") in known or cut_name(head, known) or head[0].lower() in ("the", "a")):
        head = head[cut_name(head, known) or 1 :]
    person = " ".join(tail)
    return (" ".join(head) or None), (person if len(tail) > 1 or head else None)


def cut_name(words: list[str], known: set[str]) -> int:
    """How many leading words are a known name."""
    for size in range(min(4, len(words)), 0, -1):
        first = re.sub(r"['’]s$", "", " ".join(words[:size])).rstrip(",")
        if first in known:
            return size
    return 0


def is_role(text: str, book: Book) -> bool:
    """True where a role noun of the table stands in the words."""
    words = re.findall(r"[a-z]+(?:-[a-z]+)*", text.lower())
    pairs = [" ".join(words[i : i + n]) for n in (1, 2, 3) for i in range(len(words) - n + 1)]
    return any(p in book.roles for p in pairs)


def apposition(doc: Doc, span: Span, book: Book) -> str | None:
    """The office between commas before or after a name: "Finland's interior minister, Lina Aro," or "Lina Aro, the minister,"."""
    text = doc.article.text
    closed = text[span.end : span.end + 1] == ","
    before = re.search(r"(?:^|[.,;\n“\"]\s*)([^.,;:\n“”\"]{3,80}),\s*$", text[max(0, span.start - 100) : span.start])
    if before and closed and is_role(before[1], book) and not CUES.search(before[1]):
        return LEAD_IN.sub("", before[1].strip(), count=1)
    after = re.match(r",\s+([^,.;:\n“”\"]{3,90})(?=[,;.])", text[span.end : span.end + 120])
    if after and not NO_APPOSITION.match(after[1]) and is_role(" ".join(after[1].split()[:7]), book) and not CUES.search(after[1]):
        return after[1]
    return None
