"""A series or network as a matplotlib figure; the only module that needs the extra ``plot``."""

from __future__ import annotations

import io
import math
import textwrap
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch

from detente.analysis.dyads import Pair
from detente.analysis.network import Network
from detente.analysis.series import Period, Series

BLUE, ORANGE, GREY = "#2166ac", "#d95f0e", "#767676"
QUAD_COLOURS = ("#92c5de", "#2166ac", "#fdb863", "#d95f0e")
QUAD_NAMES = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
MARKS = 400  # events that are marked one by one, the strongest first


def rendered(figure: Figure, format: str) -> bytes:
    """The figure's file; the same figure gives the same SVG."""
    stream = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "detente", "svg.fonttype": "none"}):
        figure.savefig(stream, format=format, dpi=150, metadata={"Date": None} if format == "svg" else None)
    return stream.getvalue()


def series_figure(series: Series) -> Figure:
    """Net value with its interval and the events as marks; events by quad class; articles and outlets, gaps hatched."""
    figure = Figure(figsize=(9, 6.5), layout="constrained")
    line, quads, read = figure.subplots(3, 1, sharex=True, height_ratios=(4, 2, 1.3))
    figure.suptitle(f"{series.title}: net cooperation and conflict", x=0.01, ha="left")
    draw_net(line, series.periods)
    draw_marks(line, series)
    draw_quads(quads, series.periods)
    draw_coverage(read, series)
    for axes in (line, quads, read):
        draw_gaps(axes, series.periods)
        axes.spines[["top", "right"]].set_visible(False)
    locator = AutoDateLocator()
    read.xaxis.set_major_locator(locator)
    read.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    write_notes(figure, series.notes)
    return figure


def write_notes(figure: Figure, notes: Sequence[str]) -> None:
    """The limits, at the foot."""
    lines = [line for note in notes for line in textwrap.wrap(note, 150)]
    figure.supxlabel("\n".join(lines), fontsize=7, color=GREY, x=0.01, ha="left")


def at(day: date) -> float:
    return float(date2num(day))


def middle(p: Period) -> float:
    return (at(p.start) + at(p.end) + 1) / 2


def days(p: Period) -> float:
    return at(p.end) - at(p.start) + 1


def draw_net(axes: Axes, periods: tuple[Period, ...]) -> None:
    """The line, broken at gaps."""
    axes.axhline(0, color=GREY, linewidth=0.8)
    for known, stretch in groupby(periods, key=lambda p: p.net is not None):
        run = list(stretch)
        if known:
            x, net = [middle(p) for p in run], [p.net or 0.0 for p in run]
            low, high = [p.low or 0.0 for p in run], [p.high or 0.0 for p in run]
            axes.errorbar(x, net, [[n - v for n, v in zip(net, low, strict=True)], [v - n for n, v in zip(net, high, strict=True)]],
                          color=BLUE, linewidth=0, elinewidth=0.6, alpha=0.5)  # fmt: skip
            axes.fill_between(x, low, high, color=BLUE, alpha=0.18, linewidth=0)
            axes.plot(x, net, color=BLUE, linewidth=1.6, marker="o", markersize=2.5)
    axes.set_ylabel("net, 95 % interval")


def draw_marks(axes: Axes, series: Series) -> None:
    """A tick for each event at the panel's foot, cooperation above conflict."""
    rows = sorted(series.events.select(["day", "quad", "intensity"]).to_pylist(), key=lambda r: -abs(r["intensity"]))[:MARKS]
    for quad, colour in enumerate(QUAD_COLOURS, 1):
        x = [at(r["day"]) + 0.5 for r in rows if r["quad"] == quad]
        axes.plot(x, [0.05 if quad < 3 else 0.02] * len(x), "|", color=colour, markersize=6, transform=axes.get_xaxis_transform())


def draw_quads(axes: Axes, periods: tuple[Period, ...]) -> None:
    """Cooperation above zero, conflict below."""
    x, width = [middle(p) for p in periods], [days(p) * 0.9 for p in periods]
    for first, sign in ((0, 1), (2, -1)):
        base = [0.0] * len(periods)
        for quad in (first + 1, first):  # material acts next to the axis
            heights = [float(sign * p.quads[quad]) for p in periods]
            axes.bar(x, heights, width, base, color=QUAD_COLOURS[quad], label=QUAD_NAMES[quad])
            base = [b + h for b, h in zip(base, heights, strict=True)]
    axes.axhline(0, color=GREY, linewidth=0.8)
    axes.set_ylabel("events")
    axes.legend(fontsize=7, ncols=4, frameon=False, loc="upper left", bbox_to_anchor=(0, 1.2))


def draw_coverage(axes: Axes, series: Series) -> None:
    x, width = [middle(p) for p in series.periods], [days(p) * 0.9 for p in series.periods]
    axes.bar(x, [p.coverage.articles for p in series.periods], width, color=GREY, alpha=0.5, label="articles")
    axes.plot(x, [p.coverage.outlets for p in series.periods], color="black", linewidth=1, label="outlets")
    axes.set_ylabel("read")
    axes.legend(fontsize=7, ncols=2, frameon=False, loc="upper left", bbox_to_anchor=(0, 1.3))


def draw_gaps(axes: Axes, periods: tuple[Period, ...]) -> None:
    for p in periods:
        if p.gap:
            axes.axvspan(at(p.start), at(p.end + timedelta(days=1)), facecolor="none", edgecolor=GREY, hatch="///", linewidth=0, alpha=0.4)


def network_figure(network: Network) -> Figure:
    """Nodes on a circle; an arrow's width grows with events, it is dashed where the interval spans 0."""
    figure = Figure(figsize=(8, 8.5), layout="constrained")
    axes = figure.subplots()
    axes.set(xlim=(-1.25, 1.25), ylim=(-1.25, 1.25), aspect="equal")
    axes.axis("off")
    axes.set_title(f"{network.title}\nblue: cooperation, orange: conflict, dashed: the 95 % interval spans 0", loc="left", fontsize=10)
    turn = 2 * math.pi / max(len(network.nodes), 1)
    places = {n.code: (math.cos(i * turn), math.sin(i * turn)) for i, n in enumerate(network.nodes)}
    most = max((e.events for e in network.edges), default=1)
    for edge in network.edges:
        axes.add_patch(arrow(edge, places, most))
    for node in network.nodes:
        x, y = places[node.code]
        axes.plot([x], [y], "o", color=GREY, markersize=4 + 10 * math.sqrt((node.did + node.received) / (2 * most)))
        axes.annotate(node.name, (x * 1.08, y * 1.08), ha="left" if x > 0 else "right", va="center", fontsize=8)
    write_notes(figure, network.notes)
    return figure


def arrow(edge: Pair, places: dict[str, tuple[float, float]], most: int) -> FancyArrowPatch:
    return FancyArrowPatch(
        places[edge.actor], places[edge.recipient], connectionstyle="arc3,rad=0.12", arrowstyle="-|>", mutation_scale=9, shrinkA=7,
        shrinkB=7, linewidth=0.6 + 3 * edge.events / most, linestyle="-" if edge.sure else "--", color=BLUE if edge.net > 0 else ORANGE,
        alpha=0.7,
    )  # fmt: skip
