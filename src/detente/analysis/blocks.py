"""A series or network drawn in characters: blue for cooperation, orange for conflict, hatched where nothing was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.text import Text

from detente.analysis.network import Network
from detente.analysis.series import Period, Series

HEIGHT = 13
LEVELS = " ▁▂▃▄▅▆▇█"
MARGIN = 9  # of the scale's numbers
WIDEST = 4  # characters of a period
ACTORS = 14  # of a network's matrix
COOPERATION, CONFLICT, FAINT = "blue", "dark_orange", "dim"
BANDS = (("v coop", "cyan"), ("m coop", "blue"), ("v conf", "yellow"), ("m conf", "dark_orange"))


class Column(NamedTuple):
    """One or more periods that share a column: net is their mean, the interval spans theirs; None in a gap."""

    net: float | None
    low: float
    high: float
    quads: tuple[int, ...]
    articles: int
    gap: bool


def series_lines(series: Series, width: int) -> Iterator[Text]:
    """Title, line with interval, events by quad class, articles read, the days and the notes."""
    yield Text(f"{series.title}: net cooperation (+) and conflict (-), 95 % interval", style="bold")
    if series.periods:
        room = max(width - MARGIN - 1, 10)
        grouped = columns(series.periods, room)
        wide = min(WIDEST, room // len(grouped))
        yield from net_lines(grouped, wide)
        for number, (name, style) in enumerate(BANDS):
            yield bars(name, [c.quads[number] for c in grouped], grouped, wide, style)
        yield bars("articles", [c.articles for c in grouped], grouped, wide, "default")
        first, last = series.periods[0].start.isoformat(), series.periods[-1].end.isoformat()
        yield Text(" " * MARGIN + first + last.rjust(max(len(grouped) * wide - len(first), len(last) + 1)), style=FAINT)
        if any(c.gap for c in grouped):
            yield Text("╱ no article read", style=FAINT)
    yield from notes(series.notes)


def columns(periods: Sequence[Period], most: int) -> list[Column]:
    size = -(-len(periods) // most)
    return [column(periods[at : at + size]) for at in range(0, len(periods), size)]


def column(periods: Sequence[Period]) -> Column:
    known = [(p.net, p.low, p.high) for p in periods if p.net is not None and p.low is not None and p.high is not None]
    quads = tuple(sum(p.quads[n] for p in periods) for n in range(4))
    articles = sum(p.coverage.articles for p in periods)
    if not known:
        return Column(None, 0.0, 0.0, quads, articles, True)
    net = sum(k[0] for k in known) / len(known)
    return Column(net, min(k[1] for k in known), max(k[2] for k in known), quads, articles, articles == 0)


def net_lines(grouped: Sequence[Column], wide: int) -> Iterator[Text]:
    top, bottom = max(1.0, *(c.high for c in grouped)), min(-1.0, *(c.low for c in grouped))
    step = (top - bottom) / (HEIGHT - 1)
    zero = round(top / step)
    for row in range(HEIGHT):
        label = {0: f"{top:+.1f}", zero: "0", HEIGHT - 1: f"{bottom:+.1f}"}.get(row, "")
        line = Text(f"{label:>{MARGIN - 1}} ", style=FAINT)
        for c in grouped:
            line.append(*cell(c, row, zero, top, step, wide))
        yield line


def cell(c: Column, row: int, zero: int, top: float, step: float, wide: int) -> tuple[str, str]:
    """The characters of a column in a row, and their style."""
    if c.net is None:
        return "╱" * wide, FAINT
    if row == round((top - c.net) / step):
        return "━" * wide, f"bold {COOPERATION if c.net > 0 else CONFLICT if c.net < 0 else 'default'}"
    if round((top - c.high) / step) <= row <= round((top - c.low) / step):
        return "░" * wide, COOPERATION if row < zero else CONFLICT if row > zero else "default"
    return ("─" if row == zero else " ") * wide, FAINT


def bars(name: str, counts: Sequence[int], grouped: Sequence[Column], wide: int, style: str) -> Text:
    """A line of bars as high as the counts, with the highest count at its end."""
    most = max(counts)
    line = Text(f"{name:>{MARGIN - 1}} ", style=FAINT)
    for count, c in zip(counts, grouped, strict=True):
        gap = c.gap and not count
        line.append(("╱" if gap else LEVELS[-(-count * 8 // most) if most else 0]) * wide, FAINT if gap else style)
    return line.append(f" {most}", FAINT)


def network_lines(network: Network, width: int) -> Iterator[Text]:
    """A matrix of the countries with most events, rows act on columns; then the notes."""
    yield Text(f"{network.title} (row on column; · where the interval spans 0)", style="bold")
    busiest = sorted(network.nodes, key=lambda n: (-(n.did + n.received), n.code))
    shown = [n.code for n in busiest[: max(2, min(ACTORS, (width - MARGIN) // 8))]]
    edges = {(e.actor, e.recipient): e for e in network.edges}
    if shown:
        yield Text(" " * MARGIN + "".join(f"{code[:6]:>8}" for code in shown), style=FAINT)
    for actor in shown:
        line = Text(f"{actor[: MARGIN - 1]:<{MARGIN}}")
        for recipient in shown:
            edge = edges.get((actor, recipient))
            text = f"{edge.net:+.1f}{' ' if edge.sure else '·'}" if edge else ""
            line.append(f"{text:>8}", COOPERATION if edge and edge.net > 0 else CONFLICT)
        yield line
    hidden = len(network.nodes) - len(shown)
    yield from notes(([f"{hidden} more countries are not drawn"] if hidden > 0 else []) + list(network.notes))


def notes(texts: Iterable[str]) -> Iterator[Text]:
    return (Text(f"Note: {text}", style=FAINT) for text in texts)
