"""Fetches what is at an address of the web: politely, in bounded time and size, and never from a private network."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from detente.errors import InputError, Rejected, TooLarge, Unreadable
from detente.reading.addresses import Deadline, DeadlineError, GuardedBackend, Resolve, resolve
from detente.reading.packed import unpack
from detente.reading.robots import ALLOW_ALL, Robots, parse_robots

AGENT = "detente"
USER_AGENT = "detente/0.1 (news reader for research; follows robots.txt)"
ROBOTS_BYTES = 512 * 1024
REDIRECTS = (301, 302, 303, 307, 308)
LONGEST_URL = 8_000
ROBOTS_SECONDS = 86_400.0  # that rules are remembered
FAULT_SECONDS = 600.0  # that a site without an answer isn't asked again
ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5"


@dataclass(frozen=True, kw_only=True)
class Manners:
    """How a fetcher behaves: seconds for a whole fetch and between two on one host, bytes of an answer, redirects.

    ``allow_private`` lets it fetch from local and private addresses, for tests and for a site of one's own.
    """

    total_seconds: float = 30.0
    host_seconds: float = 1.0
    most_bytes: int = 20_000_000
    most_redirects: int = 10
    follow_robots: bool = True
    allow_private: bool = False


class Stamp(NamedTuple):
    """What a server gave to tell whether something changed since."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """An answer: ``url`` is where it came from in the end; ``unchanged`` where the server says so, and then without data."""

    url: str
    asked: str
    data: bytes
    kind: str
    charset: str | None
    stamp: Stamp
    unchanged: bool = False
    redirects: tuple[str, ...] = ()


class Answer(NamedTuple):
    """One answer of a server, before redirects are followed."""

    status: int
    headers: httpx.Headers
    body: bytes


class Fetcher:
    """Fetches addresses one by one; safe to share between threads, which wait for each other on one host."""

    def __init__(
        self, *, manners: Manners | None = None, find: Resolve = resolve,
        clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep,
    ):  # fmt: skip
        self._manners = manners or Manners()
        self._find, self._clock, self._sleep = find, clock, sleep
        self._ssl = httpx.create_ssl_context(trust_env=False)
        self._lock = threading.Lock()
        self._robots: dict[str, tuple[float, Robots | Rejected]] = {}  # until when, what
        self._free: dict[str, float] = {}  # host: when it may be asked again

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._robots.clear()

    def fetch(self, url: str, *, stamp: Stamp | None = None) -> Fetched:
        """What is at an address; with the ``stamp`` of an earlier answer it may come back unchanged and empty.

        Raises InputError where the address is none, TooLarge beyond the size, else Unreadable with the reason scheme,
        address (not public), robots, redirects, status, timeout, damaged or network.  Waiting for the host's turn doesn't
        count against the time.
        """
        redirects: list[str] = []
        current, deadline = check_url(url), None
        while True:
            robots = self._robots_of(current, url) if self._manners.follow_robots else ALLOW_ALL
            if not robots.allows(current):
                raise Unreadable(
                    f"{named(url, current)}: its site's robots.txt doesn't allow to fetch it; ask the publisher", reason="robots"
                )
            self._wait(current, robots.delay)
            deadline = deadline or Deadline(self._manners.total_seconds)
            answer = self._ask(current, named(url, current), deadline, stamp or Stamp(), self._manners.most_bytes)
            if answer.status not in REDIRECTS:
                return make_fetched(answer, url, current, tuple(redirects), self._manners.most_bytes)
            redirects.append(current)
            if len(redirects) > self._manners.most_redirects:
                raise Unreadable(
                    f"{url}: leads on more than {self._manners.most_redirects} times; name the address at the end", reason="redirects"
                )
            current = next_url(answer, url, current)

    def _robots_of(self, url: str, asked: str) -> Robots:
        """The rules of a site, remembered for a day; raises Unreadable where it can't be known what they are."""
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        until, found = self._robots.get(origin, (0.0, ALLOW_ALL))
        if origin not in self._robots or until < self._clock():
            try:
                found = self._fetch_robots(f"{origin}/robots.txt")
            except Rejected as error:
                found = error
            self._robots[origin] = self._clock() + (ROBOTS_SECONDS if isinstance(found, Robots) else FAULT_SECONDS), found
        if isinstance(found, Rejected):
            raise Unreadable(f"{named(asked, url)}: what its site allows can't be read: {found}", reason=found.reason) from found
        return found

    def _fetch_robots(self, url: str) -> Robots:
        """All is allowed where a site has no rules; raises Rejected where it can't answer now (RFC 9309)."""
        current, deadline = url, Deadline(self._manners.total_seconds)
        for _ in range(6):
            self._wait(current, 0.0)
            answer = self._ask(current, named(url, current), deadline, Stamp(), ROBOTS_BYTES, whole=False)
            if answer.status in REDIRECTS:
                current = next_url(answer, url, current)
                continue
            if answer.status >= 500 or answer.status == 429:
                raise Unreadable(f"{url}: its server answers with status {answer.status}; try again later", reason="robots")
            if answer.status != 200:
                return ALLOW_ALL
            body = unpack(answer.body, answer.headers.get("content-encoding", ""), place=url, limit=ROBOTS_BYTES)
            return parse_robots(body.decode("utf-8", "replace"), agent=AGENT)
        return ALLOW_ALL

    def _wait(self, url: str, delay: float) -> None:
        """Waits until the host's turn and takes it."""
        host = urlsplit(url).hostname or ""
        with self._lock:
            now = self._clock()
            turn = max(now, self._free.get(host, now))
            self._free[host] = turn + max(delay, self._manners.host_seconds)
        if turn > now:
            self._sleep(turn - now)

    def _ask(self, url: str, place: str, deadline: Deadline, stamp: Stamp, limit: int, *, whole: bool = True) -> Answer:
        """One answer without redirects; its body is still packed.  Where ``whole`` is false it may be cut at the limit."""
        backend = GuardedBackend(deadline=deadline, find=self._find, allow_private=self._manners.allow_private)
        try:
            with httpx.Client(transport=GuardedTransport(backend, self._ssl), trust_env=False, timeout=None) as client:
                request = client.build_request("GET", url, headers=request_headers(stamp))
                response = client.send(request, stream=True, follow_redirects=False)
                return Answer(response.status_code, response.headers, read_body(response, place, limit, whole))
        except DeadlineError as error:
            raise too_slow(place, self._manners.total_seconds) from error
        except (httpx.TimeoutException, httpcore.TimeoutException) as error:
            raise too_slow(place, self._manners.total_seconds) from error
        except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            raise Unreadable(
                f"{place}: can't be fetched ({str(error) or type(error).__name__}); try again later", reason="network"
            ) from error
        except (httpx.InvalidURL, UnicodeError) as error:
            raise InputError(f"{place}: is no address of the web ({error}); check it") from error
        except Unreadable as error:  # from the backend, which doesn't know the address that was asked for
            raise Unreadable(error.args[0] if str(error).startswith(place) else f"{place}: {error}", reason=error.reason) from error


