"""Measures: what a sanction consists of, by kind, with who imposes it on whom, on what ground, and whether it goes or stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from detente.document import Doc, Event, Measure, Span
from detente.identity import content_hash
from detente.ontology.measures import GENERIC, authorities, named_measures

IMPOSING = frozenset({"SANCTION", "COERCE", "AID"})  # an AID event that is cut stays AID where the model has it so
YIELDING = frozenset({"CONCEDE", "RETREAT"})
SPOKEN = frozenset({"THREATEN", "AGREE"})  # what is threatened or agreed names the measure
NO_MEASURE = frozenset({"convict", "arrest", "deport", "curfew", "martial-law", "misinformation", "cyber"})
LIFT = re.compile(r"\b(lift\w*|remov\w*|end(s|ed|ing)?|scrap\w*|revok\w*|repeal\w*|rescind\w*|abolish\w*|delist\w*|unfr[eo]\w*|annul\w*|"
                  r"do(ne|ing)? away|did away|reopen\w*|restor\w*|reinstat\w*|resum\w*|returned?|releas\w*|drop\w*|cancel\w*|withdr\w+|undo\w*|"
                  r"struck|strik\w+|open(s|ed|ing)?)\b", re.I)  # fmt: skip
EASE = re.compile(r"\b(eas(e|es|ed|ing)|loosen\w*|relax\w*|soften\w*|waive\w*|exempt\w*|lower\w*|reduc\w*|halv\w+|trim\w*|suspen\w+|cut(s|ting)?|"
                  r"paus\w+|partial\w*)\b", re.I)  # fmt: skip
EXTEND = re.compile(r"\b(exten\w+|renew\w*|prolong\w*|widen\w*|expand\w*|tighten\w*|broaden\w*|toughen\w*|roll(s|ed|ing)? over|maintain\w*|"
                    r"strengthen\w*|doubl\w+|rais(e|es|ed|ing)|add(s|ed|ing)?\b(?=.*\blist))\b", re.I)  # fmt: skip
SURE = re.compile(r"\b(lift\w*|eas(e|es|ed|ing)|unfr[eo]\w*|delist\w*|relax\w*|loosen\w*|repeal\w*|rescind\w*|abolish\w*|waive\w*)\b", re.I)
BREAK = re.compile(
    r"[;:“”\"]|\b(but|while|although|though|whereas|unless|until|because|despite|if|in exchange|after|before|who|whose|which|where|breach|accus\w+)\b",
    re.I,
)
RATE = r"(?:\s+of(?:\s+(?:up\s+to|at\s+least|about))?\s+\S+\s+(?:percent|per\s+cent))?"
OBJECT = re.compile(RATE + r"\s+(?:on|against|of|for|targeting|covering|affecting)\s+((?:[^\s,.;:()“”\"]+(?:\s+|(?=[,.;:()“”\"]|$))){1,6})")
OBJECT_END = re.compile(r"\s+(?:on|in|from|by|against|over|after|until|since|and|to|for|at|as|that|which|who|unless|if|with|during|would|will|were|"
                        r"was|is|are|has|have|had|under)\b.*", re.I | re.S)  # fmt: skip
UNTIL = re.compile(r"^(until|till|til|through|up to|by)\b", re.I)
REACH = 110  # characters between the trigger and further measures of a list
NOUN = re.compile(r"(ban|bans|embargo\w*|tariffs?|dut(y|ies)|lev(y|ies)|sanctions|freezes?|curbs?|controls?|restrictions?|caps?|ceiling|lists?|measures|"
                  r"boycott|blockade|surcharges?|tax(es)?|closure)$", re.I)  # fmt: skip
SELF = re.compile(r"\b(?:by|of|under|from|through)\s+(?:the\s+)?$", re.I)


class Found(NamedTuple):
    kind: str
    span: Span


def code_measures(doc: Doc) -> tuple[Measure, ...]:
    """The measures of an article in text order; words that name one belong to one event."""
    found: list[Measure] = []
    for e in doc.events:
        for part in measures_of(doc, e):
            if not any(m.kind == part.kind and m.instrument.overlaps(part.span) for m in found):
                found.append(measure(doc, e, part))
    return tuple(found)


def measures_of(doc: Doc, e: Event) -> list[Found]:
    """What an event's words name, each kind once; without a kind of its own there is none."""
    if not may_be_measure(e):
        return []
    base = e.sentence.start
    named = [Found(n.kind, Span(base + n.start, base + n.end)) for n in named_measures(doc.words(e.sentence), e.type)]
    own = list(linked(doc, e, named))
    if any(n.kind != GENERIC for n in own):
        own = [n for n in own if n.kind != GENERIC]
    if e.type in YIELDING | SPOKEN and not any(matches(doc, e, n) for n in own):
        return []
    return list({n.kind: n for n in reversed(own)}.values())[::-1]


