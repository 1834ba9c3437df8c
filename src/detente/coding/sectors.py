"""The sector that a mention's own words name: its rightmost role noun, or what is named with it; a help of the actor stage."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

HEAD = re.compile(r"\s(?:of|in|from|for|at|near|with|on|to|against|who|that|based|backed|led|under|by|inside|outside|across|around)\s")
WORD = re.compile(r"[^\W\d_]+(?:[-.][^\W\d_]+)*")
LONGEST = 4  # words of a role noun
# their sector is the named body's or country's; of a country they act for its government
TAKES_ITS_SIDE = frozenset(
    "official leader delegation envoy negotiator spokesman spokeswoman spokesperson adviser advisor aide chief head representative side "
    "counterpart mediator".split()
)
IRREGULAR = {"gunmen": "gunman", "policemen": "policeman", "servicemen": "serviceman", "spokesmen": "spokesman", "people": "people"}


class RoleNoun(NamedTuple):
    """A role noun of a mention and its sector; none where it takes the side that it belongs to."""

    noun: str
    sector: str | None


def role_nouns(text: str, roles: Mapping[str, str]) -> Iterator[RoleNoun]:
    """Role nouns, best first: the rightmost and longest of the head, then those of what follows a preposition."""
    cut = HEAD.search(text)
    yield from nouns_from_right(WORD.findall(text[: cut.start()] if cut else text), roles)
    if cut:
        yield from nouns_from_right(WORD.findall(text[cut.end() :]), roles)


def nouns_from_right(words: Sequence[str], roles: Mapping[str, str]) -> Iterator[RoleNoun]:
    low = [re.sub(r"['’]s?$", "", w.lower()) for w in words]
    end = len(low)
    while end > 0:
        size, found = longest_noun(low, end, roles)
        if found is not None:
            yield found
        end -= size


def longest_noun(words: Sequence[str], end: int, roles: Mapping[str, str]) -> tuple[int, RoleNoun | None]:
    """The longest role noun that ends at a word, and how many words it takes."""
    for size in range(min(LONGEST, end), 0, -1):
        *first, last = words[end - size : end]
        for form in singulars(last):
            noun = " ".join([*first, form])
            if noun in roles:
                return size, RoleNoun(noun, roles[noun] or None)
    return 1, None


def singulars(word: str) -> Iterator[str]:
    """The word itself and the forms of which it may be the plural."""
    yield word
    if word in IRREGULAR or word.endswith("men"):
        yield IRREGULAR.get(word, word[:-3] + "man")
    elif word.endswith("ies"):
        yield word[:-3] + "y"
    elif word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
        if word.endswith("es"):
            yield word[:-2]


def own_side(noun: RoleNoun) -> bool:
    """True for those who act for whom they belong to: of a country, its government."""
    return noun.sector is None and noun.noun.split()[-1] in TAKES_ITS_SIDE
