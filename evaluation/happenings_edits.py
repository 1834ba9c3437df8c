"""Reprints made by program from the corpus's own articles: up to 30% of the sentences edited, and a new headline.

Edits: a sentence dropped, moved, rewritten (one of another article in its place) or altered (every fourth word another).
Trap: every article also carries two sentences of background that stand word for word in its neighbour, no reprint of it.
"""

from __future__ import annotations

import random
import re
from functools import lru_cache
from typing import NamedTuple

from detente.collapse.reprints import Reprints
from detente.identity import content_hash
from evaluation.happenings_score import BCubed, b_cubed
from training.units import load_corpus

MOST = 0.3  # share of sentences that an edited reprint may have changed
COPIES = 5  # all edited: the original is not among them
SHORTEST = 8  # sentences of an article that is used
SENTENCE = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])")


class Base(NamedTuple):
    """An article: its headline and the sentences of its body."""

    id: str
    headline: str
    sentences: tuple[str, ...]


@lru_cache(maxsize=1)
def articles() -> tuple[Base, ...]:
    """The corpus's whole articles, sorted by id, which is a hash of the text."""
    found = []
    for unit in (u for units in load_corpus().values() for u in units):
        headline, _, body = unit.text.strip().partition("\n")
        sentences = tuple(s for s in SENTENCE.split(body.strip()) if s)
        if len(sentences) >= SHORTEST:
            found.append(Base(content_hash(unit.text), headline, sentences))
    return tuple(sorted(set(found)))


def altered(rng: random.Random, sentence: str, words: list[str]) -> str:
    """The sentence with every fourth word another."""
    return " ".join(rng.choice(words) if number % 4 == 3 else word for number, word in enumerate(sentence.split()))


def edited(rng: random.Random, base: Base, other: Base) -> str:
    """A reprint's text: headline of its own, and up to ``MOST`` of the sentences edited."""
    sentences: list[str] = list(base.sentences)
    words = " ".join(other.sentences).split()
    count = round(rng.uniform(0.05, MOST) * len(sentences))
    for at in sorted(rng.sample(range(len(sentences)), count), reverse=True):
        match rng.randrange(4):
            case 0:
                del sentences[at]
            case 1:
                sentences.insert(rng.randrange(len(sentences)), sentences.pop(at))
            case 2:
                sentences[at] = rng.choice(other.sentences)
            case _:
                sentences[at] = altered(rng, sentences[at], words)
    return " ".join([altered(rng, base.headline, words), *sentences])


def reprints(half: str, seed: int = 1) -> tuple[dict[str, str], dict[str, str]]:
    """Texts by id, and the article that each is a reprint of; the halves share no article."""
    rng = random.Random(seed)
    bases = articles()[0 if half == "tune" else 1 :: 2]
    texts, gold = {}, {}
    for number, base in enumerate(bases):
        neighbour, stranger = bases[number - 1], rng.choice(bases)
        background = base._replace(sentences=(*base.sentences, *neighbour.sentences[-2:]))
        for copy in range(COPIES):
            key = content_hash(base.id, copy)
            texts[key] = edited(rng, background, stranger)
            gold[key] = base.id
    return texts, gold


def reprint_score(half: str, seed: int = 1) -> BCubed:
    """B-cubed of the clusters of one half's reprints."""
    texts, gold = reprints(half, seed)
    return b_cubed(gold, Reprints(texts.items()).cluster_ids())
