"""Units with other countries in them: the same act between other states, so that a model learns acts and not who does them."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from training.check import ROOT
from training.sheets import Piece, Unit

KINDS = ("short", "adjective", "capital")
NEED_THE = frozenset({"USA", "GBR", "NLD", "PHL", "ARE", "MDV", "GMB", "BHS", "CAF", "DOM", "COD", "COG", "CZE", "GEO", "JOR", "TCD"})


@dataclass(frozen=True)
class Names:
    """Forms by country and kind, and the expression that finds any of them."""

    forms: dict[str, dict[str, str]]
    owner: dict[str, tuple[str, str]]
    pattern: re.Pattern[str]


@cache
def country_names() -> Names:
    forms: dict[str, dict[str, str]] = {}
    with (ROOT / "src/detente/knowledge/countries.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            plain = row["kind"] in KINDS and row["source"] in ("rigour", "countryinfo", "pycountry") and not row["start"]
            if plain and re.fullmatch(r"[A-Za-z][A-Za-z ]+", row["name"]) and row["code"] not in NEED_THE:
                forms.setdefault(row["code"], {}).setdefault(row["kind"], row["name"])
    forms = {code: kinds for code, kinds in forms.items() if len(kinds) == len(KINDS) and len(set(kinds.values())) == len(KINDS)}
    owner = {form: (code, kind) for code, kinds in forms.items() for kind, form in kinds.items()}
    longest_first = sorted(map(re.escape, owner), key=lambda f: (-len(f), f))
    return Names(forms, owner, re.compile(rf"\b(?:{'|'.join(longest_first)})\b"))


def swapped(unit: Unit, rng: random.Random) -> Unit:
    """The unit with each country that it names exchanged for another throughout; itself where it names none."""
    return shifted_swap(unit, rng)[0]


def shifted_swap(unit: Unit, rng: random.Random) -> tuple[Unit, Callable[[int], int]]:
    """The exchanged unit, and where an offset of the old text lies in the new one."""
    names = country_names()
    hits = list(names.pattern.finditer(unit.text))
    present = sorted({names.owner[h[0]][0] for h in hits})
    fresh = rng.sample(sorted(set(names.forms) - set(present)), len(present))
    to = dict(zip(present, fresh, strict=True))
    edits = [(Piece(*h.span()), names.forms[to[names.owner[h[0]][0]]][names.owner[h[0]][1]]) for h in hits]
    marked = edges(unit)
    if not hits or any(piece.start < edge < piece.end for piece, _ in edits for edge in marked):
        return unit, int
    text, at, shifts = "", 0, [(0, 0)]
    for piece, new in edits:
        text += unit.text[at : piece.start] + new
        at = piece.end
        shifts.append((piece.end, len(text) - at))

    def shift(n: int) -> int:
        return n + next(by for start, by in reversed(shifts) if start <= n)

    return mapped(unit, text + unit.text[at:], shift), shift


def edges(unit: Unit) -> set[int]:
    """All offsets at which a mark of the unit begins or ends."""
    found: set[int] = set()

    def note(n: int) -> int:
        found.add(n)
        return n

    mapped(unit, unit.text, note)
    return found


def mapped(unit: Unit, text: str, new: Callable[[int], int]) -> Unit:
    """The unit over ``text``, each of its offsets put through ``new``."""

    def put(piece: Piece) -> Piece:
        return Piece(new(piece.start), new(piece.end))

    def puts(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
        return tuple(map(put, pieces))

    return replace(
        unit, text=text, paragraphs=[put(p) for p in unit.paragraphs], actors=[a._replace(span=put(a.span)) for a in unit.actors],
        references=[r._replace(span=put(r.span), antecedent=put(r.antecedent)) for r in unit.references],
        events=[replace(e, trigger=put(e.trigger), fields={k: puts(v) for k, v in e.fields.items()}) for e in unit.events],
        statements=[replace(s, speakers=puts(s.speakers), cue=put(s.cue) if s.cue else None, content=puts(s.content),
                            addressees=puts(s.addressees), reporters=puts(s.reporters)) for s in unit.statements],
        not_body=[n._replace(span=put(n.span)) for n in unit.not_body],
    )  # fmt: skip
