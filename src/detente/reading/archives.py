"""Web archives (WARC) become articles, one for each page; what is damaged is a reject, and the rest is read on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import BinaryIO, NamedTuple

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from detente.errors import InputError, Rejected, TooLarge, Unreadable
from detente.reading.articles import Draft, make_article
from detente.reading.limits import Limits
from detente.reading.packed import GZIP, join_chunks, unpack
from detente.reading.pages import PageReader
from detente.reading.rejects import Outcome, Reject, reject
from detente.reading.warc_streams import BudgetError, DamageError, GzipStream, PlainStream

PAGE_TYPES = ("text/html", "application/xhtml+xml")
SWALLOWED = b"\r\n\r\nWARC/1."  # inside a record: its length runs over the next ones
AHEAD = 1 << 16  # bytes that fastwarc reads at a time
MOST_FAULTS = 100  # in a row; then the rest isn't searched
BROKEN = (OSError, ValueError, DamageError)


@dataclass(frozen=True, kw_only=True)
class Archive:
    """An open archive: ``path`` names it in messages, ``published`` stands in where neither page nor record has a date."""

    stream: BinaryIO
    path: str
    published: date | None
    limits: Limits
    pages: PageReader


class Page(NamedTuple):
    """A page as a server sent it: the record's beginning in plain bytes, its address, the day it was fetched, the body."""

    position: int
    url: str | None
    day: date | None
    charset: str | None
    chunked: bool
    encoding: str
    truncated: bool
    body: bytes


class Fault(NamedTuple):
    """A part that can't be read.

    ``placed`` is whether it begins at the position or only behind it, and ``shortens`` whether the page before it may
    lack its end; a fault without a message loses no page.
    """

    position: int
    message: str
    placed: bool = True
    shortens: bool = False


class Large(NamedTuple):
    """A page beyond the limit."""

    position: int
    url: str | None


def read_archive(archive: Archive) -> Iterator[Outcome]:
    """An article or a reject for each page that a server answered with, and a reject for each damaged part, in order.

    A part is damaged where a record is cut short, has a length that lies, or can't be unpacked.  Answers that aren't
    HTML, or that say that there is no such page, are passed over.
    """
    for item in flag_shortened(read_items(archive)):
        yield fault_reject(item, archive) if isinstance(item, Fault) else page_outcome(item, archive)


def flag_shortened(items: Iterator[Page | Large | Fault]) -> Iterator[Page | Large | Fault]:
    """The same, with a page marked as truncated where the fault after it says that its length was too short."""
    held: Page | Large | Fault | None = None
    for item in items:
        if isinstance(item, Fault) and item.shortens and isinstance(held, Page):
            held = held._replace(truncated=True)
        if held is not None:
            yield held
        held = item
    if held is not None:
        yield held


def open_stream(file: BinaryIO) -> PlainStream:
    packed = file.read(len(GZIP)) == GZIP
    file.seek(0)
    return GzipStream(file) if packed else PlainStream(file)


def read_items(archive: Archive) -> Iterator[Page | Large | Fault]:
    """Pages and faults; after a fault it goes on with the next record that can be found."""
    stream, position, faults = open_stream(archive.stream), 0, 0
    pending: Fault | None = None
    while True:
        end: Fault | None = None
        for item in records(stream, position, archive.limits):
            if isinstance(item, Fault):
                end = item
                break
            if pending:
                yield pending
            pending, faults = None, 0
            if item is not None:
                yield item
        if end is None:
            break
        if end.message and end.placed:
            yield end
        pending = None if end.placed else pending or end
        position, faults = end.position, faults + 1
        if faults > MOST_FAULTS:
            yield Fault(position, f"has {MOST_FAULTS} damaged parts in a row; nothing after them is read")
            return
        if not stream.resume_after(position):
            break
        position = stream.tell()
    if pending and pending.message:
        yield pending


def records(stream: PlainStream, start: int, limits: Limits) -> Iterator[Page | Large | Fault | None]:
    """What each record gives (None where it is no page), up to the first fault, which is the last item."""
    position, room, read = start, limits.file_bytes + 4 * AHEAD, 0
    stream.budget = room
    try:
        for record in ArchiveIterator(stream, buffer_size=AHEAD):
            position, read = record.stream_pos, read + 1
            item = read_record(record, position, limits)
            yield item
            if isinstance(item, Fault):
                return
            stream.budget = room
    except BudgetError:
        yield Fault(position, "")
    except BROKEN as error:
        yield Fault(position, f"can't be read ({error})", placed=read == 0, shortens=read > 0 and isinstance(error, OSError))


