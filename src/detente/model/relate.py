"""The act between two given spans: the pair head's answer, joined with the triggers that bind the two."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from detente.document import Span
from detente.errors import BadSpan
from detente.model.decode import tagged
from detente.model.heads import Floats, HeadWeights, Outputs, Tokens, relation_probabilities, sigmoid, softmax
from detente.model.labels import ACTS, MODE_NAMES, RELATIONS
from detente.model.runtime import Model
from detente.model.tokens import Window, windows
from detente.ontology import MODES, TYPES

EAGER = -2.0  # added to the outside tag: for a given pair a weak trigger counts too


class Relation(NamedTuple):
    """The likeliest type and mode between source and target, and the type's probability (NONE counted in)."""

    type: str
    mode: str | None
    score: float


def check_span(text: str, span: tuple[int, int] | None, name: str) -> Span | None:
    if span is None:
        return None
    start, end = span
    if not 0 <= start < end <= len(text):
        raise BadSpan(f"{name} [{start}, {end}] lies outside the text of {len(text)} characters; give offsets in code points")
    return Span(start, end)


def relate(model: Model, text: str, source: tuple[int, int] | None, target: tuple[int, int] | None) -> Relation:
    """What ``source`` does to ``target`` in ``text``; a span that is None stands for somebody unnamed in the sentence."""
    if not text.strip():
        raise BadSpan("the text is empty; give the sentence that holds both spans")
    pair = check_span(text, source, "source_span"), check_span(text, target, "target_span")
    window = choose_window(model, text, pair)
    out = model.outputs(window)
    spans = tokens(window, pair[0]), tokens(window, pair[1])
    types, modes = relation_types(model.heads, window, out, spans, model.thresholds.binding)
    best = TYPES[int(types.argmax())]
    return Relation(best, best_mode(modes, best, model.thresholds.mode), round(float(types.max()), 4))


def relation_types(
    heads: HeadWeights, window: Window, out: Outputs, spans: tuple[Tokens | None, Tokens | None], binding: float
) -> tuple[Floats, Floats]:
    """Probabilities of the types between two spans (they and NONE sum to 1), and logits of the modes; None stands for somebody unnamed."""
    logits = heads.relation_scores(out, [filled(window, spans)], [whole(window)])
    kinds = relation_probabilities(logits)[0]
    types = kinds[1:] + binding * bound_types(heads, window, out, spans)
    return np.asarray(types / (types.sum() + kinds[0]), dtype=np.float32), logits[0, len(RELATIONS) :]


def whole(window: Window) -> Tokens:
    return (1, len(window.pieces) - 1)


def filled(window: Window, spans: tuple[Tokens | None, Tokens | None]) -> tuple[Tokens, Tokens]:
    return spans[0] or whole(window), spans[1] or whole(window)


def choose_window(model: Model, text: str, pair: tuple[Span | None, Span | None]) -> Window:
    """The first window that holds the source (or the target), decoded as one sentence."""
    found = list(windows(model.splitter, text, [Span(0, len(text))], [0]))
    wanted = pair[0] or pair[1] or Span(0, 1)
    for window in found:
        if window.pieces.starts.min() <= wanted.start < window.pieces.ends.max():
            return window
    return found[0]


def tokens(window: Window, span: Span | None) -> Tokens | None:
    if span is None:
        return None
    p = window.pieces
    hit = np.nonzero((p.ends > p.starts) & (p.starts < span.end) & (p.ends > span.start))[0]
    return (int(hit[0]), int(hit[-1]) + 1) if len(hit) else None


def bound_types(heads: HeadWeights, window: Window, out: Outputs, spans: tuple[Tokens | None, Tokens | None]) -> Floats:
    """Types of the sentence's triggers, each weighted by how surely it has the source as actor and the target as recipient."""
    found = [t.tokens for t in tagged(out, window, "trigger", EAGER, "OBI")]
    total = np.zeros(len(TYPES), dtype=np.float32)
    if not found:
        return total
    weight = np.ones(len(found), dtype=np.float32)
    for role, span in (("who", spans[0]), ("to", spans[1])):
        if span is not None:
            weight *= sigmoid(heads.role_scores(out, [role], found, [span])[role][:, 0])
    for anchor, w in zip(found, weight, strict=True):
        values = out.acts[anchor[0] : anchor[1]].mean(axis=0)
        total += w * softmax(values[ACTS["type"].start : ACTS["type"].end])
    return total


def best_mode(logits: Floats, kind: str, threshold: float) -> str | None:
    if not MODES[kind]:
        return None
    shares = softmax(np.array([logits[MODE_NAMES.index(f"{kind}/{m}")] for m in MODES[kind]], dtype=np.float32))
    return MODES[kind][int(shares.argmax())] if shares.max() >= threshold else None
