"""The corpus format: what a sheet may say, and how its faults are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.agreement import alpha, compare
from training.check import check, ontology
from training.packing import join_units
from training.sheets import Piece, Unit

NAMES = ontology()
HEAD = "@register wire\n@by me\n@split train\n\n"
GOOD = (
    HEAD
    + """Mali's army said militants had abducted two engineers, and urged Algiers to close the border if the raids go on.
  A Mali's army MLI MIL + militants MLI REB + two engineers - CVL + Algiers DZA GOV
  E1 ASSAULT/abduct actual | abducted | who: militants | to: two engineers | by: Mali's army
  E REQUEST/assist conditional | urged | who: Mali's army | to: Algiers | if: if the raids .. on
  S indirect | Mali's army | said | militants had abducted two engineers

They played well.
  0 sport
"""
)


def units(tmp_path: Path, text: str) -> tuple[list[Unit], list[str]]:
    path = tmp_path / "sheet.txt"
    path.write_text(text, encoding="utf-8")
    found, faults = check(path, NAMES)
    return found, [f"{f.line}: {f.text}" for f in faults]


def test_a_good_sheet_gives_spans_of_its_words(tmp_path: Path) -> None:
    (first, second), faults = units(tmp_path, GOOD)
    assert faults == []
    assert second.no_event == ["sport"]
    assert [(e.type, e.mode, e.status, first.words(e.trigger)) for e in first.events] == [
        ("ASSAULT", "abduct", "actual", "abducted"), ("REQUEST", "assist", "conditional", "urged"),
    ]  # fmt: skip
    assert first.words(first.events[1].fields["if"][0]) == "if the raids go on"
    assert first.words(first.statements[0].content[0]) == "militants had abducted two engineers"


@pytest.mark.parametrize(("line", "fault"), [
    ("  E ATTACK actual | abducted", "type 'ATTACK' is unknown"),
    ("  E ASSAULT/bomb actual | abducted", "ASSAULT has no mode 'bomb'"),
    ("  E ASSAULT done | abducted", "after the type: one of actual"),
    ("  E ASSAULT actual | kidnapped", "'kidnapped' does not stand in the text"),
    ("  E ASSAULT actual | abduct", "'abduct' does not stand in the text (as whole words)"),
    ("  E ASSAULT conditional | abducted", "need an if: field"),
    ("  E ASSAULT actual | abducted | whom: militants", "must begin with one of who:"),
    ("  E ASSAULT actual | abducted | who: raids", "stands in no A or R line"),
    ("  E REQUEST actual | urged | who: the", "'the' stands 2 times"),
    ("  E ASSAULT actual | abducted | same: 9", "same: 9 is no event's number"),
    ("  A Mali XYZ GOV", "country 'XYZ'"),
    ("  A Mali MLI GUV", "sector 'GUV' is unknown"),
    ("  S loud | Mali's army | said | the border", "direct|indirect|mixed"),
    ("  X what", "is no kind of line"),
])  # fmt: skip
def test_faults_name_line_words_and_remedy(tmp_path: Path, line: str, fault: str) -> None:
    lines = GOOD.splitlines()
    lines.insert(9, line)
    _, faults = units(tmp_path, "\n".join(lines))
    assert any(fault in f for f in faults), faults


def test_a_unit_without_marks_and_a_sheet_without_settings_are_faults(tmp_path: Path) -> None:
    _, faults = units(tmp_path, "Nobody came.\n")
    assert any("no E line and no 0 line" in f for f in faults)
    assert any("@split is missing" in f for f in faults)


def test_an_article_refers_to_earlier_paragraphs(tmp_path: Path) -> None:
    text = (
        "@article a\n"
        + HEAD
        + 'Lina Aro left Oslo.\n  A Lina Aro FIN GOV\n\n"We are done here for now."\n  S direct | <Lina Aro | - | We .. now.\n  R We = Lina Aro\n'
    )
    (article,), faults = units(tmp_path, text)
    assert faults == []
    assert article.paragraphs == [Piece(0, 19), Piece(20, 47)]
    assert article.words(article.statements[0].speakers[0]) == "Lina Aro"
    assert article.references[0].antecedent == Piece(0, 8)


def test_joined_units_keep_their_words(tmp_path: Path) -> None:
    found, _ = units(tmp_path, GOOD)
    joined = join_units([found[1], found[0], found[0]], "\n")
    assert [joined.words(e.trigger) for e in joined.events] == ["abducted", "urged"] * 2
    assert [joined.words(p) for p in joined.paragraphs] == [found[1].text, found[0].text, found[0].text]


def test_alpha_is_one_for_the_same_and_near_zero_for_chance() -> None:
    assert alpha([("a", "a"), ("b", "b")]) == 1
    assert alpha([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]) == pytest.approx(0.125)


def test_a_coder_agrees_with_itself(tmp_path: Path) -> None:
    found, _ = units(tmp_path, GOOD)
    same = compare([(u, u) for u in found])
    assert {v for k, v in same.items() if k not in ("units", "events a coder")} == {1.0}


def test_every_sheet_of_the_corpus_is_without_fault() -> None:
    folder = Path(__file__).parent.parent.parent / "corpus"
    faults = [f for path in sorted(folder.glob("*/*.txt")) for f in check(path, NAMES)[1]]
    assert faults == []
