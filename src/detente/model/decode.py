"""Token values of a window to marks: spans by the best tag path, arguments by role scores, in text order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from detente.document import Argument, Marks, Mention, Span, Speech, Trigger
from detente.model.heads import Floats, HeadWeights, Outputs, Tokens, pooling, relation_probabilities, sigmoid, softmax
from detente.model.labels import ACTS, MODE_NAMES, TAGS
from detente.model.tokens import Window
from detente.ontology import MODES, SECTORS, STATUSES, TYPES

TRIGGER_SPAN_ROLES = ("who", "to", "by", "at", "when")
TRIGGER_TOKEN_ROLES = ("with", "if", "what")
CUE_SPAN_ROLES = ("speaker", "addressee", "reporter")
ARTICLES = frozenset({"the", "a", "an", "those", "these", "this", "that"})
QUOTES = "\"'“”‘’«»„"


@dataclass(frozen=True)
class Thresholds:
    """How sure the model must be; tuned on our own dev split and kept beside the weights."""

    trigger: float = 0.0  # added to the outside tag's logit
    cue: float = 0.0
    actor: float = 0.0
    role: float = 0.5
    relation: float = 0.3  # weight of the pair relation in an event's type
    switch: float = 3.0  # price of beginning or ending a stretch of content
    mode: float = 0.5
    binding: float = 1.0  # weight of the triggers in the act between two given spans
    sureness: float = 1.0  # power to which a trigger's scores are raised so that they say how often they are right


class Tagged(NamedTuple):
    tokens: Tokens
    score: float
    tag: str


def tag_path(logits: Floats, outside: float, tags: str) -> tuple[npt.NDArray[np.int64], Floats]:
    """The best tag per word [W] where I never follows O, and the tags' probabilities [W, tags]."""
    scores = logits.copy()
    scores[:, 0] += outside
    probabilities = softmax(scores)
    inner = tags.index("I")
    likeliest = probabilities.argmax(axis=1)
    before = np.concatenate([[0], likeliest[:-1]])
    if not ((likeliest == inner) & (before != inner) & (before != tags.index("B"))).any():
        return likeliest, probabilities
    log = np.log(probabilities + 1e-9)
    best, back = log[0].copy(), []
    best[inner] = -1e9
    for row in log[1:]:
        top = int(best.argmax())
        came = np.full(len(tags), top)
        value = np.full(len(tags), best[top])
        begun = tags.index("B") if best[tags.index("B")] >= best[inner] else inner
        came[inner], value[inner] = begun, best[begun]
        back.append(came)
        best = value + row
    path = [int(best.argmax())]
    for came in reversed(back):
        path.append(int(came[path[-1]]))
    return np.array(path[::-1], dtype=np.int64), probabilities


def tagged(out: Outputs, window: Window, layer: str, outside: float, tags: str) -> list[Tagged]:
    """Spans of one tag layer among the words of the window's focus."""
    words = np.nonzero(window.pieces.opens & (np.arange(len(window.pieces)) >= window.focus))[0]
    if not len(words):
        return []
    part = out.tags[:, TAGS[layer].start : TAGS[layer].end][words]
    path, probabilities = tag_path(part, outside, tags)
    owners = window.sentences[words]
    found: list[Tagged] = []
    stop = 0
    for at in np.nonzero(path)[0].tolist():
        if at < stop:
            continue
        tag, stop = tags[path[at]], at + 1
        while tag != "Q" and stop < len(path) and tags[path[stop]] == "I" and owners[stop] == owners[at]:
            stop += 1
        score = float(probabilities[np.arange(at, stop), path[at:stop]].mean())
        found.append(Tagged((int(words[at]), word_end(window, int(words[stop - 1]))), score, tag))
    return found


def word_end(window: Window, start: int) -> int:
    """One past the last piece of the word that opens at ``start``."""
    end = start + 1
    while end < len(window.pieces) and not window.pieces.opens[end] and window.sentences[end] == window.sentences[start]:
        end += 1
    return end


