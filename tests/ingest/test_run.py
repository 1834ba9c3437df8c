from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from pathlib import Path

import pytest

from detente.export.registry import export
from detente.ingest.progress import describe, span
from detente.ingest.run import Ingest
from detente.ingest.sources import Item, plan
from detente.ingest.stopping import Stop
from detente.lake.store import Lake
from detente.reading.rejects import Reject
from tests.ingest.fake import BY, FakeCoder, check_whole, ingest, text_of, write_articles


def test_each_input_ends_once_and_a_second_run_passes_over_all(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 20)
    run = ingest(tmp_path / "lake", tmp_path / "in", inputs=7)
    assert run.counts.words() == "21 inputs = 16 coded + 4 no event + 1 rejected + 0 already there"
    check_whole(Lake(tmp_path / "lake"), 20)
    coder = FakeCoder()
    again = ingest(tmp_path / "lake", tmp_path / "in", coder=coder)
    assert again.counts.words() == "21 inputs = 0 coded + 0 no event + 1 rejected + 20 already there"
    assert coder.seen == []
    check_whole(Lake(tmp_path / "lake"), 20)


def test_a_row_says_where_an_input_was_and_what_became_of_it(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 10)
    (tmp_path / "in" / "bad.jsonl").write_text('{"id": "b", "text": "broken by itself, they said in the news"}\n{\n')
    ingest(tmp_path / "lake", tmp_path / "in", tmp_path / "gone")
    rows = {(Path(r["source"]).name, r["article_id"]): r for r in Lake(tmp_path / "lake").read("inputs").to_pylist()}
    assert rows["rows.jsonl", "row-1"]["outcome"] == "coded"
    assert rows["rows.jsonl", "row-9"]["outcome"] == "no_event"
    assert rows["empty.txt", None]["reason"] == "empty"
    assert rows["gone", None]["reason"] == "no_input"
    assert rows["bad.jsonl:2", None]["reason"] == "bad_row"
    failed = rows["bad.jsonl", "b"]
    assert (failed["outcome"], failed["reason"], failed["coding_id"]) == ("rejected", "failed", None)
    assert "ValueError: broken" in failed["message"]
    codings = set(Lake(tmp_path / "lake").read("codings")["coding_id"].to_pylist())
    assert {r["coding_id"] for r in rows.values() if r["outcome"] != "rejected"} <= codings


def test_one_content_in_many_places_is_coded_once_and_each_place_has_a_row(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(text_of(1))
    (tmp_path / "c.jsonl").write_text("\n".join(json.dumps({"id": i, "text": text_of(1), "published": "2024-05-04"}) for i in ("x", "y")))
    (tmp_path / "d.jsonl").write_text("\n".join(json.dumps({"text": "broken, as it is, they told their readers"}) for _ in range(2)))
    coder = FakeCoder()
    run = ingest(tmp_path / "lake", *sorted(tmp_path.glob("*.*")), coder=coder)
    assert len(coder.seen) == 2
    assert run.counts.ends == Counter({"coded": 1, "there": 3, "rejected": 2})
    lake = Lake(tmp_path / "lake")
    rows = lake.read("inputs").to_pylist()
    assert sorted((Path(r["source"]).name, r["outcome"]) for r in rows) == [
        ("a.txt", "coded"), ("b.txt", "coded"), ("c.jsonl", "coded"), ("d.jsonl", "rejected")
    ]  # fmt: skip
    assert len({r["article_id"] for r in rows if r["outcome"] == "coded"}) == 1
    assert lake.read("events").num_rows == 1
    later = ingest(tmp_path / "lake", tmp_path / "c.jsonl")
    assert later.counts.ends == Counter({"there": 2})


def hash_of(lake: Path, out: Path) -> str:
    export(Lake(lake), "jsonl", out, every=True)
    return hashlib.sha256(b"".join(p.read_bytes() for p in sorted(out.iterdir()))).hexdigest()


def test_order_and_workers_change_no_byte_of_the_export(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 20)
    files = sorted((tmp_path / "in").iterdir())
    found = set()
    for n, (workers, inputs) in enumerate([(1, 200), (2, 6), (1, 4)]):
        random.Random(n).shuffle(files)
        ingest(tmp_path / f"lake{n}", *files, workers=workers, inputs=inputs)
        check_whole(Lake(tmp_path / f"lake{n}"), 20)
        found.add(hash_of(tmp_path / f"lake{n}", tmp_path / f"out{n}"))
    assert len(found) == 1


def test_a_new_coder_codes_all_again_beside_the_old(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 5)
    ingest(tmp_path / "lake", tmp_path / "in")
    lake = Lake(tmp_path / "lake")
    run = Ingest(lake, FakeCoder(), BY._replace(version="1"))
    run.take([Item(Reject("p", "p", "empty", "p: is empty"), 1)])
    assert lake.read("inputs").num_rows == 7
    assert run.counts.ends == Counter({"rejected": 1})


class Stopping(FakeCoder):
    """Asks the run to stop after some articles, as a signal would."""

    def __init__(self, stop: Stop, after: int):
        super().__init__()
        self._stop, self._after = stop, after

    def stream(self, *arguments, **options):  # type: ignore[no-untyped-def]
        for n, doc in enumerate(super().stream(*arguments, **options), start=1):
            if n == self._after:
                self._stop.signal = 15
            yield doc


def test_a_stopped_run_keeps_what_is_done_and_the_next_goes_on(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 20)
    stop = Stop()
    run = ingest(tmp_path / "lake", tmp_path / "in", stop=stop, coder=Stopping(stop, 8))
    assert run.counts.ends["coded"] + run.counts.ends["no_event"] == 8
    assert "12 more were read and not coded: run again" in run.counts.words()
    coder = FakeCoder()
    ingest(tmp_path / "lake", tmp_path / "in", coder=coder)
    assert len(coder.seen) == 12
    check_whole(Lake(tmp_path / "lake"), 20)


def test_sources_become_steps(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 2)
    steps = plan([str(tmp_path / "in"), "feed:https://a.org/f", "sitemap:https://a.org/s", "https://a.org/x", "-", "feed:none", ""])
    assert [(s.kind, s.source.rpartition("/")[2]) for s in steps] == [
        ("file", "00000.txt"), ("file", "empty.txt"), ("file", "rows.jsonl"), ("feed", "f"), ("sitemap", "s"), ("url", "x"), ("input", "-"),
        ("input", "feed:none"), ("input", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(("seconds", "words"), [(3.2, "3 s"), (65, "1 min 05 s"), (7_380, "2 h 03 min")])
def test_times_are_told_in_words(seconds: float, words: str) -> None:
    assert span(seconds) == words


def test_progress_tells_rate_and_time_left() -> None:
    run = Ingest.__new__(Ingest)
    from detente.ingest.counts import Counts

    run.counts = Counts(read=120)
    assert describe(run.counts, 0.25, 10.0) == "120 inputs, 12.0 a second, 30 s left"
    assert describe(run.counts, 0.0, 10.0) == "120 inputs, 12.0 a second"
