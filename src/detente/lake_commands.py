"""What the commands do that code a lake again, compare its coder versions, and correct its events."""

from __future__ import annotations

import getpass
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.analysis_commands import cell
from detente.coding.coder import Coder
from detente.commands import coded_by
from detente.errors import InputError
from detente.export.cells import dumps
from detente.ingest.counts import Counts
from detente.ingest.progress import Board, say
from detente.ingest.run import Ingest, Pace
from detente.ingest.stopping import Stop
from detente.ingest.stored import count_stored, stored
from detente.ingest_commands import code_of
from detente.lake import corrections as lake_corrections
from detente.lake.differences import FIELDS, Change, Totals, as_json, changes
from detente.lake.store import open_lake
from detente.lake.versions import SHORT, Version, find_version, find_versions, label, shared
from detente.ontology import TYPES

SIGNS = {"gained": "+", "lost": "−", "changed": "~"}
OFTEN = 3  # of the ways in which a field changed, those that are shown


def recode(lake: str, *, model: str | None, workers: int) -> int:
    """Codes each article of the lake by the present coder; 1 where one was rejected, 130 or 143 where a signal ended it."""
    if workers < 1:
        raise InputError(f"workers ({workers}) must be at least 1")
    store = open_lake(lake)
    store.check()
    with Stop() as stop:
        coder = Coder(model)
        with Board(count_stored(store)) as board:
            run = Ingest(store, coder, coded_by(coder), pace=Pace(workers=workers), stop=stop, show=board.show)
            try:
                run.take(stored(store))
            finally:
                say(Console(stderr=True), f"detente: {recoded(run.counts)}")
    return code_of(run)


def recoded(counts: Counts) -> str:
    e = counts.ends
    told = f"{e['coded']:,} coded + {e['no_event']:,} no event + {e['rejected']:,} rejected + {e['there']:,} coded by this coder before"
    return f"{counts.ended:,} articles = {told}{'; run again to take the others' if counts.open else ''}"


def diff(first: str | None, second: str | None, *, lake: str, format: str, most: int) -> int:
    """Prints what two coder versions read differently, or without them the versions that the lake holds."""
    store = open_lake(lake)
    versions = find_versions(store)
    if first is None:
        print_versions(versions, format)
        return 0
    if second is None:
        raise InputError(f"only {first!r} was given; name two coder versions: detente diff A B (detente diff alone lists them)")
    one, other = find_version(first, versions), find_version(second, versions)
    if one is other:
        raise InputError(f"{first!r} and {second!r} are the same coder version; name two")
    codings, totals = shared(store, one.by, other.by), Totals()
    found = (c for c in totals.counted(changes(store, codings)) if c.kind != "same")
    if format == "jsonl":
        sys.stdout.writelines(dumps(as_json(change)) + "\n" for change in found)
    else:
        print_changes(found, most)
        print_totals(totals, Console())
    by_one = f"{codings.only_first:,} by the first only, {codings.only_second:,} by the second only"
    names = f"{label(one, versions)} → {label(other, versions)}"
    tell = Console(stderr=True)
    say(tell, f"detente: {names}: {len(codings.articles):,} articles coded by both, {by_one}")
    say(tell, f"detente: {totals.words()}")
    return 0


def print_versions(versions: Sequence[Version], format: str) -> None:
    """The coder versions of a lake, the one that wrote last at the end."""
    known = [(label(v, versions), v) for v in versions]
    if format == "jsonl":
        rows = ({"label": name, **v.by._asdict(), "articles": v.articles, "rejected": v.rejected, "events": v.events} for name, v in known)
        sys.stdout.writelines(dumps(row) + "\n" for row in rows)
    else:
        lines = ([name, v.by.version, v.by.knowledge[:SHORT], v.articles, v.rejected, v.events] for name, v in known)
        Console().print(grid(("label", "version", "knowledge", "articles", "rejected", "events"), lines))


