"""A disk that is full or read-only at any write: a clean error, and what was written before can be read and completed."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from deltalake import DeltaTable
from deltalake.table import TableOptimizer

from detente.errors import LakeError
from detente.ingest import feeds_file
from detente.ingest.feeds_file import Feed, Memory
from detente.lake import commits, store
from detente.lake.store import Lake
from detente.lake.upkeep import compact, vacuum
from tests.faults.test_kill import ROOT, check_readable
from tests.ingest.fake import check_whole, ingest, write_articles

TABLES = ("articles", "events", "actors", "codings", "inputs")  # that the fake coder fills
FAULTS = {"full": OSError(errno.ENOSPC, "No space left on device"), "read_only": OSError(errno.EROFS, "Read-only file system")}


def failing(fault: OSError) -> Callable[..., Any]:
    def fail(*arguments: object, **options: object) -> None:
        raise fault

    return fail


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("nth", [0, 2])
def test_a_table_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str, nth: int, fault: OSError) -> None:
    write_articles(tmp_path / "in", 10)
    write, seen = commits.write_deltalake, [0]

    def broken(target: str | DeltaTable, *arguments: Any, **options: Any) -> None:
        uri = target if isinstance(target, str) else target.table_uri
        if uri.rstrip("/").endswith(f"/{table}"):
            seen[0] += 1
            if seen[0] > nth:
                raise fault
        write(target, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(commits, "write_deltalake", broken)
        with pytest.raises(LakeError, match=rf"the lake at {tmp_path}/lake can't be written: .*{fault.strerror}.*check that"):
            ingest(tmp_path / "lake", tmp_path / "in", inputs=3)
    check_readable(tmp_path / "lake")
    ingest(tmp_path / "lake", tmp_path / "in", inputs=3)
    check_whole(Lake(tmp_path / "lake"), 10)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_lake_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: OSError) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(store, "TemporaryFile", failing(fault))
        with pytest.raises(LakeError, match="can't be written"):
            Lake(tmp_path).check()
    monkeypatch.setattr(Path, "mkdir", failing(fault))
    with pytest.raises(LakeError, match="can't be written"):
        Lake(tmp_path / "new").check()


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_upkeep_and_memory_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: OSError) -> None:
    write_articles(tmp_path / "in", 10)
    ingest(tmp_path / "lake", tmp_path / "in", inputs=3)
    lake, path = Lake(tmp_path / "lake"), tmp_path / "state.json"
    feeds_file.save_memory(path, {"u": Memory(etag="old")}, [Feed(url="u")])
    with monkeypatch.context() as patch:
        patch.setattr(TableOptimizer, "compact", failing(fault))
        patch.setattr(DeltaTable, "vacuum", failing(fault))
        for name in ("write_text", "replace"):
            with patch.context() as one:
                one.setattr(Path, name, failing(fault))
                with pytest.raises(LakeError, match="can't be written"):
                    feeds_file.save_memory(path, {"u": Memory(etag="new")}, [Feed(url="u")])
        for keep in (lambda: compact(lake), lambda: vacuum(lake, keep_days=1)):
            with pytest.raises(LakeError, match="can't be written"):
                keep()
    assert feeds_file.load_memory(path) == {"u": Memory(etag="old")}
    check_whole(Lake(tmp_path / "lake"), 10)


# in the child, once its inputs are read, no file may grow beyond some bytes, as on a disk that is really full
REFUSING = """
import resource, signal, sys
from detente.lake.store import Lake
from tests.ingest.fake import main
settle = Lake.settle
def limited(lake, articles):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1500))
    return settle(lake, articles)
Lake.settle = limited
sys.exit(main(*sys.argv[1:]))
"""


def test_a_write_that_the_system_refuses(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", 10)
    ingest(tmp_path / "lake", tmp_path / "in" / "00000.txt")
    before = check_readable(tmp_path / "lake")
    path = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    command = [sys.executable, "-B", "-c", REFUSING, str(tmp_path / "lake"), str(tmp_path / "in"), "0"]
    environment = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=100)
    assert done.returncode == 1
    assert "LakeError: the lake at" in done.stderr
    assert "can't be written" in done.stderr
    assert check_readable(tmp_path / "lake") == before
    ingest(tmp_path / "lake", tmp_path / "in")
    check_whole(Lake(tmp_path / "lake"), 10)
