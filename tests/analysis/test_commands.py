"""The commands that ask a lake, as users meet them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from detente.cli import main
from tests.analysis.factory import article, event, make_lake

DAYS = ("2024-01-10", "2024-03-05")


@pytest.fixture
def lake(tmp_path: Path) -> str:
    events = [event("RUS", "AFG", "AID", DAYS[0]), event("USA", "AFG", "ACCUSE", DAYS[1], sentence="[=1+1]\nline")]
    make_lake(tmp_path / "lake", articles=[article(d) for d in DAYS], events=events)
    return str(tmp_path / "lake")


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    return int(stop.value.code or 0)


def test_sql_in_three_formats(lake: str, capsys: pytest.CaptureFixture[str]) -> None:
    query = "select sentence, sum(quad) as q, actor_countries, day, 'nan'::double as x from events where type = 'ACCUSE' group by all"
    assert run("sql", query, "--lake", lake, "--format", "jsonl") == 0
    assert json.loads(capsys.readouterr().out) == {
        "sentence": "[=1+1]\nline",
        "q": 3,
        "actor_countries": ["USA"],
        "day": DAYS[1],
        "x": None,
    }
    assert run("sql", "select '=1+1' as f, -1 as n", "--lake", lake, "--format", "csv") == 0
    assert list(csv.reader(capsys.readouterr().out.splitlines())) == [["f", "n"], ["'=1+1", "-1"]]
    assert run("sql", query, "--lake", lake) == 0
    assert "[=1+1] line" in capsys.readouterr().out


def test_sql_that_writes_and_a_missing_lake_end_with_two(lake: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sql", "drop view events", "--lake", lake) == 2
    assert run("sql", "select 1", "--lake", lake + "x") == 2
    assert "no lake" in capsys.readouterr().err


def test_dyads_with_a_group(lake: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("dyads", "--lake", lake, "--group", "the West=USA,GBR", "--format", "jsonl") == 0
    assert [json.loads(line)["actor"] for line in capsys.readouterr().out.splitlines()] == ["RUS", "the West"]
    assert run("dyads", "--lake", lake) == 0
    assert "RUS" in capsys.readouterr().out
    assert run("dyads", "--lake", lake, "--group", "the West") == 2
    assert "write NAME=USA,GBR,FRA" in capsys.readouterr().err


def test_series_as_rows_and_plots(lake: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("series", "Russia", "AFG", "--lake", lake, "--by", "month") == 0
    assert "gap" in capsys.readouterr().out
    assert run("series", "RUS", "AFG", "--lake", lake, "--format", "csv") == 0
    assert [r["gap"] for r in csv.DictReader(capsys.readouterr().out.splitlines())] == ["false", "true", "false"]
    assert run("series", "RUS", "AFG", "--lake", lake, "--plot", "terminal") == 0
    assert "━" in capsys.readouterr().out
    assert run("series", "Rusia", "AFG", "--lake", lake) == 2
    assert "near names: Russia (RUS)" in capsys.readouterr().err
    pytest.importorskip("matplotlib")
    assert run("series", "RUS", "AFG", "--lake", lake, "--plot", str(tmp_path / "x.svg")) == 0
    assert (tmp_path / "x.svg").stat().st_size > 1000


def test_network_states_its_limits(lake: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("network", "--lake", lake, "--least", "1") == 0
    out, err = capsys.readouterr()
    assert "RUS" in out
    assert "not all that happened" in err
    assert run("network", "--lake", lake, "--plot", "terminal") == 0
    assert "AFG" in capsys.readouterr().out
