"""The process in which pages are read: a JSON object a line in, one a line out.

It runs by its path and imports nothing of detente, so that it starts in half a second and takes little memory.
In: ``attributes`` (the most a tag may have) and ``html``, or ``url`` and ``feed`` or ``sitemap`` (bytes as base64), which
the files beside this one read.  Out, first an empty line when ready, then what was read or a failure: for a page ``text, title,
author, date, sitename, url, language, cut``, or ``reason, message``.  Exit status 3 means out of memory.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, BinaryIO

import trafilatura
from htmldate import find_date
from lxml import etree

OUT_OF_MEMORY = 3
TAG = re.compile(r"<[A-Za-z][^<]*")
QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
LONGEST_DATE_LINE = 80  # characters
ARTICLE = re.compile(r"[a-z]*article|blogposting|reportage", re.IGNORECASE)  # types of schema.org
MOST_NODES = 10_000  # of structured data that are looked at
PARAGRAPHS = ("p", "li", "td", "blockquote", "figcaption")
# The latest date is fixed, as the same page must give the same date on any day.  No search in free text, which would
# take a date that the article writes about for its own.
DATE_OPTIONS: dict[str, Any] = {"original_date": True, "extensive_search": False, "max_date": "2099-12-31"}


class PageError(Exception):
    """A page that gives no text; ``reason`` is empty or unreadable."""

    def __init__(self, reason: str, message: str):
        super().__init__(message)
        self.reason = reason


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answers each line until there are no more."""
    answers.write(b"\n")
    answers.flush()
    for line in requests:
        answers.write(json.dumps(answer(json.loads(line))).encode("ascii") + b"\n")
        answers.flush()


def answer(request: dict[str, Any]) -> dict[str, Any]:
    try:
        if "html" in request:
            return read_page(request["html"], attributes=request["attributes"])
        kind = "feed" if "feed" in request else "sitemap"
        data = base64.b64decode(request[kind])
        check_attributes(data.decode("latin-1"), request["attributes"])
        return dict(reader(kind)(data, request["url"]))
    except PageError as error:
        return {"reason": error.reason, "message": str(error)}
    except ValueError as error:  # feeds and sitemaps
        return {"reason": "unreadable", "message": str(error)}


@cache
def reader(kind: str) -> Any:
    """``read`` of the file beside this one for feeds or sitemaps, loaded by its path, as this folder is on no module path."""
    spec = spec_from_file_location(f"{kind}_worker", Path(__file__).with_name(f"{kind}_worker.py"))
    if spec is None or spec.loader is None:
        raise PageError("unreadable", f"the reader of {kind}s is missing; install detente again")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.read


def read_page(html: str, *, attributes: int) -> dict[str, Any]:
    """Text and metadata of a page; raises PageError, and MemoryError where the parser ran out of it."""
    if not html.strip():
        raise PageError("empty", "the page is empty")
    check_attributes(html, attributes)
    cut = is_cut(html)
    options: dict[str, Any] = {"include_comments": False, "with_metadata": True, "date_extraction_params": DATE_OPTIONS}
    page: Any = trafilatura.bare_extraction(whole_page(html), **options)
    if page is None or not (page.text or "").strip():
        raise PageError("empty", "no article text was found in the page; save its text as .txt")
    known = {name: getattr(page, name) for name in ("text", "title", "author", "sitename", "url")}
    tree = trafilatura.load_html(whole_page(html))
    stated = {} if tree is None else schema_article(tree)
    return {
        **known, "url": known["url"] or stated.get("url"), "author": known["author"] or stated.get("author"),
        "language": stated.get("language") or page_language(tree), "date": page_date(tree), "cut": cut,
    }  # fmt: skip


