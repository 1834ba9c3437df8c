"""Who a mention is: country, sector, name and role at the article's date, each with the reason for it."""

from __future__ import annotations

import collections
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from detente.coding.context import Context
from detente.coding.reference import PRONOUNS
from detente.coding.sectors import RoleNoun, own_side, role_nouns
from detente.coding.standing import FORMER, judged_standing, office_said, said_standing
from detente.coding.titles import apposition, is_role, split_title
from detente.document import Actor, Doc, Mention, Span
from detente.knowledge.book import Book, Entry, Found
from detente.knowledge.offices import Holder
from detente.ontology import WITHOUT_COUNTRY

OWN_SECTOR = ("group", "organisation", "body")
DOMINANT = 0.5
SURE = 0.5  # a probability of the model's sector from which it counts before the role noun
DOMESTIC = frozenset(("COP JUD LEG MIL CVL OPP LAB EDU PTY SPY MED GOV AGR SOC ELI JRN REL BUS").split())
HELD_WHERE = DOMESTIC | {"REB", "PRM", "UAF", "CRM"}  # "rebels in Yemen" are of Yemen; migrants there may come from anywhere
OF_A_FORMER = re.compile(
    r"\b(?:former|ex-|late|ousted|deposed)\b.*(?:president|minister|premier|chancellor|king|senator|governor|mayor)['’]s\s"
)
FORMER_SECTORS = frozenset({"GOV", "ELI", "LEG", "MIL"})
COLLECTIVE = re.compile(
    r"(?:[Tt]he )?(?:West|Western\w*|Europe|Europeans?|(?:Western|European|Gulf|Arab|African|Asian|Muslim|Nordic|Baltic|Sunni|Islamic|"
    r"Latin American|Balkan|Central Asian|neighbou?ring|regional|world|major|foreign|allied)"
    r" (?:states|countries|nations|powers|capitals|governments|leaders|allies|monarchies|partners))"
)
# of several states, or of a people without one: what else the sentence names doesn't make them its own
STATELESS = re.compile(
    r"\b(Kurdish|Kurds?|Arabs?|Western|European|Gulf|regime|coalition|allied|allies|international|foreign|Muslim|Islamic|African|Asian)\b"
)
# a name after one of these is another party's
OTHER_PARTY = re.compile(
    r"\b(?:(?:backed|led|supported|armed|trained|funded|sponsored|controlled|allied|aligned|affiliated|linked|mediated|brokered)"
    r" (?:by|with|to)|loyal to|close to|opposed to|hostile to|against|(?:ambassador|envoy|adviser|delegate|negotiator)s? (?:to|for))"
    r"(?: the)?\s*$",
    re.I,
)
BELONGS = re.compile(r"\s+(?:in|of|from)\s+(?:the\s+|southern\s+|northern\s+|eastern\s+|western\s+)*$")


class Reading(NamedTuple):
    """What a mention's own words say."""

    name: str | None
    country: str | None
    sector: str | None
    role: str | None
    reason: str
    person: bool = False
    current: bool | None = None


UNKNOWN = Reading(None, None, None, None, "")


def resolve_actors(doc: Doc, book: Book) -> Mapping[Span, Actor]:
    """An Actor for each mention; a pointing one takes over what its antecedent is."""
    context = Context(doc, book)
    named = context.countries()
    near = {code for part in named for _, code in part}
    own = {m.span: read_mention(context, m, near) for m in doc.marks.mentions}
    settings = Surroundings(context, named, own)
    found: dict[Span, Actor] = {}
    for mention in doc.marks.mentions:
        span = mention.span
        target = doc.references.get(span)
        reading = own[span] if target not in own else join_readings(own[span], settings.placed(target, own[target]))
        reading = settings.placed(span, reading)
        found[span] = Actor(
            span=span, name=reading.name, country=reading.country, sector=reading.sector, role=reading.role,
            current=reading.current if reading.role else None, refers_to=target, score=round(mention.score, 4), reason=reading.reason,
        )  # fmt: skip
    return found


