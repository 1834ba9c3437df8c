"""Small makers of inputs; the language guesser of these tests takes everything for English and loads nothing."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from detente.reading import Limits, read
from detente.reading.fetching import Fetcher, Manners
from detente.reading.language import Guess
from detente.reading.pages import PageReader
from detente.reading.rejects import Outcome
from tests.reading.server import Server, serving

STORY = (
    "Norway will double its contribution to the climate fund next year, the finance minister told lawmakers on Tuesday. "
    "The opposition welcomed the decision and asked the government to publish the terms of the agreement at once. "
)


def page(*, head: str = "", body: str = f"<p>{STORY}</p><p>{STORY * 2}</p>") -> str:
    return f"<!DOCTYPE html>\n<html><head><title>Norway doubles its share</title>{head}</head><body><article>{body}</article></body></html>"


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def make(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    return make


@pytest.fixture
def gather() -> Callable[..., list[Outcome]]:
    def run(*inputs: str | Path, **options: Any) -> list[Outcome]:
        return list(read([str(i) for i in inputs], **{"identify": lambda text: Guess("en", 1.0), **options}))

    return run


@pytest.fixture
def gather_rows(gather: Callable[..., list[Outcome]]) -> Callable[..., list[Outcome]]:
    """The outcomes of rows given as objects, or as bytes where they are broken, on standard input."""

    def run(*rows: object, **options: Any) -> list[Outcome]:
        lines = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]
        return gather("-", stream=io.BytesIO(b"\n".join(lines)), **options)

    return run


@pytest.fixture
def make_page() -> Callable[..., str]:
    return page


@pytest.fixture
def story() -> str:
    return STORY


@pytest.fixture
def site() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def fetcher() -> Fetcher:
    """One that may ask this machine and doesn't wait between two fetches."""
    return Fetcher(manners=Manners(allow_private=True, host_seconds=0, total_seconds=5))


@pytest.fixture(scope="session")
def pages() -> Iterator[PageReader]:
    with PageReader(limits=Limits()) as reader:
        yield reader
