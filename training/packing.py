"""Sentences that stand alone, joined to made-up articles, so that a model learns to bind within a sentence."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from training.sheets import Piece, Unit


def moved(piece: Piece, by: int) -> Piece:
    return Piece(piece.start + by, piece.end + by)


def join_units(units: Sequence[Unit], separator: str) -> Unit:
    """One unit with the texts of all and their marks moved along; the settings of the first."""
    text, paragraphs = "", []
    joined = Unit(text="", line=units[0].line, settings=units[0].settings)
    for unit in units:
        by = len(text) + len(separator) if text else 0
        text = f"{text}{separator}{unit.text}" if text else unit.text
        paragraphs += [moved(p, by) for p in unit.paragraphs]
        add_moved(joined, unit, by)
    joined.text = text
    joined.paragraphs = paragraphs if separator == "\n" else [Piece(0, len(text))]
    return joined


def add_moved(joined: Unit, unit: Unit, by: int) -> None:
    joined.actors += [a._replace(span=moved(a.span, by)) for a in unit.actors]
    joined.references += [r._replace(span=moved(r.span, by), antecedent=moved(r.antecedent, by)) for r in unit.references]
    for event in unit.events:
        fields = {k: tuple(moved(p, by) for p in v) for k, v in event.fields.items()}
        joined.events.append(replace(event, trigger=moved(event.trigger, by), fields=fields))
    for s in unit.statements:
        joined.statements.append(replace(
            s, cue=moved(s.cue, by) if s.cue else None, speakers=tuple(moved(p, by) for p in s.speakers),
            content=tuple(moved(p, by) for p in s.content), addressees=tuple(moved(p, by) for p in s.addressees),
            reporters=tuple(moved(p, by) for p in s.reporters),
        ))  # fmt: skip


def packed(units: Sequence[Unit], share: float, rng: random.Random) -> list[Unit]:
    """The units, of which a ``share`` of the lone sentences stands in groups of two to five; articles stay as they are."""
    lone = [u for u in units if "article" not in u.settings]
    found = [u for u in units if "article" in u.settings]
    rng.shuffle(lone)
    cut = int(len(lone) * (1 - share))
    found += lone[:cut]
    at = cut
    while at < len(lone):
        size = rng.randint(2, 5)
        group = lone[at : at + size]
        found.append(join_units(group, rng.choice(("\n", " "))) if len(group) > 1 else group[0])
        at += size
    return found