def join_readings(here: Reading, there: Reading) -> Reading:
    """A pointing mention with its antecedent: the antecedent's name and codes, where it has them."""
    role, current = (there.role, there.current) if there.role else (here.role, here.current)
    return Reading(there.name or here.name, there.country or here.country, there.sector or here.sector, role,
                   f"refers back; {there.reason}", there.person, current)  # fmt: skip


class Surroundings:
    """What the text around a mention says of its country: its owner, its sentence, the whole article."""

    def __init__(self, context: Context, named: Sequence[Sequence[tuple[int, str]]], readings: Mapping[Span, Reading]):
        self.doc, self.context, self.readings, self._named = context.doc, context, readings, named
        counts = collections.Counter(r.country for r in readings.values() if r.country)
        counts.update(c for part in named for _, c in part)
        self._home = next((c for c, n in counts.most_common(1) if n > DOMINANT * counts.total()), None)

    def placed(self, span: Span, reading: Reading) -> Reading:
        """The reading with the country of its surroundings, where its own words name none and its kind has one."""
        if reading.country or reading.reason.startswith("collective"):
            return reading
        country, why = self._around(span, reading)
        return reading._replace(country=country, reason=f"{reading.reason}; {why}") if country else reading

    def _around(self, span: Span, reading: Reading) -> tuple[str | None, str]:
        if reading.sector not in HELD_WHERE:
            return None, ""
        beside = self._beside(span)
        if beside or reading.person or reading.sector not in DOMESTIC or STATELESS.search(self.doc.words(span)):
            return beside, "named beside it"
        named = self._named[self.context.sentence(span.start)] if self._named else []
        passed = {code for at, code in named if span.start <= at < span.end}  # as a backer or a target
        named = [(at, code) for at, code in named if code not in passed]
        if re.match(r"(its|their|his|her)\b", self.doc.words(span), re.I):
            before = [code for at, code in named if at < span.start]
            if before:
                return before[-1], "its owner is named before it in the sentence"
        if len({code for _, code in named}) == 1:
            return named[0][1], "the only country named in the sentence"
        return (self._home, "country of most names of the article") if self._home and self._home not in passed else (None, "")

    def _beside(self, span: Span) -> str | None:
        """The country of "rebels in Yemen", "the police of Oslo"."""
        text = self.doc.article.text
        for found in self.context.near(span.start):
            if span.end < found.start < span.end + 40 and found.entry.sector not in WITHOUT_COUNTRY:
                return found.entry.country if BELONGS.fullmatch(text[span.end : found.start]) else None
        return None


def read_mention(context: Context, mention: Mention, near: Collection[str] = ()) -> Reading:
    """What the mention's words, its apposition, the table of offices and the model say; ``near`` are the article's countries."""
    doc, book = context.doc, context.book
    text, on = doc.words(mention.span), context.on
    if text.lower() in PRONOUNS:
        return UNKNOWN._replace(reason="pronoun")
    names = context.names(mention.span)
    whole = whole_name(text, names)
    if whole is not None:
        return Reading(whole.canonical, None if whole.sector in WITHOUT_COUNTRY else whole.country, whole.sector, None,
                       f"{whole.kind} {whole.name!r}")  # fmt: skip
    if COLLECTIVE.fullmatch(text):
        return Reading(text, None, "GOV", None, "collective name")
    role, person = split_title(text, names, book)
    if role is not None and not is_role(role, book):
        role, person = None, None
    apposed = apposition(doc, mention.span, book)
    said = role or (apposed if apposed and is_role(apposed, book) else None)
    full = person or bare(text)
    holder = book.offices.holder(full, on, near)
    country, why = country_of(text, [f for f in names if not (person or holder) or f.end <= text.find(full)])
    if country is None and apposed:
        country, why = country_of(apposed, list(book.scan(apposed, on)))
        why = f"apposition; {why}" if why else ""
    guess = mention.sectors[0] if mention.sectors else (None, 0.0)
    sector, reason = sector_of(text, apposed, names, guess, book)
    if holder is not None and (country is None or holder.country in (None, country)):
        return office_reading(holder, said, sector, book, on)
    if country is None and person is None:
        country, why = named_after(text, book, on, near)
    if sector in WITHOUT_COUNTRY:
        country = None
    reading = Reading(person or (None if role else bare(text)), country, sector, said,
                      "; ".join(r for r in (why, reason) if r) or "unknown name", person is not None)  # fmt: skip
    return said_office(reading, text, book, on)


