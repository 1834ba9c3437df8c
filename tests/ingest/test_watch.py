from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from detente.errors import InputError, LakeError, NoInput
from detente.ingest.feeds_file import Feed, Memory, load_memory, read_feeds, save_memory
from detente.ingest.run import Ingest
from detente.ingest.sources import open_means
from detente.ingest.stopping import Stop
from detente.ingest.watch import LONGEST, Watch, pause
from detente.lake.store import Lake
from detente.reading.fetching import Fetcher, Manners
from tests.ingest.fake import BY, FakeCoder, ingest, text_of
from tests.reading.conftest import page
from tests.reading.server import Server, answer


def feed_of(*paths: str, site: Server) -> str:
    return f'<rss version="2.0"><channel>{"".join(f"<item><link>{site.url}/{p}</link></item>" for p in paths)}</channel></rss>'


def serve_feed(site: Server, *paths: str, tag: str) -> None:
    body = feed_of(*paths, site=site)

    def send(handler: Any) -> None:
        if handler.headers["If-None-Match"] == tag:
            answer(b"", status=304, ETag=tag)(handler)
        else:
            answer(body, kind="application/rss+xml", ETag=tag)(handler)

    site.routes["/feed"] = send


def serve_pages(site: Server, *paths: str) -> None:
    for n, path in enumerate(paths):
        site.routes[f"/{path}"] = answer(page(body="".join(f"<p>{text_of(n * 10 + k)}</p>" for k in range(6))))


def fetcher() -> Fetcher:
    return Fetcher(manners=Manners(allow_private=True, host_seconds=0, total_seconds=5))


def look(tmp_path: Path, site: Server, times: int = 1) -> Ingest:
    """Looks at the feed as the command does with --once."""
    for _ in range(times):
        stop = Stop()
        run = Ingest(Lake(tmp_path / "lake"), FakeCoder(), BY, stop=stop)
        with open_means(stop=stop, taken=run.taken.__contains__, fetcher=fetcher()) as means:
            Watch([Feed(url=f"{site.url}/feed")], tmp_path / "state.json", run, means).once()
    return run


def test_pages_of_a_feed_are_taken_once_and_an_unchanged_feed_costs_one_request(tmp_path: Path, site: Server) -> None:
    serve_feed(site, "a", "b", tag='"1"')
    serve_pages(site, "a", "b")
    assert look(tmp_path, site).counts.ends["coded"] == 2
    assert look(tmp_path, site).counts.read == 0
    serve_feed(site, "b", "c", tag='"2"')
    serve_pages(site, "a", "b", "c")
    assert look(tmp_path, site).counts.ends == Counter({"there": 1, "coded": 1})
    assert [site.paths().count(f"/{p}") for p in "abc"] == [1, 1, 1]
    assert site.paths().count("/feed") == 3


def test_a_page_that_fails_is_tried_three_times_and_then_left(tmp_path: Path, site: Server) -> None:
    serve_feed(site, "a", "gone", tag='"1"')
    serve_pages(site, "a")
    look(tmp_path, site, times=5)
    assert site.paths().count("/gone") == 3
    assert load_memory(tmp_path / "state.json")[f"{site.url}/feed"].etag == '"1"'
    rows = Lake(tmp_path / "lake").read("inputs").to_pylist()
    assert sorted((r["outcome"], r["reason"]) for r in rows) == [("coded", None), ("rejected", "status")]


def test_a_failing_feed_is_backed_off_and_told(tmp_path: Path, site: Server) -> None:
    look(tmp_path, site, times=2)
    assert load_memory(tmp_path / "state.json")[f"{site.url}/feed"].failures == 2
    feed = Feed(url="http://a.org/f", seconds=600)
    assert [pause(feed, Memory(failures=n)) for n in (0, 1, 2, 30)] == [600, 1200, 2400, LONGEST]
    assert pause(Feed(url="u", seconds=2 * LONGEST), Memory(failures=3)) == 2 * LONGEST


def test_a_watch_runs_until_it_is_stopped(tmp_path: Path, site: Server) -> None:
    serve_feed(site, "a", tag='"1"')
    serve_pages(site, "a")
    now, stop, told = [1000.0], Stop(), list[str]()

    def clock() -> float:
        now[0] += 50
        if len(told) == 3:
            stop.signal = 2
        return now[0]

    run = Ingest(Lake(tmp_path / "lake"), FakeCoder(), BY, stop=stop)
    with open_means(stop=stop, taken=run.taken.__contains__, fetcher=fetcher()) as means:
        Watch([Feed(url=f"{site.url}/feed", seconds=40)], tmp_path / "s", run, means, clock=clock, tell=told.append).forever()
    assert [line.partition(": ")[2] for line in told] == ["1 inputs", "unchanged", "unchanged"]


def test_feeds_and_sitemaps_are_sources_and_their_pages_are_not_fetched_again(tmp_path: Path, site: Server) -> None:
    serve_feed(site, "a", "b", tag='"1"')
    serve_pages(site, "a", "b", "c")
    urls = "".join(f"<url><loc>{site.url}/{p}</loc></url>" for p in "bc")
    site.routes["/map"] = answer(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>', kind="application/xml")
    sources = (f"feed:{site.url}/feed", f"sitemap:{site.url}/map", f"{site.url}/a", f"feed:{site.url}/none")
    run = ingest(tmp_path / "lake", *sources, inputs=1, fetcher=fetcher())
    assert run.counts.ends == Counter({"coded": 3, "there": 2, "rejected": 1})
    assert [site.paths().count(f"/{p}") for p in "abc"] == [2, 1, 1]


def test_a_feeds_file_is_read_and_its_faults_are_named(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text('minutes = 5\n[[feed]]\nurl = "https://a.org/f"\n[[feed]]\nurl = "https://a.org/s"\nkind = "sitemap"\nminutes = 60\n')
    assert read_feeds(path) == [Feed(url="https://a.org/f", seconds=300), Feed(url="https://a.org/s", kind="sitemap", seconds=3600)]
    for text, words in {
        "": "names no feed", "x = 1": "knows no x", "[[feed]]\nurl = 'ftp://a'": "'ftp://a'", "feed = [": "is no TOML",
        "[[feed]]\nurl = 'http://a'\nkind = 'b'": "kind 'b'", "[[feed]]\nurl = 'http://a'\nhours = 1": "hours", "minutes = 0": "minutes = 0",
    }.items():  # fmt: skip
        path.write_text(text)
        with pytest.raises(InputError, match=words):
            read_feeds(path)
    with pytest.raises(NoInput, match="can't be read"):
        read_feeds(tmp_path / "none.toml")


def test_what_is_remembered_is_whole_or_nothing(tmp_path: Path) -> None:
    path, feeds = tmp_path / "state.json", [Feed(url="http://a")]
    memory = {"http://a": Memory(etag="1", tries={"http://a/x": 2}), "http://old": Memory()}
    save_memory(path, memory, feeds)
    assert load_memory(path) == {"http://a": memory["http://a"]}
    assert [p.name for p in tmp_path.iterdir()] == ["state.json"]
    path.write_text('{"http://a": {"etag"')
    assert load_memory(path) == {}
    with pytest.raises(LakeError, match="--state"):
        save_memory(tmp_path / "none" / "s", memory, feeds)
