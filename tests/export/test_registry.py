"""One function writes every format: from lakes, Docs and rows, whole or not at all, in an order of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pyarrow.parquet as pq
import pytest

from detente.cli import main
from detente.coding.coder import Coder
from detente.document import Article, Doc
from detente.errors import InputError
from detente.export import registry
from detente.export.gdelt import EVENTS
from detente.export.registry import FORMATS, Format, export
from detente.lake.store import Lake
from detente.record.rows import CodedBy
from detente.record.schemas import SCHEMAS
from tests.export.factory import article, event

BY = CodedBy("0", "fast", "hash", "book")
TEXTS = ["Iran condemned Israel's airstrikes on Damascus on Friday.", "China and Russia met in Beijing. The United States sanctioned Iran."]


def docs(coder: Coder) -> list[Doc]:
    return [coder.code(Article(id=f"a{n}", text=t, published=date(2024, 5, 4), url=f"https://x.org/{n}")) for n, t in enumerate(TEXTS)]


def written(path: Path) -> dict[str, bytes]:
    """The bytes of a file, or of all files of a folder."""
    return {p.name: p.read_bytes() for p in sorted(path.iterdir())} if path.is_dir() else {"": path.read_bytes()}


def test_the_formats_are_those_of_the_command_line() -> None:
    assert get_args(Format) == FORMATS


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_lake_gives_an_empty_file(tmp_path: Path, format: str) -> None:
    assert export(Lake(tmp_path / "lake"), format, tmp_path / "out.x") == 0
    text = (tmp_path / "out.x").read_bytes()
    if format in ("annotations", "geojson", "plover"):
        found = json.loads(text)
        assert (found["features"] if format == "geojson" else found) == []


@pytest.mark.parametrize("format", FORMATS)
def test_the_order_of_the_input_does_not_show(tmp_path: Path, coder: Coder, format: str) -> None:
    found = docs(coder)
    for name, order in (("one", found), ("two", found[::-1])):
        lake = Lake(tmp_path / f"lake-{name}")
        for doc in order:
            lake.append([doc], BY)
        assert export(lake, format, tmp_path / name) > 0
    export(found, format, tmp_path / "docs", by=BY)
    assert written(tmp_path / "one") == written(tmp_path / "two") == written(tmp_path / "docs")


def test_the_newest_coding_counts_or_every_one(tmp_path: Path, coder: Coder) -> None:
    lake, doc = Lake(tmp_path / "lake"), docs(coder)[0]
    lake.append([doc], BY)
    none = Doc(doc.article, {**doc.layers, "events": (), "statements": ()})
    lake.append([none], BY._replace(version="1"))
    assert export(lake, "jsonl", tmp_path / "new.jsonl") == 0
    assert export(lake, "jsonl", tmp_path / "every.jsonl", every=True) == len(doc.events) > 0


def test_a_changed_article_stands_as_its_newest_coding_read_it(tmp_path: Path, coder: Coder) -> None:
    lake, doc = Lake(tmp_path / "lake"), docs(coder)[0]
    for text in (doc.article.text, "It rained. " + doc.article.text):
        lake.append([coder.code(replace(doc.article, text=text))], BY)
    export(lake, "parquet", tmp_path / "all")
    (kept,) = pq.read_table(tmp_path / "all" / "articles.parquet").to_pylist()
    assert kept["text"].startswith("It rained.")
    export(lake, "annotations", tmp_path / "a.json")
    for found in json.loads((tmp_path / "a.json").read_text(encoding="utf-8")):
        quote, at = found["target"]["selector"]
        assert kept["text"][at["start"] : at["end"]] == quote["exact"]


def test_rows_may_be_tables_or_dicts_and_lack_columns(tmp_path: Path) -> None:
    table = registry.read({"events": [{"event_id": "e", "type": "ACCUSE"}]})["events"]
    assert table.schema == SCHEMAS["events"]
    for rows in (table, table.to_pylist()):
        for format in sorted(set(FORMATS) - {"annotations"}):
            export({"events": rows, "articles": [article()]}, format, tmp_path / "x.y")


@pytest.mark.parametrize("format", ["csv", "gexf", "polecat"])
def test_a_path_that_cannot_be_written_says_so(tmp_path: Path, format: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match=r"can't be written: .*choose another --out"):
        export({"events": [event()]}, format, tmp_path / "file" / "out.x")
    with pytest.raises(InputError, match="'wordperfect' is no export format; the formats are annotations, csv"):
        export({"events": [event()]}, "wordperfect", tmp_path / "x")


def test_a_file_is_whole_or_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(tables: Any, path: Path) -> int:
        path.write_text("half")
        raise OSError(28, "No space left on device")

    writers: dict[str, Callable[[Any, Path], int]] = {**registry.WRITERS, "plover": broken}
    monkeypatch.setattr(registry, "WRITERS", writers)
    (tmp_path / "p.json").write_text("old")
    with pytest.raises(InputError, match="No space left on device"):
        export({"events": [event()]}, "plover", tmp_path / "p.json")
    assert [p.name for p in tmp_path.iterdir()] == ["p.json"]
    assert (tmp_path / "p.json").read_text() == "old"


def test_the_command_writes_and_counts(tmp_path: Path, coder: Coder, capsys: pytest.CaptureFixture[str]) -> None:
    Lake(tmp_path / "lake").append(docs(coder), BY)
    with pytest.raises(SystemExit) as stop:
        main(["export", "gdelt-events", "--lake", str(tmp_path / "lake"), "--out", str(tmp_path / "g.tsv")])
    lines = (tmp_path / "g.tsv").read_text(encoding="utf-8").splitlines()
    assert stop.value.code == 0
    assert f"{len(lines)} records written to" in capsys.readouterr().err
    assert {len(line.split("\t")) for line in lines} == {len(EVENTS)}


def test_the_command_names_a_lake_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["export", "csv", "--lake", str(tmp_path / "none"), "--out", str(tmp_path / "x.csv")])
    assert stop.value.code == 2
    assert "no lake" in capsys.readouterr().err
    assert not (tmp_path / "x.csv").exists()
