"""Pages are read in a process that a bad page can't take down for the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from detente.document import Article
from detente.errors import SetupError, Unreadable
from detente.reading import Limits, read
from detente.reading import pages as pages_module
from detente.reading.pages import OUT_OF_MEMORY, PageReader

BIG = "<p>Some words of an article.</p>" * 400_000  # 13 MB and 400,000 elements


@pytest.fixture(scope="module")
def reader():
    with PageReader(limits=Limits()) as reader:
        yield reader


def test_page_gives_text_and_metadata(write, gather, make_page, story):
    head = (
        '<meta property="og:site_name" content="Example Wire"><meta property="og:title" content="Norway doubles its share">'
        '<meta property="article:published_time" content="2024-02-03T10:00:00Z"><link rel="canonical" href="https://example.org/n/1">'
    )
    path = write("a.html", make_page(head=head))
    (article,) = gather(path)
    assert isinstance(article, Article)
    assert story.strip() in article.text
    assert "<p>" not in article.text
    assert (article.title, article.published, article.publisher) == ("Norway doubles its share", date(2024, 2, 3), "Example Wire")
    assert (article.url, article.path, article.flags) == ("https://example.org/n/1", str(path), ())


def test_page_without_a_date_of_its_own_stays_undated(reader, make_page, story):
    """Dates that the article writes about, and the year of the copyright, are not its date."""
    body = f"<p>On 2011-03-15 the uprising began. {story}</p><div>{story} until <b>x</b> and on 2012-04-16 {story}</div>"
    draft = reader.read(make_page(body=body + "<footer>Copyright 2019 Wire</footer>").encode(), path="a")
    assert draft.published is None


def test_date_line_of_a_page_is_its_date(reader, make_page, story):
    body = f'<p class="date">3 February 2024</p><time datetime="2024-02-03">3 Feb</time><p>{story * 2}</p>'
    assert reader.read(make_page(body=body).encode(), path="a").published == date(2024, 2, 3)


@pytest.mark.parametrize("source", ["", "  \n", "<html></html>", "<html><body><script>var x = 1;</script></body></html>"])
def test_page_without_text_is_empty(write, gather, source):
    (outcome,) = gather(write("a.htm", source))
    assert outcome.reason == "empty"


def test_part_of_a_page_is_read(reader, story):
    assert story.strip() in reader.read(f"<p>{story}</p>".encode(), path="a").text


@pytest.mark.parametrize(
    "source", ["plain words and no tag at all, " * 9, "<<<>>><p", "<?xml version='1.0' encoding='utf-8'?><html><body><p>x</p>"]
)
def test_broken_pages_are_read_or_refused(write, gather, source):
    (outcome,) = gather(write("a.html", source))
    assert outcome.text.strip() if isinstance(outcome, Article) else outcome.reason == "empty"


def test_encoding_named_by_the_page_is_used_and_flagged(write, gather, make_page, story):
    source = make_page(head='<meta charset="gb2312">', body=f"<p>“Talks” began. {story * 2}</p>")
    (article,) = gather(write("a.html", source.encode("gb2312")))
    assert "“Talks” began." in article.text
    assert "encoding:gb2312" in article.flags


def test_binary_file_named_html_is_unreadable(write, gather):
    (outcome,) = gather(write("a.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8))
    assert outcome.reason == "unreadable"


def test_nesting_beyond_the_parser_is_flagged_cut(reader, make_page, story):
    fine = reader.read(make_page(body=f"<p>{story * 2}</p>" + "<div>" * 200 + "</div>" * 200).encode(), path="a")
    deep = reader.read(make_page(body=f"<p>{story * 2}</p>" + "<div>" * 300 + "lost" + "</div>" * 300).encode(), path="a")
    assert ("cut" in fine.flags, "cut" in deep.flags) == (False, True)


def test_huge_text_node_is_flagged_cut_or_too_large(write, gather, make_page, story):
    body = f"<p>{story * 2}</p><p>{'word ' * 2_100_000}</p><p>after</p>"
    (outcome,) = gather(write("a.html", make_page(body=body)))
    assert "cut" in outcome.flags if isinstance(outcome, Article) else outcome.reason == "too_large"


def test_tag_with_too_many_attributes_is_refused_before_the_parser(reader, make_page, story):
    def tag(count: int) -> bytes:
        attributes = " ".join(f"a{i}='x y'" for i in range(count))
        return make_page(body=f"<p {attributes}>{story * 2}</p>").encode()

    assert reader.read(tag(4_999), path="a").text
    with pytest.raises(Unreadable, match="5,000 attributes") as caught:
        reader.read(tag(200_000), path="a")
    assert caught.value.reason == "unreadable"


def test_long_attribute_values_and_long_paragraphs_are_no_attributes(reader, make_page, story):
    body = f"<p title='{'a b ' * 20_000}'>{story * 2}</p><p>{'word ' * 20_000}</p>"
    assert story.strip() in reader.read(make_page(body=body).encode(), path="a").text


def test_slow_page_is_killed_and_the_next_is_read(write, gather, make_page, tmp_path):
    write("in/1.html", make_page(body=BIG))
    write("in/2.html", make_page())
    slow, fine = gather(tmp_path / "in", limits=Limits(page_seconds=0.5))
    assert slow.reason == "timeout"
    assert "0.5 seconds" in slow.message
    assert isinstance(fine, Article)


def test_page_that_takes_too_much_memory_is_refused_and_the_next_is_read(write, gather, make_page, tmp_path):
    write("in/1.html", make_page())
    write("in/2.html", make_page(body=BIG))
    write("in/3.html", make_page())
    first, big, last = gather(tmp_path / "in", limits=Limits(page_memory=320_000_000))
    assert big.reason == "memory"
    assert isinstance(first, Article)
    assert isinstance(last, Article)


def test_one_worker_serves_many_pages(monkeypatch, make_page):
    started = []
    worker = pages_module.Worker
    monkeypatch.setattr(pages_module, "Worker", lambda **options: started.append(1) or worker(**options))
    with PageReader(limits=Limits()) as reader:
        for _ in range(30):
            reader.read(make_page().encode(), path="a")
    assert len(started) == 1


def test_run_that_stops_early_leaves_no_worker(monkeypatch, write, make_page, tmp_path):
    write("in/1.html", make_page())
    write("in/2.html", make_page())
    closed = []
    close = pages_module.Worker.close
    monkeypatch.setattr(pages_module.Worker, "close", lambda worker: closed.append(close(worker)))
    outcomes = read([tmp_path / "in"])
    next(outcomes)
    outcomes.close()
    assert len(closed) == 1


def test_no_worker_starts_without_a_page(monkeypatch, write, gather):
    monkeypatch.setattr(pages_module, "Worker", lambda **options: pytest.fail("started"))
    assert len(gather(write("a.txt", "Norway met Sweden."))) == 1


def test_worker_is_replaced_after_its_share_of_pages(monkeypatch, make_page):
    started = []
    worker = pages_module.Worker
    monkeypatch.setattr(pages_module, "PAGES_PER_WORKER", 2)
    monkeypatch.setattr(pages_module, "Worker", lambda **options: started.append(1) or worker(**options))
    with PageReader(limits=Limits()) as reader:
        texts = {reader.read(make_page().encode(), path="a").text for _ in range(5)}
    assert (len(started), len(texts)) == (3, 1)


def test_worker_that_breaks_is_a_reject_and_not_a_crash(monkeypatch, tmp_path, make_page):
    script = tmp_path / "worker.py"
    script.write_text("import sys; print(flush=True); sys.stdin.readline(); sys.exit(9)")
    monkeypatch.setattr(pages_module, "WORKER", script)
    with PageReader(limits=Limits()) as reader, pytest.raises(Unreadable, match="exit status 9") as caught:
        reader.read(make_page().encode(), path="a")
    assert caught.value.reason == "unreadable"


def test_worker_that_cannot_start_stops_the_run_with_its_words(monkeypatch, tmp_path, make_page):
    script = tmp_path / "worker.py"
    script.write_text("raise ImportError('no parser here')")
    monkeypatch.setattr(pages_module, "WORKER", script)
    with PageReader(limits=Limits()) as reader, pytest.raises(SetupError, match="no parser here"):
        reader.read(make_page().encode(), path="a")


def test_modules_in_the_working_folder_do_not_stand_in_for_the_parsers(monkeypatch, tmp_path, make_page):
    (tmp_path / "trafilatura.py").write_text("raise SystemExit(1)")
    monkeypatch.chdir(tmp_path)
    with PageReader(limits=Limits()) as reader:
        assert reader.read(make_page().encode(), path="a").text


def test_worker_and_reader_agree_on_the_status_of_memory():
    source = pages_module.WORKER.read_text()
    assert f"OUT_OF_MEMORY = {OUT_OF_MEMORY}\n" in source


def test_the_same_page_gives_the_same_draft(reader, make_page):
    first, second = (reader.read(make_page().encode(), path=name) for name in "ab")
    assert first == replace(second, path="a", place="a")
