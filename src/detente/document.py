"""The document model: one ``Doc`` travels through the coder, and each stage adds one layer to it.

All offsets are code points into ``Article.text``, end exclusive.  All types are frozen; a layer is set once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from detente.errors import DetenteError


class Span(NamedTuple):
    """A stretch of an article's text: code points, end exclusive."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, kw_only=True)
class Article:
    """One text as it was given, with what is known about it; ``id`` is the caller's or a hash of the content."""

    id: str
    text: str
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    path: str | None = None
    flags: tuple[str, ...] = ()


class NotBody(NamedTuple):
    """A stretch that is no body text: headline, dateline, byline, caption, promo, copyright, correction."""

    span: Span
    kind: str


class Sentence(NamedTuple):
    span: Span
    paragraph: int


class Mention(NamedTuple):
    """An actor mention as the model marks it.

    ``sectors`` are (name, probability), best first; ``anaphoric`` is the probability that it points back.
    """

    span: Span
    score: float
    sectors: tuple[tuple[str, float], ...] = ()
    anaphoric: float = 0.0


class Argument(NamedTuple):
    """A span in a role of a trigger or cue, with its probability."""

    span: Span
    score: float


@dataclass(frozen=True, kw_only=True)
class Trigger:
    """The words that name an act, what the model reads in them, and their arguments by role."""

    span: Span
    score: float
    type: str
    type_score: float
    runner_up: str
    mode: str | None
    status: str
    status_score: float
    historical: float
    arguments: Mapping[str, tuple[Argument, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Speech:
    """A cue (or the opening of a quotation without one) and what hangs on it."""

    cue: Span | None
    opening: int
    score: float
    content: tuple[Span, ...]
    arguments: Mapping[str, tuple[Argument, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Marks:
    """All that the model marked in an article, in text order."""

    mentions: tuple[Mention, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    speeches: tuple[Speech, ...] = ()
    antecedents: Mapping[Span, Argument] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A mention with what it stands for at the article's date; each field may be unknown (None)."""

    span: Span
    name: str | None = None
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    current: bool | None = None  # whether the role was held at the article's date; None where unknown or not yet
    refers_to: Span | None = None
    score: float = 0.0
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Place:
    span: Span
    name: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str = "unknown"


@dataclass(frozen=True, kw_only=True)
class Time:
    """Calendar dates of an expression, both ends inclusive; precision is day, week, month, year, range or unknown."""

    span: Span
    start_date: date | None = None
    end_date: date | None = None
    precision: str = "unknown"


@dataclass(frozen=True, kw_only=True)
class Statement:
    id: str
    kind: str
    speaker: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    addressee: Span | None = None
    reported_by: Span | None = None
    score: float = 0.0
    described: Span | None = None  # the speaker with what is apposed to the name


@dataclass(frozen=True, kw_only=True)
class Event:
    """One coded act: spans only; actors, places and times are resolved in layers of their own."""

    id: str
    type: str
    mode: str | None
    status: str
    historical: bool
    headline: bool
    score: float
    trigger: Span
    sentence: Span
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    place: Span | None = None
    time: Span | None = None
    instrument: Span | None = None
    condition: Span | None = None
    threatened: Span | None = None
    claimed_by: Span | None = None
    same_as: str | None = None
    runner_up: str | None = None
    statement_id: str | None = None  # the statement that makes the event or in whose content it lies


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One instrument of pressure that an event imposes, extends, eases, lifts or threatens."""

    id: str
    event: str
    kind: str
    status: str
    instrument: Span
    senders: tuple[Span, ...]
    targets: tuple[Span, ...]
    object: Span | None = None
    authority: Span | None = None
    start: Span | None = None
    end: Span | None = None
    score: float = 0.0


class LayerError(DetenteError):
    """A stage set a layer twice or read one that no stage has set."""


LAYERS = (
    "not_body", "sentences", "marks", "references", "actors", "statements", "events", "measures", "places", "times",
)  # fmt: skip


@dataclass(frozen=True)
class Doc:
    """An article and the layers coded so far; see ``LAYERS`` for their order."""

    article: Article
    layers: Mapping[str, Any] = field(default_factory=dict)

    def with_layer(self, name: str, value: Any) -> Doc:
        """A new Doc that has the layer too."""
        if name not in LAYERS:
            raise LayerError(f"{name!r} is no layer; the layers are {', '.join(LAYERS)}")
        if name in self.layers:
            raise LayerError(f"layer {name!r} of article {self.article.id!r} is set already; a layer is set once")
        return replace(self, layers={**self.layers, name: value})

    def layer(self, name: str) -> Any:
        if name not in self.layers:
            raise LayerError(f"layer {name!r} of article {self.article.id!r} is not set; run the stages before it")
        return self.layers[name]

    def words(self, span: Span) -> str:
        return self.article.text[span.start : span.end]

    @property
    def not_body(self) -> tuple[NotBody, ...]:
        return self.layer("not_body")  # type: ignore[no-any-return]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return self.layer("sentences")  # type: ignore[no-any-return]

    @property
    def marks(self) -> Marks:
        return self.layer("marks")  # type: ignore[no-any-return]

    @property
    def references(self) -> Mapping[Span, Span]:
        return self.layer("references")  # type: ignore[no-any-return]

    @property
    def actors(self) -> Mapping[Span, Actor]:
        return self.layer("actors")  # type: ignore[no-any-return]

    @property
    def statements(self) -> tuple[Statement, ...]:
        return self.layer("statements")  # type: ignore[no-any-return]

    @property
    def events(self) -> tuple[Event, ...]:
        return self.layer("events")  # type: ignore[no-any-return]

    @property
    def measures(self) -> tuple[Measure, ...]:
        return self.layer("measures")  # type: ignore[no-any-return]

    @property
    def places(self) -> Mapping[Span, Place]:
        return self.layer("places")  # type: ignore[no-any-return]

    @property
    def times(self) -> Mapping[Span, Time]:
        return self.layer("times")  # type: ignore[no-any-return]

    def _repr_html_(self) -> str:
        from detente.export.page import fragment

        return fragment(self)
