"""Parquet, CSV and JSON lines: what is read back is what was written, and no cell is a formula."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import BadRow
from detente.export.cells import escaped, flat, unescaped
from detente.export.flat import read_csv
from detente.export.registry import export
from detente.record.schemas import EVENTS
from tests.export.factory import NASTY, PLACES, Row, event


def events() -> list[Row]:
    nasty = [event(event_id=f"n{n}", trigger=text, sentence=text, actor_names=[text], score=0.1 * n) for n, text in enumerate(NASTY)]
    return sorted([*PLACES, *nasty], key=lambda e: str(e["event_id"]))


def rounded(rows: list[Row]) -> list[Row]:
    """The rows as the schema holds them, with its 32-bit numbers."""
    return pa.Table.from_pylist(rows, schema=EVENTS).to_pylist()  # type: ignore[no-any-return]


def test_parquet_has_the_schema_and_the_rows(tmp_path: Path) -> None:
    assert export({"events": events()}, "parquet", tmp_path / "e.parquet") == len(events())
    assert pq.read_schema(tmp_path / "e.parquet").equals(EVENTS)
    frame = pd.read_parquet(tmp_path / "e.parquet")
    assert list(frame["event_id"]) == [e["event_id"] for e in events()]
    assert pq.read_table(tmp_path / "e.parquet").to_pylist() == rounded(events())


def test_csv_comes_back_by_its_own_reader(tmp_path: Path) -> None:
    export({"events": events()}, "csv", tmp_path / "e.csv")
    assert rounded(list(read_csv(tmp_path / "e.csv", EVENTS))) == rounded(events())


def test_pandas_reads_the_csv_and_numbers_are_numbers(tmp_path: Path) -> None:
    export({"events": events()}, "csv", tmp_path / "e.csv")
    frame = pd.read_csv(tmp_path / "e.csv", dtype={"cameo": str})
    assert list(frame.columns) == EVENTS.names
    assert list(frame["intensity"]) == [-2.0] * len(events())
    assert frame["lat"].dtype == float
    assert list(frame["cameo"].unique()) == ["111"]
    assert json.loads(frame["actor_names"][0]) == ["Iran"]
    assert not frame["trigger"].str.match(r"[=+\-@\t\r]").any()
    assert not frame["sentence"].str.match(r"[=+\-@\t\r]").any()


def test_jsonl_has_one_object_a_row_with_short_numbers(tmp_path: Path) -> None:
    export({"events": events()}, "jsonl", tmp_path / "e.jsonl")
    found = [json.loads(line) for line in (tmp_path / "e.jsonl").read_text(encoding="utf-8").split("\n")[:-1]]
    assert [f["trigger"] for f in found] == [e["trigger"] for e in events()]
    assert found[0]["score"] == 0.9
    assert found[0]["published"] == "2024-11-25"
    assert found[0]["same_as"] is None


def test_a_folder_gets_every_table(tmp_path: Path) -> None:
    export({"events": events()}, "csv", tmp_path / "all")
    assert {p.name for p in (tmp_path / "all").iterdir()} >= {"events.csv", "articles.csv", "codings.csv", "statements.csv", "actors.csv"}


def test_a_table_of_other_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text("event_id,colour\n1,red\n")
    with pytest.raises(BadRow, match="colour is no column of the table"):
        list(read_csv(tmp_path / "e.csv", EVENTS))


@given(st.text(alphabet=st.sampled_from("'=+-@\t\ra1"), max_size=5))
def test_the_escape_is_taken_off_again_and_hides_every_formula(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert not escaped(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(
    ("value", "cell"),
    [("a\tb\r\nc", "a b c"), ('"x" y', "'x' y"), ('x "y"', 'x "y"'), (None, "-"), ("\n", "-"), (-7.2, "-7.2"), ("a\u2028b", "a b")],
)
def test_a_flat_cell_holds_no_tab_break_or_opening_quote(value: object, cell: str) -> None:
    assert flat(value, "-") == cell
