"""Scores of marks against the corpus: triggers with type, actors and recipients, status, statements, references."""

from __future__ import annotations

import collections
from collections.abc import Sequence

from detente.document import Marks, Span, Trigger
from training.sheets import Unit

Pairs = Sequence[tuple[Unit, Marks]]


def is_right(unit: Unit, trigger: Trigger) -> bool:
    """True where an event of the unit has the trigger's type and touches it."""
    return any(e.type == trigger.type and trigger.span.overlaps(Span(*e.trigger)) for e in unit.events)


def f1(hit: float, predicted: float, gold: float) -> float:
    return round(2 * hit / (predicted + gold), 4) if predicted + gold else 0.0


def touching(span: Span, others: Sequence[Span]) -> bool:
    return any(span.overlaps(Span(*o)) for o in others)


def score(pairs: Sequence[tuple[Unit, Marks]]) -> dict[str, float]:
    """Trigger with type, role and statement scores over units and their marks; spans count where they overlap by half."""
    c: collections.Counter[str] = collections.Counter()
    by_status: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for unit, marks in pairs:
        gold = list(unit.events)
        used: set[int] = set()
        c["events"] += len(gold)
        c["triggers"] += len(marks.triggers)
        if not gold:
            c["quiet"] += 1
            c["false"] += bool(marks.triggers)
        for event in gold:
            hits = [n for n, t in enumerate(marks.triggers) if n not in used and t.span.overlaps(Span(*event.trigger))]
            c["trigger_found"] += bool(hits)
            typed = [n for n in hits if marks.triggers[n].type == event.type]
            if not typed:
                continue
            used.add(typed[0])
            c["typed"] += 1
            found = marks.triggers[typed[0]]
            by_status[event.status]["gold"] += 1
            by_status[found.status]["predicted"] += 1
            by_status[event.status]["hit"] += found.status == event.status
            for role in ("who", "to"):
                want = [Span(*p) for p in event.fields.get(role, ())]
                have = [a.span for a in found.arguments[role]]
                c[role + "_gold"] += len(want)
                c[role + "_predicted"] += len(have)
                c[role + "_hit"] += sum(any(w.overlaps(h) for h in have) for w in want)
                c[role + "_exact"] += sum(w in have for w in want)
        want_mentions = {Span(*m.span) for m in unit.actors} | {Span(*r.span) for r in unit.references}
        have_mentions = {m.span for m in marks.mentions}
        c["mentions"] += len(want_mentions)
        c["mentions_predicted"] += len(have_mentions)
        c["mentions_hit"] += len(want_mentions & have_mentions)
        statements(unit, marks, c)
    status = [f1(s["hit"], s["predicted"], s["gold"]) for s in by_status.values() if s["gold"]]
    return {
        "trigger": f1(c["trigger_found"], c["triggers"], c["events"]), "typed": f1(c["typed"], c["triggers"], c["events"]),
        "actor": f1(c["who_hit"], c["who_predicted"], c["who_gold"]), "recipient": f1(c["to_hit"], c["to_predicted"], c["to_gold"]),
        "actor_exact": f1(c["who_exact"], c["who_predicted"], c["who_gold"]),
        "recipient_exact": f1(c["to_exact"], c["to_predicted"], c["to_gold"]),
        "status": round(sum(status) / len(status), 4) if status else 0.0, "mention": f1(c["mentions_hit"], c["mentions_predicted"], c["mentions"]),
        "false_event": round(c["false"] / c["quiet"], 4) if c["quiet"] else 0.0,
        "content": f1(c["content_hit"], c["said"], c["statements"]), "speaker": f1(c["speaker_hit"], c["said"], c["statements"]),
        "antecedent": round(c["antecedent_hit"] / c["antecedents"], 4) if c["antecedents"] else 0.0,
    }  # fmt: skip


def statements(unit: Unit, marks: Marks, c: collections.Counter[str]) -> None:
    c["statements"] += len(unit.statements)
    c["said"] += len(marks.speeches)
    free = list(marks.speeches)
    for gold in unit.statements:
        size = sum(p.end - p.start for p in gold.content)
        for speech in free:
            shared = sum(max(0, min(p.end, s.end) - max(p.start, s.start)) for p in gold.content for s in speech.content)
            if 2 * shared >= max(size, sum(s.end - s.start for s in speech.content)):
                free.remove(speech)
                c["content_hit"] += 1
                given = [a.span for a in speech.arguments["speaker"]]
                right = touching(given[0], [Span(*p) for p in gold.speakers]) if given else False
                c["speaker_hit"] += right or (not gold.speakers and not given)
                break
    for reference in unit.references:
        c["antecedents"] += 1
        guess = marks.antecedents.get(Span(*reference.span))
        c["antecedent_hit"] += bool(guess and guess.span.overlaps(Span(*reference.antecedent)))
