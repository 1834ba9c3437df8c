"""Scores of a model on the development data beside the project, by its own scorer; nothing of the data is kept.

python -m evaluation.development [--model fast|accurate] [--weights FOLDER] [--task NAME …]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from detente import Article, Coder
from detente.record.contract import record

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "eval"
Row = dict[str, Any]


def rows(name: str) -> Iterator[Row]:
    with (DATA / name).open(encoding="utf-8") as f:
        for line in f:
            yield json.loads(line)


def relations(coder: Coder) -> Iterator[Row]:
    for row in rows("relations_dev.jsonl"):
        yield {"uid": row["uid"], "root": coder.relate(row["text"], row["source_span"], row["target_span"]).type}


def events(coder: Coder) -> Iterator[Row]:
    seen: set[str] = set()
    for row in rows("relations_dev.jsonl"):
        if row["sentence_id"] not in seen:
            seen.add(row["sentence_id"])
            doc = coder.code(Article(id=row["sentence_id"], text=row["text"]))
            coded = sorted(record(doc)["events"], key=lambda e: -e["score"])
            yield {"sentence_id": row["sentence_id"], "events": [flat_event(e) for e in coded]}


def flat_event(e: Row) -> Row:
    """The scorer's event; of a reciprocal act the first party is the source and the others are the targets."""
    sources, targets = e["actors"], e["recipients"]
    if not targets and len(sources) > 1:
        targets, sources = sources[1:], sources[:1]
    return {"root": e["type"], "sources": sources, "targets": targets}


def articles(coder: Coder) -> Iterator[Row]:
    for row in rows("articles_dev.jsonl"):
        published = date.fromisoformat(row["published"][:10]) if row.get("published") else None
        yield record(coder.code(Article(id=row["id"], text=row["text"], published=published)))


def speech(coder: Coder) -> Iterator[Row]:
    for row in rows("attribution_dev.jsonl"):
        found = record(coder.code(Article(id=row["id"], text=row["text"])))["statements"]
        yield {"id": row["id"], "attributions": [attribution(s) for s in found]}


def attribution(s: Row) -> Row:
    def spans(*values: Row | None) -> list[list[int]]:
        return [[v["start"], v["end"]] for v in values if v]

    return {"source": spans(s["speaker"]), "cue": spans(s["cue"]), "content": spans(*s["content"])}


TASKS: dict[str, Callable[[Coder], Iterator[Row]]] = {"relations": relations, "events": events, "articles": articles, "speech": speech}


def scored(task: str, coder: Coder) -> Row:
    """What the scorer says of the task's predictions."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
        f.writelines(json.dumps(row) + "\n" for row in TASKS[task](coder))
        f.flush()
        done = subprocess.run([sys.executable, str(DATA / "score.py"), task, f.name, "--json"], capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def headlines(task: str, result: Row) -> dict[str, float]:
    """The figures of a task that floors hold."""
    if task == "relations":
        return {
            "root_macro_f1": result["root"]["macro_f1"],
            "quad_macro_f1": result["quad"]["macro_f1"],
            "accuracy": result["root"]["accuracy"],
        }
    if task == "events":
        return {"dyad_f1": result["lenient"]["dyad_f1"], "strict_triple": result["strict"]["triple"],
                "events_per_sentence": result["events_per_sentence"]}  # fmt: skip
    if task == "speech":
        quoted = result["quotation_speaker"]
        return {"content_f1": result["attribution_f1_content"], "content_source_f1": result["attribution_f1_content_and_source"],
                "speaker_overlap": quoted["speaker_overlap"], "speaker_exact": quoted["speaker_exact"]}  # fmt: skip
    return {
        k: result[k] for k in ("event_f1", "precision", "recall", "status", "historical", "country", "sector", "statement_f1", "speaker")
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model")
    parser.add_argument("--weights")
    parser.add_argument("--task", nargs="*", default=list(TASKS))
    given = parser.parse_args()
    coder = Coder(given.model, weights=given.weights)
    for task in given.task:
        print(task, json.dumps(headlines(task, scored(task, coder))), flush=True)


if __name__ == "__main__":
    main()