def stretches(logits: Floats, price: float) -> list[Tokens]:
    """Runs of positions that belong, by the best two-state path in which each change costs ``price``."""
    if np.maximum(logits, 0).sum() <= 2 * price:  # no run can pay for its beginning and its end
        return []
    stay, go, back = 0.0, -price, []
    for value in logits:
        from_stay, from_go = (stay, go - price), (stay - price, go)
        back.append((int(from_stay[1] > from_stay[0]), int(from_go[1] >= from_go[0])))
        stay, go = max(from_stay), max(from_go) + float(value)
    state = int(go - price > stay) if len(logits) else 0
    states = []
    for choice in reversed(back):
        states.append(state)
        state = choice[state]
    flags = np.array([0, *states[::-1], 0])
    edges = np.nonzero(np.diff(flags))[0]
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


class Decoder:
    """Decodes one window; ``text`` is the article's."""

    def __init__(self, weights: HeadWeights, thresholds: Thresholds, text: str, window: Window, out: Outputs):
        self.weights, self.limits, self.text, self.window, self.out = weights, thresholds, text, window, out

    def span(self, tokens: Tokens) -> Span:
        p = self.window.pieces
        return Span(int(p.starts[tokens[0]]), int(p.ends[tokens[1] - 1]))

    def marks(self, earlier: Sequence[Span] = ()) -> Marks:
        """Marks of the window's focus; the mentions ``earlier`` in its left context may serve as arguments."""
        find = self.limits
        mentions = [m for t in tagged(self.out, self.window, "actor", find.actor, "OBI") if (m := self.cleaned(t))]
        triggers = tagged(self.out, self.window, "trigger", find.trigger, "OBI")
        cues = tagged(self.out, self.window, "cue", find.cue, "OBIQ")
        places = tagged(self.out, self.window, "place", 0.0, "OBI")
        times = tagged(self.out, self.window, "time", 0.0, "OBI")
        actors = self.context_mentions(earlier) + [m.tokens for m in mentions]
        items = {"at": [p.tokens for p in places], "when": [t.tokens for t in times]}
        return Marks(
            mentions=self.mentions(mentions),
            triggers=self.triggers(triggers, actors, items),
            speeches=self.speeches(cues, actors),
            antecedents=self.antecedents([m.tokens for m in mentions], actors),
        )

    def cleaned(self, found: Tagged) -> Tagged | None:
        """A mention without a trailing possessive; None where nothing but an article is left."""
        start, end = found.tokens
        words = self.text[slice(*self.span(found.tokens))]
        if words.lower() in ARTICLES:
            return None
        possessive = re.search(r"['’](s)?$", words)
        pieces = (2 if possessive[1] else 1) if possessive else 0
        return found._replace(tokens=(start, end - pieces)) if 0 < pieces < end - start else found

    def context_mentions(self, earlier: Sequence[Span]) -> list[Tokens]:
        p = self.window.pieces
        real = (p.ends > p.starts) & (np.arange(len(p)) < self.window.focus)
        hits = [np.nonzero(real & (p.starts < span.end) & (p.ends > span.start))[0] for span in earlier]
        return [(int(hit[0]), int(hit[-1]) + 1) for hit in hits if len(hit)]

    def mentions(self, found: Sequence[Tagged]) -> tuple[Mention, ...]:
        if not found:
            return ()
        values = pooling([item.tokens for item in found], len(self.out.mentions)) @ self.out.mentions
        sectors, points = softmax(values[:, :-1]), sigmoid(values[:, -1])
        best = np.argsort(-sectors, axis=1, kind="stable")[:, :3]
        return tuple(
            Mention(
                self.span(item.tokens), item.score, tuple((SECTORS[i], round(float(sectors[n, i]), 4)) for i in best[n]), float(points[n])
            )
            for n, item in enumerate(found)
        )

    def triggers(self, found: Sequence[Tagged], actors: list[Tokens], items: dict[str, list[Tokens]]) -> tuple[Trigger, ...]:
        anchors = [t.tokens for t in found]
        if not anchors:
            return ()
        scores = self.probabilities(("who", "to", "by"), anchors, actors)
        scores |= self.probabilities(("at",), anchors, items["at"]) | self.probabilities(("when",), anchors, items["when"])
        scores |= self.weights.role_scores(self.out, TRIGGER_TOKEN_ROLES, anchors)
        return tuple(self.trigger(n, t, actors, items, scores) for n, t in enumerate(found))

    def probabilities(self, roles: Sequence[str], anchors: list[Tokens], items: list[Tokens]) -> dict[str, Floats]:
        return {r: sigmoid(v) for r, v in self.weights.role_scores(self.out, roles, anchors, items).items()}

    def trigger(self, n: int, found: Tagged, actors: list[Tokens], items: dict[str, list[Tokens]], scores: dict[str, Floats]) -> Trigger:
        arguments: dict[str, tuple[Argument, ...]] = {}
        first, last = self.sentence(found.tokens[0])
        for role in TRIGGER_SPAN_ROLES:  # the parties of an act stand in its sentence
            outside = [i for i, (a, _) in enumerate(items.get(role, actors)) if not first <= a < last]
            scores[role][n, outside] = 0.0
        who, to = scores["who"][n], scores["to"][n]
        chosen = {
            "who": [i for i in range(len(actors)) if who[i] >= self.limits.role and who[i] >= to[i]],
            "to": [i for i in range(len(actors)) if to[i] >= self.limits.role and to[i] > who[i]],
        }
        for role, picked in chosen.items():
            arguments[role] = tuple(Argument(self.span(actors[i]), float(scores[role][n][i])) for i in picked)
        for role in ("by", "at", "when"):
            arguments[role] = self.best(items.get(role, actors), scores[role][n])
        for role in TRIGGER_TOKEN_ROLES:
            spans = self.token_spans(scores[role][n], found.tokens[0], paragraph=False)
            arguments[role] = tuple(Argument(s, v) for s, v in spans[:1])
        values = self.out.acts[found.tokens[0] : found.tokens[1]].mean(axis=0)
        kinds = self.type_scores(values, [actors[i] for i in chosen["who"]], [actors[i] for i in chosen["to"]], found.tokens)
        order = np.argsort(-kinds, kind="stable")
        kind = TYPES[order[0]]
        status = softmax(values[ACTS["status"].start : ACTS["status"].end])
        return Trigger(
            span=self.span(found.tokens), score=found.score**self.limits.sureness, type=kind,
            type_score=float(kinds[order[0]]) ** self.limits.sureness,
            runner_up=TYPES[order[1]], mode=self.mode(values, kind), status=STATUSES[int(status.argmax())],
            status_score=float(status.max()), historical=float(sigmoid(values[ACTS["historical"].start :][:1])[0]),
            arguments=arguments,
        )  # fmt: skip

    def best(self, items: list[Tokens], scores: Floats) -> tuple[Argument, ...]:
        if not len(items) or scores.max() < self.limits.role:
            return ()
        top = int(scores.argmax())
        return (Argument(self.span(items[top]), float(scores[top])),)

    def type_scores(self, values: Floats, actors: list[Tokens], targets: list[Tokens], trigger: Tokens) -> Floats:
        """Type probabilities: the trigger's, sharpened by the relation of its actor and recipient where both stand."""
        kinds = softmax(values[ACTS["type"].start : ACTS["type"].end])
        if not actors or not targets or not self.limits.relation:
            return kinds
        within = self.sentence(trigger[0])
        pairs = [(a, t) for a in actors[:2] for t in targets[:2]]
        logits = self.weights.relation_scores(self.out, pairs, [within] * len(pairs))
        relation = relation_probabilities(logits)[:, 1:].mean(axis=0) + 1e-4
        mixed = np.log(kinds + 1e-6) + self.limits.relation * np.log(relation)
        return softmax(np.asarray(mixed, dtype=np.float32))

    def mode(self, values: Floats, kind: str) -> str | None:
        """The likeliest mode of the type, or None where the model is not sure enough of any."""
        if not MODES[kind]:
            return None
        at = ACTS["mode"].start
        shares = softmax(np.array([values[at + MODE_NAMES.index(f"{kind}/{m}")] for m in MODES[kind]], dtype=np.float32))
        return MODES[kind][int(shares.argmax())] if shares.max() >= self.limits.mode else None

    def sentence(self, token: int) -> Tokens:
        inside = np.nonzero(self.window.sentences == self.window.sentences[token])[0]
        return int(inside[0]), int(inside[-1]) + 1

    def paragraph(self, token: int) -> Tokens:
        """The pieces around ``token`` up to the next separators."""
        special = np.nonzero(self.window.sentences < 0)[0]
        before, after = special[special < token], special[special > token]
        return (int(before[-1]) + 1 if len(before) else 0, int(after[0]) if len(after) else len(self.window.pieces))

    def token_spans(self, logits: Floats, token: int, *, paragraph: bool) -> list[tuple[Span, float]]:
        first, last = self.paragraph(token) if paragraph else self.sentence(token)
        found = []
        for a, b in stretches(logits[first:last], self.limits.switch):
            span = self.trimmed(self.span((first + a, first + b)))
            if span is not None:
                found.append((span, float(sigmoid(logits[first + a : first + b].mean(keepdims=True))[0])))
        return sorted(found, key=lambda s: s[0])

    def trimmed(self, span: Span) -> Span | None:
        """The span without marks and blanks around it, widened to whole words."""
        start, end = span
        while start > 0 and self.text[start - 1].isalnum() and self.text[start].isalnum():
            start -= 1
        while end < len(self.text) and self.text[end - 1].isalnum() and self.text[end].isalnum():
            end += 1
        while start < end and (self.text[start].isspace() or self.text[start] in QUOTES + ",;:"):
            start += 1
        while end > start and (self.text[end - 1].isspace() or self.text[end - 1] in QUOTES + ",;:"):
            end -= 1
        return Span(start, end) if start < end else None

    def speeches(self, cues: Sequence[Tagged], actors: list[Tokens]) -> tuple[Speech, ...]:
        anchors = [c.tokens for c in cues]
        if not anchors:
            return ()
        scores = self.probabilities(CUE_SPAN_ROLES, anchors, actors)
        content = self.weights.role_scores(self.out, ("content",), anchors)["content"]
        found = []
        for n, cue in enumerate(cues):
            spans = self.token_spans(content[n], cue.tokens[0], paragraph=True)
            if spans:
                whole = self.span(cue.tokens)
                found.append(Speech(
                    cue=whole if cue.tag != "Q" else None, opening=whole.start, score=cue.score,
                    content=tuple(s for s, _ in spans),
                    arguments={r: self.best(actors, scores[r][n]) for r in CUE_SPAN_ROLES},
                ))  # fmt: skip
        return tuple(found)

    def antecedents(self, focus: list[Tokens], actors: list[Tokens]) -> dict[Span, Argument]:
        """The best antecedent of each mention among the others; whether it points at all says its ``anaphoric``."""
        found: dict[Span, Argument] = {}
        if len(actors) < 2 or not focus:
            return found
        scores = self.weights.role_scores(self.out, ("antecedent",), focus, actors)["antecedent"]
        for n, own in enumerate(focus):
            row = np.where([a == own for a in actors], -1e9, scores[n]).astype(np.float32)
            top = int(row.argmax())
            found[self.span(own)] = Argument(self.span(actors[top]), float(softmax(row)[top]))
        return found


def recent_mentions(parts: Sequence[Marks], window: Window) -> list[Span]:
    """Mentions of the windows before that stand in this one's left context, in text order."""
    found: list[Span] = []
    first = int(window.pieces.starts.min())
    for part in reversed(parts):
        found = [m.span for m in part.mentions if m.span.start >= first] + found
        if part.mentions and part.mentions[0].span.start < first:
            break
    return found


def decode_all(weights: HeadWeights, thresholds: Thresholds, text: str, encoded: Iterable[tuple[Window, Outputs]]) -> Marks:
    """The marks of a text from its windows and their token values, in order."""
    parts: list[Marks] = []
    for window, out in encoded:
        parts.append(Decoder(weights, thresholds, text, window, out).marks(recent_mentions(parts, window)))
    return merge(parts)


def merge(parts: Sequence[Marks]) -> Marks:
    """The marks of an article from those of its windows."""
    antecedents: dict[Span, Argument] = {}
    for part in parts:
        antecedents.update(part.antecedents)
    return Marks(
        mentions=tuple(m for p in parts for m in p.mentions), triggers=tuple(t for p in parts for t in p.triggers),
        speeches=tuple(s for p in parts for s in p.speeches), antecedents=antecedents,
    )  # fmt: skip