class GuardedTransport(httpx.BaseTransport):
    """Sends each request over a fresh connection of the guarded backend; proxies of the environment aren't used."""

    def __init__(self, backend: GuardedBackend, context: ssl.SSLContext):
        self._pool = httpcore.ConnectionPool(ssl_context=context, max_keepalive_connections=0, retries=0, network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path)
        answer = self._pool.handle_request(httpcore.Request(request.method, url, headers=request.headers.raw))
        return httpx.Response(answer.status, headers=answer.headers, stream=BodyStream(answer))

    def close(self) -> None:
        self._pool.close()


class BodyStream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response):
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def request_headers(stamp: Stamp) -> dict[str, str]:
    headers = {
        "User-Agent": USER_AGENT,
        "Accept": ACCEPT,
        "Accept-Encoding": "gzip, deflate",
        "Accept-Language": "en",
        "Connection": "close",
    }
    conditions = {"If-None-Match": stamp.etag, "If-Modified-Since": stamp.modified}
    return headers | {name: value for name, value in conditions.items() if value}


def read_body(response: httpx.Response, place: str, limit: int, whole: bool) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in response.iter_raw():
        parts.append(part)
        size += len(part)
        if size > limit and whole:
            raise TooLarge(f"{place}: sends more than {limit:,} bytes; leave it out")
        if size > limit:
            break
    return b"".join(parts)[:limit]


def check_url(url: str) -> str:
    """The address without its fragment; raises InputError or Unreadable with reason scheme where it can't be fetched."""
    if len(url) > LONGEST_URL:
        raise InputError(f"{url[:80]}…: has more than {LONGEST_URL:,} characters and is no address")
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise InputError(f"{url}: is no address of the web ({error}); check it") from error
    if parts.scheme not in ("http", "https"):
        raise Unreadable(f"{url}: begins with {parts.scheme or 'no scheme'!r}; only http and https are fetched", reason="scheme")
    if not host or parts.username is not None:
        raise InputError(f"{parts.scheme}://{host or ''}: is no address of the web or names a user; write it without both")
    return parts._replace(fragment="").geturl()


def next_url(answer: Answer, asked: str, current: str) -> str:
    """Where a redirect leads, checked as any address; raises Unreadable with the first address."""
    location = answer.headers.get("location")
    if not location:
        raise Unreadable(f"{named(asked, current)}: leads on without saying where; try again later", reason="redirects")
    try:
        return check_url(urljoin(current, location))
    except (InputError, Unreadable, ValueError) as error:
        reason = error.reason if isinstance(error, Unreadable) else "redirects"
        raise Unreadable(f"{asked}: leads to {location[:200]!r}, which isn't fetched ({error})", reason=reason) from error


def make_fetched(answer: Answer, asked: str, url: str, redirects: tuple[str, ...], limit: int) -> Fetched:
    headers, place = answer.headers, named(asked, url)
    if answer.status not in (200, 203, 304):
        wait = f", again after {headers['retry-after'][:40]}" if "retry-after" in headers else ""
        raise Unreadable(f"{place}: its server answers with status {answer.status}{wait}; check the address", reason="status")
    kind, _, rest = headers.get("content-type", "").partition(";")
    charset = rest.lower().partition("charset=")[2].partition(";")[0].strip(" \"'") or None
    unchanged = answer.status == 304
    data = b"" if unchanged else unpack(answer.body, headers.get("content-encoding", ""), place=place, limit=limit)
    stamp = Stamp(headers.get("etag"), headers.get("last-modified"))
    return Fetched(
        url=url, asked=asked, data=data, kind=kind.strip().lower(), charset=charset, stamp=stamp, unchanged=unchanged, redirects=redirects
    )


def named(asked: str, current: str) -> str:
    return asked if asked == current else f"{asked} (which leads to {current})"


def too_slow(place: str, seconds: float) -> Unreadable:
    return Unreadable(f"{place}: took more than {seconds:g} seconds; try again later", reason="timeout")
