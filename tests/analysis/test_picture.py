"""Pictures: characters without matplotlib, files with it, nothing of a gap drawn as a value."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from detente.analysis.network import network
from detente.analysis.series import Series
from detente.errors import InputError, SetupError
from detente.lake.store import Lake
from tests.analysis.factory import article, event, make_lake

DAYS = ("2024-01-10", "2024-03-05")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    events = [event("RUS", "AFG", "AID", DAYS[0]), event("AFG", "RUS", "ACCUSE", DAYS[1])]
    return make_lake(tmp_path / "lake", articles=[article(d) for d in DAYS], events=events)


def test_characters_show_line_band_and_gap(lake: Lake) -> None:
    lines = repr(lake.dyad("RUS", "AFG").plot()).splitlines()
    assert lines[0].startswith("Russia to Afghanistan, by month")
    body = lines[1:14]
    assert all(line[13:17] == "╱╱╱╱" for line in body)
    assert sum("━" in line for line in body) == 2
    assert any("░" in line for line in body)
    assert "2024-01-01" in lines[19]
    assert lines[20] == "╱ no article read"


def test_many_days_fit_the_width(lake: Lake) -> None:
    lines = repr(lake.dyad("RUS", "AFG", by="day", since="2022-01-01").plot()).splitlines()
    assert max(map(len, lines[1:])) <= 110
    assert "+" in lines[1]


def test_nothing_at_all_is_drawn_with_its_note(tmp_path: Path) -> None:
    assert "Note: the lake holds no article with a date" in repr(Lake(tmp_path).dyad("RUS", "AFG").plot())
    assert "no event that was done" in repr(network(Lake(tmp_path)).plot())


def test_a_network_is_a_matrix(lake: Lake) -> None:
    lines = repr(network(lake).plot()).splitlines()
    assert lines[1].split() == ["AFG", "RUS"]
    assert lines[2].split()[0] == "AFG"
    assert lines[2].split()[1].startswith("-")
    assert any("Position and nearness of nodes mean nothing" in line for line in lines)


@pytest.mark.parametrize("what", ["series", "network", "empty"])
@pytest.mark.parametrize("format", ["svg", "png", "pdf"])
def test_files_are_written(lake: Lake, tmp_path: Path, what: str, format: str) -> None:
    pytest.importorskip("matplotlib")
    found = {"series": lake.dyad("RUS", "AFG"), "network": network(lake), "empty": Lake(tmp_path / "none").dyad("RUS", "AFG")}[what]
    path = found.plot().save(tmp_path / f"x.{format}")
    data = path.read_bytes()
    assert data.startswith({"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}[format])
    if format == "svg":
        assert data == found.plot().save(tmp_path / "again.svg").read_bytes()
        words = " ".join("".join(t.itertext()) for t in ElementTree.fromstring(data).iter("{http://www.w3.org/2000/svg}text"))
        assert found.title.split(":")[0] in words
        assert all(note.split()[0] in words for note in found.notes)


def test_a_notebook_gets_svg_or_characters(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("matplotlib")
    series: Series = lake.dyad("RUS", "AFG")
    assert "<svg" in (series.plot()._repr_svg_() or "")
    monkeypatch.delattr("detente.analysis.plots")
    monkeypatch.setitem(sys.modules, "detente.analysis.plots", None)
    assert series.plot()._repr_svg_() is None
    with pytest.raises(SetupError, match=r"install detente\[plot\]"):
        series.plot().save("x.svg")


def test_a_wrong_suffix_and_an_unwritable_file_are_named(lake: Lake, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"x.gif can't be a picture; end its name in .svg"):
        lake.dyad("RUS", "AFG").plot().save("x.gif")
    pytest.importorskip("matplotlib")
    with pytest.raises(InputError, match="can't be written"):
        lake.dyad("RUS", "AFG").plot().save(tmp_path / "none" / "x.svg")
