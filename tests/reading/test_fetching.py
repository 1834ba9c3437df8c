"""Fetching is polite and bounded, and no redirect or name leads it into a private network."""

from __future__ import annotations

import time

import pytest

from detente.errors import InputError, TooLarge, Unreadable
from detente.reading.addresses import is_public
from detente.reading.fetching import Fetcher, Manners, Stamp, check_url
from tests.reading.server import answer, drip, packed, redirect

OPEN = Manners(allow_private=True, host_seconds=0, total_seconds=5)


def refused(fetcher: Fetcher, url: str) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        fetcher.fetch(url)
    assert url in str(caught.value)
    return caught.value


def test_page_comes_with_its_kind_charset_and_stamp(site, fetcher):
    site.routes["/a"] = answer(
        "<p>Hello", kind='text/html; charset="windows-1251"', ETag='"1"', Last_Modified="Sat, 03 Feb 2024 10:00:00 GMT"
    )
    found = fetcher.fetch(f"{site.url}/a#top")
    assert (found.data, found.kind, found.charset, found.redirects) == (b"<p>Hello", "text/html", "windows-1251", ())
    assert found.stamp == Stamp('"1"', "Sat, 03 Feb 2024 10:00:00 GMT")
    path, headers = site.asked[-1]
    assert path == "/a"
    assert headers["user-agent"].startswith("detente/")


def test_unchanged_page_is_not_sent_again(site, fetcher):
    site.routes["/a"] = lambda handler: answer(b"", status=304 if handler.headers["If-None-Match"] == '"1"' else 200, ETag='"1"')(handler)
    assert not fetcher.fetch(f"{site.url}/a").unchanged
    again = fetcher.fetch(f"{site.url}/a", stamp=Stamp('"1"', "Sat, 03 Feb 2024 10:00:00 GMT"))
    assert (again.unchanged, again.data) == (True, b"")
    assert site.asked[-1][1]["if-modified-since"] == "Sat, 03 Feb 2024 10:00:00 GMT"


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/a", "data:text/html,x", "javascript:alert(1)", "gopher://x/", "/etc/passwd", ""]
)
def test_only_http_and_https_are_fetched(fetcher, url):
    assert refused(fetcher, url).reason == "scheme"


@pytest.mark.parametrize("url", ["http://", "http://[::1", "http://user:secret@example.org/", "http://a:99999/", "http://x/" + "a" * 9_000])
def test_what_is_no_address_is_named_and_no_secret_is(fetcher, url):
    with pytest.raises(InputError) as caught:
        fetcher.fetch(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "10.0.0.1", "0.0.0.0"])  # fmt: skip
def test_private_and_local_addresses_are_refused(site, host):
    error = refused(Fetcher(manners=Manners(host_seconds=0)), f"http://{host}:{site.server_port}/")
    assert error.reason in ("address", "network")  # some systems don't know the odd ways of writing
    assert site.asked == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2606:4700::1", True), ("::ffff:8.8.8.8", True), ("2002:808:808::", True), ("127.0.0.1", False),
        ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False), ("100.64.0.1", False),
        ("0.0.0.0", False), ("224.0.0.1", False), ("255.255.255.255", False), ("::1", False), ("::", False), ("fe80::1%eth0", False),
        ("fc00::1", False), ("ff0e::1", False), ("::ffff:10.0.0.1", False), ("2002:7f00:1::", False), ("64:ff9b::a9fe:a9fe", False),
        ("::7f00:1", False),
    ],
)  # fmt: skip
def test_public_addresses_are_told_from_others(address, public):
    assert is_public(address) is public


