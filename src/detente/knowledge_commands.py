"""What the commands on knowledge do: bring in what others know, and explain what is known of a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

from detente.errors import InputError, NoInput
from detente.knowledge.book import load_book
from detente.knowledge.explaining import Explanation, Fact, explain, near_names
from detente.knowledge.home import user_folder
from detente.knowledge.importing import Outcome, import_files


def say(console: Console, text: str) -> None:
    """Prints words as they are: no wrapping, no markup."""
    console.print(text, soft_wrap=True, highlight=False, markup=False)


def import_knowledge(paths: Sequence[Path], today: date | None = None) -> int:
    """Reads the files into the user's folder and says what came of it; malformed lines are named and passed over."""
    if not paths:
        raise NoInput("no file given; name FollowTheMoney or Wikidata files of JSON lines")
    folder = user_folder()
    with watched(paths) as seen:
        outcome = import_files(paths, folder, today or date.today(), seen)
    report(outcome, folder)
    return 0


@contextmanager
def watched(paths: Sequence[Path]) -> Iterator[Callable[[Path, int], None]]:
    """Shows on a terminal how much of each file has been read."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        tasks = {path: bar.add_task(path.name, total=path.stat().st_size) for path in paths if path.is_file()}
        yield lambda path, size: bar.update(tasks[path], completed=size)


def report(outcome: Outcome, folder: Path) -> None:
    console, errors = Console(), Console(stderr=True)
    for fault in outcome.faults:
        say(errors, f"detente: {fault}")
    if outcome.malformed > len(outcome.faults):
        say(errors, f"detente: and {outcome.malformed - len(outcome.faults):,} more malformed lines")
    say(console, f"{outcome.lines:,} lines read, {outcome.malformed:,} malformed")
    for table, count in outcome.written.items():
        replaced = f", in place of {outcome.replaced[table]:,} of an earlier import" if outcome.replaced[table] else ""
        say(console, f"{folder / table}: {count:,} rows{replaced}")
    for reason, count in outcome.skipped.most_common():
        say(console, f"left out: {count:,} {reason}")


def show(name: str, *, on: str | None) -> int:
    """Prints what is known of a name at a date and why; 1 where nothing is."""
    day, book = read_day(on), load_book()
    name = " ".join(name.split())
    found = explain(book, name, day)
    if found:
        print_explanation(Console(), found)
        return 0
    near = near_names(book, name)
    hint = f"; near names: {', '.join(near)}" if near else ", nor one like it"
    say(Console(stderr=True), f"detente: {name!r} is not known{hint}")
    return 1


def read_day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else date.today()
    except ValueError as error:
        raise InputError(f"{text!r} is no day; write YYYY-MM-DD") from error


def print_explanation(console: Console, found: Explanation) -> None:
    say(console, f"{found.name}, on {found.on}")
    for title, rows in (("names", found.entries), ("terms of office", found.terms)):
        if rows:
            say(console, f"\n{title}")
            print_facts(console, rows)
    if found.answers:
        say(console, "\nanswer" if len(found.answers) == 1 else "\nanswers: the text decides where more than one fits")
    for line in found.answers:
        say(console, f"  {line}")
    for line in found.notes:
        say(console, f"\n{line}")


def print_facts(console: Console, rows: Sequence[Fact]) -> None:
    widths = [max(len(row[i]) for row in rows) for i in range(3)]
    for row in rows:
        cells = "  ".join(text.ljust(width) for text, width in zip(row[:3], widths, strict=True))
        say(console, f"  {cells}  {row.source}".rstrip())
