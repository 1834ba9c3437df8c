"""detente knowledge: what users bring in, and what they are told of a name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.cli import main

LINES = [
    {"id": "p", "schema": "Person", "properties": {"name": ["Liga Ezera"]}},
    {"id": "o", "schema": "Position", "properties": {"name": ["Minister of Health"], "country": ["lv"]}},
    {"id": "t", "schema": "Occupancy", "properties": {"holder": ["p"], "post": ["o"], "startDate": ["2020"], "endDate": ["2021-03-01"]}},
]


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(["knowledge", *arguments])
    return int(stop.value.code or 0)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_import_tells_what_came_of_it_and_show_finds_it(tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "people.json"
    path.write_text("\n".join([*map(json.dumps, LINES), *["{"] * 7]))
    assert run("import", str(path)) == 0
    out, err = capsys.readouterr()
    assert "10 lines read, 7 malformed" in out
    assert f"{home / 'knowledge' / 'offices.csv'}: 1 rows" in out
    assert "people.json, line 4: no JSON" in err
    assert "and 2 more malformed lines" in err
    assert run("show", "Ezera", "--on", "2020-06-01") == 0
    out = capsys.readouterr().out
    assert "Liga Ezera: Minister of Health of LVA" in out
    assert "2020-01-01/2020-12-31 to 2021-03-01" in out
    assert "unsure" in out
    assert "followthemoney:people.json, imported " in out


def test_usage_errors_name_the_value(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("import", str(tmp_path / "gone.json")) == 2
    assert "gone.json" in capsys.readouterr().err
    assert run("show", "Russia", "--on", "yesterday") == 2
    assert "'yesterday'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "on", "expected"),
    [
        ("Shoigu", "2020-01-01", "current defence minister of RUS"),
        ("Shoigu", "2024-11-25", "current security council head of RUS"),
        ("Taliban", "2020-02-29", "group: AFG REB"),
        ("Taliban", "2024-11-25", "group: AFG GOV"),
        ("Moscow", "2024-01-01", "of Russia: RUS"),
        ("NATO", "2024-11-25", "members on 2024-11-25 (32)"),
        ("NATO", "2024-11-25", "seat: Brussels, BEL"),
        ("Yugoslavia", "1990-01-01", "followed by SRB"),
        ("lawmakers", "2024-01-01", "role noun: LEG"),
    ],
)
def test_show_answers_at_the_date(name: str, on: str, expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", name, "--on", on) == 0
    assert expected in capsys.readouterr().out


def test_an_ambiguous_surname_lists_whom_it_could_mean(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", "Johnson", "--on", "2024-03-01") == 0
    out = capsys.readouterr().out
    assert "Boris Johnson" in out
    assert "Mike Johnson" in out


def test_an_unknown_name_gets_near_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", "Zelenksy") == 1
    assert "Zelensky" in capsys.readouterr().err
    assert run("show", "Qwxzv Jjkk") == 1
    assert "is not known, nor one like it" in capsys.readouterr().err