def test_name_is_resolved_once_and_its_checked_address_is_used(site):
    """A name that changes to a private address after the check isn't asked again."""
    asked = []

    def find(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    site.routes["/a"] = answer("x")
    fetcher = Fetcher(manners=Manners(allow_private=True, host_seconds=0, follow_robots=False), find=find)
    assert fetcher.fetch(f"http://rebind.example:{site.server_port}/a").data == b"x"
    assert asked == ["rebind.example"]
    assert site.asked[0][1]["host"] == f"rebind.example:{site.server_port}"


def test_name_with_a_private_address_is_refused(site):
    fetcher = Fetcher(manners=Manners(host_seconds=0), find=lambda host, port: ["10.0.0.7"])
    error = refused(fetcher, "http://intern.example/a")
    assert (error.reason, "10.0.0.7" in str(error)) == ("address", True)


def test_redirect_to_the_metadata_of_a_cloud_is_refused(site, monkeypatch):
    """This machine's address is taken for a public one here, and no other is."""
    monkeypatch.setattr("detente.reading.addresses.is_public", lambda address: address == "127.0.0.1" or is_public(address))
    site.routes["/a"] = redirect("http://169.254.169.254/latest/meta-data/")
    fetcher = Fetcher(manners=Manners(host_seconds=0), find=lambda host, port: ["127.0.0.1"] if host == "news.example" else [host])
    error = refused(fetcher, f"http://news.example:{site.server_port}/a")
    assert (error.reason, "169.254.169.254" in str(error)) == ("address", True)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/", "//", "http://[", "http://u:p@x/"])
def test_redirect_to_what_is_not_fetched_is_refused(site, fetcher, target):
    site.routes["/a"] = redirect(target)
    assert refused(fetcher, f"{site.url}/a").reason in ("scheme", "redirects")


def test_ten_redirects_are_followed_and_fifty_are_not(site, fetcher):
    for i in range(50):
        site.routes[f"/{i}"] = redirect(f"/{i + 1}", 301 + i % 3 % 2)
    site.routes["/50"] = answer("end")
    found = fetcher.fetch(f"{site.url}/40")
    assert (found.data, found.url, len(found.redirects)) == (b"end", f"{site.url}/50", 10)
    assert refused(fetcher, f"{site.url}/0").reason == "redirects"
    site.routes["/loop"] = redirect("/loop")
    assert refused(fetcher, f"{site.url}/loop").reason == "redirects"


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


@pytest.mark.parametrize(
    "route",
    [drip(HEAD, b"a", 0.05), drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", 0.05), drip(b"", b"", 0.05)],
    ids=["body", "headers", "silence"],
)
def test_slow_server_is_left_at_the_deadline(site, route):
    site.routes["/a"] = route
    fetcher = Fetcher(manners=Manners(allow_private=True, host_seconds=0, total_seconds=0.5))
    begin = time.monotonic()
    assert refused(fetcher, f"{site.url}/a").reason == "timeout"
    assert time.monotonic() - begin < 3


def test_slow_name_server_is_left_at_the_deadline():
    fetcher = Fetcher(manners=Manners(host_seconds=0, total_seconds=0.2), find=lambda host, port: time.sleep(2) or ["8.8.8.8"])
    assert refused(fetcher, "http://slow.example/").reason == "timeout"


def test_endless_body_is_left_at_the_size(site):
    site.routes["/a"] = drip(HEAD, b"a" * 100_000, 0)
    with pytest.raises(TooLarge, match="1,000,000 bytes"):
        Fetcher(manners=Manners(allow_private=True, host_seconds=0, most_bytes=1_000_000)).fetch(f"{site.url}/a")


def test_gzip_bomb_is_left_at_the_size_and_a_fair_body_is_unpacked(site, fetcher):
    site.routes["/bomb"] = packed(b"\0" * 30_000_000)
    site.routes["/fair"] = packed(b"<p>words" * 100)
    with pytest.raises(TooLarge, match="unpacked"):
        fetcher.fetch(f"{site.url}/bomb")
    assert fetcher.fetch(f"{site.url}/fair").data == b"<p>words" * 100


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br2", "gzip"])
def test_body_that_cannot_be_unpacked_is_refused(site, fetcher, encoding):
    site.routes["/a"] = answer(b"plain words", Content_Encoding=encoding)
    assert refused(fetcher, f"{site.url}/a").reason in ("damaged", "unreadable")


def test_length_that_lies_is_refused(site, fetcher):
    site.routes["/a"] = answer(b"short", length=5_000)
    site.routes["/b"] = drip(b"nonsense\r\n\r\n", b"\0", 0.01)
    for path in "ab":
        assert refused(fetcher, f"{site.url}/{path}").reason in ("network", "timeout")


@pytest.mark.parametrize("status", [204, 401, 404, 410, 429, 500, 503])
def test_status_of_a_page_is_named(site, fetcher, status):
    site.routes["/a"] = answer(b"", status=status, Retry_After="120")
    error = refused(fetcher, f"{site.url}/a")
    assert (error.reason, str(status) in str(error), "120" in str(error)) == ("status", True, True)


def test_dead_port_is_a_network_fault(site, fetcher):
    site.server_close()
    assert refused(fetcher, f"{site.url}/a").reason == "network"


def test_robots_are_obeyed_and_asked_for_once(site, fetcher):
    site.routes["/robots.txt"] = answer("User-agent: *\nDisallow: /private\n", kind="text/plain")
    site.routes["/private/a"] = site.routes["/b"] = answer("x")
    assert refused(fetcher, f"{site.url}/private/a").reason == "robots"
    assert fetcher.fetch(f"{site.url}/b").data == b"x"
    assert site.paths() == ["/robots.txt", "/b"]


def test_redirect_into_what_robots_forbid_is_refused(site, fetcher):
    site.routes["/robots.txt"] = answer("User-agent: detente\nDisallow: /private\n", kind="text/plain")
    site.routes["/b"] = redirect("/private/a")
    assert refused(fetcher, f"{site.url}/b").reason == "robots"


def test_site_whose_robots_fail_is_left_alone_for_a_while(site):
    now = [1_000.0]
    fetcher = Fetcher(manners=OPEN, clock=lambda: now[0], sleep=lambda s: None)
    site.routes["/robots.txt"] = answer(b"", status=503)
    site.routes["/b"] = answer("x")
    assert [refused(fetcher, f"{site.url}/b").reason for _ in range(3)] == ["robots"] * 3
    assert site.paths() == ["/robots.txt"]
    site.routes["/robots.txt"] = answer(b"", status=404)
    now[0] += 601
    assert fetcher.fetch(f"{site.url}/b").data == b"x"


def test_huge_robots_are_read_up_to_their_limit(site, fetcher):
    site.routes["/robots.txt"] = answer("User-agent: *\nDisallow: /no\n" + "# fill\n" * 200_000, kind="text/plain")
    site.routes["/b"] = answer("x")
    assert fetcher.fetch(f"{site.url}/b").data == b"x"
    assert refused(fetcher, f"{site.url}/no").reason == "robots"


def test_hosts_are_asked_one_by_one_with_a_pause(site):
    now, slept = [0.0], []

    def sleep(seconds: float) -> None:
        slept.append(round(seconds, 3))
        now[0] += seconds

    site.routes["/robots.txt"] = answer("User-agent: *\nCrawl-delay: 7\n", kind="text/plain")
    site.routes["/b"] = answer("x")
    fetcher = Fetcher(manners=Manners(allow_private=True, host_seconds=2), clock=lambda: now[0], sleep=sleep)
    for _ in range(3):
        fetcher.fetch(f"{site.url}/b")
    assert slept == [2.0, 7.0, 7.0]


def test_check_drops_the_fragment():
    assert check_url(" https://example.org/a?b=c#d ") == "https://example.org/a?b=c"
