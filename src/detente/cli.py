"""The command line: options here, one library call a command."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import cyclopts
from cyclopts import Parameter

from detente import commands, knowledge_commands
from detente.errors import DetenteError, InputError
from detente.export.registry import Format

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
def quotes(
    inputs: Annotated[
        list[str], Parameter(allow_leading_hyphen=True, help="Files (.txt, .html, .jsonl), folders, or - for JSON lines on standard input.")
    ],
    *,
    format: Annotated[Literal["table", "jsonl", "csv"], Parameter(help="How the statements are written.")] = "table",
    published: Annotated[str | None, Parameter(help="Day of publication, YYYY-MM-DD, where the input has none.")] = None,
    model: Annotated[ModelName | None, Parameter(help="Default: accurate where it is installed.")] = None,
    out: Annotated[Path | None, Parameter(help="Write to this file instead of standard output.")] = None,
    workers: Annotated[int, Parameter(help="Processes that code at once.")] = 1,
    batch: Annotated[int, Parameter(help="Articles handed to a worker at once.")] = 32,
) -> int:
    """List statements: who said what to whom, in which role, by whose report, and where it stands."""
    return commands.quotes(inputs, format=format, published=published, model=model, out=out, workers=workers, batch=batch)


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
def export(
    format: Annotated[Format, Parameter(help="What it is written as.")],
    *,
    lake: Annotated[str, Parameter(help="Folder or URL of the lake.")],
    out: Annotated[Path, Parameter(help="File to write; of csv, jsonl and parquet a folder with all tables where it has no suffix.")],
    every: Annotated[bool, Parameter(help="Also the codings that a newer one of the article has replaced.")] = False,
) -> int:
    """Write the record for other tools: tables, PLOVER, POLECAT, GDELT, ICEWS, maps, networks, FollowTheMoney, annotations."""
    return commands.export(format, lake=lake, out=out, every=every)


@app.command
def demo(
    *,
    folder: Annotated[Path, Parameter(help="Where the lake and the page go.")] = Path("detente-demo"),
    model: Annotated[ModelName | None, Parameter(help="Default: accurate where it is installed.")] = None,
) -> int:
    """Code forty dispatches on Afghanistan, 2020-2024, into a lake; print a dyad summary and write a page."""
    return commands.demo(folder, model=model)


knowledge = cyclopts.App(name="knowledge", help="What detente knows of names and offices: bring in more, and ask why.")
app.command(knowledge)


@knowledge.command(name="import")
def import_knowledge(
    files: Annotated[
        list[Path], Parameter(help="FollowTheMoney (OpenSanctions) JSON lines or a Wikidata JSON dump; .gz and .bz2 may stay packed.")
    ],
) -> int:
    """Take people, terms of office and organisations into your own tables, which lie over those of the package."""
    return knowledge_commands.import_knowledge(files)


@knowledge.command
def show(
    name: Annotated[str, Parameter(help="A whole name: a person, surname, state, organisation, group or role.")],
    *,
    on: Annotated[str | None, Parameter(help="The day to judge offices and standings at, YYYY-MM-DD.  Default: today.")] = None,
) -> int:
    """Explain what is known of a name at a date, from which source, and what else it could mean."""
    return knowledge_commands.show(name, on=on)


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
