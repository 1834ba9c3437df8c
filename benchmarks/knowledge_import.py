"""How long the import of a large FollowTheMoney file takes, and how much memory.

    python -m benchmarks.knowledge_import [--lines 200000]

Writes a file of invented people, posts and terms of office, with some lines malformed, and imports it into a folder of its
own.  Prints seconds, processor seconds and the peak of memory of the import, and of loading the tables it made.  The bounds
of issue 4 for 200,000 lines: one minute, 500 MB.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

CODES = "ru us fr de gb cn in br za ng ke eg tr ir iq sa jp kr id mx ar co pe cl it es pl ua ro gr".split()
POSTS = ("Minister of Foreign Affairs", "Minister of Defence", "President of the Republic", "Prime Minister", "Minister of Health",
         "Member of the National Assembly", "Governor of the Central Bank", "Ambassador to the United Nations")  # fmt: skip
SYLLABLES = "ba be bo da de do fa ga go ka ki ko la le li lo ma mi mo na ne no pa ra re ri ro sa si so ta te ti to va ve vi za".split()


def word(source: random.Random) -> str:
    return "".join(source.choices(SYLLABLES, k=source.randint(2, 4))).capitalize()


def entity(id: str, schema: str, **properties: list[str]) -> str:
    return json.dumps(
        {"id": id, "schema": schema, "caption": properties.get("name", [id])[0], "properties": properties, "datasets": ["made_up"]}
    )


def made_up(lines: int, seed: int = 4) -> Iterator[str]:
    """Lines of a file: two people in five, two terms in five, then posts and organisations; a line in a thousand is broken."""
    source = random.Random(seed)
    posts = max(lines // 20, 1)
    people = max(lines * 2 // 5, 1)
    for number in range(lines):
        if number % 1000 == 999:
            yield '{"id": "broken", '
        elif number % 5 < 2:
            name, other = (f"{word(source)} {word(source)}" for _ in range(2))
            yield entity(
                f"p{number // 5 * 2 + number % 5}",
                "Person",
                name=[name],
                alias=[other],
                topics=["role.pep"],
                country=[source.choice(CODES)],
            )
        elif number % 5 < 4:
            start = date(1990, 1, 1) + timedelta(days=source.randrange(12_000))
            holder, post = f"p{source.randrange(people)}", f"o{source.randrange(posts)}"
            yield entity(f"t{number}", "Occupancy", holder=[holder], post=[post], startDate=[str(start)],
                         endDate=[str(start + timedelta(days=1500))], status=["ended"])  # fmt: skip
        elif number % 20 < 10:
            yield entity(
                f"o{number // 20}", "Position", name=[source.choice(POSTS)], country=[source.choice(CODES)], topics=["gov.national"]
            )
        else:
            yield entity(f"g{number}", "Organization", name=[f"{word(source)} Party"], topics=["pol.party"], country=[source.choice(CODES)])


def measured(code: str, *arguments: str) -> tuple[float, float, float]:
    """Seconds, processor seconds and peak memory in MB of a program in a process of its own."""
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    tail = "\nimport resource, sys\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code + tail, *arguments], check=True, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(done.stdout, end="")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - began, cpu, int(done.stderr.split()[-1]) / 1024


IMPORT = """
import sys
from datetime import date
from pathlib import Path
from detente.knowledge.importing import import_files
outcome = import_files([Path(sys.argv[1])], Path(sys.argv[2]), date.today())
print(f"{outcome.lines} lines, {outcome.malformed} malformed, rows {dict(outcome.written)}, left out {dict(outcome.skipped)}")
"""
LOAD = """
import sys
from pathlib import Path
from detente.knowledge.book import load_book
book = load_book(Path(sys.argv[1]))
print(f"{len(book.entries)} names, {len(book.offices.by_name)} names of office-holders")
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=200_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made_up.ftm.json"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in made_up(given.lines))
        print(f"{given.lines:,} lines, {path.stat().st_size / 2**20:.1f} MB")
        for title, row in (("import", measured(IMPORT, str(path), f"{folder}/user")), ("load", measured(LOAD, f"{folder}/user"))):
            print(f"{title:8} {row[0]:6.1f} s   {row[1]:6.1f} s of processor   {row[2]:6.0f} MB at most")


if __name__ == "__main__":
    main()
