"""The command line: options here, one library call a command."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import cyclopts
from cyclopts import Parameter

from detente import analysis_commands, commands, ingest_commands, knowledge_commands, lake_commands
from detente.analysis.periods import Step
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


LakeName = Annotated[str, Parameter(help="Folder or URL of the lake.")]
Since = Annotated[str | None, Parameter(help="First day, YYYY-MM-DD.  Default: that of the first article.")]
Until = Annotated[str | None, Parameter(help="Last day, YYYY-MM-DD.  Default: that of the last article.")]
Groups = Annotated[list[str] | None, Parameter(name="--group", help="A group of countries as NAME=USA,GBR,FRA; may be given again.")]
Plot = Annotated[str | None, Parameter(help="terminal, or a file that ends in .svg, .png or .pdf.")]
RowFormat = Annotated[Literal["table", "csv", "jsonl"], Parameter(help="How the rows are written.")]


@app.command
def sql(
    query: Annotated[str, Parameter(help="One select; the views and their columns: docs/analysis.md.")],
    *,
    lake: LakeName,
    format: RowFormat = "table",
) -> int:
    """Ask the lake in SQL: events, statements, articles, actors, codings, inputs, measures, dyads."""
    return analysis_commands.sql(query, lake=lake, format=format)


@app.command
def dyads(
    *,
    lake: LakeName,
    most: Annotated[int, Parameter(help="How many pairs.")] = 20,
    since: Since = None,
    until: Until = None,
    group: Groups = None,
    format: RowFormat = "table",
) -> int:
    """Who acts on whom most: events by quad class, and net cooperation with its 95 % interval."""
    return analysis_commands.dyads(lake=lake, most=most, since=since, until=until, group=group or [], format=format)


@app.command
def series(
    actor: Annotated[str, Parameter(help="A country's code or name, USA+GBR, a --group, or a name in the lake.")],
    recipient: Annotated[str, Parameter(help="Likewise.")],
    *,
    lake: LakeName,
    by: Annotated[Step, Parameter(help="Length of a period.")] = "month",
    both: Annotated[bool, Parameter(help="Also what the recipient does to the actor.")] = False,
    since: Since = None,
    until: Until = None,
    group: Groups = None,
    plot: Plot = None,
    format: RowFormat = "table",
) -> int:
    """What one party does to another over time, with a 95 % interval and what was read."""
    return analysis_commands.series(
        actor, recipient, lake=lake, by=by, both=both, since=since, until=until, group=group or [], plot=plot, format=format
    )


@app.command
def network(
    *,
    lake: LakeName,
    most: Annotated[int, Parameter(help="How many edges.")] = 50,
    least: Annotated[int, Parameter(help="Events that an edge must have.")] = 1,
    since: Since = None,
    until: Until = None,
    group: Groups = None,
    plot: Plot = None,
    format: RowFormat = "table",
) -> int:
    """Countries and what they do to each other: net cooperation as edges, with what limits it."""
    return analysis_commands.network(
        lake=lake, most=most, least=least, since=since, until=until, group=group or [], plot=plot, format=format
    )


@app.command
def ingest(
    sources: Annotated[
        list[str],
        Parameter(
            allow_leading_hyphen=True,
            help="Files (.txt, .html, .jsonl, .csv, .tsv, .parquet, .warc, .warc.gz), folders, http addresses, feed:URL, sitemap:URL, or -.",
        ),
    ],
    *,
    lake: Annotated[str, Parameter(help="Folder or URL of the lake; made where there is none.")],
    model: Annotated[ModelName | None, Parameter(help="Default: accurate where it is installed.")] = None,
    workers: Annotated[int, Parameter(help="Processes that code at once.")] = 1,
    published: Annotated[str | None, Parameter(help="Day of publication, YYYY-MM-DD, where the input has none.")] = None,
    column: Annotated[
        dict[str, str] | None, Parameter(help="Name of a table's column by field, as --column.text body; fields: id, text, title, …")
    ] = None,
) -> int:
    """Take sources into a lake: what stands there is passed over, so the same command goes on where it was stopped."""
    return ingest_commands.ingest(sources, lake=lake, model=model, workers=workers, published=published, columns=column)


@app.command
def watch(
    feeds: Annotated[Path, Parameter(help="TOML file with the feeds and the minutes between two looks.")],
    *,
    lake: Annotated[str, Parameter(help="Folder or URL of the lake; made where there is none.")],
    once: Annotated[bool, Parameter(help="Look at each feed once and end.")] = False,
    model: Annotated[ModelName | None, Parameter(help="Default: accurate where it is installed.")] = None,
    state: Annotated[Path | None, Parameter(help="File that remembers the feeds.  Default: watch.json in the lake's folder.")] = None,
) -> int:
    """Look at feeds again and again, take what is new into a lake, until stopped."""
    return ingest_commands.watch(feeds, lake=lake, model=model, once=once, state=state)


@app.command
def recode(
    *,
    lake: LakeName,
    model: Annotated[ModelName | None, Parameter(help="Default: accurate where it is installed.")] = None,
    workers: Annotated[int, Parameter(help="Processes that code at once.")] = 1,
) -> int:
    """Code every article of a lake again by the present coder, beside the old codings; the same command goes on where it was stopped."""
    return lake_commands.recode(lake, model=model, workers=workers)


@app.command
def diff(
    first: Annotated[str | None, Parameter(help="A coder version: the beginning of its model's hash, or a label as fast:abcd.")] = None,
    second: Annotated[str | None, Parameter(help="Likewise.  Without both the versions in the lake are listed.")] = None,
    *,
    lake: LakeName,
    format: Annotated[Literal["table", "jsonl"], Parameter(help="How the changes are written.")] = "table",
    most: Annotated[int, Parameter(help="How many changes a table shows with their sentences.")] = 20,
) -> int:
    """What two coder versions read differently in the same articles: events gained, lost and changed."""
    return lake_commands.diff(first, second, lake=lake, format=format, most=most)


Flag = Annotated[bool, Parameter(negative="")]


@app.command
def correct(
    events: Annotated[list[str], Parameter(help="Ids of events.")],
    *,
    lake: LakeName,
    why: Annotated[str, Parameter(help="What shows that it is so.")],
    accept: Annotated[Flag, Parameter(help="The event is right as it stands; ends a rejection.")] = False,
    reject: Annotated[Flag, Parameter(help="There is no such event.")] = False,
    merge: Annotated[Flag, Parameter(help="The events are one happening.")] = False,
    split: Annotated[Flag, Parameter(help="No two of the events are one happening.")] = False,
    fix: Annotated[list[str] | None, Parameter(help="FIELD=VALUE; lists with ; between, nothing for unknown.  May be given again.")] = None,
    who: Annotated[str | None, Parameter(help="Who says so.  Default: your login name.")] = None,
) -> int:
    """Accept, fix or reject coded events, or say which are one happening; the codings stay, and the correction holds over them."""
    kinds = {"accept": accept, "reject": reject, "merge": merge, "split": split}
    return lake_commands.correct(events, lake=lake, kinds=[k for k, given in kinds.items() if given], fixes=fix or [], why=why, who=who)


@app.command
def corrections(*, lake: LakeName) -> int:
    """All corrections of a lake as JSON lines, in the order they were made."""
    return lake_commands.corrections(lake)


keeping = cyclopts.App(name="lake", help="Keep a lake small and quick.")
app.command(keeping)


@keeping.command
def compact(*, lake: Annotated[str, Parameter(help="Folder or URL of the lake.")]) -> int:
    """Merge the small files of each table into few; nothing is lost, and earlier versions can still be read."""
    return ingest_commands.compact(lake)


@keeping.command
def vacuum(
    *,
    lake: Annotated[str, Parameter(help="Folder or URL of the lake.")],
    keep_days: Annotated[int, Parameter(help="Days whose versions can still be read afterwards.")],
) -> int:
    """Delete files that only older versions need, and what broken-off runs left behind."""
    return ingest_commands.vacuum(lake, keep_days=keep_days)


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
