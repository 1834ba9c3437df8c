"""GDELT 2.0 event and mention files: 61 and 16 columns, tab-separated, without names.

Columns: GDELT's event codebook 2.0 (gdeltproject.org).  CAMEO codes, quad classes and Goldstein-like intensities are from our
ontology.  A line is one actor and one recipient, so an event of several has several lines, each with a number of its own;
``mentions`` has the same numbers.  Names stay as they are recorded, in their own case; countries of actors are ISO alpha-3,
of places FIPS 10-4.  What detente does not measure (tone, religions, ethnic groups, places of actors) is blank.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from detente.export.cells import flat, write_tsv
from detente.export.countries import codes
from detente.export.mentions import Offsets
from detente.export.parties import Pair, Party, pairs
from detente.export.places import point
from detente.export.sectors import to_cameo_role
from detente.export.sources import Articles, Tables, done, rows
from detente.record.rows import Row

ACTOR = (
    "Code",
    "Name",
    "CountryCode",
    "KnownGroupCode",
    "EthnicCode",
    "Religion1Code",
    "Religion2Code",
    "Type1Code",
    "Type2Code",
    "Type3Code",
)
GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
EVENTS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", *(f"Actor{n}{c}" for n in (1, 2) for c in ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources",
    "NumArticles", "AvgTone", *(f"{who}Geo_{c}" for who in ("Actor1", "Actor2", "Action") for c in GEO), "DATEADDED", "SOURCEURL",
)  # fmt: skip
MENTIONS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier", "SentenceID",
    "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence", "MentionDocLen", "MentionDocTone",
    "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
WEB, OTHER = 1, 6  # kinds of a mention: an article with a URL, one without
NOT_FOUND = -1


def write_events(tables: Tables, path: Path) -> int:
    """One line a pair of an event that was done."""
    articles, again = Articles(tables), repeats(tables)
    lines = (event(e, p, 1 + len(again[e["event_id"]]), articles.facts(e["article_id"])["url"]) for e in done(tables) for p in pairs(e))
    return write_tsv(path, None, ([flat(cells.get(c)) for c in EVENTS] for cells in lines))


def repeats(tables: Tables) -> dict[str, list[Row]]:
    """The rows that tell an event again, by the id of the event."""
    found: dict[str, list[Row]] = defaultdict(list)
    for e in rows(tables["events"]):
        if e["same_as"] is not None:
            found[e["same_as"]].append(e)
    return found


def event(e: Row, pair: Pair, mentions: int, url: str | None) -> dict[str, object]:
    day: date | None = e["start_date"] or e["published"]
    code = e["cameo"] or ""
    return {
        "GLOBALEVENTID": pair.number, **days(day), **actor(1, pair.actor), **actor(2, pair.recipient), "IsRootEvent": int(bool(e["headline"])),
        "EventCode": code, "EventBaseCode": code[:3], "EventRootCode": code[:2], "QuadClass": e["quad"], "GoldsteinScale": e["intensity"],
        "NumMentions": mentions, "NumSources": 1, "NumArticles": 1, "Actor1Geo_Type": 0, "Actor2Geo_Type": 0, **geography(e),
        "DATEADDED": moment(e["published"]), "SOURCEURL": url,
    }  # fmt: skip


def days(day: date | None) -> dict[str, object]:
    """The four forms of a day; the fraction counts months of 30 days, as the codebook does."""
    if day is None:
        return {}
    return {"SQLDATE": f"{day:%Y%m%d}", "MonthYear": f"{day:%Y%m}", "Year": f"{day:%Y}",
            "FractionDate": f"{day.year + ((day.month - 1) * 30 + day.day) / 365:.4f}"}  # fmt: skip


def actor(n: int, party: Party) -> dict[str, object]:
    role = to_cameo_role(party.sector)
    return {f"Actor{n}Code": (party.country or "") + (role or ""), f"Actor{n}Name": party.name, f"Actor{n}CountryCode": party.country,
            f"Actor{n}Type1Code": role}  # fmt: skip


def geography(e: Row) -> dict[str, object]:
    """Type 1 is a country, 2 and 5 a region within and outside the United States, 3 and 4 a city, 0 unknown."""
    home = e["place_country"] == "USA"
    kind = {"country": 1, "area": 2 if home else 5, "city": 3 if home else 4}.get(e["place_precision"], 0)
    at = point(e)
    return {"ActionGeo_Type": kind, "ActionGeo_FullName": e["place"], "ActionGeo_CountryCode": codes().fips.get(e["place_country"]),
            "ActionGeo_Lat": at and at.lat, "ActionGeo_Long": at and at.lon}  # fmt: skip


def moment(day: date | None) -> str | None:
    return f"{day:%Y%m%d}000000" if day else None


def write_mentions(tables: Tables, path: Path) -> int:
    """One line a pair and report of an event: its own sentence, and each that tells it again."""
    return write_tsv(path, None, ([flat(cells.get(c)) for c in MENTIONS] for cells in mentions(tables)))


def mentions(tables: Tables) -> Iterator[dict[str, object]]:
    articles, again, offsets = Articles(tables), repeats(tables), Offsets(tables)
    for e in done(tables):
        for pair in pairs(e):
            for report in (e, *again[e["event_id"]]):
                article = articles.facts(report["article_id"])
                yield {
                    "GLOBALEVENTID": pair.number, "EventTimeDate": moment(e["published"]), "MentionTimeDate": moment(report["published"]),
                    "MentionType": WEB if article["url"] else OTHER, "MentionSourceName": article["publisher"],
                    "MentionIdentifier": article["url"] or report["article_id"],
                    "Actor1CharOffset": offsets.find(report, pair.actor.name, NOT_FOUND),
                    "Actor2CharOffset": offsets.find(report, pair.recipient.name, NOT_FOUND), "ActionCharOffset": report["trigger_start"],
                    "InRawText": 1, "Confidence": None if report["score"] is None else round(100 * report["score"]),
                    "MentionDocLen": article["characters"],
                }  # fmt: skip
