from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding.sentences import split_sentences
from detente.document import Span
from detente.model.runtime import model_folder
from detente.model.tokens import SHAPES, Splitter, shape_of, windows

SPLITTER = Splitter((model_folder("fast") / "tokenizer.json").read_text(encoding="utf-8"))


def test_offsets_name_the_words_of_the_text() -> None:
    text = "“Türkiye’s envoy,” he said — in Kyiv…"
    pieces = SPLITTER.split(text)
    words = [text[a:b] for a, b in zip(pieces.starts, pieces.ends, strict=True)]
    assert "".join(words) == text.replace(" ", "")


def test_shapes_tell_case_apart() -> None:
    assert [SHAPES[shape_of(w)] for w in ("us", "US", "Us", "iPhone", "1999", "—")] == [
        "lower",
        "upper",
        "capital",
        "mixed",
        "digit",
        "mark",
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 90), min_size=1, max_size=14))
def test_each_sentence_is_decoded_in_exactly_one_window(lengths: list[int]) -> None:
    sentences = [" ".join(["word"] * n) + "." for n in lengths]
    text = " ".join(sentences)
    spans, at = [], 0
    for s in sentences:
        spans.append(Span(at, at + len(s)))
        at += len(s) + 1
    seen: list[int] = []
    for window in windows(SPLITTER, text, spans, [0] * len(spans)):
        assert len(window.pieces) <= 240 + 64 + 32
        seen += [int(i) for i in window.pieces.starts[window.focus :][window.sentences[window.focus :] >= 0]]
    assert seen == [int(i) for s in spans for i in SPLITTER.split(text, *s).starts]


def test_a_sentence_beyond_the_limit_is_cut_and_kept() -> None:
    text = "word " * 1000
    found = list(windows(SPLITTER, text, [Span(0, len(text))], [0]))
    assert sum(int((w.sentences[w.focus :] >= 0).sum()) for w in found) == 1000


def test_sentences_keep_abbreviations_and_offsets() -> None:
    text = "  The U.S. Senate voted. Mr. Amin left.  "
    assert [text[s.start : s.end] for s in split_sentences(text, 0, len(text))] == ["The U.S. Senate voted.", "Mr. Amin left."]
