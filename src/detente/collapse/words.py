"""Words of a sentence by how rare they are, and the numbers that it tells.

Rarity is read from a committed table (``words.csv``: share of our corpus's units that hold a stem), never from the
articles at hand, so that adding an article changes no earlier score.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*")
ENDINGS = ("ings", "ing", "ied", "ies", "edly", "ed", "ers", "er", "es", "s", "e", "y")
SHORTEST = 4  # letters that stay when an ending is cut
SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SPELT = {w: i for i, w in enumerate(SMALL.split())} | {w: 10 * i for i, w in enumerate(TENS.split(), 2)} | {"dozen": 12, "hundred": 100}
TIMES = frozenset("am pm p gmt january february march april may june july august september october november december".split())
TOLLS = {
    "killed": r"(?:killed|dead|deaths?|died|dying|fatalities|lives|bodies|kills|killing)",
    "wounded": r"(?:wounded|injured|hurt|injuries|wounding|injuring)",
    "held": r"(?:arrested|detained|detentions|arrests|held|custody|arresting|detaining|abducted|kidnapped|seized)",
}


def stem(word: str) -> str:
    """The word in small letters without its commonest endings; only equal or different matters."""
    word = re.sub(r"['’]s$", "", word.casefold())
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=1)
def shares() -> Mapping[str, float]:
    """Share (0 … 1) of the corpus's units that hold a stem, of stems that are not rare."""
    text = files(__package__).joinpath("words.csv").read_text(encoding="utf-8")
    return {row["stem"]: float(row["share"]) for row in csv.DictReader(text.splitlines())}


def rarity(word: str) -> float:
    """-ln of the stem's share; a stem that the table lacks counts as rare as its rarest."""
    known = shares()
    return -math.log(known.get(word, min(known.values()) / 2))


def stems(text: str) -> dict[str, float]:
    """The stems of a text with their rarity; numbers are left out."""
    found = dict.fromkeys(stem(w) for w in WORD.findall(text) if w[0].isalpha())
    return {word: rarity(word) for word in found}


def likeness(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Cosine (0 … 1) of two sentences' stems, each weighing its rarity."""
    shared = sum(weight * weight for word, weight in a.items() if word in b)
    size = math.sqrt(sum(w * w for w in a.values()) * sum(w * w for w in b.values()))
    return shared / size if size else 0.0


def value(word: str) -> int | None:
    """The whole number that a word or numeral tells, or None."""
    small = word.casefold()
    if small in SPELT:
        return SPELT[small]
    first, _, second = small.partition("-")
    if first in TENS.split() and second in SPELT:
        return SPELT[first] + SPELT[second]
    bare = small.replace(",", "")
    return int(bare) if bare.isdecimal() and len(bare) < 13 else None


def numbers(text: str) -> frozenset[int]:
    """Whole numbers from 2 up that a text tells; years, clock times and days of a month are left out."""
    words = WORD.findall(text)
    found = set()
    for at, word in enumerate(words):
        near = {w.casefold() for w in words[max(0, at - 1) : at + 2]}
        told = value(word)
        if told is not None and told > 1 and not 1900 <= told <= 2100 and not (near & TIMES and told < 32):
            found.add(told)
    return frozenset(found)


@lru_cache(maxsize=8)
def toll_pattern(kind: str) -> re.Pattern[str]:
    number = r"(\d[\d,]*|" + "|".join(sorted(SPELT, key=len, reverse=True)) + r")"
    words = r"(?:(?:[^\W\d_]|['’-])+\s+){0,3}"
    return re.compile(
        rf"\b{number}\s+{words}{TOLLS[kind]}\b|\b{TOLLS[kind]}\s+(?:at least |about |some |nearly )?{number}\b", re.IGNORECASE
    )


def tolls(text: str) -> dict[str, int]:
    """How many a text tells as killed, wounded or held: the first number of each kind."""
    found = {}
    for kind in TOLLS:
        match = toll_pattern(kind).search(text)
        told = value((match[1] or match[2]).rstrip(",")) if match else None
        if told is not None:
            found[kind] = told
    return found
