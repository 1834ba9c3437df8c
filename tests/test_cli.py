"""The command line as users meet it: contracts, exit codes, messages that name the value and the remedy."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from detente.cli import main
from detente.lake.store import Lake

TEXT = (
    "Envoys meet in Doha\n"
    "DOHA, May 3 - Iran's foreign minister, Reza Kamali, condemned Israeli airstrikes on Damascus on Friday and urged the United Nations to act.\n"
    '"We will not stay silent," he said. Israel has threatened to strike again if Hezbollah fires more rockets, a Western diplomat said.\n'
    "Also read: Ten photographs of the week\n"
    "Qatar freed two Iranian prisoners on Thursday, according to the state news agency."
)


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    return int(stop.value.code or 0)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def spans(value: Any) -> list[dict[str, Any]]:
    """Every object with start, end and text, wherever it stands."""
    if isinstance(value, list):
        return [s for v in value for s in spans(v)]
    if not isinstance(value, dict):
        return []
    own = [value] if {"start", "end", "text"} <= set(value) else []
    return own + [s for v in value.values() for s in spans(v)]


def test_the_contract_of_code(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("code", str(article), "--format", "jsonl", "--published", "2024-05-04") == 0
    (found,) = objects(capsys.readouterr().out)
    assert {"id", "title", "published", "language", "not_body", "events", "statements"} <= set(found)
    assert found["published"] == "2024-05-04"
    assert all(TEXT[s["start"] : s["end"]] == s["text"] for s in spans(found))
    assert "Also read: Ten photographs of the week" in [n["text"] for n in found["not_body"]]
    for event in found["events"]:
        assert {"id", "type", "mode", "quad", "cameo", "intensity", "score", "status", "historical", "trigger", "actors", "recipients", "place",
                "time", "instrument", "condition", "claimed_by", "same_as", "sentence"} <= set(event)  # fmt: skip
        for actor in event["actors"] + event["recipients"]:
            assert {"name", "country", "sector", "role", "refers_to"} <= set(actor)
    assert ("ACCUSE", "IRN") in {(e["type"], a["country"]) for e in found["events"] for a in e["actors"]}
    said = next(s for s in found["statements"] if s["kind"] == "direct")
    assert said["content"][0]["text"].startswith("We will not stay silent")


def test_every_format_writes_something_and_html_is_whole(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.html"
    assert run("code", str(article), "--format", "html", "--out", str(page)) == 0
    html = page.read_text(encoding="utf-8")
    assert html.startswith("<!doctype html>")
    assert html.count("<mark") == html.count("</mark>") > 3
    assert "src=" not in html
    assert "url(" not in html
    assert run("code", str(article)) == 0
    assert "ACCUSE" in capsys.readouterr().out


def test_bad_inputs_are_named_and_the_others_are_coded(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "french.txt").write_text("Le ministre des affaires étrangères a rencontré son homologue allemand à Berlin mardi soir.")
    (tmp_path / "rows.jsonl").write_text('{"id": "one", "text": "Iran condemned Israel."}\nnot json\n')
    assert run("code", str(tmp_path), str(tmp_path / "gone.txt"), "--format", "jsonl") == 1
    out, err = capsys.readouterr()
    assert {o["id"] for o in objects(out)} >= {"one"}
    assert len(objects(out)) == 2
    for words in ("empty.txt", "binary.txt", "french.txt", "rows.jsonl", "2", "gone.txt"):
        assert words in err
    assert "7 articles in" in err
    assert "5 rejected" in err


def test_usage_errors_exit_with_two(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("code", str(article), "--published", "yesterday") == 2
    assert "'yesterday'" in capsys.readouterr().err
    assert run("code", str(article), "--workers", "0") == 2


def test_standard_input_takes_json_lines(tmp_path: Path) -> None:
    line = json.dumps({"id": "x", "text": "Iran condemned Israel's airstrikes.", "published": "2024-05-04"})
    done = subprocess.run(
        [sys.executable, "-m", "detente.cli", "code", "-", "--format", "jsonl"], input=line, capture_output=True, text=True, check=True
    )
    assert objects(done.stdout)[0]["id"] == "x"
    assert "1 articles in" in done.stderr


def test_relate_answers_good_lines_and_names_bad_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Iran condemned Israel on Friday."
    rows = [
        {"uid": "a", "text": text, "source_span": [0, 4], "target_span": [15, 21]},
        {"uid": "b", "text": text, "source_span": [0, 400], "target_span": [15, 21]},
        {"uid": "c", "text": text, "source_span": [0, 4]},
    ]
    path = tmp_path / "pairs.jsonl"
    path.write_text("\n".join([*map(json.dumps, rows), "{"]))
    assert run("relate", str(path)) == 1
    out, err = capsys.readouterr()
    (answer,) = objects(out)
    assert (answer["uid"], answer["type"]) == ("a", "ACCUSE")
    assert 0 < answer["score"] <= 1
    assert "400" in err
    assert "line 3: lacks target_span" in err
    assert "line 4" in err


def test_code_fills_a_lake(article: Path, tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    for _ in range(2):
        assert run("code", str(article), "--format", "jsonl", "--lake", str(lake), "--out", str(tmp_path / "out.jsonl")) == 0
    assert Lake(lake).read("codings").num_rows == 1
    assert Lake(lake).read("events").num_rows > 0


def test_the_demo_ends_with_summary_and_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("demo", "--folder", str(tmp_path)) == 0
    out = capsys.readouterr().out
    assert "40 articles in = " in out
    assert str(tmp_path / "page.html") in out.replace("\n", "")
    assert (tmp_path / "page.html").stat().st_size > 100_000


def test_version_names_model_and_knowledge(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("version") == 0
    assert "model" in capsys.readouterr().out


def test_no_traceback_on_a_closed_pipe(article: Path) -> None:
    command = f"{sys.executable} -m detente.cli code {article} --format jsonl | true"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
