"""A report: one coded event of one article, with what is needed to tell whether two are one happening."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from detente.collapse.words import numbers, stem, stems, tolls
from detente.lake.corrections import corrected, read_corrections
from detente.lake.store import Lake

Row = Mapping[str, Any]
DAY = timedelta(days=1)
LONGEST = 7  # days of a window that is compared day by day
UNDATED = date(1, 1, 1)
ARTICLES = frozenset({"the", "a", "an", "of", "and", "'s", "in", "for"})


@dataclass(frozen=True, kw_only=True)
class Report:
    """An event as an article tells it; sides are parallel tuples, and each field may be unknown (None, empty).

    ``start`` and ``end`` are the event's own calendar dates, both inclusive; ``lat`` and ``lon`` are degrees.
    """

    event_id: str
    article_id: str
    outlet: str | None = None
    published: date | None = None
    start: date | None = None
    end: date | None = None
    time_precision: str | None = None
    type: str = ""
    mode: str | None = None
    status: str = "actual"
    actor_names: tuple[str, ...] = ()
    actor_countries: tuple[str | None, ...] = ()
    recipient_names: tuple[str, ...] = ()
    recipient_countries: tuple[str | None, ...] = ()
    place: str | None = None
    place_country: str | None = None
    lat: float | None = None
    lon: float | None = None
    trigger: str | None = None
    sentence: str = ""
    same_as: str | None = None

    @cached_property
    def stems(self) -> dict[str, float]:
        """Stems of the sentence with their rarity."""
        return stems(self.sentence)

    @cached_property
    def trigger_stems(self) -> frozenset[str]:
        return frozenset(w for w, rare in stems(self.trigger or "").items() if rare > 2.5)

    @cached_property
    def numbers(self) -> frozenset[int]:
        return numbers(self.sentence)

    @cached_property
    def tolls(self) -> dict[str, int]:
        return tolls(self.sentence)

    @cached_property
    def actors(self) -> tuple[frozenset[str], ...]:
        return tuple(name_words(n) for n in self.actor_names)

    @cached_property
    def recipients(self) -> tuple[frozenset[str], ...]:
        return tuple(name_words(n) for n in self.recipient_names)

    @cached_property
    def place_words(self) -> frozenset[str]:
        return name_words(self.place or "")

    @cached_property
    def dated(self) -> bool:
        """True where the event's own date is known to the day or nearly so."""
        return self.start is not None and ((self.end or self.start) - self.start).days < LONGEST

    @cached_property
    def window(self) -> tuple[date, date] | None:
        """First and last day on which it may have happened: its own dates, else the day of publication and that before."""
        if self.start is not None:
            end = max(self.start, self.end or self.start)
            if self.published and not self.dated and self.start <= self.published <= end:
                return max(self.start, self.published - LONGEST * DAY), self.published
            return self.start, end
        return (self.published - DAY, self.published) if self.published and self.published > UNDATED else None

    @cached_property
    def order(self) -> tuple[date, str]:
        """By day of publication, those without one last; then by the event's id, which is a hash of its content."""
        return self.published or date.max, self.event_id


def name_words(name: str) -> frozenset[str]:
    """The stems of a name's words, without articles."""
    words = (w.strip(".,'’\"") for w in name.replace("’s", "").replace("'s", "").split())
    return frozenset(stem(w) for w in words if w and w.casefold() not in ARTICLES)


def outlet_of(article: Row) -> str | None:
    """The publisher of an article's row, or the host of its URL."""
    host = urlsplit(article.get("url") or "").hostname
    return article.get("publisher") or (host.removeprefix("www.") if host else None)


def make_report(event: Row, article: Row | None = None) -> Report:
    """A report from an event's row and its article's row, by the columns of ``record/schemas.py``."""
    same = ("event_id", "article_id", "published", "type", "mode", "place", "place_country", "lat", "lon", "trigger",
            "same_as", "time_precision")  # fmt: skip
    sides = ("actor_names", "actor_countries", "recipient_names", "recipient_countries")
    return Report(
        **{name: event.get(name) for name in same}, **{name: tuple(event.get(name) or ()) for name in sides},  # type: ignore[arg-type]
        start=event.get("start_date"), end=event.get("end_date"), status=event.get("status") or "actual",
        sentence=event.get("sentence") or "", outlet=outlet_of(article) if article else None,
    )  # fmt: skip


def make_reports(events: Iterable[Row], articles: Iterable[Row]) -> list[Report]:
    """Reports of event rows, each event once, in order of publication; of an article given twice the last row counts."""
    known = {a["article_id"]: a for a in articles}
    once = {e["event_id"]: e for e in events}
    return sorted((make_report(e, known.get(e["article_id"])) for e in once.values()), key=lambda r: r.order)


def read_reports(lake: Lake) -> list[Report]:
    """Reports of a lake: of each article the events of the coding that was written last, with the corrections laid over them."""
    codings = lake.read("codings").select(["coding_id", "article_id", "written"]).to_pylist()
    newest = {c["article_id"]: c["coding_id"] for c in sorted(codings, key=lambda c: c["written"] or 0)}
    counted = set(newest.values())
    events = (e for e in corrected(lake.read("events"), read_corrections(lake)).to_pylist() if e["coding_id"] in counted)
    return make_reports(events, lake.read("articles").select(["article_id", "publisher", "url"]).to_pylist())
