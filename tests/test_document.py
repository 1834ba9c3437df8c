import pytest

from detente.document import Article, Doc, LayerError


def test_a_layer_is_set_once() -> None:
    doc = Doc(Article(id="a", text="x")).with_layer("not_body", ())
    with pytest.raises(LayerError, match="set once"):
        doc.with_layer("not_body", ())


def test_an_unset_layer_says_so() -> None:
    with pytest.raises(LayerError, match=r"'events'.*not set"):
        _ = Doc(Article(id="a", text="x")).events


def test_an_unknown_layer_is_named() -> None:
    with pytest.raises(LayerError, match="'evnts' is no layer"):
        Doc(Article(id="a", text="x")).with_layer("evnts", ())


def test_adding_a_layer_leaves_the_doc_before_as_it_was() -> None:
    before = Doc(Article(id="a", text="x"))
    before.with_layer("not_body", ())
    assert "not_body" not in before.layers
