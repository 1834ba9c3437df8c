"""The process in which pages are read: a JSON object a line in, one a line out.

It runs by its path and imports nothing of detente, so that it starts in half a second and takes little memory.
In: ``html`` and ``attributes`` (the most a tag may have).  Out, first an empty line when ready, then a page or a failure:
``text, title, date, sitename, url, cut``, or ``reason, message``.  Exit status 3 means out of memory.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from contextlib import suppress
from typing import Any, BinaryIO

import trafilatura
from htmldate import find_date
from lxml import etree

OUT_OF_MEMORY = 3
TAG = re.compile(r"<[A-Za-z][^<]*")
QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
LONGEST_DATE_LINE = 80  # characters
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
        return read_page(request["html"], attributes=request["attributes"])
    except PageError as error:
        return {"reason": error.reason, "message": str(error)}


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
    known = {name: getattr(page, name) for name in ("text", "title", "sitename", "url")}
    return {**known, "date": page_date(html), "cut": cut}


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


def page_date(html: str) -> str | None:
    """The day that the page gives as its own (address, metadata, date line); None rather than a date of its text."""
    tree = trafilatura.load_html(whole_page(html))
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
