"""Event files of other feeds as rows of our event schema, so that they stand beside ours.

``coding_id`` is "feed:" and the feed's name; what a feed does not tell is null, and so is what its words do not say for sure
(a CAMEO statement of no PLOVER type, a country that is no name or code).  All of it counts as actual: the feeds have no status.
GDELT and ICEWS have one actor and one recipient a line, so an event of several is several rows.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO

import pyarrow as pa

from detente.errors import BadRow, NoInput
from detente.export import gdelt, icews, polecat
from detente.export.countries import codes, country_code
from detente.export.sectors import from_cameo_role, from_icews_names
from detente.ontology import SECTORS, TYPE_INFO, from_cameo, to_cameo
from detente.record.rows import Row
from detente.record.schemas import EVENTS

Cells = dict[str, str | None]
UNKNOWN = frozenset({"", "none", "null", "nan", "na"})
QUADS = {name: quad for quad, name in polecat.QUADS.items()}


def read_feed(path: str | Path, feed: str) -> Iterator[Row]:
    """The rows of a POLECAT, GDELT (2.0 events) or ICEWS file, plain or zipped.

    Raises BadRow where a line has the wrong number of columns or a column is missing, with the line's number.
    """
    if feed not in FEEDS:
        raise NoInput(f"{feed!r} is no feed that is read; the feeds are {', '.join(FEEDS)}")
    cells, to_row = FEEDS[feed]
    for found in cells(Path(path)):
        yield {**dict.fromkeys(EVENTS.names), **BASE, "coding_id": f"feed:{feed}", **to_row(found)}


def feed_table(path: str | Path, feed: str) -> pa.Table:
    """The whole file as a table by the event schema."""
    return pa.Table.from_pylist(list(read_feed(path, feed)), schema=EVENTS)


BASE: Row = {"status": "actual", "historical": False, "headline": False}


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """The text of a file, or of the first file in a zip archive."""
    if not path.is_file():
        raise NoInput(f"no file {str(path)!r}; give a file of the feed")
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as raw:
            yield TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline="\n")
    else:
        with path.open(encoding="utf-8-sig", errors="replace", newline="\n") as stream:
            yield stream


def known(text: str | None) -> str | None:
    """The text of a cell, or None where it says that nothing is known."""
    return None if text is None or text.strip().casefold() in UNKNOWN else text.strip()


def numbered(stream: TextIO, first: int) -> Iterator[tuple[int, list[str]]]:
    """The cells of each line that is not empty, with its number."""
    for n, line in enumerate(stream, first):
        if line.strip("\r\n"):
            yield n, line.rstrip("\r\n").split("\t")


def named_cells(needed: tuple[str, ...], columns: tuple[str, ...]) -> Callable[[Path], Iterator[Cells]]:
    """A reader of a file whose first line names its columns; columns that are not known are passed over.

    Some published files name more columns than they have: their lines are read by the documented ``columns``.
    """

    def read(path: Path) -> Iterator[Cells]:
        with opened(path) as stream:
            names = [n.strip() for n in next(stream, "").split("\t")]
            missing = set(needed) - set(names)
            if missing:
                raise BadRow(f"{path}: lacks the columns {', '.join(sorted(missing))}")
            for n, line in numbered(stream, 2):
                if len(line) < len(names) and len(line) == len(columns):
                    names = list(columns)
                if len(line) < len(names) or any(line[len(names) :]):
                    raise BadRow(f"{path}, line {n}: {len(line)} columns, not {len(names)}")
                yield {n: known(v) for n, v in zip(names, line, strict=False)}

    return read


def gdelt_cells(path: Path) -> Iterator[Cells]:
    with opened(path) as stream:
        for n, line in numbered(stream, 1):
            if len(line) != len(gdelt.EVENTS):
                raise BadRow(f"{path}, line {n}: {len(line)} columns, not {len(gdelt.EVENTS)}; give a file of GDELT 2.0 events")
            yield {n: known(v) for n, v in zip(gdelt.EVENTS, line, strict=True)}


def from_polecat(c: Cells) -> Row:
    kind, mode = (c["Event Type"] or "").upper() or None, (c.get("Event Mode") or "").lower() or None
    lat, lon, city = number(c.get("Latitude")), number(c.get("Longitude")), known(c.get("City"))
    code = country_code(c.get("Country"))
    placed = c.get("Placename") or city or c.get("Country")
    return {
        "event_id": c["Event ID"], "article_id": c.get("Story ID") or (c["Event ID"] or "").partition("_")[0] or None,
        "published": day(c.get("Publication Date")), **dated(c["Event Date"]), "type": kind if kind in TYPE_INFO else None, "mode": mode,
        "quad": QUADS.get((c.get("Quad Code") or "").upper()), "intensity": number(c.get("Intensity") or c.get("Event Intensity")),
        "cameo": to_cameo(kind, mode) if kind in TYPE_INFO else None, **polecat_side(c, "Actor"), **polecat_side(c, "Recipient"),
        "sentence": c.get("Event Text"), "place": placed, "place_country": code, "lat": lat, "lon": lon,
        "place_precision": feature_precision(c.get("Feature Type"), city) if placed else None,
    }  # fmt: skip


def feature_precision(feature: str | None, city: str | None) -> str:
    """City, country, area or unknown, by the GeoNames feature code."""
    code = (feature or "").upper()
    if code.startswith("PCL"):
        return "country"
    if code.startswith("PPL"):
        return "city"
    return "area" if code else "city" if city else "unknown"


def polecat_side(c: Cells, name: str) -> Row:
    """Lists of equal length; a list of another length than the names is cut or filled with null."""
    names, places = listed(c.get(f"{name} Name")), [country_code(p) for p in listed(c.get(f"{name} Country"))]
    sectors = [s if s in SECTORS else None for s in listed(c.get(f"Primary {name} Sector"))]
    size = len(names) or max(len(places), len(sectors))
    fit = [[*values, *[None] * size][:size] for values in (names, places, sectors)]
    return {f"{name.lower()}_{field}": values for field, values in zip(("names", "countries", "sectors"), fit, strict=True)}


def listed(text: str | None) -> list[str | None]:
    return [known(part) for part in text.split(";")] if text else []


def from_gdelt(c: Cells) -> Row:
    kind = {"1": "country", "2": "area", "3": "city", "4": "city", "5": "area"}.get(c["ActionGeo_Type"] or "")
    return {
        "event_id": c["GLOBALEVENTID"], "article_id": c["SOURCEURL"], "published": day(c["DATEADDED"]), **dated(c["SQLDATE"]),
        **act(c["EventCode"]), "quad": whole(c["QuadClass"]), "intensity": number(c["GoldsteinScale"]), "headline": c["IsRootEvent"] == "1",
        **gdelt_side(c, 1, "actor"), **gdelt_side(c, 2, "recipient"), "place": c["ActionGeo_FullName"],
        "place_country": codes().from_fips.get(c["ActionGeo_CountryCode"] or ""), "lat": number(c["ActionGeo_Lat"]),
        "lon": number(c["ActionGeo_Long"]), "place_precision": kind or ("unknown" if c["ActionGeo_FullName"] else None),
    }  # fmt: skip


def gdelt_side(c: Cells, n: int, side: str) -> Row:
    code = c[f"Actor{n}CountryCode"]
    return one(side, c[f"Actor{n}Name"], country_code(code), from_cameo_role(c[f"Actor{n}Type1Code"]))


def one(side: str, name: str | None, country: str | None, sector: str | None) -> Row:
    """A side of at most one party."""
    there = any((name, country, sector))
    fields = {"names": name, "countries": country, "sectors": sector}
    return {f"{side}_{field}": [value] if there else [] for field, value in fields.items()}


def from_icews(c: Cells) -> Row:
    lat, lon, city, province = number(c["Latitude"]), number(c["Longitude"]), c["City"], c["Province"] or c["District"]
    precision = "city" if city else "area" if province else "country" if c["Country"] else None
    found = act(icews_code(c["CAMEO Code"]))
    return {
        "event_id": c["Event ID"], "article_id": c["Story ID"], "published": None, **dated(c["Event Date"]), **found,
        "quad": TYPE_INFO[found["type"]].quad if found["type"] else None, "intensity": number(c["Intensity"]),
        **icews_side(c, "Source", "actor"), **icews_side(c, "Target", "recipient"), "place": city or province or c["Country"],
        "place_country": country_code(c["Country"]), "lat": lat, "lon": lon, "place_precision": precision,
    }  # fmt: skip


def icews_side(c: Cells, theirs: str, side: str) -> Row:
    return one(side, c[f"{theirs} Name"], country_code(c[f"{theirs} Country"]), from_icews_names(c[f"{theirs} Sectors"]))


def icews_code(code: str | None) -> str | None:
    """A CAMEO code with the zero that spreadsheets take off: 42 is 042, since the roots end with 20."""
    short = code is not None and code.isdigit() and (len(code) == 1 or (len(code) == 2 and int(code) > 20))
    return f"0{code}" if short else code


def act(code: str | None) -> Row:
    """Type and mode of a CAMEO code, both null where PLOVER has none."""
    found = from_cameo(code) if code else None
    return {"cameo": code, "type": found.type if found else None, "mode": found.mode if found else None}


def dated(text: str | None) -> Row:
    found = day(text)
    return {"start_date": found, "end_date": found, "time_precision": "day" if found else None}


def day(text: str | None) -> date | None:
    """A day as YYYY-MM-DD, YYYYMMDD or with a time behind it; None where the text is none."""
    digits = (text or "").replace("-", "")[:8]
    try:
        return datetime.strptime(digits, "%Y%m%d").date()
    except ValueError:
        return None


def number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def whole(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None


FEEDS: dict[str, tuple[Callable[[Path], Iterator[Cells]], Callable[[Cells], Any]]] = {
    "POLECAT": (named_cells(("Event ID", "Event Date", "Event Type"), polecat.COLUMNS), from_polecat),
    "GDELT": (gdelt_cells, from_gdelt),
    "ICEWS": (named_cells(icews.COLUMNS, icews.COLUMNS), from_icews),
}
