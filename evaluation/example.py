"""The example article against its gold record: events found, false ones, statements with the right speaker.

python -m evaluation.example [--model fast|accurate] [--weights FOLDER] [--show]
"""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

from detente import Article, Coder
from detente.record.contract import record

FOLDER = Path(__file__).resolve().parent.parent.parent / "shared" / "examples" / "shoigu_kabul"


def meets(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return bool(a["start"] < b["end"] and b["start"] < a["end"])


def same_event(gold: dict[str, Any], found: dict[str, Any]) -> bool:
    """Type, trigger's sentence, and one actor and one recipient that overlap wherever gold has them."""
    if found["type"] not in (gold["type"], *gold.get("also_accept", ())):
        return False
    if not meets(gold["trigger"], found["sentence"]):
        return False
    actors = gold.get("also_accept_actor") == "speaker of the quotation" or meet_any(gold["actors"], found["actors"])
    recipients = gold.get("also_accept_recipient") == "none" or meet_any(gold["recipients"], found["recipients"])
    return actors and recipients


def meet_any(gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> bool:
    return not gold or any(meets(g, f) for g in gold for f in found)


def compare(gold: dict[str, Any], found: dict[str, Any]) -> dict[str, int]:
    """Counts over the example: events found of all, false events, statements with the right speaker."""
    used: set[str] = set()
    hits = 0
    for event in gold["events"]:
        match = next((f for f in found["events"] if f["id"] not in used and same_event(event, f)), None)
        if match:
            used.add(match["id"])
            hits += 1
    heard = 0
    for want in gold["statements"]:
        heard += any(
            any(meets(want["content"], c) for c in s["content"]) and s["speaker"] and s["speaker"]["name"]
            and want["speaker"].split()[-1] in s["speaker"]["name"] for s in found["statements"]
        )  # fmt: skip
    return {"gold_events": len(gold["events"]), "found": hits, "false": len(found["events"]) - hits,
            "gold_statements": len(gold["statements"]), "heard": heard}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model")
    parser.add_argument("--weights")
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    text = (FOLDER / "article.txt").read_text(encoding="utf-8")
    coder = Coder(given.model, weights=given.weights)
    found = record(coder.code(Article(id="example", text=text, published=date(2024, 11, 25))))
    print(json.dumps(compare(json.loads((FOLDER / "gold.json").read_text(encoding="utf-8")), found)))
    if given.show:
        show(found)


def show(found: dict[str, Any]) -> None:
    def names(actors: list[dict[str, Any]]) -> str:
        return ", ".join(f"{a['text']}={a['name']}/{a['country']}/{a['sector']}" for a in actors)

    for e in found["events"]:
        condition = e["condition"] and e["condition"]["text"]
        print(e["score"], e["type"], e["mode"], e["trigger"]["text"], "|", names(e["actors"]), "->", names(e["recipients"]), "|", e["status"],
              "historical" if e["historical"] else "", condition or "")  # fmt: skip
    for s in found["statements"]:
        cue, speaker = s["cue"] and s["cue"]["text"], s["speaker"] and s["speaker"]["name"]
        print(s["score"], s["kind"], speaker, cue, "|", [c["text"] for c in s["content"]], s["reported_by"] and s["reported_by"]["text"])


if __name__ == "__main__":
    main()
