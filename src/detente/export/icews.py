"""ICEWS-like tab-separated files: 20 columns with their names first, one actor and one recipient a line.

Columns: doi:10.7910/DVN/28075 (Harvard Dataverse).  Event Text is our type and mode, sectors are our codes, countries are names,
as in the feed; the sentence number is not kept in the record and stays blank.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from detente.export.cells import flat, write_tsv
from detente.export.countries import country_name
from detente.export.parties import Pair, pairs
from detente.export.places import point
from detente.export.sources import Articles, Tables, done
from detente.record.rows import Row

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity", "Target Name",
    "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude",
    "Longitude",
)  # fmt: skip


def write_icews(tables: Tables, path: Path) -> int:
    """One line a pair of an event that was done."""
    articles = Articles(tables)
    lines = (line(e, pair, articles.facts(e["article_id"])) for e in done(tables) for pair in pairs(e))
    return write_tsv(path, COLUMNS, ([flat(cells.get(c)) for c in COLUMNS] for cells in lines))


def line(e: Row, pair: Pair, article: Mapping[str, Any]) -> dict[str, object]:
    at, (source, target) = point(e), (pair.actor, pair.recipient)
    return {
        "Event ID": pair.number, "Event Date": e["start_date"] or e["published"], "Source Name": source.name,
        "Source Sectors": source.sector, "Source Country": country_name(source.country),
        "Event Text": "/".join(x for x in (e["type"], e["mode"]) if x), "CAMEO Code": e["cameo"], "Intensity": e["intensity"],
        "Target Name": target.name, "Target Sectors": target.sector, "Target Country": country_name(target.country),
        "Story ID": e["article_id"], "Publisher": article["publisher"], "City": e["place"] if e["place_precision"] == "city" else None,
        "Province": e["place"] if e["place_precision"] == "area" else None, "Country": country_name(e["place_country"]),
        "Latitude": at and at.lat, "Longitude": at and at.lon,
    }  # fmt: skip
