"""Reprints: edits, portions, order, and texts that only share some wording."""

from __future__ import annotations

import random

import pytest

from detente.collapse.reprints import Reprints, overlap, shingles
from evaluation.happenings_edits import reprints

WIRE = (
    "The ferry Almas ran aground off Socotra on Friday with ninety passengers, the harbour master said. Two fishing boats took off the "
    "children first. A tug from Mukalla was to pull her free at high water. The company blamed a broken chart, while sailors spoke of "
    "a captain who had not slept for two days. Nobody was hurt, and the cargo of onions was sold on the beach before evening."
)
OTHER = (
    "Parliament in Dhaka passed a budget that doubles the price of railway tickets. Opposition members walked out before the vote and "
    "sat down on the steps with umbrellas. The finance minister said that tracks laid in his grandfather's time could not last for ever, "
    "and that fares had stood still for eleven years while diesel had not."
)


def test_an_edited_wire_is_a_reprint() -> None:
    cut = "FERRY STUCK. " + " ".join(WIRE.split(". ")[:4])
    assert Reprints([("a", WIRE), ("b", cut), ("c", OTHER)]).clusters() == (("a", "b"), ("c",))


def test_a_short_brief_of_a_long_article_is_found() -> None:
    long = WIRE + " " + " ".join(f"Paragraph {n} tells another story about harbour number {n} and its pilots." for n in range(90))
    assert Reprints([("long", long), ("brief", WIRE[:320])]).clusters() == (("brief", "long"),)


def test_a_shared_background_sentence_makes_no_reprint() -> None:
    background = " The island has no deep harbour, and ferries have run aground there four times since 2019."
    assert len(Reprints([("a", WIRE + background), ("b", OTHER + background)]).clusters()) == 2


def test_empty_and_tiny_texts_stand_alone_unless_equal() -> None:
    found = Reprints([("a", ""), ("b", ""), ("c", "Two dead."), ("d", "Two dead."), ("e", "Two hurt."), ("f", "\ud800 odd")])
    assert found.clusters() == (("a",), ("b",), ("c", "d"), ("e",), ("f",))


@pytest.fixture(scope="module")
def texts() -> list[tuple[str, str]]:
    return sorted(reprints("tune")[0].items())[:150]


def test_order_and_portions_do_not_matter(texts: list[tuple[str, str]]) -> None:
    whole = Reprints(texts)
    shuffled = random.Random(3).sample(texts, len(texts))
    by_portion = Reprints()
    for start in range(0, len(shuffled), 20):
        by_portion.add(shuffled[start : start + 20])
    assert by_portion.clusters() == whole.clusters()
    assert by_portion.cluster_ids() == whole.cluster_ids()


def test_overlap_counts_shingles() -> None:
    found = overlap(shingles("one two three four"), shingles("one two three five"))
    assert (found.shared, found.jaccard, found.containment) == (1, 1 / 3, 1 / 2)
