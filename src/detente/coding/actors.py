"""Who a mention is: country, sector, name and role at the article's date, each with the reason for it."""

from __future__ import annotations

import bisect
import collections
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from detente.coding.quotations import CUES
from detente.coding.reference import PRONOUNS
from detente.document import Actor, Doc, Mention, Span
from detente.knowledge.book import Book, Entry, Found
from detente.knowledge.offices import Holder
from detente.ontology import WITHOUT_COUNTRY

PARTICLES = frozenset("al bin ben bint de del della der di dos da du el ibn la le van von und y e abu".split())
TITLES = frozenset("Mr Mrs Ms Dr Sir Lord Lady Gen Lt Col Maj Capt Sgt Sen Rep Gov Rev Prof Judge Justice Sheikh Imam".split())
FORMER = re.compile(r"\b(former|ex|ousted|deposed|onetime|one-time)\b", re.I)
OWN_SECTOR = ("group", "organisation", "body")
DOMINANT = 0.5
NO_APPOSITION = re.compile(
    r"(and|who|which|whose|but|or|after|while|where|as|when|then|has|had|was|is|were|are|will|would|\w+ed|\w+ing)\b", re.I
)
DOMESTIC = frozenset(("COP JUD LEG MIL CVL OPP LAB EDU PTY SPY MED GOV AGR SOC ELI JRN REL BUS").split())


class Reading(NamedTuple):
    """What a mention's own words say."""

    name: str | None
    country: str | None
    sector: str | None
    role: str | None
    reason: str
    person: bool = False


def resolve_actors(doc: Doc, book: Book) -> Mapping[Span, Actor]:
    """An Actor for each mention; a pointing one takes over what its antecedent is."""
    named = [countries_in(doc, book, s.span) for s in doc.sentences]
    near = {code for part in named for _, code in part}
    own = {m.span: read_mention(doc, book, m, near) for m in doc.marks.mentions}
    settings = Surroundings(doc, named, own)
    found: dict[Span, Actor] = {}
    for mention in doc.marks.mentions:
        span = mention.span
        target = doc.references.get(span)
        reading = own[span] if target not in own else join_readings(own[span], settings.placed(target, own[target]))
        reading = settings.placed(span, reading)
        found[span] = Actor(
            span=span, name=reading.name, country=reading.country, sector=reading.sector, role=reading.role,
            refers_to=target, score=round(mention.score, 4), reason=reading.reason,
        )  # fmt: skip
    return found


def join_readings(here: Reading, there: Reading) -> Reading:
    """A pointing mention with its antecedent: the antecedent's name and codes, where it has them."""
    return Reading(there.name or here.name, there.country or here.country, there.sector or here.sector, there.role or here.role,
                   f"refers back; {there.reason}", there.person)  # fmt: skip


def countries_in(doc: Doc, book: Book, span: Span) -> list[tuple[int, str]]:
    """Offsets and codes of the countries that the words of a sentence name."""
    found = book.scan(doc.words(span), doc.article.published)
    return [(span.start + f.start, f.entry.country) for f in found if f.entry.country and f.entry.sector not in WITHOUT_COUNTRY]


class Surroundings:
    """What the text around a mention says of its country: its owner, its sentence, the whole article."""

    def __init__(self, doc: Doc, named: Sequence[Sequence[tuple[int, str]]], readings: Mapping[Span, Reading]):
        self.doc, self.readings, self._named = doc, readings, named
        counts = collections.Counter(r.country for r in readings.values() if r.country)
        counts.update(c for part in named for _, c in part)
        self._home = next((c for c, n in counts.most_common(1) if n > DOMINANT * counts.total()), None)
        self._starts = [s.span.start for s in doc.sentences]

    def placed(self, span: Span, reading: Reading) -> Reading:
        """The reading with the country of its surroundings, where its own words name none and its kind has one."""
        if reading.country or reading.sector not in DOMESTIC or reading.person or reading.reason.startswith("collective"):
            return reading
        country, why = self._around(span)
        return reading._replace(country=country, reason=f"{reading.reason}; {why}") if country else reading

    def _around(self, span: Span) -> tuple[str | None, str]:
        named = self._named[max(bisect.bisect_right(self._starts, span.start) - 1, 0)] if self._named else []
        if re.match(r"(its|their|his|her)\b", self.doc.words(span), re.I):
            before = [code for at, code in named if at < span.start]
            if before:
                return before[-1], "its owner is named before it in the sentence"
        if len({code for _, code in named}) == 1:
            return named[0][1], "the only country named in the sentence"
        return (self._home, "country of most names of the article") if self._home else (None, "")


