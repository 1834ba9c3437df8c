"""Who is meant by a word given as a party: a country by code or name, a group of countries, or a name that stands in the lake."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from detente.errors import InputError
from detente.knowledge.book import read_table

Groups = Mapping[str, Sequence[str]]
ALIKE = 0.7  # of difflib's ratio, from which a name counts as near
NEAR = 5


class Party(NamedTuple):
    """One side of a dyad: any of the countries, or any of the names (in lower case)."""

    label: str
    codes: tuple[str, ...]
    names: tuple[str, ...] = ()


class Countries(NamedTuple):
    """Short name by code, and code by every name in lower case."""

    names: dict[str, str]
    codes: dict[str, str]


@lru_cache(maxsize=1)
def countries() -> Countries:
    rows = read_table("countries.csv")
    short = {r["code"]: r["name"] for r in rows if r["kind"] == "short"}
    other = {r["name"].lower(): r["code"] for r in rows if r["kind"] == "name" and not r["end"]}
    return Countries(short, {**other, **{name.lower(): code for code, name in short.items()}})


def find_party(text: str, *, groups: Groups | None = None, known: Callable[[], Iterable[str]] = tuple) -> Party:
    """The party that a word or "USA+GBR+FRA" means; ``known`` gives the names and codes that stand in the lake, where they are needed.

    A group's own name goes before a country's.  Raises InputError, with near names, where it is unknown.
    """
    given = " ".join(text.split())
    for label, members in (groups or {}).items():
        if label.lower() == given.lower():
            return joined(label, [find_party(m, known=known) for m in members])
    if "+" in given:
        return joined(given, [find_party(m, groups=groups, known=known) for m in given.split("+")])
    code = given.upper() if given.upper() in countries().names else countries().codes.get(given.lower())
    if code is not None:
        return Party(countries().names.get(code, code), (code,))
    names = set(known())
    standing = sorted(n for n in names if n.lower() == given.lower())
    if standing:
        return Party(standing[0], tuple(standing), (given.lower(),))
    near = near_names(given, names, groups or {})
    hint = f"; near names: {', '.join(near)}" if near else "; give a country's code or name, or a name from detente sql"
    raise InputError(f"no party {given!r} is known{hint}")


def joined(label: str, parties: Sequence[Party]) -> Party:
    """The group of some parties."""
    codes = dict.fromkeys(c for p in parties for c in p.codes)
    if not parties:
        raise InputError(f"the group {label!r} has no members; write it as NAME=USA,GBR,FRA")
    return Party(label, tuple(codes), tuple(dict.fromkeys(n for p in parties for n in p.names)))


def near_names(given: str, names: Iterable[str], groups: Groups) -> list[str]:
    """Names of countries (with code), of groups and of the lake that look like the given one, the nearest first."""
    shown = {n.lower(): n for n in (*names, *groups)}
    shown |= {name: f"{countries().names.get(code, code)} ({code})" for name, code in countries().codes.items()}
    shown |= {code.lower(): f"{name} ({code})" for code, name in countries().names.items()}
    found = difflib.get_close_matches(given.lower(), shown, n=NEAR, cutoff=ALIKE)
    return list(dict.fromkeys(shown[f] for f in found))


def refuse_overlap(one: Party, other: Party) -> None:
    shared = sorted(set(one.codes) & set(other.codes)) + sorted(set(one.names) & set(other.names))
    if shared:
        raise InputError(f"{', '.join(shared)} stands on both sides, {one.label} and {other.label}; give two parties that share nobody")


def stands(side: str, name: str, party: Party) -> str:
    """The condition that a party, bound under a name, is among a side's ("actor" or "recipient") parties."""
    ways = {f"list_has_any({side}_countries, ${name}_codes::varchar[])": party.codes,
            f"list_has_any(list_transform({side}_names, lambda x: lower(x)), ${name}_names::varchar[])": party.names}  # fmt: skip
    return f"({' or '.join(way for way, given in ways.items() if given) or 'false'})"


def bound(name: str, party: Party) -> dict[str, Any]:
    """The values that ``stands`` names."""
    given = {f"{name}_codes": party.codes, f"{name}_names": party.names}
    return {key: list(values) for key, values in given.items() if values}


def acts_on(one: tuple[str, Party], other: tuple[str, Party]) -> str:
    """The condition that one party acts on the other, or that both act together on nobody else."""
    together = f"(len(recipient_countries) = 0 and {stands('actor', *one)} and {stands('actor', *other)})"
    return f"(({stands('actor', *one)} and {stands('recipient', *other)}) or {together})"
