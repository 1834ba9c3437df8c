"""Units of the corpus to training windows with targets, by the same windows as in use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from detente.coding.sentences import split_sentences
from detente.document import Span
from detente.model.labels import MODE_NAMES, TAG_LAYERS, TAGS
from detente.model.tokens import LIMIT, Limit, Splitter, Window, windows
from detente.ontology import SECTORS, STATUSES, TYPES
from training.sheets import EventMark, Piece, StatementMark, Unit

IGNORE = -100
Tokens = tuple[int, int]  # first piece, one past the last


@dataclass
class Anchor:
    """A trigger, cue or pointing mention, the roles it may have, and its gold items by role."""

    tokens: Tokens
    roles: tuple[str, ...]
    items: dict[str, list[Tokens]]


@dataclass
class Example:
    """One window: tag targets [T, layers], act targets a trigger, mentions with sector, anchors and relations."""

    window: Window
    tags: np.ndarray
    acts: list[tuple[Tokens, int, int, int, float]] = field(default_factory=list)
    mentions: list[tuple[Tokens, int, float, bool]] = field(default_factory=list)
    places: list[Tokens] = field(default_factory=list)
    times: list[Tokens] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    relations: list[tuple[Tokens, Tokens, int, int]] = field(default_factory=list)


TRIGGER_ROLES = ("who", "to", "by", "at", "when", "with", "if", "what")
CUE_ROLES = ("speaker", "addressee", "reporter", "content")


class Locator:
    """Finds the pieces of a window that a span of the text covers."""

    def __init__(self, window: Window):
        p = window.pieces
        real = p.ends > p.starts
        self.starts, self.ends, self.real, self.focus = p.starts, p.ends, real, window.focus

    def tokens(self, span: Piece) -> Tokens | None:
        hit = np.nonzero(self.real & (self.starts < span.end) & (self.ends > span.start))[0]
        return (int(hit[0]), int(hit[-1]) + 1) if len(hit) else None

    def all(self, spans: Sequence[Piece]) -> list[Tokens]:
        return [t for t in map(self.tokens, spans) if t]


def opening(unit: Unit, content: Piece) -> Piece:
    """The quotation mark before a content without cue, or the content's first character."""
    at = content.start - 1
    if at >= 0 and unit.text[at] in "\"“”„«'‘":
        return Piece(at, at + 1)
    return Piece(content.start, content.start + 1)


def paint(tags: np.ndarray, layer: str, tokens: Tokens | None, first: str = "B") -> None:
    if tokens:
        column, names = list(TAG_LAYERS).index(layer), TAG_LAYERS[layer]
        tags[tokens[0], column] = names.index(first)
        tags[tokens[0] + 1 : tokens[1], column] = names.index("I")


def unit_sentences(unit: Unit) -> tuple[list[Span], list[int]]:
    spans, owners = [], []
    body_free = {(n.span.start, n.span.end) for n in unit.not_body if n.kind in ("promo", "copyright", "caption", "byline")}
    for number, piece in enumerate(unit.paragraphs):
        if (piece.start, piece.end) in body_free:
            continue
        for span in split_sentences(unit.text, piece.start, piece.end):
            spans.append(span)
            owners.append(number)
    return spans, owners


def examples(unit: Unit, splitter: Splitter, limit: Limit = LIMIT) -> Iterator[Example]:
    spans, owners = unit_sentences(unit)
    for window in windows(splitter, unit.text, spans, owners, limit=limit):
        yield example(unit, window)


def example(unit: Unit, window: Window) -> Example:
    locator = Locator(window)
    tags = np.zeros((len(window.pieces), len(TAGS)), dtype=np.int64)
    found = Example(window, tags)
    seen: set[Piece] = set()
    for mark in unit.actors:
        add_mention(found, locator, mark.span, mark.sector, False, seen)
    for reference in unit.references:
        add_mention(found, locator, reference.span, None, True, seen)
        add_reference(found, locator, reference.span, reference.antecedent)
    for event in unit.events:
        add_event(found, locator, event)
    for statement in unit.statements:
        add_statement(found, locator, unit, statement)
    add_relations(found, locator, unit)
    for index in np.nonzero(~window.pieces.opens | (np.arange(len(tags)) < window.focus))[0]:
        tags[index] = IGNORE
    return found


