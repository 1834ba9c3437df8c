"""Whether a person holds an office at the article's date: by the text's words and by the table; a help of the actor stage."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from detente.knowledge.offices import Holder, Standing

FORMER = re.compile(r"\b(former|ex|ousted|deposed|onetime|one-time|erstwhile|retired|outgone|late|then)\b(?!\s+(?:this|last|next))", re.I)
LATER = re.compile(r"\b(elect|designate|incoming|nominee|nominated|candidate|hopeful|would-be|aspiring|presumptive|contender|next)\b", re.I)
# the table's word for an office by a word of the text's
SAID = (
    ("prime minister", ("prime minister", "premier", "chancellor", "taoiseach", "head of government")),
    ("foreign minister", ("foreign minister", "secretary of state", "foreign secretary", "top diplomat", "minister of foreign affairs")),
    ("defence minister", ("defence minister", "defense minister", "defence secretary", "defense secretary", "minister of defence",
                          "minister of defense", "secretary of defense", "pentagon chief")),
    ("security council head", ("national security adviser", "national security advisor", "security council")),
    ("vice president", ("vice president", "vice-president")),
    ("president", ("president",)),
    ("king", ("king", "queen", "emir", "sultan")),
    ("supreme leader", ("supreme leader",)),
    ("finance minister", ("finance minister", "treasury secretary", "chancellor of the exchequer")),
    ("interior minister", ("interior minister", "home secretary")),
)  # fmt: skip


class Standings(NamedTuple):
    """A role, whether it is held, and why; the sector that follows where the office is a past one."""

    role: str
    current: bool | None
    reason: str
    former: bool


def said_standing(role: str) -> bool | None:
    """What the words of a role say: held, False for a former one, None for one to come."""
    if FORMER.search(role):
        return False
    return None if LATER.search(role) else True


def office_said(role: str) -> str | None:
    """The office of the table that a role's words name."""
    low = role.lower()
    return next((office for office, words in SAID if any(re.search(rf"\b{w}\b", low) for w in words)), None)


def judged_standing(holder: Holder, said: str | None, others: Mapping[str, Standing]) -> Standings:
    """The person's role: the text's where it gives one, and it wins where the table says otherwise; else the table's."""
    term = holder.term
    if said is None:
        former = holder.standing == "former"
        role = ("former " if former else "") + term.title
        return Standings(role, holder.current, f"offices: {holder.reason}", former)
    current = said_standing(said)
    office = office_said(said)
    table = others.get(office or "") or (holder.standing if office == term.office else None)
    if table is None or table == "unsure" or {"current": True, "former": False}.get(table) == current:
        return Standings(said, current, f"role in the text; offices: {holder.reason}", current is False)
    return Standings(said, current, f"role in the text, against the offices: {table} {office}; {holder.reason}", current is False)