def grid(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Table:
    """A table for the terminal; numbers to the right."""
    lines = list(rows)
    table = Table()
    for n, name in enumerate(names):
        table.add_column(name, justify="right" if all(isinstance(line[n], int) for line in lines) else "left", overflow="fold")
    for line in lines:
        table.add_row(*(Text(f"{v:,}" if isinstance(v, int) else cell(v)) for v in line))
    return table


def print_changes(found: Iterator[Change], most: int) -> None:
    """The first so many changes with their sentences; the others are only counted."""
    console = Console()
    for change in islice(found, max(most, 0)):
        console.print(Padding(change_lines(change), (0, 0, 1, 0)))
    rest = sum(1 for _ in found)
    if rest:
        say(console, f"… and {rest:,} more; --most or --format jsonl shows them")


def change_lines(change: Change) -> Text:
    """What became of an event, the words that it rests on, and the fields that differ."""
    e = change.event
    text = Text(f"{SIGNS[change.kind]} {change.kind}  {change.type}  “{plain(e['trigger'])}”", style="bold")
    text.append(f"  {plain(e['article_id'])}", style="not bold dim")
    for name, (before, after) in change.fields.items():
        text.append(f"\n    {name}: {shown(before)} → {shown(after)}", style="not bold")
    return text.append(f"\n    {plain(e['sentence'])}", style="not bold")


def plain(text: str | None) -> str:
    """Words on one line, without what a terminal would take for an order."""
    return "".join(c for c in " ".join((text or "").split()) if c.isprintable())


def shown(value: Any) -> str:
    return "—" if value is None else ("no", "yes")[value] if isinstance(value, bool) else plain(str(value))


def print_totals(totals: Totals, console: Console) -> None:
    """The sums by type and by field."""
    order = [t for t in TYPES if t in totals.types]
    columns = ("before", "same", "changed", "lost", "gained", "after")
    console.print(grid(("type", *columns), ([t, *(totals.types[t][c] for c in columns)] for t in order)))
    fields = ((name, totals.fields[name]) for name in FIELDS if name in totals.fields)
    console.print(grid(("field", "changed", "most often"), ([name, pairs.total(), often(pairs)] for name, pairs in fields)))


def often(pairs: Counter[tuple[Any, Any]]) -> str:
    """The commonest changes of a field, with their numbers where that is more than one."""
    ways = (f"{shown(a)} → {shown(b)}{f' ({n:,})' if n > 1 else ''}" for (a, b), n in pairs.most_common(OFTEN))
    return "; ".join(ways)


def correct(events: Sequence[str], *, lake: str, kinds: Sequence[str], fixes: Sequence[str], why: str, who: str | None) -> int:
    """Adds a correction to the lake and prints it as JSON lines."""
    kind = [*kinds, *(["fix"] if fixes else [])]
    if len(kind) != 1:
        raise InputError("say one thing of the events: --accept, --reject, --merge, --split, or one or more --fix FIELD=VALUE")
    given = read_fixes(fixes)
    made = lake_corrections.correct(open_lake(lake), kind[0], events, who=who or user(), why=why, fixes=given)
    sys.stdout.writelines(dumps(lake_corrections.as_json(c)) + "\n" for c in made)
    return 0


def read_fixes(texts: Iterable[str]) -> Mapping[str, str]:
    """Fixes given as FIELD=VALUE."""
    found: dict[str, str] = {}
    for text in texts:
        field, equals, value = text.partition("=")
        if not equals or not field.strip():
            raise InputError(f"{text!r} is no fix; write FIELD=VALUE, as type=AID (an empty value means unknown)")
        if field.strip() in found:
            raise InputError(f"{field.strip()} is given twice; give one value")
        found[field.strip()] = value
    return found


def user() -> str:
    """The name under which one is logged in."""
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise InputError("nobody is logged in by name; say who corrects with --who") from error


def corrections(lake: str) -> int:
    """Prints all corrections in the order they were made, as JSON lines."""
    found = lake_corrections.read_corrections(open_lake(lake))
    sys.stdout.writelines(dumps(lake_corrections.as_json(c)) + "\n" for c in found)
    return 0
