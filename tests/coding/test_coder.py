"""The coder as a whole: the same bytes whatever the batch or the workers, and errors that name the remedy."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente import Article, Coder
from detente.errors import BadSpan, InputError, ModelError
from detente.record.contract import record


def demo(count: int) -> list[Article]:
    lines = (files("detente") / "demo" / "dispatches.jsonl").read_text(encoding="utf-8").splitlines()[:count]
    rows = [json.loads(line) for line in lines]
    return [Article(id=r["id"], text=r["text"], published=date.fromisoformat(r["published"])) for r in rows]


def test_batches_and_workers_change_no_byte(coder: Coder) -> None:
    articles = demo(8)
    runs = [
        [json.dumps(record(d), ensure_ascii=False) for d in coder.stream(articles, workers=workers, batch=batch)]
        for workers, batch in ((1, 1), (1, 32), (2, 1), (2, 32))
    ]
    assert runs[0] == runs[1] == runs[2] == runs[3]


def test_an_article_alone_is_coded_as_among_others(coder: Coder) -> None:
    articles = demo(3)
    assert record(coder.code(articles[1])) == record(list(coder.stream(articles))[1])


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_coded_and_every_span_is_its_words(text: str) -> None:
    coder = CODER
    doc = coder.code(Article(id="x", text=text))
    for event in doc.events:
        assert 0 <= event.trigger.start < event.trigger.end <= len(text)
    assert all(0 <= s.start < s.end <= len(text) for s in doc.actors)


def test_one_broken_article_ends_no_run(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = demo(3)
    whole = coder.code

    def break_on_second(article: Article) -> object:
        if article.id == articles[1].id:
            raise ZeroDivisionError("broken")
        return whole(article)

    monkeypatch.setattr(coder, "code", break_on_second)
    failures: list[object] = []
    assert [d.article.id for d in coder.stream(articles, failed=failures.append)] == [articles[0].id, articles[2].id]
    assert [f.article.id for f in failures] == [articles[1].id]  # type: ignore[attr-defined]
    with pytest.raises(ZeroDivisionError):
        list(coder.stream(articles))


def test_a_long_article_is_coded_to_its_end(coder: Coder) -> None:
    filler = "The road runs along the river for many miles. " * 120
    text = filler + "Iran condemned Israel's airstrikes on Damascus."
    assert any(e.trigger.start > len(filler) for e in coder.code(text).events)


def test_spans_outside_the_text_are_refused(coder: Coder) -> None:
    with pytest.raises(BadSpan, match=r"source_span \[0, 99\] lies outside the text of 5 characters"):
        coder.relate("Iran.", (0, 99), (0, 4))


def test_unknown_models_dates_and_workers_are_named(coder: Coder) -> None:
    with pytest.raises(ModelError, match="'huge' is unknown"):
        Coder("huge")
    with pytest.raises(InputError, match="'2024-13-01' is no date"):
        coder.code("Iran.", published="2024-13-01")
    with pytest.raises(InputError, match="at least 1"):
        list(coder.stream([], workers=0))


CODER = Coder("fast")
