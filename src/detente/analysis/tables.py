"""Pairs and periods as tables for the terminal, narrow enough for 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text

from detente.analysis.dyads import Pair
from detente.analysis.series import Period

COUNTS = ("events", "v coop", "m coop", "v conf", "m conf")


def pair_table(pairs: Iterable[Pair]) -> Table:
    """Who to whom, with counts by quad class, net value and interval."""
    table = headed(("who", "to"), (*COUNTS, "mean", "net", "95 %"))
    for p in pairs:
        counts = map(str, (p.events, *p.quads))
        table.add_row(Text(p.actor), Text(p.recipient), *counts, f"{p.intensity:+.1f}", f"{p.net:+.1f}", span(p.low, p.high))
    return table


def period_table(periods: Iterable[Period]) -> Table:
    """Periods with counts by quad class, net value, interval and what was read."""
    table = headed(("from",), (*COUNTS, "net", "95 %", "read", "outlets"))
    for p in periods:
        counts = [str(n) if n else "" for n in (p.events, *p.quads)]
        value = ["gap", ""] if p.net is None or p.low is None or p.high is None else [f"{p.net:+.1f}", span(p.low, p.high)]
        read = [str(p.coverage.articles or ""), str(p.coverage.outlets or "")]
        table.add_row(p.start.isoformat(), *counts, *value, *read, style="dim" if p.net is None else None)
    return table


def headed(words: Sequence[str], numbers: Sequence[str]) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0))
    for name in words:
        table.add_column(name, no_wrap=True)
    for name in numbers:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def span(low: float, high: float) -> str:
    return f"{low:+.1f}…{high:+.1f}"
