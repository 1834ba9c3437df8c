"""Reads a sitemap inside the page worker, which loads this file by its path: bytes to addresses in plain types."""

from __future__ import annotations

import io
from typing import Any

from lxml import etree

MOST = 50_000  # addresses, as the protocol says
PARTS = {"loc": "url", "lastmod": "changed", "publication_date": "date", "title": "title", "language": "language"}


def read(data: bytes, url: str) -> dict[str, Any]:
    """``nested`` (addresses of sitemaps) and ``entries`` (``url, changed, date, title, language``), and whether it was ``cut``.

    Text with an address a line is a sitemap too.  ValueError where it is neither.
    """
    if data.lstrip()[:4].lower().startswith((b"http", b"\xef\xbb\xbfh")):
        return read_lines(data)
    nested: list[str] = []
    entries: list[dict[str, str]] = []
    cut = False
    try:
        # Entities aren't replaced, nothing is fetched, and the parser's own limits of depth and size hold.
        steps = etree.iterparse(io.BytesIO(data), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
        for _, element in steps:
            kind = local(element)
            if kind not in ("url", "sitemap"):
                continue
            entry = parts(element)
            element.clear()
            if len(entries) + len(nested) >= MOST:
                cut = True
                break
            if kind == "sitemap" and "url" in entry:
                nested.append(entry["url"])
            elif "url" in entry:
                entries.append(entry)
    except etree.XMLSyntaxError as error:
        if not entries and not nested:
            raise ValueError(f"is no sitemap ({str(error)[:200]}); name the address of a sitemap") from error
        cut = True
    return {"nested": nested, "entries": entries, "cut": cut}


def read_lines(data: bytes) -> dict[str, Any]:
    lines = [line.strip() for line in data.decode("utf-8-sig", "replace").splitlines()]
    found = [line for line in lines if line.lower().startswith(("http://", "https://"))]
    return {"nested": [], "entries": [{"url": line} for line in found[:MOST]], "cut": len(found) > MOST}


def local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def parts(element: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in element.iter():
        name = PARTS.get(local(part))
        if name and name not in found and (words := (part.text or "").strip()):
            found[name] = words[:2_000]
    return found
