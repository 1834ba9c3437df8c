"""The command line: options here, one library call a command."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import cyclopts
from cyclopts import Parameter

from detente import commands
from detente.errors import DetenteError, InputError

app = cyclopts.App(
    name="detente", help="Who did what to whom, who said what about whom: an auditable record from news.", version=commands.version_line
)

ModelName = Literal["accurate", "fast"]


@app.command
def code(
    inputs: Annotated[
        list[str], Parameter(allow_leading_hyphen=True, help="Files (.txt, .html, .jsonl), folders, or - for JSON lines on standard input.")
    ],
    *,
    format: Annotated[Literal["jsonl", "table", "html"], Parameter(help="How the record is written.")] = "table",
    published: Annotated[str | None, Parameter(help="Day of publication, YYYY-MM-DD, where the input has none.")] = None,
    model: Annotated[ModelName | None, Parameter(help="Default: accurate where it is installed.")] = None,
    lake: Annotated[
        str | None, Parameter(help="Also append articles and codings to the Delta tables in this folder or at this URL.")
    ] = None,
    out: Annotated[Path | None, Parameter(help="Write to this file instead of standard output.")] = None,
    workers: Annotated[int, Parameter(help="Processes that code at once.")] = 1,
    batch: Annotated[int, Parameter(help="Articles handed to a worker at once.")] = 32,
) -> int:
    """Code articles: events, statements, actors, places and times, each with the words it comes from."""
    return commands.code(inputs, format=format, published=published, model=model, lake=lake, out=out, workers=workers, batch=batch)


@app.command
def relate(
    pairs: Annotated[
        str, Parameter(allow_leading_hyphen=True, help="JSON lines: uid, text, source_span, target_span; - for standard input.")
    ],
    *,
    model: Annotated[ModelName | None, Parameter(help="Default: accurate where it is installed.")] = None,
) -> int:
    """The act between two given spans of each line, as JSON lines: uid, type, mode, score."""
    return commands.relate(pairs, model=model)


@app.command
def demo(
    *,
    folder: Annotated[Path, Parameter(help="Where the lake and the page go.")] = Path("detente-demo"),
    model: Annotated[ModelName | None, Parameter(help="Default: accurate where it is installed.")] = None,
) -> int:
    """Code forty dispatches on Afghanistan, 2020-2024, into a lake; print a dyad summary and write a page."""
    return commands.demo(folder, model=model)


@app.command
def version() -> None:
    """Versions of detente, its model and its knowledge."""
    print(commands.version_line())


def main(arguments: list[str] | None = None) -> None:
    """Runs a command; exit code 2 for wrong usage, 1 for failed work, 0 otherwise."""
    try:
        result = app(arguments, result_action="return_value")
    except InputError as error:
        print(f"detente: {error}", file=sys.stderr)
        sys.exit(2)
    except DetenteError as error:
        print(f"detente: {error}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(result if isinstance(result, int) else 0)


if __name__ == "__main__":
    main()
