"""The commands that fill a lake and keep it, with a coder that needs no model."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente import ingest_commands
from detente.cli import main
from detente.errors import InputError
from detente.lake.store import Lake
from detente.lake.upkeep import compact, vacuum
from tests.ingest.fake import BY, FakeCoder, check_whole, ingest, text_of, write_articles


@pytest.fixture(autouse=True)
def _fake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_commands, "Coder", lambda model: FakeCoder())
    monkeypatch.setattr(ingest_commands, "coded_by", lambda coder: BY)


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    return int(stop.value.code or 0)


def test_ingest_tells_sums_and_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_articles(tmp_path / "in", 6)
    lake = str(tmp_path / "lake")
    assert run("ingest", str(tmp_path / "in"), "--lake", lake, "--published", "2024-05-04") == 1
    assert "7 inputs = 5 coded + 1 no event + 1 rejected + 0 already there" in capsys.readouterr().err
    assert run("ingest", str(tmp_path / "in" / "rows.jsonl"), "--lake", lake) == 0
    check_whole(Lake(lake), 6)


def test_columns_of_tables_may_have_other_names(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(f"nr,body\n7,{text_of(0)}\n")
    assert run("ingest", str(tmp_path / "t.csv"), "--lake", str(tmp_path / "lake"), "--column.text", "body", "--column.id", "nr") == 0
    assert Lake(tmp_path / "lake").read("articles")["article_id"].to_pylist() == ["7"]


def test_wrong_usage_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lake = str(tmp_path / "lake")
    assert run("ingest", "--lake", lake, "--wrong") != 0
    assert run("ingest", "x", "--lake", lake, "--workers", "0") == 2
    assert "workers (0)" in capsys.readouterr().err
    assert run("watch", str(tmp_path / "none.toml"), "--lake", lake) == 2
    assert run("lake", "compact", "--lake", lake) == 2
    assert run("ingest", "x", "--lake", str(Path(__file__))) == 1


def test_watch_once_ends_and_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "feeds.toml").write_text('[[feed]]\nurl = "http://127.0.0.1:9/feed"\n')
    assert run("watch", str(tmp_path / "feeds.toml"), "--lake", str(tmp_path / "lake"), "--once") == 1
    assert "127.0.0.1" in capsys.readouterr().err
    assert (tmp_path / "lake" / "watch.json").is_file()


def test_compaction_and_vacuum_lose_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_articles(tmp_path / "in", 20)
    lake = Lake(tmp_path / "lake")
    ingest(lake, tmp_path / "in", inputs=4)
    files = len(list((tmp_path / "lake").rglob("*.parquet")))
    assert {k.table: k.made for k in compact(lake)}["events"] == 1
    check_whole(Lake(tmp_path / "lake"), 20)
    assert sum(k.gone for k in vacuum(lake, keep_days=1)) == 0
    (tmp_path / "lake" / "events" / "part-left.parquet").write_bytes(b"of a run that was killed")
    assert sum(k.gone for k in vacuum(lake, keep_days=0)) == files
    check_whole(Lake(tmp_path / "lake"), 20)
    assert ingest(lake, tmp_path / "in").counts.ends["there"] == 20
    check_whole(lake, 20)
    assert run("lake", "vacuum", "--keep-days", "30", "--lake", str(tmp_path / "lake")) == 0
    assert run("lake", "compact", "--lake", str(tmp_path / "lake")) == 0
    assert "events: " in capsys.readouterr().out
    with pytest.raises(InputError, match="keep-days -1"):
        vacuum(lake, keep_days=-1)
