"""The committed floors of issue 6 on the half that nothing was tuned on."""

from __future__ import annotations

from evaluation.happenings import grouped
from evaluation.happenings_data import load, told
from evaluation.happenings_edits import reprint_score
from evaluation.happenings_score import b_cubed


def test_happenings_are_found() -> None:
    assert grouped(told("held")).f1 >= 0.90


def test_reprints_are_found() -> None:
    assert reprint_score("held").f1 >= 0.97


def test_the_set_has_sixty_happenings_of_five_wordings() -> None:
    happenings = [*load("tune"), *load("held")]
    assert len({h["id"] for h in happenings}) == 60
    assert all(len({w["sentence"] for w in h["wordings"]}) >= 5 for h in happenings)


def test_b_cubed_of_a_known_case() -> None:
    gold, found = {"a": 1, "b": 1, "c": 2}, {"a": 1, "b": 1, "c": 1}
    assert [round(v, 4) for v in b_cubed(gold, found)] == [0.5556, 1.0, 0.7143]
