"""Connections go to public addresses only: a name is resolved once, checked, and the checked address is connected to."""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from detente.errors import Unreadable

NAT64 = ipaddress.ip_network("64:ff9b::/96")
OLD_IPV4 = ipaddress.ip_network("::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]


class DeadlineError(Exception):
    """The time for a fetch is over."""


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, without doubles; OSError where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(text: str) -> bool:
    """Whether an address is one of the open internet, also where it wraps an IPv4 address."""
    address: Address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address) and (inner := inner_address(address)) is not None:
        return is_public(str(inner))
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def inner_address(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for (mapped, 6to4, Teredo, NAT64 or the old form)."""
    if address.teredo is not None:
        return address.teredo[1]
    if address in NAT64 or address in OLD_IPV4:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def public_addresses(host: str, port: int, *, find: Resolve, seconds: float, allow_private: bool) -> list[str]:
    """The addresses of a host that may be connected to; raises Unreadable with reason address or network where there are none."""
    addresses = in_time(lambda: find(host, port), seconds)
    allowed = [a for a in addresses if allow_private or is_public(a)]
    if not allowed:
        shown = ", ".join(addresses[:3]) or "no address"
        raise Unreadable(f"{host} is {shown}, which is not on the open internet; only public addresses are fetched", reason="address")
    return allowed


def in_time(work: Callable[[], list[str]], seconds: float) -> list[str]:
    """The result of a call that can't be told to stop; it is left behind when the time is over."""
    answers: queue.Queue[list[str] | Exception] = queue.Queue()

    def run() -> None:
        try:
            answers.put(work())
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        answer = answers.get(timeout=max(0.01, seconds))
    except queue.Empty as error:
        raise DeadlineError from error
    if isinstance(answer, Exception):
        raise Unreadable(f"its host isn't known ({answer})", reason="network") from answer
    return answer


class Deadline:
    """A moment after which nothing more is waited for; ``left`` raises DeadlineError then."""

    def __init__(self, seconds: float):
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise DeadlineError
        return left


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections to checked addresses; every wait on them ends with the deadline."""

    def __init__(self, *, deadline: Deadline, find: Resolve, allow_private: bool):
        self._deadline, self._find, self._allow_private = deadline, find, allow_private
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        left = self._deadline.left()
        addresses = public_addresses(host, port, find=self._find, seconds=left, allow_private=self._allow_private)
        for address in addresses[:-1]:
            try:
                return self._connect(address, port, self._deadline.left() / 2)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(addresses[-1], port, self._deadline.left())

    def _connect(self, address: str, port: int, timeout: float) -> httpcore.NetworkStream:
        return GuardedStream(self._inner.connect_tcp(address, port, timeout=timeout), self._deadline)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        raise Unreadable("a socket file is no web server", reason="address")

    def sleep(self, seconds: float) -> None:
        time.sleep(min(seconds, self._deadline.left()))


class GuardedStream(httpcore.NetworkStream):
    """A connection on which each wait is at most what is left of the whole time, so that a drip of bytes can't stretch it."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline):
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, timeout=self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, timeout=self._deadline.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return GuardedStream(self._inner.start_tls(ssl_context, server_hostname, timeout=self._deadline.left()), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
