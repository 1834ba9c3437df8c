"""How far two coders agree who coded the same texts apart: sheets under ``corpus`` against those under ``corpus/second``.

python -m training.agreement
"""

from __future__ import annotations

import collections
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from training.check import ROOT, ontology
from training.scores import f1
from training.sheets import EventMark, Piece, StatementMark, Unit, read_sheet


def alpha(pairs: Sequence[tuple[str, str]]) -> float:
    """Krippendorff's alpha of two coders' nominal codes of the same items, none missing.

    >>> alpha([("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")])
    0.5333
    """
    n = 2 * len(pairs)
    if not n:
        return 0.0
    totals = collections.Counter(v for pair in pairs for v in pair)
    observed = 2 * sum(a != b for a, b in pairs) / n
    expected = (n * n - sum(c * c for c in totals.values())) / (n * (n - 1))
    return round(1 - observed / expected, 4) if expected else 1.0


def overlap(a: Piece, b: Piece) -> bool:
    return a.start < b.end and b.start < a.end


def matched(ours: Iterable[EventMark], theirs: Iterable[EventMark]) -> list[tuple[EventMark, EventMark]]:
    """Events of both whose triggers overlap, one to one, the same type first."""
    free = list(theirs)
    found = []
    for event in ours:
        near = sorted((e for e in free if overlap(e.trigger, event.trigger)), key=lambda e: e.type != event.type)
        if near:
            free.remove(near[0])
            found.append((event, near[0]))
    return found


def said_alike(a: StatementMark, b: StatementMark) -> bool:
    shared = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a.content for y in b.content)
    return 2 * shared >= max(sum(x.end - x.start for x in s.content) for s in (a, b))


def compare(pairs: Sequence[tuple[Unit, Unit]]) -> dict[str, float]:
    """Agreement over units coded twice: F1 for spans, alpha for codes."""
    c: collections.Counter[str] = collections.Counter()
    types: list[tuple[str, str]] = []
    status: list[tuple[str, str]] = []
    for one, two in pairs:
        both = matched(one.events, two.events)
        c["events"] += len(one.events) + len(two.events)
        c["triggers"] += 2 * len(both)
        types += [(a.type, b.type) for a, b in both]
        status += [(a.status, b.status) for a, b in both if a.type == b.type]
        for role in ("who", "to"):
            for a, b in both:
                mine, other = a.fields.get(role, ()), b.fields.get(role, ())
                c[role] += len(mine) + len(other)
                c[role + "_same"] += sum(any(overlap(x, y) for y in other) for x in mine) + sum(
                    any(overlap(x, y) for y in mine) for x in other
                )
        free = list(two.statements)
        c["statements"] += len(one.statements) + len(two.statements)
        for s in one.statements:
            same = next((t for t in free if said_alike(s, t)), None)
            if same:
                free.remove(same)
                c["said"] += 2
                c["heard"] += 1
                c["speaker"] += any(overlap(x, y) for x in s.speakers for y in same.speakers) or s.speakers == same.speakers
    return {
        "units": len(pairs), "events a coder": round(c["events"] / 2, 1), "trigger F1": f1(c["triggers"] / 2, c["events"] / 2, c["events"] / 2),
        "type alpha": alpha(types), "status alpha": alpha(status), "actor F1": f1(c["who_same"] / 2, c["who"] / 2, c["who"] / 2),
        "recipient F1": f1(c["to_same"] / 2, c["to"] / 2, c["to"] / 2),
        "statement F1": f1(c["said"] / 2, c["statements"] / 2, c["statements"] / 2),
        "speaker": round(c["speaker"] / c["heard"], 4) if c["heard"] else 0.0,
    }  # fmt: skip


def twice_coded(folder: Path = ROOT / "corpus") -> list[tuple[Unit, Unit]]:
    """Units of both coders with the same text; a text that differs is an error of the sheets."""
    names = ontology()
    found: list[tuple[Unit, Unit]] = []
    for second in sorted((folder / "second").glob("*/*.txt")):
        ours, _ = read_sheet(folder / second.parent.name / second.name, names)
        theirs, _ = read_sheet(second, names)
        if [u.text for u in ours] != [u.text for u in theirs]:
            raise SystemExit(f"{second} holds other texts than {second.parent.name}/{second.name}; copy them again")
        found += zip(ours, theirs, strict=True)
    return found


def main() -> None:
    pairs = twice_coded()
    print(json.dumps(compare(pairs), indent=1))
    confused = collections.Counter((a.type, b.type) for one, two in pairs for a, b in matched(one.events, two.events) if a.type != b.type)
    print("types most often coded apart:", confused.most_common(12))


if __name__ == "__main__":
    main()
