"""Exchange of countries: the marks stay on their words."""

import random

from training.swaps import shifted_swap
from training.units import load_corpus


def test_marks_move_with_the_words_around_the_exchanged_names() -> None:
    rng = random.Random(5)
    changed = 0
    for unit in load_corpus()["dev"]:
        other, shift = shifted_swap(unit, rng)
        changed += other.text != unit.text
        for before, after in zip(unit.events, other.events, strict=True):
            assert after.trigger.start == shift(before.trigger.start)
            if unit.words(before.trigger).islower():
                assert other.words(after.trigger) == unit.words(before.trigger)
        for old, new in zip(unit.actors, other.actors, strict=True):
            assert other.words(new.span).strip() == other.words(new.span) != ""
            assert (old.country, old.sector) == (new.country, new.sector)
    assert changed > 50


def test_a_unit_that_names_no_country_is_left_alone() -> None:
    unit = next(u for u in load_corpus()["dev"] if shifted_swap(u, random.Random(1))[0].text == u.text)
    assert shifted_swap(unit, random.Random(2))[0] is unit
