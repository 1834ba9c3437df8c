"""Two writers' tables of office terms to the one that ships: what both hold is kept, at the precision that both hold.

python -m tools.offices [--folder tools/offices]      writes src/detente/knowledge/offices.csv and prints the agreement

The writers (language-model agents without sight of each other) wrote REGION_a.csv and REGION_b.csv.  A term of both whose
dates agree at least to the year is ``checked``; a term that only one wrote is kept as ``single`` with years alone, where
no other term contradicts it.  Where the two differ in the year but by no more than a year, what lies between is kept as
unsure (EARLIEST..LATEST); where they differ by more, the term is dropped.
"""

from __future__ import annotations

import argparse
import csv
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from detente.knowledge.dates import day

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "src" / "detente" / "knowledge" / "offices.csv"
COLUMNS = ("country", "office", "name", "also", "start", "end", "status")
SCOPE = "2000"
DOUBT = 366  # days
SAME_OFFICE = {"head of state": "president", "national security adviser": "security council head"}


@dataclass(frozen=True)
class Term:
    country: str
    office: str
    name: str
    also: frozenset[str]
    start: str
    end: str
    status: str = ""

    @property
    def names(self) -> frozenset[str]:
        return frozenset(plain(n) for n in {self.name, *self.also})

    def same_holder(self, other: Term) -> bool:
        """True where a name is shared, or the last words are the same and the years meet."""
        close = plain(self.name).split()[-1] == plain(other.name).split()[-1] and abs(int(self.start[:4]) - int(other.start[:4])) <= 1
        return bool(self.names & other.names) or close


def plain(name: str) -> str:
    """A name without accents, marks and case."""
    letters = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ł", "l").replace("ø", "o").replace("-", " "))
    return " ".join("".join(c for c in letters if c.isalnum() or c.isspace()).lower().split())


def read_terms(path: Path) -> Iterator[Term]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            office = SAME_OFFICE.get(row["office"].strip(), row["office"].strip())
            also = frozenset(n.strip() for n in (row["other_names"] or "").split(";") if n.strip())
            term = Term(row["country"].strip(), office, row["name"].strip(), also, row["start"].strip(), (row["end"] or "").strip())
            if term.name and day(term.start) and in_order(term):
                yield term


def in_order(term: Term) -> bool:
    first, last = day(term.start), day(term.end, last=True)
    return first is not None and first <= date(2026, 11, 24) and (last is None or first <= last)


def shared(a: str, b: str) -> str | None:
    """What two dates have in common, as YYYY-MM-DD, YYYY-MM or YYYY; None where not even the year, empty where both are open."""
    if not a or not b:
        return "" if a == b else None
    parts = []
    for x, y in zip(a.split("-"), b.split("-"), strict=False):
        if x != y:
            break
        parts.append(x)
    return "-".join(parts) or None


def agreed(a: Term, b: Term) -> bool:
    return shared(a.start, b.start) is not None and shared(a.end, b.end) is not None


def doubt(a: str, b: str) -> str | None:
    """EARLIEST..LATEST of two dates that lie within a year; what lies between is unsure.  None where they lie farther apart."""
    if not a or not b:
        return None
    first, last = sorted((a, b))
    begin, end = day(first), day(last, last=True)
    return f"{first}..{last}" if begin and end and (end - begin).days <= DOUBT else None


def merged(a: Term, b: Term) -> Term | None:
    start, end = shared(a.start, b.start), shared(a.end, b.end)
    if start is None and max(a.start, b.start) < SCOPE:
        start = max(a.start, b.start)  # before the table's years both hold that the term had begun by then
    start, end = start or doubt(a.start, b.start), end if end is not None else doubt(a.end, b.end)
    if start is None or end is None:
        return None
    also = (a.also | b.also | {b.name}) - {a.name}
    return replace(a, also=also, start=start, end=end, status="checked")


def years(term: Term) -> Term:
    return replace(term, start=term.start[:4], end=term.end[:4], status="single")


def clashes(term: Term, others: Iterable[Term]) -> bool:
    """True where another holder of the office surely held it within the term, a year of change apart."""
    begin, end = int(term.start[:4]), int(term.end[:4] or 2026)
    return any(min(end, int(o.end[:4] or 2026)) - max(begin, int(o.start[:4])) > 1 for o in others if not term.same_holder(o))


def merge(first: Sequence[Term], second: Sequence[Term]) -> tuple[list[Term], Counter[str]]:
    """The terms to keep, and how many were in both, agreed on days, months, years, differed, or stood alone."""
    counts: Counter[str] = Counter()
    kept: list[Term] = []
    alone: list[Term] = []
    free = defaultdict(list)
    for term in second:
        free[term.country, term.office].append(term)
    for term in first:
        pool = free[term.country, term.office]
        fits = [t for t in pool if t.same_holder(term)]
        if not fits:
            alone.append(term)
            continue
        near = min(fits, key=lambda t: abs(int(t.start[:4]) - int(term.start[:4])))
        pool.remove(near)
        counts["both"] += 1
        both = merged(term, near)
        counts["agreed" if agreed(term, near) else "within a year" if both else "differed"] += 1
        if both:
            counts["start to the day"] += len(both.start) == 10
            kept.append(both)
    alone += [t for pool in free.values() for t in pool]
    by_office = defaultdict(list)
    for term in kept:
        by_office[term.country, term.office].append(term)
    for term in alone:
        fine = not clashes(term, by_office[term.country, term.office])
        counts["single" if fine else "single, contradicted"] += 1
        if fine:
            kept.append(years(term))
    return kept, counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "tools" / "offices")
    folder = parser.parse_args().folder
    first, second = ([t for path in sorted(folder.glob(f"*_{writer}.csv")) for t in read_terms(path)] for writer in "ab")
    rows, total = merge(first, second)
    print(dict(total))
    unique = {(t.country, t.office, plain(t.name), t.start): t for t in rows}
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for t in sorted(unique.values(), key=lambda t: (t.country, t.office, t.start, t.name)):
            writer.writerow((t.country, t.office, t.name, ";".join(sorted(t.also)), t.start, t.end, t.status))
    print(f"{len(unique)} terms; of {total['both']} terms in both tables {total['agreed'] / max(1, total['both']):.1%} agree to the year,")
    print(f"{total['start to the day']} starts to the day; {total['single']} stand in one table only")


if __name__ == "__main__":
    main()
