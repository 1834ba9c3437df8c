"""POLECAT's tab-separated files: 40 columns with their names first, lists joined by "; ", "None" where unknown.

Columns: doi:10.7910/DVN/AJGVIT (Harvard Dataverse), as the months' files name them.  Some months have Headline, Event Text,
Feed and Story ID too; the published readers take these for a sign of a damaged file, so they are read but not written.
An event of an unknown day gets the day of publication, as in the feed.  Columns that detente does not code stay "None".
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from detente.export.cells import flat, write_tsv
from detente.export.parties import parties
from detente.export.places import FEATURES, point
from detente.export.sources import Articles, Tables, done, rows
from detente.record.rows import Row

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title",
    "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude",
    "GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations",
    "Story Locations", "Language", "Version",
)  # fmt: skip
NUMBERS = frozenset({"Intensity", "Latitude", "Longitude"})
QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}


def write_polecat(tables: Tables, path: Path) -> int:
    """One line an event that was done; see ``sources.done``."""
    articles, coders = Articles(tables), {c["coding_id"]: c for c in rows(tables["codings"])}
    found = (line(e, articles.facts(e["article_id"]), coders.get(e["coding_id"], {})) for e in done(tables))
    return write_tsv(path, COLUMNS, ([flat(cells.get(c), "" if c in NUMBERS else "None") for c in COLUMNS] for cells in found))


def line(e: Row, article: Mapping[str, Any], coder: Mapping[str, Any]) -> dict[str, Any]:
    """The cells that detente fills, by column."""
    at, city = point(e), e["place"] if e["place_precision"] == "city" else None
    return {
        "Event ID": f"{e['article_id']}_{e['event_id']}", "Event Date": e["start_date"] or e["published"], "Event Type": e["type"],
        "Event Mode": e["mode"], "Intensity": e["intensity"], "Quad Code": QUADS.get(e["quad"]), **side(e, "Actor"), **side(e, "Recipient"),
        "Placename": e["place"], "City": city, "Country": e["place_country"], "Latitude": at and at.lat, "Longitude": at and at.lon,
        "Feature Type": FEATURES.get(e["place_precision"]), "Source": article.get("publisher"), "Publication Date": e["published"],
        "Language": article.get("language"), "Version": f"detente {coder['version']}" if coder.get("version") else "detente",
    }  # fmt: skip


def side(e: Row, name: str) -> dict[str, str | None]:
    found = parties(e, name.lower())
    sectors = joined([p.sector for p in found])
    return {f"{name} Name": joined([p.name for p in found]), f"{name} Country": joined([p.country for p in found]),
            f"Primary {name} Sector": sectors, f"{name} Sectors": sectors}  # fmt: skip


def joined(values: list[str | None]) -> str | None:
    """A list in one cell; a semicolon within a value becomes a comma, so that the list can be taken apart."""
    return "; ".join("None" if v is None else v.replace(";", ",") for v in values) or None
