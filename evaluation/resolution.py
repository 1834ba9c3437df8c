"""Scores of the resolution itself: who, where and when a hand-marked name is, on cases written without sight of the code.

python -m evaluation.resolution [--half open|kept] [--show]      --show lists errors of the open half only
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple

from detente.coding.actors import resolve_actors
from detente.coding.places import resolve_places
from detente.coding.reference import resolve_references
from detente.coding.sentences import find_sentences
from detente.coding.standing import office_said
from detente.coding.times import resolve_times
from detente.document import Actor, Argument, Article, Doc, Event, Marks, Mention, Place, Span, Time, Trigger
from detente.knowledge.book import Book, load_book
from detente.knowledge.gazetteer import Gazetteer, load_gazetteer

CASES = Path(__file__).with_name("cases")
FILES = ("actors", "offices", "ambiguous", "places", "dates")
REACH = 161.0  # km, the distance at which a city counts as found
AREAS = frozenset({"area", "region"})
FUTURE = re.compile(r"\b(will|would|to be|is to|are to|begins|passes|go to|resumes|must|may|should|expects?|plans?|planned)\b")
LOCATIVE = re.compile(
    r"\b(in|at|to|near|outside|around|through|from|towards?|of|on|into|across|entered|reached)\s+(the\s+)?([\w-]+(ern)\s+)?$", re.I
)
OFFICE = {
    "chancellor": "prime minister", "national security adviser": "security council head", "head of state": "president",
    "EU high representative": "EU foreign policy chief", "European Commission president": "EU commission chief",
    "European Council president": "EU council chief", "European Central Bank president": "EU central bank chief",
    "European Parliament president": "EU parliament chief", "International Criminal Court prosecutor": "ICC prosecutor chief",
}  # fmt: skip
# the table's code of a body by its name; its first officer is the "chief" there, whatever the title
BODIES = {
    "high commissioner for human rights": "OHCHR", "high commissioner for refugees": "UNHCR", "international monetary fund": "IMF",
    "world bank": "WB", "world health organi": "WHO", "world trade organi": "WTO", "arab league": "LAS", "league of arab states": "LAS",
    "islamic cooperation": "OIC", "council of europe": "COE", "american states": "OAS", "african union": "AU",
    "gulf cooperation": "GCC", "shanghai cooperation": "SCO", "international atomic energy": "IAEA", "red cross": "ICRC",
    "world food": "WFP", "un ": "UN", "united nations": "UN",
}  # fmt: skip
FIRST = re.compile(
    r"\b(secretary[- ]general|director[- ]general|managing director|president|chair\w*|high commissioner|executive director|chief|head)\b"
)
STANDING = {True: "current", False: "former", None: "later"}
Row = dict[str, Any]
Half = Literal["open", "kept"]


class Check(NamedTuple):
    """One answer to one question of a case."""

    measure: str
    right: bool
    note: str


class Share(NamedTuple):
    """Right answers of all."""

    right: int
    of: int

    @property
    def value(self) -> float:
        return self.right / self.of if self.of else 0.0


class Knowledge(NamedTuple):
    book: Book
    gazetteer: Gazetteer


def cases(name: str, half: Half | None = None) -> list[Row]:
    rows = [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    return [r for r in rows if half in (None, r["half"])]


def asked_span(row: Row, book: Book) -> Span:
    """The first place of the asked words as whole words, not inside a longer known name ("Guinea" in "Equatorial Guinea")."""
    text, words = row["text"], re.escape(row["span"])
    whole = [Span(*m.span()) for m in re.finditer(rf"(?<!\w){words}(?!\w)", text)]
    longer = [Span(f.start, f.end) for f in book.scan(text, date.fromisoformat(row["published"])) if f.end - f.start > len(row["span"])]
    return next((s for s in whole if not any(o.contains(s) for o in longer)), whole[0])


def case_doc(row: Row, book: Book) -> Doc:
    """The case as an article: the asked span marked as a mention, a place and a time, and a mention for each other known name."""
    text, asked = row["text"], asked_span(row, book)
    published = date.fromisoformat(row["published"])
    doc = Doc(Article(id=row["id"], text=text, published=published)).with_layer("not_body", ())
    doc = doc.with_layer("sentences", find_sentences(doc))
    others = [Span(f.start, f.end) for f in book.scan(text, published)]
    spans = sorted([asked, *(s for s in others if not s.overlaps(asked))])
    status = "future" if FUTURE.search(text) else "actual"
    trigger = Trigger(span=asked, score=1.0, type="CONSULT", type_score=1.0, runner_up="AGREE", mode=None, status=status,
                      status_score=1.0, historical=0.0, arguments={"when": (Argument(asked, 1.0),)})  # fmt: skip
    return doc.with_layer("marks", Marks(mentions=tuple(Mention(s, 1.0) for s in spans), triggers=(trigger,)))


def actor_of(row: Row, known: Knowledge) -> Actor:
    doc = case_doc(row, known.book)
    doc = doc.with_layer("references", resolve_references(doc))
    return resolve_actors(doc, known.book)[asked_span(row, known.book)]


def place_of(row: Row, known: Knowledge) -> Place:
    doc, asked = case_doc(row, known.book), asked_span(row, known.book)
    event = Event(id="e1", type="CONSULT", mode=None, status="actual", historical=False, headline=False, score=1.0, trigger=asked,
                  sentence=asked, actors=(), recipients=(), place=asked)  # fmt: skip
    doc = doc.with_layer("events", (event,))
    return resolve_places(doc, known.book, known.gazetteer)[asked]


def time_of(row: Row, known: Knowledge) -> Time:
    return resolve_times(case_doc(row, known.book))[asked_span(row, known.book)]


def check_actor(row: Row, known: Knowledge) -> Iterable[Check]:
    actor, ask = actor_of(row, known), row["ask"]
    note = f"{row['published']} {row['text']} [{row['span']}] {ask} -> {actor.country} {actor.sector} {actor.role} {actor.current}: {actor.reason}"
    if "country" in ask:
        yield Check("country", actor.country == ask["country"], note)
    if ask.get("sector"):
        yield Check("sector", actor.sector == ask["sector"], note)
    if "office" in ask:
        office = table_office(ask["office"])
        standing = standing_in(actor, office, row, known)
        yield Check("standing", standing == STANDING[ask["current"]], f"{office} {standing} {note}")
        yield Check(
            "standing of the role coded", actor.current is ask["current"] and (office == held(actor) or ask["current"] is None), note
        )


def table_office(words: str) -> str:
    """The table's title for an office in the words of a case."""
    low = words.lower()
    body = next((code for name, code in BODIES.items() if name in low), None) or next(iter(re.findall(r"\b[A-Z]{3,}\b", words)), None)
    if words in OFFICE or body is None or not FIRST.search(low):
        return OFFICE.get(words) or office_said(words) or words
    return f"{body} chief"


