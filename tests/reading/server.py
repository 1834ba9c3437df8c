"""A web server on this machine whose answers a test writes, also ones that no good server gives."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Route = Callable[["Handler"], None]


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.routes: dict[str, Route] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.stop = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what some tests are about."""


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        self.server.routes.get(self.path.partition("?")[0], not_found)(self)

    def log_message(self, format: str, *args: object) -> None:
        pass


def not_found(handler: Handler) -> None:
    answer(b"", status=404)(handler)


def answer(
    body: bytes | str, *, status: int = 200, kind: str = "text/html; charset=utf-8", length: int | None = None, **headers: str
) -> Route:
    data = body.encode() if isinstance(body, str) else body

    def send(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(data) if length is None else length), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return send


def redirect(to: str, status: int = 302) -> Route:
    return answer(b"", status=status, Location=to)


def packed(body: bytes) -> Route:
    return answer(gzip.compress(body, mtime=0), Content_Encoding="gzip")


def drip(head: bytes, piece: bytes, pause: float) -> Route:
    """Bytes without end, a piece at a time, straight onto the wire."""

    def send(handler: Handler) -> None:
        handler.wfile.write(head)
        while not handler.server.stop.is_set():
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(pause)

    return send


@contextmanager
def serving() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02))
        thread.start()
        try:
            yield server
        finally:
            server.stop.set()
            server.shutdown()
            thread.join()