def schema_article(tree: Any) -> dict[str, str]:
    """Address, byline and language that the page's structured data (schema.org) give for its article."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        with suppress(ValueError, RecursionError):
            for node in json_objects(json.loads(script.text or "")):
                if any(isinstance(kind, str) and ARTICLE.fullmatch(kind) for kind in as_list(node.get("@type"))):
                    page = node.get("mainEntityOfPage")
                    address = as_text(node.get("url")) or as_text(page.get("@id") if isinstance(page, dict) else page)
                    names = [name for a in as_list(node.get("author")) if (name := as_text(a.get("name") if isinstance(a, dict) else a))]
                    found = {"url": address, "author": "; ".join(names), "language": as_text(node.get("inLanguage"))}
                    return {name: value for name, value in found.items() if value and (name != "url" or value.startswith("http"))}
    return {}


def json_objects(value: Any) -> Iterator[dict[str, Any]]:
    waiting, seen = [value], 0
    while waiting and seen < MOST_NODES:
        node, seen = waiting.pop(0), seen + 1
        if isinstance(node, dict):
            yield node
            waiting += [part for part in node.values() if isinstance(part, dict | list)]
        elif isinstance(node, list):
            waiting += node[: MOST_NODES - seen]


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def as_text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def page_language(tree: Any) -> str | None:
    """The language that the page declares for itself."""
    if tree is None:
        return None
    for meta in tree.iter("meta"):
        if (meta.get("property") or meta.get("http-equiv") or "").lower() in ("og:locale", "content-language"):
            return as_text(meta.get("content")) or None
    return next((as_text(e.get("lang")) for e in tree.iter("html") if e.get("lang")), None)


def check_attributes(html: str, most: int) -> None:
    """PageError where a tag has more attributes than ``most``: the parser takes time by their number squared."""
    for tag in TAG.finditer(html):
        if tag.end() - tag.start() >= 2 * most and count_attributes(tag[0]) > most:
            raise PageError("unreadable", f"a tag has more than {most:,} attributes; this is no article")


def count_attributes(tag: str) -> int:
    return len(QUOTED.sub(" ", tag).partition(">")[0].split()) - 1


def is_cut(html: str) -> bool:
    """Whether the parser stops before the end: more than 256 elements in one another, or 10 MB in one text node."""
    parser = etree.HTMLParser(collect_ids=False, encoding="utf-8")
    with suppress(etree.XMLSyntaxError):  # what went wrong is in the log
        etree.fromstring(html.encode("utf-8"), parser)
    faults = {entry.type_name for entry in parser.error_log}
    if "ERR_NO_MEMORY" in faults:
        raise MemoryError
    return "ERR_RESOURCE_LIMIT" in faults


def whole_page(html: str) -> str:
    """The page, in a frame where it is only a part of one, as trafilatura refuses those."""
    return html if "<html" in html[:10_000].lower() else f"<html><body>{html}</body></html>"


def page_date(tree: Any) -> str | None:
    """The day that the page gives as its own (address, metadata, date line); None rather than a date of its text.

    The tree loses its text.
    """
    if tree is None:
        return None
    for element in list(tree.iter(*PARAGRAPHS)):
        if len("".join(element.itertext())) > LONGEST_DATE_LINE:
            element.clear(keep_tail=True)
    clear_long_text(tree)
    return find_date(tree, **DATE_OPTIONS)


def clear_long_text(tree: Any) -> None:
    """Text longer than a date line goes, wherever it stands; scripts hold the page's metadata."""
    for element in tree.iter():
        if element.tag != "script" and len(element.text or "") > LONGEST_DATE_LINE:
            element.text = None
        if len(element.tail or "") > LONGEST_DATE_LINE:
            element.tail = None


def limit_memory(memory: int) -> None:
    """Nothing happens on Windows, which knows no such limit; the time limit holds there."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def own_output() -> BinaryIO:
    """Standard output for answers alone: whatever else is written goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return answers


def main() -> None:
    logging.disable(logging.CRITICAL)
    answers = own_output()
    limit_memory(int(sys.argv[1]))
    try:
        serve(sys.stdin.buffer, answers)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # no clean-up, which would need memory


if __name__ == "__main__":
    main()
