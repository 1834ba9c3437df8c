"""Who is meant by a word."""

from __future__ import annotations

import pytest

from detente.errors import InputError
from detente.lake.parties import Party, find_party, refuse_overlap


@pytest.mark.parametrize("text", ["RUS", "rus", "Russia", " russian  federation "])
def test_a_country_is_known_by_code_and_names(text: str) -> None:
    assert find_party(text) == Party("Russia", ("RUS",))


def test_a_group_is_given_or_added_up() -> None:
    groups = {"the West": ["USA", "Germany", "USA"]}
    assert find_party("The west", groups=groups) == Party("the West", ("USA", "DEU"))
    assert find_party("the West+FRA", groups=groups).codes == ("USA", "DEU", "FRA")


def test_a_name_of_the_lake_is_a_party() -> None:
    assert find_party("taliban", known=lambda: ["Taliban", "Iran"]) == Party("Taliban", ("Taliban",), ("taliban",))


@pytest.mark.parametrize(
    ("text", "near"), [("Rusia", r"Russia \(RUS\)"), ("Talban", "Taliban"), ("the Wst", "the West"), ("xqzw", "give a country's code")]
)
def test_an_unknown_name_is_told_with_near_ones(text: str, near: str) -> None:
    with pytest.raises(InputError, match=f"no party '{text}' is known.*{near}"):
        find_party(text, groups={"the West": ["USA"]}, known=lambda: ["Taliban"])


def test_a_group_without_members_and_two_sides_that_overlap_are_refused() -> None:
    with pytest.raises(InputError, match="'none' has no members"):
        find_party("none", groups={"none": []})
    with pytest.raises(InputError, match="USA stands on both sides"):
        refuse_overlap(find_party("USA+GBR"), find_party("USA"))
