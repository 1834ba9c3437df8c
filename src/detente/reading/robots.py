"""What a site's robots.txt allows (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

MOST_LINES = 20_000
LONGEST_DELAY = 60.0  # seconds that a site may ask for between two fetches


class Rule(NamedTuple):
    allow: bool
    pattern: str


@dataclass(frozen=True)
class Robots:
    """The rules for one robot; without rules everything is allowed."""

    rules: tuple[Rule, ...] = ()
    delay: float = 0.0
    sitemaps: tuple[str, ...] = ()

    def allows(self, url: str) -> bool:
        """The longest rule that fits decides, and of two as long the one that allows."""
        parts = urlsplit(url)
        path = normal(parts.path or "/") + (f"?{normal(parts.query)}" if parts.query else "")
        fitting = [rule for rule in self.rules if fits(path, rule.pattern)]
        return path == "/robots.txt" or max(fitting, key=lambda rule: (len(rule.pattern), rule.allow), default=Rule(True, "")).allow


ALLOW_ALL = Robots()


def parse_robots(text: str, *, agent: str) -> Robots:
    """The rules of the groups that name the robot, else of those for all."""
    groups: dict[str, list[tuple[str, str]]] = {}
    sitemaps: list[str] = []
    names: list[str] = []
    in_rules = False
    for line in text.removeprefix("\ufeff").splitlines()[:MOST_LINES]:
        key, _, value = (part.strip() for part in line.partition("#")[0].partition(":"))
        key = key.lower()
        if key == "user-agent":
            names = [value.lower()] if in_rules else [*names, value.lower()]
            in_rules = False
            groups.setdefault(value.lower(), [])
        elif key == "sitemap":
            sitemaps.append(value)
        elif key in ("allow", "disallow", "crawl-delay"):
            in_rules = True
            for name in names:
                groups[name].append((key, value))
    own = [line for name, lines in groups.items() if name != "*" and agent.lower().startswith(name) and name for line in lines]
    named = any(name and name != "*" and agent.lower().startswith(name) for name in groups)
    return make_robots(own if named else groups.get("*", []), tuple(sitemaps))


def make_robots(lines: list[tuple[str, str]], sitemaps: tuple[str, ...]) -> Robots:
    rules = tuple(Rule(key == "allow", normal(value)) for key, value in lines if key != "crawl-delay" and value)
    delays = [seconds(value) for key, value in lines if key == "crawl-delay"]
    return Robots(rules, min(max(delays, default=0.0), LONGEST_DELAY), sitemaps)


def seconds(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        return 0.0
    return number if 0 <= number < float("inf") else 0.0


def normal(path: str) -> str:
    """The path with each character written in one way."""
    return quote(unquote(path, errors="replace"), safe="/*$?=&:;,+@!'()~-._")


def fits(path: str, pattern: str) -> bool:
    """Whether a path begins as the pattern says; * is any characters and $ at the end the end.

    The parts between stars are looked for one after another, so that no pattern takes long.
    """
    ends = pattern.endswith("$")
    first, *rest = (pattern[:-1] if ends else pattern).split("*")
    if not path.startswith(first):
        return False
    if not rest:
        return len(path) == len(first) if ends else True
    place = len(first)
    for part in rest[:-1]:
        place = path.find(part, place)
        if place < 0:
            return False
        place += len(part)
    last = rest[-1]
    return path.endswith(last) and len(path) - len(last) >= place if ends else path.find(last, place) >= 0