def read_mention(doc: Doc, book: Book, mention: Mention, near: Collection[str] = ()) -> Reading:
    """What the mention's words, its apposition, the table of offices and the model say; ``near`` are the article's countries."""
    text, on = doc.words(mention.span), doc.article.published
    if text.lower() in PRONOUNS:
        return Reading(None, None, None, None, "pronoun")
    names = list(book.scan(text, on))
    guess = mention.sectors[0] if mention.sectors else (None, 0.0)
    whole = whole_name(text, names)
    if whole is not None:
        return Reading(whole.canonical, None if whole.sector in WITHOUT_COUNTRY else whole.country, whole.sector, None,
                       f"{whole.kind} {whole.name!r}")  # fmt: skip
    if re.fullmatch(r"(the )?(West|Western|Europe|European|Gulf states|Arab states)", text):
        return Reading(text, None, "GOV", None, "collective name")
    role, person = split_title(text, names, book)
    apposed = apposition(doc, mention.span, book)
    country, why = country_of(names)
    if country is None and apposed:
        country, why = country_of(list(book.scan(apposed, on)))
        why = f"apposition; {why}" if why else ""
    holder = book.offices.holder(person or bare(text), on, near)
    if holder is not None and (country is None or country == holder.term.country):
        return office_reading(holder, role or (apposed if apposed and is_role(apposed, book) else None))
    if country is None and holder is None:
        country, why = named_after(text, book, on, near)
    sector, reason = sector_of(text, apposed, names, guess)
    if sector in WITHOUT_COUNTRY:
        country = None
    name = person or (None if role else bare(text))
    return Reading(name, country, sector, role or (apposed if apposed and is_role(apposed, book) else None),
                   "; ".join(r for r in (why, reason) if r) or "unknown name", person is not None)  # fmt: skip


def office_reading(holder: Holder, said: str | None) -> Reading:
    """A person of the table; the role that the text gives counts before the table's."""
    term = holder.term
    former = holder.standing == "former" or (said is not None and FORMER.search(said) is not None)
    role = said or ("former " if former else "") + term.office
    sector = "ELI" if former and not term.body else term.sector
    return Reading(holder.name, None if term.body else term.country, sector, role, f"offices: {holder.reason}", True)


def named_after(text: str, book: Book, on: date | None, near: Collection[str]) -> tuple[str | None, str]:
    """The country of a person in whose name a group stands: "Assad's forces", "the Trump administration"."""
    words = [re.sub(r"['’]s?$", "", w.strip(".,")) for w in text.split()]
    for word in words[:-1] if len(words) > 1 else []:
        holder = book.offices.holder(word, on, near) if word[:1].isupper() else None
        if holder is not None and not holder.term.body:
            return holder.term.country, f"named after {holder.name}, {holder.reason}"
    return None, ""


def bare(text: str) -> str:
    return re.sub(r"^(the|a|an)\s+", "", text, flags=re.I)


def whole_name(text: str, names: list[Found]) -> Entry | None:
    """The entry whose name is the whole mention but for an article."""
    for found in names:
        if text[: found.start].strip().lower() in ("", "the") and text[found.end :].strip(" .") == "":
            return found.entry
    return None


def country_of(names: list[Found]) -> tuple[str | None, str]:
    """The country of the first name that has one."""
    for found in names:
        if found.entry.country and (found.entry.sector not in WITHOUT_COUNTRY):
            return found.entry.country, f"{found.entry.kind} {found.entry.name!r}"
    return None, ""


def sector_of(text: str, apposed: str | None, names: list[Found], guess: tuple[str | None, float]) -> tuple[str | None, str]:
    """From a former office, a named group or body, or the model."""
    named = next((f.entry for f in names if f.entry.kind in OWN_SECTOR and f.entry.sector), None)
    if (FORMER.search(text) or FORMER.match(bare(apposed or ""))) and guess[0] in ("GOV", "ELI", "LEG", "MIL"):
        return "ELI", "former office"
    if named is not None and (named.sector in WITHOUT_COUNTRY or guess[0] in (None, named.sector, "REB", "GOV", "PTY")):
        return named.sector, f"{named.kind} {named.name!r}"
    if guess[0] is not None:
        return guess[0], f"model {guess[0]} {guess[1]:.2f}"
    return None, ""


def split_title(text: str, names: list[Found], book: Book) -> tuple[str | None, str | None]:
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
        return before[1].strip()
    after = re.match(r",\s+([^,.;:\n“”\"]{3,90})(?=[,;.])", text[span.end : span.end + 120])
    if after and not NO_APPOSITION.match(after[1]) and is_role(" ".join(after[1].split()[:7]), book) and not CUES.search(after[1]):
        return after[1]
    return None
