"""Text to word pieces with offsets, and sentences to windows: the same code in training and in use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from detente.document import Span

IntArray = npt.NDArray[np.int64]

# one to one, so that offsets hold: the model sees plain quotation marks, dashes and blanks
PLAIN = str.maketrans("“”„‟«»‘’‚‛‹›–—−\u00a0\u2009\u202f", "\"\"\"\"\"\"''''''---   ")

SHAPES = ("special", "lower", "capital", "upper", "mixed", "digit", "mark", "inside")


def shape_of(word: str) -> int:
    """Which of ``SHAPES`` a word piece's own letters have: the encoders know no case."""
    if word.isdigit():
        return 5
    if not any(c.isalpha() for c in word):
        return 6
    if word.islower():
        return 1
    if word.isupper():
        return 3
    return 2 if word[0].isupper() and word[1:].islower() else 4


@dataclass(frozen=True)
class Pieces:
    """Word pieces of a text: ids, offsets (code points), shapes, and whether a piece opens a word.  Each array [T]."""

    ids: IntArray
    starts: IntArray
    ends: IntArray
    shapes: IntArray
    opens: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)

    def part(self, start: int, end: int) -> Pieces:
        cut = slice(start, end)
        return Pieces(self.ids[cut], self.starts[cut], self.ends[cut], self.shapes[cut], self.opens[cut])


def join(parts: Sequence[Pieces]) -> Pieces:
    names = ("ids", "starts", "ends", "shapes", "opens")
    return Pieces(*(np.concatenate([getattr(p, n) for p in parts]) for n in names))


class Splitter:
    """Cuts text into word pieces with the tokenizer of a base model; ``tokenizer`` is the JSON text of its file."""

    def __init__(self, tokenizer: str):
        self._tokenizer: Any = Tokenizer.from_str(tokenizer)
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.first, self.last = self._special("[CLS]", "<s>"), self._special("[SEP]", "</s>")

    def _special(self, *names: str) -> int:
        return int(next(i for i in map(self._tokenizer.token_to_id, names) if i is not None))

    def split(self, text: str, start: int = 0, end: int | None = None) -> Pieces:
        """Pieces of ``text[start:end]`` with offsets into the whole text."""
        part = text[start:end].translate(PLAIN)
        encoded = self._tokenizer.encode(part, add_special_tokens=False)
        offsets = np.array(encoded.offsets, dtype=np.int64).reshape(-1, 2) + start
        words = encoded.word_ids
        opens = np.array([i == 0 or words[i] != words[i - 1] for i in range(len(words))], dtype=np.bool_)
        shapes = [shape_of(text[a:b]) if o else 7 for (a, b), o in zip(offsets.tolist(), opens.tolist(), strict=True)]
        return Pieces(np.array(encoded.ids, np.int64), offsets[:, 0], offsets[:, 1], np.array(shapes, np.int64), opens)

    def mark(self, token: int, at: int) -> Pieces:
        """A special piece that stands for no words."""
        one = np.array([at], dtype=np.int64)
        return Pieces(np.array([token], np.int64), one, one, np.array([0], np.int64), np.array([False]))


@dataclass(frozen=True)
class Window:
    """Pieces that are encoded at once; what begins before ``focus`` is left context, decoded in an earlier window.

    ``sentences`` gives each piece's sentence number in the article, -1 for special pieces.
    """

    pieces: Pieces
    focus: int
    sentences: IntArray


class Limit(NamedTuple):
    """Sizes of a window in pieces: of what it decodes, of its left context, and of one sentence before it is cut."""

    focus: int = 48
    context: int = 64
    longest: int = 240


LIMIT = Limit()


def cut_long(pieces: Pieces, limit: int) -> list[Pieces]:
    """A sentence longer than the limit in parts that are no longer, cut between words; nothing is dropped."""
    parts, at = [], 0
    while at < len(pieces):
        end = min(at + limit, len(pieces))
        while at + 1 < end < len(pieces) and not pieces.opens[end]:
            end -= 1
        parts.append(pieces.part(at, end))
        at = end
    return parts


def windows(
    splitter: Splitter, text: str, sentences: Sequence[Span], paragraphs: Sequence[int], *, limit: Limit = LIMIT
) -> Iterator[Window]:
    """Consecutive sentences in windows, each sentence decoded in exactly one.

    A window decodes as many sentences as fit into ``limit.focus`` pieces, at least one; before them stand up to
    ``limit.context`` pieces of whole sentences that earlier windows decoded.
    """
    chunks: list[tuple[int, int, Pieces]] = []
    for number, (span, paragraph) in enumerate(zip(sentences, paragraphs, strict=True)):
        chunks += [(number, paragraph, part) for part in cut_long(splitter.split(text, span.start, span.end), limit.longest)]
    sizes = [len(pieces) + 1 for _, _, pieces in chunks]
    at = 0
    while at < len(chunks):
        first, last = at, at + 1
        while first > 0 and sum(sizes[first - 1 : at]) <= limit.context:
            first -= 1
        while last < len(chunks) and sum(sizes[at : last + 1]) <= limit.focus:
            last += 1
        yield build(splitter, chunks[first:last], at - first)
        at = last


def build(splitter: Splitter, chunks: Sequence[tuple[int, int, Pieces]], focus_chunk: int) -> Window:
    """One window: chunks with a separator at each new paragraph, the first piece special."""
    parts = [splitter.mark(splitter.first, chunks[0][2].starts[0] if len(chunks[0][2]) else 0)]
    owners = [-1]
    focus = 0
    for index, (number, paragraph, pieces) in enumerate(chunks):
        if index and paragraph != chunks[index - 1][1]:
            parts.append(splitter.mark(splitter.last, int(pieces.starts[0]) if len(pieces) else 0))
            owners.append(-1)
        if index == focus_chunk:
            focus = len(owners)
        parts.append(pieces)
        owners += [number] * len(pieces)
    parts.append(splitter.mark(splitter.last, int(parts[-1].ends[-1]) if len(parts[-1]) else 0))
    owners.append(-1)
    return Window(join(parts), focus, np.array(owners, dtype=np.int64))
