"""A picture of a series or network: SVG in a notebook, a file where saved, characters in the terminal."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from detente.analysis import blocks
from detente.analysis.network import Network
from detente.analysis.series import Series
from detente.errors import InputError, SetupError

FORMATS = ("svg", "png", "pdf")


@dataclass(frozen=True)
class Picture:
    """What is drawn; nothing is drawn before it is shown."""

    of: Series | Network

    def save(self, path: str | Path) -> Path:
        """Writes an SVG, PNG or PDF file by its suffix.  Raises InputError for another one, SetupError without matplotlib."""
        target = Path(path)
        format = target.suffix.lower().removeprefix(".")
        if format not in FORMATS:
            raise InputError(f"{target} can't be a picture; end its name in .{', .'.join(FORMATS)}")
        data = self._draw(format)
        try:
            target.write_bytes(data)
        except OSError as error:
            raise InputError(f"{target} can't be written: {error.strerror}; choose another file") from error
        return target

    def print(self, console: Console) -> None:
        """Draws in characters, as wide as the console."""
        draw = blocks.network_lines(self.of, console.width) if isinstance(self.of, Network) else blocks.series_lines(self.of, console.width)
        for line in draw:
            console.print(line, soft_wrap=True, highlight=False)

    def __repr__(self) -> str:
        console = Console(file=io.StringIO(), width=100, force_terminal=False, color_system=None)
        self.print(console)
        found = console.file
        return found.getvalue() if isinstance(found, io.StringIO) else ""

    def _repr_svg_(self) -> str | None:
        """What a notebook shows; None, and so the characters, without matplotlib."""
        try:
            return self._draw("svg").decode()
        except SetupError:
            return None

    def _draw(self, format: str) -> bytes:
        try:
            from detente.analysis import plots
        except ImportError as error:
            raise SetupError(f"pictures need matplotlib ({error}); install detente[plot]") from error
        figure = plots.network_figure(self.of) if isinstance(self.of, Network) else plots.series_figure(self.of)
        return plots.rendered(figure, format)
