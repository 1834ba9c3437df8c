"""Posts as others name them, in the words of our table of offices; a post that we have no word for keeps its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

MINISTER = r"(?:(?:federal|union|cabinet) )?(?:minister|secretary|secretary of state)"
MORE = r"(?:(?:,| and\b| &).+)?"


def ministry(field: str, *others: str) -> str:
    """A pattern of "minister of FIELD and more", "FIELD minister", and others."""
    return "|".join((rf"{MINISTER} (?:of|for) (?:the )?{field}{MORE}", rf"{field} (?:minister|secretary)", *others))


WORDS: tuple[tuple[str, str], ...] = (
    ("prime minister", r"prime minister|premier|head of (?:the )?government|federal chancellor|taoiseach|president of the (?:government|"
                       r"council of ministers)|chair(?:man|person)? of the (?:government|council of ministers|cabinet of ministers)"),
    ("president", r"(?:federal |state )?president|head of state"),
    ("vice president", r"vice[- ]president"),
    ("king", r"monarch|king|queen|emir|sultan|grand duke|emperor|sovereign prince"),
    ("supreme leader", r"supreme leader"),
    ("foreign minister", ministry(r"(?:foreign|external)(?:,? (?:and )?\w+)*? (?:affairs|relations)", r"foreign (?:minister|secretary)",
                                  r"head of the federal department of foreign affairs")),
    ("defence minister", ministry(r"(?:national )?defen[cs]e", r"minister of the armed forces")),
    ("finance minister", ministry(r"(?:(?:the )?(?:economy|economic affairs) and )?(?:finances?|treasury)")),
    ("interior minister", ministry(r"(?:interior|internal affairs|home affairs|home department)", r"home (?:minister|secretary)")),
    ("security council head", r"(?:secretary|head) of (?:the )?(?:supreme )?(?:national )?security (?:and defen[cs]e )?council|"
                              r"national security advis[eo]r"),
    ("army chief", r"chief of (?:the )?(?:general|army|defen[cs]e) staff(?: of (?:the )?armed forces)?|chairman of the joint chiefs of staff|"
                   r"chief of (?:the )?defen[cs]e(?: forces?)?|commander[- ]in[- ]chief of (?:the )?armed forces"),
    ("intelligence chief", r"(?:director|head|chief)(?: general)? of (?:the )?(?:central intelligence agency|mossad|"
                           r"(?:foreign|federal|secret|inter-services|general) intelligence(?: service| directorate)?)"),
    ("member of parliament", r"senator|member of (?:the )?.*\b(?:parliament|senate|congress|assembly|duma|knesset|bundestag|diet|"
                             r"chamber of deputies|house of (?:representatives|commons|lords)|legislature)\b.*"),
    ("judge", r"(?:chief |associate )?(?:judge|justice) of .+"),
)  # fmt: skip
PATTERNS = tuple((office, re.compile(words)) for office, words in WORDS)
# what a title means in one country only, None where it isn't what it seems
LOCAL: Mapping[tuple[str, str], str | None] = {
    ("USA", "secretary of state"): "foreign minister", ("USA", "secretary of the interior"): None,
    ("DEU", "chancellor"): "prime minister", ("AUT", "chancellor"): "prime minister",
    ("GBR", "chancellor of the exchequer"): "finance minister", ("IRN", "minister of intelligence"): "intelligence chief",
    ("VAT", "secretary of state"): None, ("SAU", "king"): "king",
}  # fmt: skip
GENERIC = frozenset("republic state federation confederation union nation kingdom country".split())
# a label with one of these words is a post, where nothing else says so
OFFICE_WORD = re.compile(
    r"\b(?:minister|president|king|queen|emir|sultan|monarch|head|chief|chair(?:man|woman|person)?|secretary|director|governor|chancellor|"
    r"premier|ambassador|envoy|commissioner|spokes(?:man|woman|person)|speaker|member|senator|judge|justice|commander|mayor|leader)\b",
    re.I,
)


class Positions:
    """Reads labels of posts; ``names`` gives the code of a country by its names and adjectives."""

    def __init__(self, names: Mapping[str, str]):
        self._names = {name.lower(): code for name, code in names.items()}

    def office(self, label: str, country: str | None, *, local: bool = False) -> tuple[str, str | None]:
        """Our word for a post, else its own label, and its country; ``local`` for one that is no office of the whole state."""
        label = re.sub(r"\s*\([^)]*\)$", "", " ".join(label.split()))
        title = re.sub(r"^(?:acting|interim) ", "", label.lower())
        for head, code in () if local else self._readings(title, country):
            word = known_office(head, code)
            if word is not None:
                return word, code
        return label, country

    def _readings(self, label: str, country: str | None) -> Iterator[tuple[str, str | None]]:
        """The label as it stands and without the country that it names before or behind the post."""
        yield label, country
        for cut in re.finditer(r",? (?:of|for|in) (?:the )?", label):
            code = self._place(label[cut.end() :], country)
            if code is not None:
                yield label[: cut.start()], code
        for cut in re.finditer(r"(?:'s)? ", label):
            code = self._names.get(label[: cut.start()].removeprefix("the "))
            if code is not None and country in (None, code):
                yield label[cut.end() :], code

    def _place(self, words: str, country: str | None) -> str | None:
        """The country that some words name, which must be the post's own; "the Swiss Confederation" counts."""
        code = self._names.get(words)
        if code is None and words.split()[-1:] and words.split()[-1] in GENERIC:
            before = " ".join(words.split()[:-1])
            code = self._names.get(before) if before else country
        return code if code is not None and country in (None, code) else None


def known_office(title: str, country: str | None) -> str | None:
    if country is not None and (country, title) in LOCAL:
        return LOCAL[country, title]
    return next((office for office, pattern in PATTERNS if pattern.fullmatch(title)), None)


def country_names(rows: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Codes by names of states and of their people; a name of two states is left out."""
    found: dict[str, set[str]] = {}
    for row in rows:
        if row["kind"] in ("short", "name", "adjective", "people"):
            found.setdefault(row["name"].removeprefix("the "), set()).add(row["code"])
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1}