def read_record(record: WarcRecord, position: int, limits: Limits) -> Page | Large | Fault | None:
    length, url = record.content_length, record.headers.get("WARC-Target-URI")
    if not (record.headers.get("Content-Length") or "").isdecimal():
        return Fault(position, "has no length that is a number")
    if not is_page(record):
        try:
            gone = record.reader.consume()
        except BROKEN as error:
            return Fault(position, f"can't be read ({error})")
        return Fault(position, f"is cut short: {gone:,} of {length:,} bytes are there") if gone < length else None
    try:
        body = read_body(record, limits.file_bytes + 1)
    except BROKEN as error:
        return Fault(position, f"can't be read ({error})")
    if SWALLOWED in body:
        return Fault(position, f"has a length ({length:,} bytes) that runs over the next record")
    if len(body) > limits.file_bytes:
        return Large(position, url)
    if len(body) < length:
        return Fault(position, f"is cut short: {len(body):,} of {length:,} bytes are there")
    return make_page(record, position, body)


def read_body(record: WarcRecord, size: int) -> bytes:
    parts: list[bytes] = []
    while size > 0 and (part := record.reader.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def is_page(record: WarcRecord) -> bool:
    """Whether a record is an answer with a page."""
    if record.record_type != WarcRecordType.response or not record.is_http_parsed:
        return False
    return record.http_headers.status_code == 200 and (record.http_content_type or PAGE_TYPES[0]).lower() in PAGE_TYPES


def make_page(record: WarcRecord, position: int, body: bytes) -> Page:
    warc, http = record.headers, record.http_headers
    fetched = record.record_date
    return Page(
        position=position, url=warc.get("WARC-Target-URI"), day=fetched.date() if fetched else None, charset=record.http_charset,
        chunked="chunked" in (http.get("Transfer-Encoding") or "").lower(), encoding=http.get("Content-Encoding") or "",
        truncated="WARC-Truncated" in warc, body=body,
    )  # fmt: skip


def page_outcome(page: Page | Large, archive: Archive) -> Outcome:
    place = f"record at byte {page.position:,} of {archive.path}" + (f" ({page.url})" if page.url else "")
    try:
        if isinstance(page, Large):
            raise TooLarge(f"{place}: has more than {archive.limits.file_bytes:,} bytes; leave it out")
        return make_article(page_draft(page, place, archive), published=archive.published, limits=archive.limits)
    except (Rejected, InputError) as error:
        return reject(error, path=archive.path, id=f"{archive.path}:{page.position}")


def page_draft(page: Page, place: str, archive: Archive) -> Draft:
    """The draft of a page with the address it was fetched from; the day of fetching stands in where it has no date of its own.

    A page can't be younger than its record: such a date is refused and flagged.
    """
    body = join_chunks(page.body) if page.chunked else page.body
    plain = unpack(body, page.encoding, place=place, limit=archive.limits.file_bytes)
    draft = archive.pages.read(plain, path=place, charset=page.charset)
    draft = replace(draft, path=archive.path, url=page.url or draft.url)
    if page.truncated and "cut" not in draft.flags:
        draft = replace(draft, flags=(*draft.flags, "cut"))
    return dated(draft, page.day)


def dated(draft: Draft, fetched: date | None, *, stand_in: bool = True) -> Draft:
    """The draft with a date not after the day of fetching, give or take the time zone; where it has none, that day may stand in."""
    if fetched is None:
        return draft
    if draft.published is not None and draft.published > fetched + timedelta(days=1):
        return replace(draft, published=None, flags=(*draft.flags, "bad_date"))
    if draft.published is None and stand_in and "bad_date" not in draft.flags:
        return replace(draft, published=fetched, flags=(*draft.flags, "date_of_fetching"))
    return draft


def fault_reject(fault: Fault, archive: Archive) -> Reject:
    where = f"{archive.path}: the record {'at' if fault.placed else 'after that at'} byte {fault.position:,}"
    error = Unreadable(f"{where} {fault.message}; get the archive again", reason="damaged")
    return reject(error, path=archive.path, id=f"{archive.path}:{fault.position}")
