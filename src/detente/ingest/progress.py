"""Shows on standard error how far a run is: counts, rate and time left."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from detente.ingest.counts import Counts

LINE_SECONDS = 30.0  # between two lines where no bar can be drawn


class Board:
    """A bar on a terminal, else a line now and then; ``total`` is the size of all there is to read, in bytes."""

    def __init__(self, total: int, console: Console | None = None):
        self._total = max(1, total)
        self._console = console or Console(stderr=True)
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        self._bar = Progress(*columns, console=self._console, transient=True, disable=not self._console.is_terminal)
        self._task = self._bar.add_task("reading", total=self._total)
        self._start = self._line = time.monotonic()
        self._read_before = 0

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._bar.stop()

    def show(self, counts: Counts, done: int) -> None:
        seconds = time.monotonic() - self._start
        words = describe(counts, done / self._total, seconds)
        self._bar.update(self._task, completed=done, description=words)
        if not self._console.is_terminal and time.monotonic() - self._line > LINE_SECONDS:
            self._line = time.monotonic()
            say(self._console, f"detente: {words}")


def describe(counts: Counts, part: float, seconds: float) -> str:
    """Inputs so far, inputs a second, and the time left if the rest goes as fast as the ``part`` that is done."""
    rate = f"{counts.read / seconds:,.1f} a second" if seconds > 0 else ""
    left = seconds * (1 - part) / part if part > 0 else None
    return f"{counts.read:,} inputs, {rate}, {'' if left is None else f'{span(left)} left'}".rstrip(", ")


def span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def say(console: Console, text: str) -> None:
    """Prints words as they are: no wrapping, no markup."""
    console.print(text, soft_wrap=True, highlight=False, markup=False)
