"""Statements as a list: columns, the three formats, cells that no spreadsheet runs, and the documented columns."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from detente.cli import main
from detente.coding.actors import resolve_actors
from detente.coding.reference import resolve_references
from detente.coding.statements import code_statements
from detente.document import Doc
from detente.export.quotes import Quote, quotes, write_quotes
from detente.knowledge.book import load_book
from tests.factory import marked, mention, speech

BOOK = load_book()
TEXT = 'Iran’s foreign minister Javad Amini told Oman, Tass reported: "-5 degrees," he said, "will not stop us."'


@pytest.fixture(scope="module")
def doc() -> Doc:
    found = marked(TEXT, mentions=[mention(TEXT, w) for w in ("Iran’s foreign minister Javad Amini", "Oman", "Tass")], speeches=[
        speech(TEXT, "told", ["-5 degrees", "will not stop us"], speaker="Iran’s foreign minister Javad Amini", addressee="Oman", reporter="Tass"),
    ])  # fmt: skip
    for name, stage in (("references", resolve_references), ("actors", lambda d: resolve_actors(d, BOOK)), ("statements", code_statements)):
        found = found.with_layer(name, stage(found))
    return found


def written(doc: Doc, format: str) -> str:
    stream = io.StringIO()
    write_quotes([doc], format, stream)
    return stream.getvalue()


def test_a_quote_says_who_in_which_role_to_whom_and_where(doc: Doc) -> None:
    (q,) = quotes([doc])
    assert (q.who, q.role, q.country, q.to_whom, q.reported_by) == ("Javad Amini", "foreign minister", "IRN", "Oman", "Tass")
    assert (q.article, q.published, q.kind) == ("a1", "2024-11-25", "direct")
    assert q.what.split(" … ") == [TEXT[slice(*c)] for c in q.offsets]


def test_json_lines_have_the_columns_as_keys(doc: Doc) -> None:
    (found,) = [json.loads(line) for line in written(doc, "jsonl").splitlines()]
    assert list(found) == list(Quote._fields)
    assert next(TEXT[a:b] for a, b in found["offsets"]).startswith("-5")


def test_a_cell_that_looks_like_a_formula_is_escaped(doc: Doc) -> None:
    (row,) = csv.DictReader(io.StringIO(written(doc, "csv")))
    assert list(row) == list(Quote._fields)
    assert row["what"].startswith("'-5 degrees")
    assert row["offsets"].count("-") == 2


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@sum"])
def test_every_start_of_a_formula_is_escaped(start: str) -> None:
    text = f'Lina Aro said: "{start} is not what we want."'
    found = marked(
        text, mentions=[mention(text, "Lina Aro")], speeches=[speech(text, "said", [f"{start} is not what we want."], speaker="Lina Aro")]
    )
    for name, stage in (("references", resolve_references), ("actors", lambda d: resolve_actors(d, BOOK)), ("statements", code_statements)):
        found = found.with_layer(name, stage(found))
    assert next(csv.DictReader(io.StringIO(written(found, "csv"))))["what"].startswith("'" + start)


def test_the_table_names_speaker_and_place(doc: Doc) -> None:
    assert "Javad" in written(doc, "table")


def test_the_command_writes_a_file_and_names_bad_inputs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text('"We will not stay silent about this," Lina Aro said. Iran condemned Israel on Friday.')
    out = tmp_path / "quotes.csv"
    for arguments, code in (([str(tmp_path / "a.txt"), "--out", str(out)], 0), ([str(tmp_path / "gone.txt")], 1), (["--fromat"], 2)):
        with pytest.raises(SystemExit) as stop:
            main(["quotes", *arguments, "--format", "csv", "--model", "fast"])
        assert stop.value.code == code
    with out.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert "Lina Aro" in {r["who"] for r in rows}
    assert "gone.txt" in capsys.readouterr().err


def test_every_column_is_documented() -> None:
    text = (Path(__file__).parents[2] / "docs" / "quotes.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in text for name in Quote._fields)