def may_be_measure(e: Event) -> bool:
    if e.type == "AID":
        return True
    return e.status != "negated" and e.mode not in NO_MEASURE and e.type in IMPOSING | YIELDING | SPOKEN


def matches(doc: Doc, e: Event, n: Found) -> bool:
    """For a promise or a threat: the measure stands in what is promised, and a promise lifts, eases or extends it."""
    if e.type == "THREATEN":
        return True
    done = action(doc, e, n)
    return bool(LIFT.search(done) or EASE.search(done) or (e.type == "AGREE" and EXTEND.search(done)))


def action(doc: Doc, e: Event, n: Found) -> str:
    """The trigger with what is promised, or with the words up to the measure: "promised to scrap"."""
    if e.threatened:
        return f"{doc.words(e.trigger)} {doc.words(e.threatened)}"
    promised = e.type in YIELDING | SPOKEN and e.trigger.end < n.span.start
    return doc.words(Span(e.trigger.start, n.span.start if promised else e.trigger.end))


def core(doc: Doc, e: Event) -> list[Span]:
    """The spans that are the event's own: its trigger, all its instruments, what it threatens or promises."""
    trigger = next((t for t in doc.marks.triggers if t.span == e.trigger), None)
    instruments = [a.span for a in trigger.arguments.get("with", ())] if trigger else []
    return [s for s in (e.trigger, e.instrument, *instruments, e.threatened) if s is not None]


def linked(doc: Doc, e: Event, named: Sequence[Found]) -> Iterator[Found]:
    """Words in the event's own spans; then those that follow in the same clause, up to the words of the next event."""
    own = core(doc, e)
    others = [o.trigger for o in doc.events if o.trigger != e.trigger and not any(s.overlaps(o.trigger) for s in own)]
    inside = [n for n in named if any(n.span.overlaps(s) for s in own)]
    if e.type == "AID" and not any(n.kind == "aid cut" and n.span.overlaps(e.trigger) for n in inside):
        return
    yield from inside
    last = max(s.end for s in (*own, *(n.span for n in inside)) if e.sentence.contains(s) or s == e.trigger)
    for n in named:
        near = last <= n.span.start <= last + REACH
        if near and not BREAK.search(doc.article.text, last, n.span.start) and not any(last <= o.start <= n.span.end for o in others):
            yield n
            last = n.span.end
    if not inside and not any(n.span.start >= e.trigger.end for n in named):
        yield from subject(doc, e, named, others)