def held(actor: Actor) -> str:
    return (actor.role or "").removeprefix("former ")


def standing_in(actor: Actor, office: str, row: Row, known: Knowledge) -> str | None:
    """How the actor stands to the asked office: as coded, or where another role or none was coded, as the terms of the person say."""
    if held(actor) == office and actor.current is not None:
        return STANDING[actor.current]
    return known.book.offices.standings(actor.name or row["span"], date.fromisoformat(row["published"])).get(office)


def check_ambiguous(row: Row, known: Knowledge) -> Iterable[Check]:
    """As the place of an act after a preposition of place, else as an actor, and where no actor bears the name as a place after all."""
    at = asked_span(row, known.book).start
    where = LOCATIVE.search(row["text"][:at]) is not None
    found = None if where else actor_of(row, known).country
    found = found or place_of(row, known).country
    yield Check(
        "country", found == row["ask"]["country"], f"{row['text']} [{row['span']}] {row['ask']} -> {found} {'place' if where else 'actor'}"
    )


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance in km of two (lat, lon) in degrees."""
    (a, b), (c, d) = (tuple(map(math.radians, p)) for p in (one, other))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(half))


def check_place(row: Row, known: Knowledge) -> Iterable[Check]:
    found, ask = place_of(row, known), row["ask"]
    note = f"{row['text']} [{row['span']}] {ask} -> {found.name} {found.country} {found.lat} {found.lon} {found.precision}"
    yield Check("country", found.country == ask["country"], note)
    if "lat" in ask:
        near = found.lat is not None and found.lon is not None and distance((found.lat, found.lon), (ask["lat"], ask["lon"])) <= REACH
        yield Check("city", near, note)
    same = found.precision == ask["precision"] or {found.precision, ask["precision"]} <= AREAS
    yield Check("precision", same, note)


def check_date(row: Row, known: Knowledge) -> Iterable[Check]:
    found, ask = time_of(row, known), row["ask"]
    unknown = found.start_date is None
    note = f"{row['published']} {row['text']} [{row['span']}] {ask} -> {found.start_date} {found.end_date} {found.precision}"
    if ask.get("unknown"):
        right = unknown
    else:
        days = (found.start_date and found.start_date.isoformat(), found.end_date and found.end_date.isoformat())
        right = days == (ask["start"], ask["end"]) and found.precision == ask["precision"]
    yield Check("exact", right, note)
    yield Check("wrong", not right and not unknown, "")


CHECKS = {"actors": check_actor, "offices": check_actor, "ambiguous": check_ambiguous, "places": check_place, "dates": check_date}


def load_knowledge() -> Knowledge:
    return Knowledge(load_book(), load_gazetteer())


def checked(half: Half, known: Knowledge) -> Mapping[str, list[Check]]:
    """All checks of a half by file."""
    return {name: [c for row in cases(name, half) for c in CHECKS[name](row, known)] for name in FILES}


def shares(found: Mapping[str, list[Check]]) -> dict[str, Share]:
    """Right answers by file and measure; ``who.country`` and ``who.sector`` take actors and offices together."""
    counts: dict[str, list[bool]] = {}
    for name, checks in found.items():
        for check in checks:
            counts.setdefault(f"{name}.{check.measure}", []).append(check.right)
            if name in ("actors", "offices") and check.measure in ("country", "sector"):
                counts.setdefault(f"who.{check.measure}", []).append(check.right)
    return {name: Share(sum(answers), len(answers)) for name, answers in counts.items()}


def resolution_scores(half: Half = "open", known: Knowledge | None = None) -> dict[str, float]:
    """The share of each measure, rounded; ``dates.wrong`` is the only one of which less is better."""
    return {name: round(share.value, 4) for name, share in shares(checked(half, known or load_knowledge())).items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("open", "kept"))
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    known = load_knowledge()
    halves: tuple[Half, ...] = (given.half,) if given.half else ("open", "kept")
    for half in halves:
        found = checked(half, known)
        print(f"{half:28} right    of  share")
        for name, share in shares(found).items():
            print(f"{name:28} {share.right:5} {share.of:5}  {share.value:.3f}")
        if given.show and half == "open":
            print("\n".join(f"{name}.{c.measure}: {c.note}" for name, checks in found.items() for c in checks if c.note and not c.right))


if __name__ == "__main__":
    main()
