"""Events and the statements they stand in: which statement makes or holds an event, and whose claim it is.

The rule for claims: what a statement holds is its speaker's claim, unless the article itself vouches for it.  It does where
the cue is the act (in "urged Israel to stop the strikes" the strikes are real), and where a speaker performs the act by
saying it ("we will strike, he said"); but accusations and denials are claims.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from detente.document import Actor, Doc, Event, Span, Statement
from detente.ontology import TYPE_INFO

DENIAL = re.compile(r"\b(den(y|ies|ied|ying|ial|ials)|repudiat\w*|disput\w*)\b", re.I)
VERBAL = (1, 3)  # quad classes of what is done in words
PRONOUNCED = frozenset({"CONCEDE", "RETREAT"})
BLAME = re.compile(r"\b(condemn|denounc|deplor|decr|slam|call|describ|brand|dismiss|brush|protest)\w*", re.I)


def bind_statements(doc: Doc, events: Sequence[Event]) -> list[Event]:
    """The events with their statement's id, and with its speaker as ``claimed_by`` where none is marked."""
    return [bound(doc, e, events) for e in events]


def bound(doc: Doc, e: Event, events: Sequence[Event]) -> Event:
    made = next((s for s in doc.statements if s.cue and s.cue.overlaps(e.trigger)), None)
    holder = innermost([s for s in doc.statements if s is not made and any(c.contains(e.trigger) for c in s.content)])
    home = made or holder
    claimed = e.claimed_by
    if claimed is None and holder is not None and holder.speaker is not None and is_claim(doc, e, holder, events):
        claimed = holder.speaker
    return replace(e, statement_id=home.id if home else None, claimed_by=claimed)


def innermost(holders: Sequence[Statement]) -> Statement | None:
    return min(holders, key=lambda s: sum(c.end - c.start for c in s.content), default=None)


def is_claim(doc: Doc, e: Event, s: Statement, events: Sequence[Event]) -> bool:
    """True where the event stands only on the speaker's word."""
    cue = next((o for o in events if s.cue and o.trigger.overlaps(s.cue)), None)
    if cue is not None and TYPE_INFO[cue.type].quad in VERBAL:
        return cue.type == "ACCUSE" and (cue.mode == "allege" or not BLAME.search(doc.words(cue.trigger)))
    if not own_act(doc, e, s):
        return True
    if e.status == "negated":
        return True
    return TYPE_INFO[e.type].quad not in VERBAL and e.status == "actual" and e.type not in PRONOUNCED


def own_act(doc: Doc, e: Event, s: Statement) -> bool:
    """True where the speaker is the actor."""
    speaker = doc.actors.get(s.speaker) if s.speaker else None
    actors = [a for span in e.actors if (a := doc.actors.get(span))]
    return s.speaker in e.actors or bool(speaker and speaker.name and any(a.name == speaker.name for a in actors))


def link_denials(doc: Doc, events: Sequence[Event]) -> tuple[Event, ...]:
    """What is denied names the earlier claim of it: an event of the same type and actor that is not negated."""
    cues = {s.id: doc.words(s.cue) for s in doc.statements if s.cue}
    linked: list[Event] = []
    for e in events:
        words = f"{doc.words(e.trigger)} {cues.get(e.statement_id or '', '')}"
        if e.status == "negated" and e.same_as is None and DENIAL.search(words):
            denied = next((o for o in linked if o.status != "negated" and o.same_as is None and same_act(o, e, doc.actors)), None)
            e = replace(e, same_as=denied.id) if denied else e
        linked.append(e)
    return tuple(linked)


def same_act(a: Event, b: Event, actors: Mapping[Span, Actor]) -> bool:
    """True where type and actor are the same, and mode and recipient so far as both have them."""

    def names(spans: Sequence[Span]) -> set[str]:
        return {found.name for s in spans if (found := actors.get(s)) and found.name}

    modes, to_a, to_b = {a.mode, b.mode} - {None}, names(a.recipients), names(b.recipients)
    same_to = not to_a or not to_b or bool(to_a & to_b)
    return a.type == b.type and len(modes) < 2 and bool(names(a.actors) & names(b.actors)) and same_to
