"""JSON lines: an article or a reject a line, with its number."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.document import Article
from detente.identity import content_id
from detente.reading import Limits, Reject, read
from detente.reading.language import Guess
from detente.reading.rows import read_date

FULL = {
    "id": "n-1", "text": "Norway met Sweden.\r\n", "title": "Talks", "published": "2024-02-03", "publisher": "Wire",
    "url": "https://example.org/1", "language": "en-GB", "extra": [1],
}  # fmt: skip


def test_all_fields_are_kept(gather_rows):
    (article,) = gather_rows(FULL)
    assert article == Article(
        id="n-1", text="Norway met Sweden.\r\n", title="Talks", published=date(2024, 2, 3), publisher="Wire",
        url="https://example.org/1", language="en-GB", path="-", flags=(),
    )  # fmt: skip


def test_text_alone_is_enough_and_gets_a_content_id(gather_rows):
    (article,) = gather_rows({"text": "Norway met Sweden."})
    assert article.id == content_id("Norway met Sweden.")
    assert (article.title, article.published, article.flags) == (None, None, ("no_date",))


def test_date_and_url_are_part_of_the_content_id(gather_rows):
    (article,) = gather_rows({"text": "A.", "published": "2024-02-03", "url": "u"})
    assert article.id == content_id("A.", published=date(2024, 2, 3), url="u")


@pytest.mark.parametrize(("value", "id"), [(17, "17"), ("  x ", "  x "), ("", None), (None, None), (True, None), ([1], None)])
def test_id_is_the_callers_where_it_is_one(gather_rows, value, id):
    (article,) = gather_rows({"text": "A.", "id": value})
    assert article.id == (id or content_id("A."))
    assert ("bad_id" in article.flags) == (value is True or value == [1])


def test_field_of_a_wrong_type_is_left_out_and_flagged(gather_rows):
    (article,) = gather_rows({"text": "A.", "title": 5, "publisher": {"name": "x"}, "url": ["u"], "published": "2024-02-03"})
    assert (article.title, article.publisher, article.url) == (None, None, None)
    assert article.flags == ("bad_title", "bad_publisher", "bad_url")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{broken", "bad_row"), (b"[1, 2]", "bad_row"), (b'"text"', "bad_row"), (b"null", "bad_row"), (b'{"text": "\xff"}', "bad_row"),
        (b"[" * 100_000, "bad_row"), (b'{"text": 1' + b"1" * 5_000 + b"}", "bad_row"), (b'{"id": "x"}', "bad_row"),
        (b'{"text": null}', "bad_row"), (b'{"text": 5}', "bad_row"), (b'{"text": ["a"]}', "bad_row"), (b'{"text": ""}', "empty"),
        (b'{"text": " \\n"}', "empty"), (b'{"text": "a\\u0000b"}', "unreadable"), (b'{"text": "\\u0001\\u0002\\u0003"}', "unreadable"),
    ],
)  # fmt: skip
def test_line_without_a_usable_text_is_a_reject_that_names_file_and_line(write, gather, line, reason):
    path = write("a.jsonl", b'{"text": "One."}\n\n' + line + b'\n{"text": "Two."}')
    one, bad, two = gather(path)
    assert (one.text, two.text) == ("One.", "Two.")
    assert (bad.reason, bad.path) == (reason, str(path))
    assert f"line 3 of {path}" in bad.message


def test_reject_keeps_the_callers_id_or_else_the_place(gather_rows):
    assert [o.id for o in gather_rows({"id": "n-7", "text": ""}, {"text": ""})] == ["n-7", "-:2"]


def test_json_fault_names_its_column_and_no_line_of_its_own(gather_rows):
    (bad,) = gather_rows(b'{"text" "x"}')
    assert "column 9" in bad.message
    assert bad.message.count("line") == 2  # "line 1 of standard input", "one object a line"


def test_mark_at_the_beginning_and_blank_lines_are_passed_over(gather):
    stream = io.BytesIO(b'\xef\xbb\xbf{"text": "A."}\r\n\r\n  \n{"text": "B."}')
    assert [o.text for o in gather("-", stream=stream)] == ["A.", "B."]


def test_no_lines_give_nothing(gather):
    assert gather("-", stream=io.BytesIO(b"")) == []
    assert gather("-", stream=io.BytesIO(b"\xef\xbb\xbf\n")) == []


@pytest.mark.parametrize("value", ["yesterday", "2024-13-01", "03/02/2024", "may", 20240203, 1.7e9, ["2024-02-03"], "2024-02"])
def test_bad_date_keeps_the_article_flagged(gather_rows, value):
    (article,) = gather_rows({"text": "A.", "published": value})
    assert (article.published, article.flags) == (None, ("bad_date",))


def test_given_date_stands_in_for_a_bad_one_that_stays_flagged(gather_rows):
    (article,) = gather_rows({"text": "A.", "published": "soon"}, published=date(2024, 1, 1))
    assert (article.published, article.flags) == (date(2024, 1, 1), ("bad_date",))


@pytest.mark.parametrize("value", ["2024-02-03", " 2024-02-03 ", "2024-02-03T23:59:00Z", "2024-02-03 00:10:00+05:30", "20240203"])
def test_iso_dates_and_times_give_the_day_as_written(value):
    assert read_date(value) == date(2024, 2, 3)


@given(st.dates())
def test_every_iso_date_is_read(day):
    assert read_date(day.isoformat()) == day


def test_half_surrogate_pairs_are_replaced_one_for_one_and_flagged(gather_rows):
    (article,) = gather_rows(
        b'{"text": "Talks \\ud83d in \\ud83d\\ude00 Oslo.", "title": "\\udc00", "id": "x\\udfff", "published": "2024-02-03"}'
    )
    assert article.text == "Talks \ufffd in \U0001f600 Oslo."
    assert article.text.index("Oslo") == 13
    assert (article.id, article.title, article.flags) == ("x\ufffd", "\ufffd", ("surrogates",))


def test_text_beyond_the_limit_is_too_large(gather_rows):
    big, small = gather_rows({"id": "big", "text": "x" * 101}, {"text": "x" * 100}, limits=Limits(text_length=100))
    assert (big.reason, big.id) == ("too_large", "big")
    assert isinstance(small, Article)


def test_line_is_read_up_to_the_limit_and_the_next_is_found(gather):
    fits = json.dumps({"text": "x" * 88}).encode()
    assert len(fits) == 100
    stream = io.BytesIO(b"\n".join([fits, b" " + fits, fits, b"y" * 300_000, fits, b"z" * 101]))
    outcomes = gather("-", stream=stream, limits=Limits(line_bytes=100))
    assert [isinstance(o, Reject) for o in outcomes] == [False, True, False, True, False, True]
    assert {o.reason for o in outcomes if isinstance(o, Reject)} == {"too_large"}
    assert "line 4 of" in outcomes[3].message


class Endless(io.RawIOBase):
    """A line of 200 MB that is never held, then a good one; it counts the most that was asked for at once."""

    def __init__(self) -> None:
        self.left = 200_000_000
        self.asked = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        self.asked = max(self.asked, size if size is not None and size >= 0 else 1 << 40)
        if self.left > 0:
            part = min(self.left, size or 0)
            self.left -= part
            return b"x" * part
        if self.left == 0:
            self.left = -1
            return b"\n"
        self.left -= 1
        return b'{"text": "After."}\n' if self.left == -2 else b""


def test_a_line_of_200_megabytes_is_never_read_whole():
    stream = Endless()
    big, after = read(["-"], stream=stream, identify=lambda text: Guess("en", 1.0))
    assert (big.reason, after.text) == ("too_large", "After.")
    assert stream.asked <= 20_000_001


@given(
    st.lists(st.one_of(st.binary(max_size=30), st.dictionaries(st.sampled_from(["id", "text", "published", "url"]), st.text(max_size=9))))
)
def test_every_line_that_is_not_blank_has_one_outcome(rows):
    lines = [row.replace(b"\n", b"") if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]
    stream = io.BytesIO(b"\n".join(lines))
    outcomes = list(read(["-"], stream=stream, identify=lambda text: Guess("en", 1.0)))
    assert len(outcomes) == sum(1 for line in lines if line.removeprefix(b"\xef\xbb\xbf").strip())
    for outcome in outcomes:
        json.dumps(outcome.id + (outcome.text if isinstance(outcome, Article) else outcome.message), ensure_ascii=False).encode("utf-8")
