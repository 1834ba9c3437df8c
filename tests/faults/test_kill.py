"""An ingest that is killed, stopped, or runs beside another one: no article is lost, none is there twice.

``DETENTE_KILLS=200`` kills more often than the six times of a usual run.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from detente.lake.store import Lake
from tests.ingest.fake import check_whole, ingest, write_articles

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("DETENTE_KILLS", "6"))
COUNT = 60


def start(lake: Path, folder: Path, seconds: float = 0.01) -> subprocess.Popen[str]:
    """The program of tests.ingest.fake."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-m", "tests.ingest.fake", str(lake), str(folder), str(seconds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path})


def wait_for_writes(process: subprocess.Popen[str], count: int) -> None:
    """Returns as the program is about to write for so many times, or when it has ended."""
    assert process.stdout is not None
    for _ in range(count):
        if not process.stdout.readline().startswith("write"):
            return


def wait_for(path: Path) -> None:
    end = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < end, f"no {path}"
        time.sleep(0.05)


def check_readable(lake: Path) -> int:
    """The lake opens in time, and each coding that stands is whole; returns their number."""
    began = time.monotonic()
    store = Lake(lake)
    codings = store.read("codings")
    events, articles = store.read("events"), store.read("articles")
    assert time.monotonic() - began < 5
    found = codings.to_pylist()
    standing = set(events["coding_id"].to_pylist())
    assert {c["coding_id"] for c in found if c["events"]} <= standing
    assert {c["article_id"] for c in found if c["outcome"] != "rejected"} <= set(articles["article_id"].to_pylist())
    return len(found)


def test_a_kill_at_any_moment_loses_and_doubles_nothing(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", COUNT)
    moments, lake, killed, lakes, before = random.Random(7), tmp_path / "lake0", 0, 0, 0
    while killed < KILLS:
        process = start(lake, tmp_path / "in")
        wait_for_writes(process, moments.randint(1, 50))
        time.sleep(moments.uniform(0, 0.05))
        process.kill()
        process.communicate()
        now = check_readable(lake)
        assert now >= before
        before = now
        if process.returncode == 0:  # it was done before: go on with a new lake
            check_whole(Lake(lake), COUNT)
            lakes, before = lakes + 1, 0
            lake = tmp_path / f"lake{lakes}"
        else:
            assert process.returncode == -signal.SIGKILL
            killed += 1
    ingest(lake, tmp_path / "in")
    check_whole(Lake(lake), COUNT)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_it_cleanly_with_what_is_done(tmp_path: Path, number: signal.Signals, code: int) -> None:
    write_articles(tmp_path / "in", COUNT)
    process = start(tmp_path / "lake", tmp_path / "in", 0.2)
    wait_for(tmp_path / "lake" / "codings" / "_delta_log")
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert process.returncode == code, err
    assert "Traceback" not in err
    ends = json.loads(out.splitlines()[-1])
    assert 0 < ends["coded"] < 48
    assert check_readable(tmp_path / "lake") == ends["coded"] + ends.get("no_event", 0) + ends.get("rejected", 0)
    ingest(tmp_path / "lake", tmp_path / "in")
    check_whole(Lake(tmp_path / "lake"), COUNT)


def test_two_at_once_take_each_article_once(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", COUNT)
    both = [start(tmp_path / "lake", tmp_path / "in", 0.02) for _ in range(2)]
    for process in both:
        wait_for_writes(process, 1)
    ends = [(*process.communicate(timeout=100), process.returncode) for process in both]
    assert [code for _, _, code in ends] == [0, 0], [err for _, err, _ in ends]
    told = [json.loads(out.splitlines()[-1]) for out, _, _ in ends]
    check_whole(Lake(tmp_path / "lake"), COUNT)
    assert [t["read"] for t in told] == [COUNT + 1] * 2
    assert sum(t.get("coded", 0) for t in told) == 48
