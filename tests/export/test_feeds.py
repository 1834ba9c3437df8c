"""POLECAT, GDELT and ICEWS files: their documented columns, read by pandas, and back by our own readers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from detente.export.foreign import feed_table, read_feed
from detente.export.gdelt import EVENTS, MENTIONS
from detente.export.registry import export
from tests.export.factory import NASTY, PLACES, Row, actor, article, event

# as the columns stand in the published files (doi:10.7910/DVN/AJGVIT, doi:10.7910/DVN/28075, GDELT codebook 2.0)
POLECAT = (
    "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW|Primary Actor Sector|"
    "Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name|Recipient Country|Recipient COW|Primary Recipient Sector|"
    "Recipient Sectors|Recipient Title|Recipient Name Raw|Wikipedia Recipient ID|Placename|City|District|Province|Country|Latitude|"
    "Longitude|GeoNames ID|Raw Placename|Feature Type|Source|Publication Date|Story People|Story Organizations|Story Locations|Language|"
    "Version"
).split("|")
ICEWS = (
    "Event ID|Event Date|Source Name|Source Sectors|Source Country|Event Text|CAMEO Code|Intensity|Target Name|Target Sectors|"
    "Target Country|Story ID|Sentence Number|Publisher|City|District|Province|Country|Latitude|Longitude"
).split("|")
FEEDS = {"POLECAT": "polecat", "GDELT": "gdelt-events", "ICEWS": "icews"}
SAME = ("type", "intensity", "quad", "actor_countries", "actor_names", "actor_sectors", "recipient_countries", "recipient_names",
        "recipient_sectors", "start_date")  # fmt: skip


def source(*events: Row) -> dict[str, list[Row]]:
    return {
        "events": list(events),
        "articles": [article()],
        "actors": [actor(), actor(start=29, end=35, text="Israel", name="Israel", country="ISR")],
    }


def frame(path: Path, names: list[str] | None = None) -> pd.DataFrame:
    return pd.read_csv(path, sep="\t", dtype=str, keep_default_na=False, names=names, header=None if names else 0)


def picked(row: Mapping[str, object], fields: tuple[str, ...]) -> dict[str, object]:
    return {f: row[f] for f in fields}


@pytest.mark.parametrize("feed", FEEDS)
def test_values_come_back(tmp_path: Path, feed: str) -> None:
    export(source(event()), FEEDS[feed], tmp_path / "f")
    (found,) = read_feed(tmp_path / "f", feed)
    assert picked(found, SAME) == picked(event(), SAME)
    assert picked(found, ("mode", "place", "lat", "lon")) == picked(event(), ("mode", "place", "lat", "lon"))
    assert found["coding_id"] == f"feed:{feed}"
    assert feed_table(tmp_path / "f", feed).num_rows == 1


@pytest.mark.parametrize("feed", FEEDS)
def test_only_a_city_has_coordinates_and_its_precision_comes_back(tmp_path: Path, feed: str) -> None:
    export(source(*PLACES), FEEDS[feed], tmp_path / "f")
    found = list(read_feed(tmp_path / "f", feed))
    assert len(found) == 5
    assert sorted(str(r["place_precision"]) for r in found if r["lat"] is not None) == ["city"]
    kinds = sorted(str(r["place_precision"]) for r in found)
    assert kinds == {"ICEWS": ["None", "None", "area", "city", "country"]}.get(feed, ["None", "area", "city", "country", "unknown"])


@pytest.mark.parametrize("feed", FEEDS)
def test_what_was_not_done_and_what_is_told_again_is_left_out(tmp_path: Path, feed: str) -> None:
    more = [event(event_id=s, status=s) for s in ("negated", "hypothetical", "conditional")]
    export(source(event(), event(event_id="again", same_as="e1"), *more), FEEDS[feed], tmp_path / "f")
    assert len(list(read_feed(tmp_path / "f", feed))) == 1


@pytest.mark.parametrize("feed", FEEDS)
def test_no_text_breaks_a_line_or_a_column(tmp_path: Path, feed: str) -> None:
    nasty = [event(event_id=f"n{n}", actor_names=[t], place=t) for n, t in enumerate(NASTY)]
    export(source(*nasty), FEEDS[feed], tmp_path / "f")
    names = list(EVENTS) if feed == "GDELT" else None
    assert len(frame(tmp_path / "f", names)) == len(NASTY) == len(list(read_feed(tmp_path / "f", feed)))


def test_polecat_has_its_columns_and_lists(tmp_path: Path) -> None:
    several = event(actor_names=["Iran", None, "A; B"], actor_countries=["IRN", None, "RUS"], actor_sectors=["GOV", "REB", None])
    export(source(several), "polecat", tmp_path / "p.txt")
    found = frame(tmp_path / "p.txt")
    assert list(found.columns) == POLECAT
    line = found.iloc[0]
    assert (line["Event Date"], line["Event Type"], line["Event Mode"], line["Quad Code"]) == (
        "2024-11-22",
        "ACCUSE",
        "disapprove",
        "VERBAL CONFLICT",
    )
    assert (line["Actor Name"], line["Actor Country"], line["Primary Actor Sector"]) == (
        "Iran; None; A, B",
        "IRN; None; RUS",
        "GOV; REB; None",
    )
    assert (line["Contexts"], line["Actor COW"], line["Source"], line["Publication Date"]) == (
        "None",
        "None",
        "The Daily News",
        "2024-11-25",
    )
    (back,) = read_feed(tmp_path / "p.txt", "POLECAT")
    assert back["actor_names"] == ["Iran", None, "A, B"]
    assert (back["article_id"], back["published"]) == ("a1", event()["published"])


def test_polecat_of_an_unknown_day_has_the_day_of_publication(tmp_path: Path) -> None:
    export(
        source(event(start_date=None, end_date=None, place=None, place_precision=None, lat=None, lon=None)), "polecat", tmp_path / "p.txt"
    )
    line = frame(tmp_path / "p.txt").iloc[0]
    assert (line["Event Date"], line["Latitude"], line["Placename"], line["Feature Type"]) == ("2024-11-25", "", "None", "None")


def test_gdelt_events_have_61_columns_with_codes(tmp_path: Path) -> None:
    export(source(event(), event(event_id="again", same_as="e1")), "gdelt-events", tmp_path / "g.tsv")
    assert len(EVENTS) == 61
    line = frame(tmp_path / "g.tsv", list(EVENTS)).iloc[0]
    assert line["GLOBALEVENTID"].isdigit()
    assert int(line["GLOBALEVENTID"]) < 2**63
    assert (line["SQLDATE"], line["MonthYear"], line["Year"], line["FractionDate"]) == ("20241122", "202411", "2024", "2024.8822")
    assert (line["Actor1Code"], line["Actor2Code"], line["Actor2Type1Code"]) == ("IRNGOV", "ISRMIL", "MIL")
    assert (line["EventCode"], line["EventBaseCode"], line["EventRootCode"], line["QuadClass"], line["GoldsteinScale"]) == (
        "111",
        "111",
        "11",
        "3",
        "-2.0",
    )
    assert (line["NumMentions"], line["AvgTone"]) == ("2", "")
    assert (line["ActionGeo_Type"], line["ActionGeo_CountryCode"], line["ActionGeo_Lat"]) == ("4", "IS", "32.813")
    assert (line["DATEADDED"], line["SOURCEURL"]) == ("20241125000000", "https://example.org/a?b=1")


def test_gdelt_mentions_name_the_events_and_their_places(tmp_path: Path) -> None:
    again = event(event_id="again", same_as="e1", trigger_start=60, trigger_end=69)
    export(source(event(), again), "gdelt-events", tmp_path / "g.tsv")
    assert export(source(event(), again), "gdelt-mentions", tmp_path / "m.tsv") == 2
    assert len(MENTIONS) == 16
    found = frame(tmp_path / "m.tsv", list(MENTIONS))
    assert set(found["GLOBALEVENTID"]) == set(frame(tmp_path / "g.tsv", list(EVENTS))["GLOBALEVENTID"])
    first = found.iloc[0]
    assert (first["MentionType"], first["MentionIdentifier"], first["Confidence"]) == ("1", "https://example.org/a?b=1", "90")
    assert (first["Actor1CharOffset"], first["Actor2CharOffset"]) == ("14", "29")
    assert sorted(found["ActionCharOffset"]) == sorted([str(event()["trigger_start"]), "60"])


def test_several_parties_make_several_lines_and_a_meeting_goes_both_ways(tmp_path: Path) -> None:
    both = {"actor_names": ["Iran", "China"], "actor_countries": ["IRN", "CHN"], "actor_sectors": ["GOV", "GOV"]}
    nobody: Row = {"recipient_names": [], "recipient_countries": [], "recipient_sectors": []}
    rows = [
        event(event_id="one", **both),
        event(event_id="meet", type="CONSULT", **both, **nobody),
        event(event_id="said", **both, **nobody),
    ]
    export(source(*rows), "icews", tmp_path / "i.tab")
    found = frame(tmp_path / "i.tab")
    assert list(found.columns) == ICEWS
    pairs = sorted(zip(found["Event Text"], found["Source Country"], found["Target Country"], strict=True))
    assert pairs == [
        ("ACCUSE/disapprove", "China", ""), ("ACCUSE/disapprove", "China", "Israel"), ("ACCUSE/disapprove", "Iran", ""),
        ("ACCUSE/disapprove", "Iran", "Israel"), ("CONSULT/disapprove", "China", "Iran"), ("CONSULT/disapprove", "Iran", "China"),
    ]  # fmt: skip
    assert found["Event ID"].is_unique