def subject(doc: Doc, e: Event, named: Sequence[Found], others: Sequence[Span]) -> Iterator[Found]:
    """ "The arms embargo was lifted": the nearest words before the trigger."""
    before = [n for n in named if n.span.end <= e.trigger.start <= n.span.end + REACH // 2]
    for n in before[-1:]:
        between = Span(n.span.end, e.trigger.start)
        if not BREAK.search(doc.article.text, *between) and not any(o.overlaps(between) or o.overlaps(n.span) for o in others):
            yield n


def measure(doc: Doc, e: Event, part: Found) -> Measure:
    status = status_of(doc, e, part)
    start, end = period(doc, e, status)
    return Measure(
        id=content_hash(doc.article.id, "measure", e.id, part.kind, part.span), event=e.id, kind=part.kind, status=status,
        instrument=part.span, senders=e.actors, targets=e.recipients, object=object_of(doc, e, part), authority=authority(doc, e),
        start=start, end=end, score=e.score,
    )  # fmt: skip


def status_of(doc: Doc, e: Event, part: Found) -> str:
    """imposed, extended, eased, lifted or threatened."""
    if e.type == "THREATEN":
        return "threatened"
    change = changed(doc, e, part)
    if e.type in YIELDING:
        return change if change in ("lifted", "eased") else "lifted"
    unsure = e.status in ("future", "conditional", "hypothetical")
    if change in ("lifted", "eased"):
        return "imposed" if unsure else change
    return "threatened" if unsure else change


def changed(doc: Doc, e: Event, part: Found) -> str:
    """What the verb does to the measure: a verb within the words ("cut aid") imposes it, beside them ("cut tariffs") it changes it."""
    text = doc.article.text
    verb = action(doc, e, part)
    if e.trigger.overlaps(part.span) and e.type not in YIELDING:  # the words before it, and a passive after it
        before = re.search(r"(?:[\w-]+\s+){0,5}$", text[max(e.sentence.start, part.span.start - 60) : part.span.start])
        after = re.match(
            r"\s+(?:was|were|is|are|be|being|been|has|have|had|will)\b(?:\s+\w+){1,3}", text[part.span.end : part.span.end + 50]
        )
        verb = f"{before[0] if before else ''} {after[0] if after else ''}"
        if EXTEND.search(verb):
            return "extended"
        sure = SURE.search(verb) or SURE.search(doc.words(part.span))
        return ("eased" if EASE.search(sure[0]) else "lifted") if sure else "imposed"
    if EXTEND.search(verb):
        return "extended"
    if re.search(r"\bpartial", text[max(0, e.trigger.start - 12) : e.trigger.end], re.I):
        return "eased"
    if e.type in IMPOSING and not SURE.search(verb) and not NOUN.search(doc.words(part.span)):
        return "imposed"  # "cut off from SWIFT"
    return "lifted" if LIFT.search(verb) else "eased" if EASE.search(verb) else "imposed"


def period(doc: Doc, e: Event, status: str) -> tuple[Span | None, Span | None]:
    """The event's time as start or end of the measure: "until …" and the day of lifting end it; what extends it starts nothing."""
    if e.time is None or (e.type in YIELDING | SPOKEN and e.type != "RETREAT"):
        return None, None  # the time of a promise or threat is that of the words
    if UNTIL.match(doc.words(e.time)) or status == "lifted":
        return None, e.time
    return (e.time, None) if status in ("imposed", "threatened") else (None, None)


def object_of(doc: Doc, e: Event, part: Found) -> Span | None:
    """The goods, money or places that the measure bears on; its targets are no object."""
    own = [s for s in core(doc, e)[1:] if s != e.threatened and not any(s.overlaps(x) for x in (*e.recipients, part.span))]
    if own and part.span.overlaps(e.trigger):
        return own[0]
    found = OBJECT.match(doc.article.text, part.span.end, e.sentence.end)
    if not found:
        return None
    words = OBJECT_END.sub("", found[1]).rstrip()
    span = Span(found.start(1), found.start(1) + len(words))
    parties = [*e.recipients, *e.actors, *doc.actors]
    taken = [*parties, *((e.time,) if e.time else ()), *((e.place,) if e.place else ())]
    return None if not words or any(x.start < span.end <= x.end for x in taken) else span


def authority(doc: Doc, e: Event) -> Span | None:
    """The law or resolution that the sentence names, or a body that acts or is said to stand behind the measure."""
    text, base = doc.words(e.sentence), e.sentence.start
    for start, end in authorities(text):
        span = Span(base + start, base + end)
        law = not any(span.overlaps(a) for a in doc.actors) and re.search(r"\d|\b(Act|Law|Order|Regulation|Decree)\b", doc.words(span))
        if law or any(a.overlaps(span) for a in e.actors) or SELF.search(text[:start]):
            return next((a for a in e.actors if a.contains(span)), span)
    return None