def add_mention(found: Example, locator: Locator, span: Piece, sector: str | None, points: bool, seen: set[Piece]) -> None:
    tokens = locator.tokens(span)
    if tokens is None or span in seen:
        return
    seen.add(span)
    paint(found.tags, "actor", tokens)
    found.mentions.append((tokens, SECTORS.index(sector) if sector else IGNORE, float(points), tokens[0] >= found.window.focus))


def add_reference(found: Example, locator: Locator, span: Piece, antecedent: Piece) -> None:
    here, there = locator.tokens(span), locator.tokens(antecedent)
    if here and there and here[0] >= found.window.focus:
        found.anchors.append(Anchor(here, ("antecedent",), {"antecedent": [there]}))


def add_event(found: Example, locator: Locator, event: EventMark) -> None:
    tokens = locator.tokens(event.trigger)
    for layer, key, marks in (("place", "at", found.places), ("time", "when", found.times)):
        for item in locator.all(event.fields.get(key, ())):
            paint(found.tags, layer, item)
            if item not in marks:
                marks.append(item)
    if tokens is None or tokens[0] < found.window.focus:
        return
    paint(found.tags, "trigger", tokens)
    mode = MODE_NAMES.index(f"{event.type}/{event.mode}") if event.mode else IGNORE
    found.acts.append((tokens, TYPES.index(event.type), mode, STATUSES.index(event.status), float(event.historical)))
    items = {role: locator.all(event.fields.get(role, ())) for role in TRIGGER_ROLES}
    same = next((a for a in found.anchors if a.tokens == tokens and a.roles == TRIGGER_ROLES), None)
    if same:  # two events on one trigger share their arguments
        for role, more in items.items():
            same.items[role] += [m for m in more if m not in same.items[role]]
    else:
        found.anchors.append(Anchor(tokens, TRIGGER_ROLES, items))


def add_statement(found: Example, locator: Locator, unit: Unit, statement: StatementMark) -> None:
    tokens = locator.tokens(statement.cue or opening(unit, statement.content[0]))
    if tokens is None or tokens[0] < found.window.focus:
        return
    paint(found.tags, "cue", tokens, "B" if statement.cue else "Q")
    if not statement.cue:
        found.tags[tokens[0] + 1 : tokens[1], list(TAG_LAYERS).index("cue")] = 0
    given = {"speaker": statement.speakers, "addressee": statement.addressees, "reporter": statement.reporters,
             "content": statement.content}  # fmt: skip
    found.anchors.append(Anchor(tokens, CUE_ROLES, {role: locator.all(spans) for role, spans in given.items()}))


def add_relations(found: Example, locator: Locator, unit: Unit) -> None:
    """The type between each pair of actor mentions of one sentence: of the event that binds them, or NONE."""
    bound: dict[tuple[Tokens, Tokens], tuple[int, int]] = {}
    for event in unit.events:
        trigger = locator.tokens(event.trigger)
        if trigger is None or trigger[0] < found.window.focus:
            continue
        actors, targets = locator.all(event.fields.get("who", ())), locator.all(event.fields.get("to", ()))
        pairs = [(a, b) for a in actors for b in (targets or actors) if a != b]
        mode = MODE_NAMES.index(f"{event.type}/{event.mode}") if event.mode else IGNORE
        for pair in pairs:
            bound.setdefault(pair, (TYPES.index(event.type) + 1, mode))
    owner = found.window.sentences
    mentions = [m[0] for m in found.mentions if m[3]]
    for a in mentions:
        for b in mentions:
            if a != b and owner[a[0]] == owner[b[0]]:
                found.relations.append((a, b, *bound.get((a, b), (0, IGNORE))))
    found.relations += [(a, b, *code) for (a, b), code in bound.items() if a not in mentions or b not in mentions]
