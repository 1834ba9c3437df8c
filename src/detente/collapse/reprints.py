"""Reprints: articles that share much of their wording, found by MinHash and confirmed on the wording itself.

A shingle is three words in a row.  Two sketches of each article are banded, one of the whole text and one of its
opening, since wires are cut from the end.  Articles that share a band are compared shingle by shingle.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from detente.identity import content_hash

WORD = re.compile(r"\w+(?:['’]\w+)*")
Shingles = NDArray[np.uint32]
SIZE = 3  # words of a shingle
OPENING = 90  # words of the opening that is sketched by itself
ROWS, BANDS = 3, 84  # a pair of Jaccard .3 shares a band with .90, one of .02 with .0007
SEED = 6


@dataclass(frozen=True, kw_only=True)
class Limits:
    """From when two articles are reprints: shares (0 … 1) of shingles, and the least number of them in common."""

    jaccard: float = 0.2
    containment: float = 0.4
    least: int = 8


class Overlap(NamedTuple):
    """Shingles in common: their number, share of all in both, share of the shorter article's."""

    shared: int
    jaccard: float
    containment: float


def shingles(text: str) -> Shingles:
    """Distinct hashes of the text's shingles, sorted: array (n,); a text of fewer words is one shingle."""
    words = [w.casefold() for w in WORD.findall(text)]
    if not words:
        return np.empty(0, dtype=np.uint32)
    count = max(1, len(words) - SIZE + 1)
    hashes = (crc32(" ".join(words[i : i + SIZE]).encode("utf-8", "surrogatepass")) for i in range(count))
    return np.unique(np.fromiter(hashes, dtype=np.uint32, count=count))


def overlap(a: Shingles, b: Shingles) -> Overlap:
    """How much two articles share; both arrays sorted and without repeats."""
    if not len(a) or not len(b):
        return Overlap(0, 0.0, 0.0)
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return Overlap(shared, shared / (len(a) + len(b) - shared), shared / min(len(a), len(b)))


def bands(part: str, found: Shingles) -> list[bytes]:
    """Keys of the sketch's bands; articles with one key in common are candidates."""
    if not len(found):
        return []
    sketch = RMinHash.digest_matrix_from_token_hash_sets([found.tolist()], num_perm=ROWS * BANDS, seed=SEED).to_rows()[0]
    rows = np.asarray(sketch, dtype=np.uint32).reshape(BANDS, ROWS)
    return [part.encode() + bytes([number]) + row.tobytes() for number, row in enumerate(rows)]


class Reprints:
    """Clusters of reprints; adding articles in portions or another order gives the same clusters as all at once."""

    def __init__(self, articles: Iterable[tuple[str, str]] = (), *, limits: Limits | None = None):
        self.limits = limits or Limits()
        self._shingles: dict[str, Shingles] = {}
        self._bands: dict[bytes, list[str]] = defaultdict(list)
        self._root: dict[str, str] = {}
        self.add(articles)

    def add(self, articles: Iterable[tuple[str, str]]) -> None:
        """Takes in (id, text) pairs; an id that is known already is left out."""
        for article, text in articles:
            if article not in self._shingles:
                self._take(article, text)

    def _take(self, article: str, text: str) -> None:
        mine = self._shingles[article] = shingles(text)
        self._root[article] = article
        keys = bands("w", mine) + bands("o", shingles(opening(text)))
        near = {other for key in keys for other in self._bands.get(key, ())}
        for other in sorted(near):
            if self.same(article, other):
                self._join(article, other)
        for key in keys:
            self._bands[key].append(article)

    def same(self, a: str, b: str) -> bool:
        """True where two known articles are reprints by the share of their shingles."""
        found = overlap(self._shingles[a], self._shingles[b])
        if found.jaccard == 1.0:
            return True
        return found.shared >= self.limits.least and (found.jaccard >= self.limits.jaccard or found.containment >= self.limits.containment)

    def _top(self, article: str) -> str:
        while (above := self._root[article]) != article:
            self._root[article] = article = self._root[above]
        return article

    def _join(self, a: str, b: str) -> None:
        one, other = sorted((self._top(a), self._top(b)))
        self._root[other] = one

    def clusters(self) -> tuple[tuple[str, ...], ...]:
        """Ids by cluster, sorted in it and by it; an article without reprint is a cluster of its own."""
        found: dict[str, list[str]] = defaultdict(list)
        for article in sorted(self._root):
            found[self._top(article)].append(article)
        return tuple(sorted(tuple(ids) for ids in found.values()))

    def cluster_ids(self) -> dict[str, str]:
        """Each article's cluster, by an id made from that of its first article."""
        return {article: content_hash("reprints", ids[0]) for ids in self.clusters() for article in ids}


def opening(text: str) -> str:
    """The first words of a text; the headline is no part of an article's text, so changed headlines do not count."""
    found = list(WORD.finditer(text))
    return text[: found[min(OPENING, len(found)) - 1].end()] if found else ""
