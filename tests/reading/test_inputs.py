"""Every input gives articles or rejects, and none stops the others."""

from __future__ import annotations

import io
import json
import os
from datetime import date
from pathlib import Path

import pytest

import detente.reading
from detente.document import Article
from detente.identity import content_id
from detente.reading import Limits, Reject, read


def test_public_names_are_sorted():
    assert detente.reading.__all__ == sorted(detente.reading.__all__)
    assert all(hasattr(detente.reading, name) for name in detente.reading.__all__)


def test_text_file_is_an_article_with_its_text_as_given(write, gather):
    text = "OSLO - Norway’s envoy\r\nmet  Mr. Šef\u0301\n\n\tin Bodø. \r\n"
    path = write("a.txt", text)
    (article,) = gather(path)
    assert isinstance(article, Article)
    assert (article.text, article.title, article.path, article.published) == (text, None, str(path), None)
    assert article.flags == ("no_date",)
    assert article.id == content_id(text)
    assert article.language == "en"


def test_given_date_stands_in_for_articles_without_one(write, gather):
    path = write("a.txt", "Norway met Sweden.")
    (article,) = gather(path, published=date(2024, 2, 3))
    assert article.published == date(2024, 2, 3)
    assert article.flags == ()
    assert article.id == content_id("Norway met Sweden.", published=date(2024, 2, 3))


def test_a_lone_path_is_one_input(write):
    path = write("a.txt", "Norway met Sweden.")
    assert [o.text for o in read(path)] == [o.text for o in read(str(path))] == ["Norway met Sweden."]


def test_folder_gives_its_readable_files_sorted_and_hidden_ones_not(write, gather, tmp_path, story):
    write("in/b.txt", "B.")
    write("in/a/z.TXT", "Z.")
    write("in/a/rows.jsonl", '{"text": "R1."}\n{"text": "R2."}\n')
    write("in/note.md", "not read")
    write("in/.hidden.txt", "hidden")
    write("in/.git/c.txt", "hidden")
    outcomes = gather(tmp_path / "in")
    assert [o.text for o in outcomes] == ["R1.", "R2.", "Z.", "B."]


def test_folder_without_readable_files_is_named_with_the_suffixes(write, gather, tmp_path):
    write("in/note.md", "not read")
    (outcome,) = gather(tmp_path / "in")
    assert isinstance(outcome, Reject)
    assert outcome.reason == "no_input"
    for words in (str(tmp_path / "in"), ".txt", ".html", ".htm", ".jsonl"):
        assert words in outcome.message


@pytest.mark.parametrize(
    ("name", "words"),
    [("absent.txt", "no such file"), ("absent", "no such file"), ("table.docx", ".docx"), ("noend", "no suffix")],
)
def test_input_without_anything_readable_is_a_reject_and_the_others_are_read(write, gather, tmp_path, name, words):
    write("table.docx", "x")
    write("noend", "x")
    good = write("good.txt", "Norway met Sweden.")
    bad, article = gather(tmp_path / name, good)
    assert (bad.reason, bad.id, bad.path) == ("no_input", str(tmp_path / name), str(tmp_path / name))
    assert words in bad.message
    assert article.text == "Norway met Sweden."


def test_empty_input_name_is_not_the_working_folder(gather):
    (outcome,) = gather("")
    assert outcome.reason == "no_input"


def test_path_that_the_system_refuses_is_a_reject(gather):
    (outcome,) = gather("x" * 5_000 + ".txt")
    assert outcome.reason in ("no_input", "unreadable")


@pytest.mark.parametrize(
    ("content", "reason"), [("", "empty"), (" \r\n\t\n", "empty"), (b"\xef\xbb\xbf", "empty"), (b"a\0b" * 99, "unreadable")]
)
def test_file_without_text_is_a_reject(write, gather, content, reason):
    path = write("a.txt", content)
    (outcome,) = gather(path)
    assert (outcome.reason, outcome.path, outcome.id) == (reason, str(path), str(path))
    assert str(path) in outcome.message


def test_file_and_text_beyond_the_limits_are_too_large(write, gather):
    path = write("a.txt", "word " * 100)
    for limits in (Limits(file_bytes=499), Limits(text_length=499)):
        (outcome,) = gather(path, limits=limits)
        assert outcome.reason == "too_large"
    (article,) = gather(path, limits=Limits(file_bytes=500, text_length=500))
    assert isinstance(article, Article)


def test_json_lines_file_may_be_larger_than_a_file_limit(write, gather):
    path = write("a.jsonl", "".join(f'{{"text": "Text {i}."}}\n' for i in range(100)))
    assert len(gather(path, limits=Limits(file_bytes=10))) == 100


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")
def test_pipes_and_broken_links_in_a_folder_are_rejects_that_do_not_block(write, gather, tmp_path):
    write("in/a.txt", "Norway met Sweden.")
    os.mkfifo(tmp_path / "in" / "b.jsonl")
    (tmp_path / "in" / "c.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    article, pipe, link = gather(tmp_path / "in")
    assert isinstance(article, Article)
    assert (pipe.reason, link.reason) == ("unreadable", "unreadable")


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes there alone")
def test_file_name_that_is_no_utf8_can_be_written_in_the_record(write, gather, tmp_path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("Norway met Sweden.")
    (article,) = gather(tmp_path)
    article.path.encode("utf-8")
    assert article.text == "Norway met Sweden."


def test_nothing_is_lost_among_many_inputs(write, gather, tmp_path):
    write("in/1.txt", "One.")
    write("in/2.txt", "")
    write("in/3.jsonl", '{"text": "Three."}\nbroken\n\n{"text": ""}\n')
    stream = io.BytesIO(json.dumps({"text": "Four."}).encode())
    outcomes = gather(tmp_path / "in", "absent.txt", "-", stream=stream)
    assert [o.text if isinstance(o, Article) else o.reason for o in outcomes] == [
        "One.", "empty", "Three.", "bad_row", "empty", "no_input", "Four.",
    ]  # fmt: skip


def test_no_inputs_give_nothing(gather):
    assert gather() == []
