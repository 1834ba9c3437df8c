"""Tables: an article or a reject a row, and a broken row takes no other with it."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.document import Article
from detente.errors import InputError
from detente.reading import Limits, Reject, read
from detente.reading.language import Guess
from detente.reading.limits import LIMITS
from detente.reading.rows import Rows
from detente.reading.tables import read_table

HEADER = "id,text,title,published,publisher,url,language\n"
ROW = 'n-1,"Norway met Sweden.\r\nThey ""talked"", at length.",Talks,2024-02-03,Wire,https://example.org/1,en\n'


def table(write, content, name="a.csv"):
    return write(name, content)


def texts(outcomes):
    return [o.text if isinstance(o, Article) else o.reason for o in outcomes]


def test_row_is_an_article_with_all_its_fields(write, gather):
    path = table(write, HEADER + ROW)
    assert gather(path) == [
        Article(
            id="n-1", text='Norway met Sweden.\r\nThey "talked", at length.', title="Talks", published=date(2024, 2, 3),
            publisher="Wire", url="https://example.org/1", language="en", path=str(path),
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content"), [("a.tsv", "Text\tdate\nA.\t2024-02-03\n"), ("a.csv", "Text;date\nA.;2024-02-03\n"), ("A.CSV", "\ufeffText,date\r\nA.,2024-02-03\r\n")]
)  # fmt: skip
def test_separator_case_and_mark_do_not_matter(write, gather, name, content):
    (article,) = gather(write(name, content), columns={"published": "date"})
    assert (article.text, article.published) == ("A.", date(2024, 2, 3))


def test_mapping_names_the_columns(write, gather):
    path = table(write, "body,date,text\nA.,2024-02-03,not this\n")
    (article,) = gather(path, columns={"text": "body", "published": "date"})
    assert (article.text, article.published) == ("A.", date(2024, 2, 3))


def test_mapping_of_an_unknown_field_stops_at_once():
    with pytest.raises(InputError, match=r"'body'.*text, id, title"):
        next(read([], columns={"body": "text"}))


@pytest.mark.parametrize(
    ("header", "columns", "words"),
    [
        ("id,body", {}, ["'text'", "'id', 'body'", 'columns={"text": "…"}']),
        ("text,when", {"published": "date"}, ["'date'", "published", "'when'"]),
        ("text,Text,text", {}, ["2 columns 'text'", "rename"]),
    ],
)
def test_header_without_its_column_is_one_reject_that_names_it_and_the_remedy(write, gather, header, columns, words):
    (bad,) = gather(table(write, f"{header}\nA.,B\nC.,D\n"), columns=columns)
    assert bad.reason == "no_input"
    for word in words:
        assert word in bad.message


def test_bad_rows_are_rejects_with_their_line_and_the_others_go_on(write, gather):
    path = table(write, 'id,text,published\n1,One.,2024-02-03\n2,too,many,cells\nshort\n\n5,,2024-02-03\n6,"Six\nlines.",soon\n')
    one, many, short, empty, six = gather(path)
    assert texts([one, many, short, empty, six]) == ["One.", "bad_row", "bad_row", "empty", "Six\nlines."]
    assert f"line 3 of {path}: has 4 cells and the header 3" in many.message
    assert (short.id, empty.id) == (f"{path}:4", "5")
    assert six.flags == ("bad_date",)


def test_quotation_that_never_ends_costs_one_row(write, gather):
    path = table(write, 'id,text\n1,"One.\n2,Two.\n3,Three.\n')
    bad, two, three = gather(path)
    assert (bad.reason, two.text, three.text) == ("bad_row", "Two.", "Three.")
    assert f"line 2 of {path}" in bad.message


def test_quotation_that_runs_over_the_limit_costs_one_row(write, gather):
    path = table(write, 'id,text\n1,"One.\n' + "2,Two.\n" * 30)
    bad, *others = gather(path, limits=Limits(line_bytes=100))
    assert bad.reason == "too_large"
    assert texts(others) == ["Two."] * 30


def test_line_beyond_the_limit_is_too_large_and_long_cells_are_fine(write, gather):
    path = table(write, f"id,text\n1,{'x' * 300_000}\n2,{'y' * 500_000}\n3,Three.\n")
    long, big, three = gather(path, limits=Limits(line_bytes=400_000))
    assert (len(long.text), big.reason, three.text) == (300_000, "too_large", "Three.")


def test_old_encoding_is_read_and_flagged_and_only_there(write, gather):
    path = table(write, b"text,published\nThe caf\xe9 of the envoy.,2024-02-03\nPlain.,2024-02-03\n")
    old, plain = gather(path)
    assert (old.text, old.flags, plain.flags) == ("The café of the envoy.", ("encoding:cp1252",), ())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf16_with_and_without_mark_is_one_reject(write, gather, encoding):
    (bad,) = gather(table(write, (HEADER + ROW).encode(encoding)))
    assert (bad.reason, "UTF-8" in bad.message) == ("unreadable", True)


def test_nul_in_a_cell_is_a_reject(write, gather):
    assert texts(gather(table(write, "text\nA\0b\nGood.\n"))) == ["unreadable", "Good."]


@pytest.mark.parametrize("content", ["", "text\n", "\n\n"])
def test_table_without_rows_gives_nothing_or_says_why(write, gather, content):
    assert texts(gather(table(write, content))) in ([], ["no_input"])


def test_rows_are_streamed():
    class Endless(io.RawIOBase):
        lines = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.lines += 1
            return b"text\n" if self.lines == 1 else b"A text.\n"

    stream = Endless()
    outcomes = read_table(Rows(stream=stream, path="a.csv", published=None, limits=LIMITS), {})
    assert [next(outcomes).text for _ in range(5)] == ["A text."] * 5
    assert stream.lines < 10


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip), max_size=9))
def test_what_the_csv_writer_writes_is_read(cells):
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([["text", "x"], *([cell, "\n"] for cell in cells)])
    rows = Rows(stream=io.BytesIO(stream.getvalue().encode()), path="a.csv", published=None, limits=LIMITS)
    assert [o.text for o in read_table(rows, {})] == cells


@given(st.binary())
def test_any_bytes_give_outcomes(data):
    for head in (b"", b"text,x\n"):
        list(read_table(Rows(stream=io.BytesIO(head + data), path="a.csv", published=None, limits=LIMITS), {}))


def parquet(tmp_path, columns, **options):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table(columns), path, **options)
    return path


def test_parquet_row_is_an_article_and_dates_may_be_typed(tmp_path, gather):
    columns = {
        "id": [7, 8, 9], "Text": ["One.", None, "Three."], "published": [date(2024, 2, 3)] * 3, "other": [1, 2, 3], "title": ["T", "", None],
    }  # fmt: skip
    one, empty, three = gather(parquet(tmp_path, columns))
    assert (one.id, one.text, one.title, one.published, one.flags) == ("7", "One.", "T", date(2024, 2, 3), ())
    assert (empty.reason, empty.id, three.title) == ("empty", "8", None)


def test_parquet_takes_a_mapping_times_and_dictionaries(tmp_path, gather):
    columns = {"body": pa.array(["A.", "A."]).dictionary_encode(), "when": [datetime(2024, 2, 3, 23, 5), None], "url": [5, 6]}
    first, second = gather(parquet(tmp_path, columns), columns={"text": "body", "published": "when"})
    assert (first.published, first.flags) == (date(2024, 2, 3), ("bad_url",))
    assert second.flags == ("bad_url", "no_date")


@pytest.mark.parametrize(("columns", "words"), [({"body": ["A."]}, "'text'"), ({"text": [5]}, "holds int64 and no text")])
def test_parquet_without_a_column_of_text_is_one_reject(tmp_path, gather, columns, words):
    (bad,) = gather(parquet(tmp_path, columns))
    assert (bad.reason, words in bad.message) == ("no_input", True)


def test_damaged_row_group_is_a_reject_and_the_others_are_read(tmp_path, gather):
    path = parquet(tmp_path, {"text": [f"Text {i}." for i in range(300)]}, row_group_size=100, compression="gzip", use_dictionary=False)
    column = pq.ParquetFile(path).metadata.row_group(1).column(0)
    data = bytearray(path.read_bytes())
    start = column.data_page_offset + column.total_compressed_size // 2
    data[start : start + 40] = b"\xff" * 40
    path.write_bytes(bytes(data))
    outcomes = gather(path)
    bad = [o for o in outcomes if isinstance(o, Reject)]
    assert [o.reason for o in bad] == ["damaged"]
    assert "rows 101 to 200" in bad[0].message
    assert len(outcomes) == 201


@pytest.mark.parametrize("content", [b"", b"PAR1", b"no parquet at all", b"PAR1" + b"\xff" * 50 + b"\xff\xff\xff\x7fPAR1"])
def test_what_is_no_parquet_is_one_reject(write, gather, content):
    (bad,) = gather(write("a.parquet", content))
    assert bad.reason == "unreadable"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_changed_parquet_files_never_break_the_run(tmp_path, data):
    path = parquet(tmp_path, {"text": ["One.", "Two."] * 50})
    content = bytearray(path.read_bytes())
    for _ in range(3):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(bytes(content))
    list(read([path], identify=lambda text: Guess("en", 1.0)))
