from __future__ import annotations

import unicodedata
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from detente.identity import content_id


def test_id_is_16_hex_digits_and_the_same_each_time():
    assert content_id("Norway met Sweden.") == content_id("Norway met Sweden.")
    assert len(content_id("x")) == 16
    int(content_id("x"), 16)


def test_text_date_and_url_make_the_id():
    ids = {
        content_id("a"),
        content_id("b"),
        content_id("a", published=date(2024, 1, 1)),
        content_id("a", url="u"),
        content_id("a", url=""),
    }
    assert len(ids) == 5


@given(st.text())
def test_composed_and_decomposed_text_have_one_id(text):
    assert content_id(unicodedata.normalize("NFD", text)) == content_id(unicodedata.normalize("NFC", text))
