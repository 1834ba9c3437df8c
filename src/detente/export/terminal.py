"""A Doc as lines for the terminal: one act or statement a paragraph, at any width."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.document import Doc, Event, Span, Statement
from detente.lake.dyads import Dyad
from detente.ontology import TYPE_INFO
from detente.record.rows import named

QUAD_STYLES = {1: "bold cyan", 2: "bold blue", 3: "bold yellow", 4: "bold dark_orange"}


def who(doc: Doc, spans: Sequence[Span]) -> str:
    """The parties with their codes: "United States (USA GOV), Qatar (QAT GOV)"."""
    parts: list[str] = []
    for span in spans:
        actor = doc.actors.get(span)
        codes = " ".join(c for c in (actor.country, actor.sector) if c) if actor else ""
        parts.append(f"{named(doc, span)}{f' ({codes})' if codes else ''}")
    return ", ".join(dict.fromkeys(parts)) or "—"


def status(e: Event) -> str:
    return e.status + (", historical" if e.historical else "") + (", headline" if e.headline else "")


def where_when(doc: Doc, e: Event) -> str:
    place, time = doc.places.get(e.place) if e.place else None, doc.times.get(e.time) if e.time else None
    day = time and (time.start_date.isoformat() if time.start_date else doc.words(time.span))
    return "; ".join(x for x in (place and (place.name or doc.words(place.span)), day) if x)


def source(doc: Doc, e: Event) -> str:
    return named(doc, e.claimed_by) or ""


def event_lines(doc: Doc, e: Event) -> Text:
    """The act with its parties, and below it what is known besides."""
    arrow = f" → {who(doc, e.recipients)}" if e.recipients else ""
    text = Text(e.type + (f"/{e.mode}" if e.mode else ""), style=QUAD_STYLES[TYPE_INFO[e.type].quad])
    text.append(f"  {who(doc, e.actors)}{arrow}\n", style="default not bold")
    facts = [f"“{doc.words(e.trigger)}”", status(e)]
    facts += [f"{name}: {doc.words(s)}" for name, s in (("if", e.condition), ("with", e.instrument), ("what", e.threatened)) if s]
    facts += [x for x in (where_when(doc, e), f"according to {source(doc, e)}" if e.claimed_by else "") if x]
    text.append("   " + " · ".join(facts) + f"  {e.score:.2f}", style="default not bold dim")
    return text


def statement_lines(doc: Doc, s: Statement) -> Text:
    """The speaker with the cue, and below them the words."""
    text = Text(who(doc, [s.speaker]) if s.speaker else "somebody unnamed", style="bold")
    facts = [s.kind, f"“{doc.words(s.cue)}”" if s.cue else "no cue"]
    facts += [f"to {who(doc, [s.addressee])}"] if s.addressee else []
    facts += [f"reported by {named(doc, s.reported_by)}"] if s.reported_by else []
    text.append(f"  {' · '.join(facts)}  {s.score:.2f}\n", style="default not bold dim")
    text.append("   " + " … ".join(doc.words(c) for c in s.content), style="default not bold")
    return text


def print_doc(console: Console, doc: Doc) -> None:
    """Prints the article's heading, its events and its statements."""
    a = doc.article
    heading = " · ".join(x for x in (a.title or a.id, a.publisher, a.published.isoformat() if a.published else None) if x)
    console.rule(Text(heading), align="left")
    if not doc.events and not doc.statements:
        console.print("no event")
    for title, lines in (
        ("Events", [event_lines(doc, e) for e in doc.events]),
        ("Statements", [statement_lines(doc, s) for s in doc.statements]),
    ):
        if lines:
            console.print(Text(title, style="underline"))
            for line in lines:
                console.print(Padding(line, (0, 0, 0, 1)), soft_wrap=False)


def dyad_table(dyads: Sequence[Dyad]) -> Table:
    """Country pairs with their counts by quad class and mean intensity."""
    table = Table(title="Who to whom: events by quad class (verbal, material; cooperation, conflict)", title_justify="left")
    for name in ("who", "to"):
        table.add_column(name, no_wrap=True)
    for name in ("events", "v coop", "m coop", "v conf", "m conf", "mean intensity"):
        table.add_column(name, justify="right", no_wrap=True)
    for d in dyads:
        table.add_row(d.actor, d.recipient, str(d.events), *map(str, d.quads), f"{d.intensity:+.1f}")
    return table
