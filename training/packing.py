"""Sentences that stand alone, joined to made-up articles, so that a model learns to bind within a sentence."""

from __future__ import annotations

import random
from collections.abc import Sequence

from training.sheets import Piece, Unit
from training.swaps import mapped


def join_units(units: Sequence[Unit], separator: str) -> Unit:
    """One unit with the texts of all and their marks moved along; the settings of the first."""
    text, paragraphs = "", []
    joined = Unit(text="", line=units[0].line, settings=units[0].settings)
    for unit in units:
        by = len(text) + len(separator) if text else 0
        text = f"{text}{separator}{unit.text}" if text else unit.text
        paragraphs += [Piece(p.start + by, p.end + by) for p in unit.paragraphs]
        add_moved(joined, unit, by)
    joined.text = text
    joined.paragraphs = paragraphs if separator == "\n" else [Piece(0, len(text))]
    return joined


def add_moved(joined: Unit, unit: Unit, by: int) -> None:
    moved = mapped(unit, unit.text, lambda n: n + by)
    joined.actors += moved.actors
    joined.references += moved.references
    joined.events += moved.events
    joined.statements += moved.statements
    joined.not_body += moved.not_body


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
