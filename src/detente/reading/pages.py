"""Web pages become drafts, read in a process of its own that is killed when a page takes too long or too much."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from detente.errors import SetupError, Unreadable
from detente.reading.articles import Draft
from detente.reading.files import decode_page
from detente.reading.limits import Limits
from detente.reading.rows import read_date

WORKER = Path(__file__).with_name("page_worker.py")
START_SECONDS = 60.0
PAGES_PER_WORKER = 1_000  # the parsers' caches grow, and what they hold counts against the next page's memory
OUT_OF_MEMORY = 3  # the worker's exit status; see page_worker


class Failure(NamedTuple):
    reason: str
    message: str


class PageReader:
    """Reads pages one after another in one worker process, which starts with the first page and again after a kill."""

    def __init__(self, *, limits: Limits):
        self._limits = limits
        self._worker: Worker | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        if self._worker is not None:
            self._worker.close()
        self._worker = None

    def read(self, page: bytes, *, path: str, charset: str | None = None) -> Draft:
        """The draft of a page: the text that trafilatura finds, with the page's title, date, byline, site and address.

        ``charset`` is the encoding that the server named.  Raises Unreadable with reason empty, timeout, memory or
        unreadable, and SetupError where no worker can start.
        """
        source = decode_page(page, place=path, charset=charset)
        answer = self.ask({"html": source.text}, place=path)
        return page_draft(answer, path=path, flags=source.flags)

    def ask(self, request: Mapping[str, Any], *, place: str) -> Mapping[str, Any]:
        """The worker's answer to one of the requests that it knows; raises as ``read`` does."""
        answer = self._ask({**request, "attributes": self._limits.tag_attributes})
        if isinstance(answer, Failure):
            raise Unreadable(f"{place}: {answer.message}", reason=answer.reason)
        return answer

    def _ask(self, request: Mapping[str, Any]) -> Mapping[str, Any] | Failure:
        used = self._worker is not None
        answer = self._ask_once(request)
        # A worker holds some of what earlier pages took: only a fresh one shows that this page takes too much.
        if used and isinstance(answer, Failure) and answer.reason == "memory":
            return self._ask_once(request)
        return answer

    def _ask_once(self, request: Mapping[str, Any]) -> Mapping[str, Any] | Failure:
        if self._worker is None:
            self._worker = Worker(memory=self._limits.page_memory)
        worker = self._worker
        answer = worker.ask(request, seconds=self._limits.page_seconds)
        if worker.ended or worker.pages >= PAGES_PER_WORKER:
            self.close()
        return answer


class Worker:
    """One process that answers for pages; ``memory`` in bytes is all that it may take."""

    def __init__(self, *, memory: int):
        # By its path and without the working folder on sys.path: files there must not stand in for modules.
        command = [sys.executable, "-P", str(WORKER), str(memory)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=worker_environment()
        )
        self._expired = threading.Event()
        self.ended = False
        self.pages = 0
        if not self._exchange(b"", seconds=START_SECONDS):
            raise self._start_error()

    def ask(self, request: Mapping[str, Any], *, seconds: float) -> Mapping[str, Any] | Failure:
        self.pages += 1
        line = self._exchange(json.dumps(request, ensure_ascii=False).encode("utf-8") + b"\n", seconds=seconds)
        if not line:
            return self._failure(seconds)
        answer = json.loads(line)
        return Failure(answer["reason"], answer["message"]) if "reason" in answer else answer

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()

    def _exchange(self, request: bytes, *, seconds: float) -> bytes:
        """The worker's next line, empty where it ended or was killed before the line was whole."""
        timer = threading.Timer(seconds, self._expire)
        timer.start()
        line = b""
        try:
            with suppress(BrokenPipeError):
                line = self._send(request)
        finally:
            timer.cancel()
            timer.join()
        whole = line.endswith(b"\n")
        self.ended = self._expired.is_set() or not whole
        return line if whole else b""

    def _send(self, request: bytes) -> bytes:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            return b""
        stdin.write(request)
        stdin.flush()
        return stdout.readline()

    def _expire(self) -> None:
        self._expired.set()
        self._process.kill()

    def _failure(self, seconds: float) -> Failure:
        status = self._process.wait()
        if self._expired.is_set():
            return Failure("timeout", f"the page took more than {seconds:g} seconds to read; leave it out or save its text")
        if status == OUT_OF_MEMORY:
            return Failure("memory", "the page took more memory than a page may; leave it out or save its text")
        return Failure("unreadable", f"the page broke its reader (exit status {status}); leave it out or save its text")

    def _start_error(self) -> SetupError:
        self._process.kill()
        _, words = self._process.communicate()
        last = words.decode("utf-8", "replace").strip().rpartition("\n")[2]
        return SetupError(f"pages can't be read, as their reader doesn't start: {last or 'no answer'}; install detente again")


def worker_environment() -> dict[str, str]:
    """This process's environment and module path; one thread, as each more reserves memory that the limit counts."""
    folders = os.pathsep.join(folder for folder in sys.path if folder)
    return {**os.environ, "PYTHONPATH": folders, "PYTHONIOENCODING": "utf-8", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def page_draft(answer: Mapping[str, Any], *, path: str, flags: tuple[str, ...]) -> Draft:
    return Draft(
        place=path, path=path, text=answer["text"], title=answer["title"] or None, published=read_date(answer["date"]),
        publisher=answer["sitename"] or None, url=answer["url"] or None, byline=answer["author"] or None,
        page_language=answer["language"] or None, flags=(*flags, "cut") if answer["cut"] else flags,
    )  # fmt: skip