def said_office(reading: Reading, text: str, book: Book, on: date | None) -> Reading:
    """The reading with the standing of its role; an office alone, of a named country, takes the name of who holds it."""
    if reading.role is not None:
        return reading._replace(current=said_standing(reading.role))
    office = (
        office_said(text) if re.search(r"(minister|president|premier|chancellor|king|queen|emir|secretary|leader)$", text, re.I) else None
    )
    if office is None or re.search(r"\band\b", text):
        return reading
    current = said_standing(text)
    holder = book.offices.incumbent(reading.country, office, on) if reading.country and current else None
    if holder is None:
        return reading._replace(role=bare(text), current=current)
    return reading._replace(name=holder.name, role=bare(text), current=True, reason=f"{reading.reason}; offices: {holder.reason}")


def office_reading(holder: Holder, said: str | None, sector: str | None, book: Book, on: date | None) -> Reading:
    """A person of the table; the role that the text gives counts before the table's, and its sector with it."""
    if said is None and holder.standing == "later":
        return Reading(holder.name, holder.country, sector, None, f"offices: {holder.reason}", True)
    found = judged_standing(holder, said, book.offices.standings(holder.name, on) if on and said else {})
    code = holder.term.sector if said is None or office_said(said) or holder.standing == "current" else sector or holder.term.sector
    if found.former:
        code = "ELI"
    elif said is not None and office_said(said) and holder.standing == "former":
        code = sector if sector not in (None, "ELI") else "GOV"
    return Reading(holder.name, holder.country, code, found.role, found.reason, True, found.current)


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


def country_of(text: str, names: list[Found]) -> tuple[str | None, str]:
    """The country of the first name that has one and is no backer, target or post."""
    for found in names:
        if found.entry.country and found.entry.sector not in WITHOUT_COUNTRY and not OTHER_PARTY.search(text[: found.start]):
            return found.entry.country, f"{found.entry.kind} {found.entry.name!r}"
    return None, ""


def sector_of(text: str, apposed: str | None, names: list[Found], guess: tuple[str | None, float], book: Book) -> tuple[str | None, str]:
    """From a former office, a named group or body, the model, or where it says nothing the role nouns of the words."""
    named = next((f.entry for f in names if f.entry.kind in OWN_SECTOR and f.entry.sector), None)
    sure = guess[0] is not None and guess[1] >= SURE
    noun = None if sure else next(own_nouns(text, apposed, names, book), None)
    if OF_A_FORMER.search(text) and (guess[0] or (noun.sector if noun else None)) in (None, "CVL", "ELI"):
        return "ELI", "of a former office-holder"
    past = FORMER.search(text) or FORMER.match(bare(apposed or ""))
    if past and (guess[0] in FORMER_SECTORS or (noun is not None and (noun.sector is None or noun.sector in FORMER_SECTORS))):
        return "ELI", "former office"
    if named is not None and (named.sector in WITHOUT_COUNTRY or guess[0] in (None, named.sector, "REB", "GOV", "PTY")):
        return named.sector, f"{named.kind} {named.name!r}"
    if noun is not None:
        return noun.sector or "GOV", f"role noun {noun.noun!r}"
    if guess[0] is not None:
        return guess[0], f"model {guess[0]} {guess[1]:.2f}"
    return None, ""


def own_nouns(text: str, apposed: str | None, names: Sequence[Found], book: Book) -> Iterator[RoleNoun]:
    """Role nouns that name a sector, of the mention without its names, then of its apposition."""
    found = [*role_nouns(unnamed(text, names), book.roles), *(role_nouns(apposed, book.roles) if apposed else ())]
    return (noun for noun in found if noun.sector or own_side(noun))


def unnamed(text: str, names: Sequence[Found]) -> str:
    """The words without the known names in them."""
    for found in reversed(names):
        if found.entry.kind not in OWN_SECTOR:
            text = text[: found.start] + text[found.end :]
    return text
