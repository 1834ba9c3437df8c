"""Files of other feeds, written here in the feeds' own manner, as rows of our schema."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from detente.errors import BadRow, NoInput
from detente.export.foreign import feed_table, icews_code, read_feed
from detente.export.gdelt import EVENTS
from detente.export.icews import COLUMNS as ICEWS
from detente.export.polecat import COLUMNS as POLECAT
from detente.lake.dyads import count_dyads
from detente.record.schemas import SCHEMAS


def polecat(**cells: str) -> dict[str, str]:
    known = {
        "Event ID": "2023A_1_ASSAULT", "Event Date": "2023-05-01", "Event Type": "ASSAULT", "Event Mode": "aerial", "Intensity": "-9.5",
        "Quad Code": "MATERIAL CONFLICT", "Actor Name": "Russia; None", "Actor Country": "RUS; None", "Primary Actor Sector": "MIL; XYZ",
        "Recipient Name": "Ukraine", "Recipient Country": "Ukraine", "Placename": "Kyiv", "City": "Kyiv", "Country": "UKR",
        "Latitude": "50.45", "Longitude": "30.52", "Feature Type": "PPLC", "Publication Date": "2023-05-02",
    }  # fmt: skip
    return {**dict.fromkeys(POLECAT, "None"), **known, **cells}


def tsv(path: Path, rows: list[dict[str, str]], header: list[str] | None = None) -> Path:
    lines = [*([header] if header else []), *(list(r.values()) for r in rows)]
    path.write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8")
    return path


def gdelt(**cells: str) -> dict[str, str]:
    known = {"GLOBALEVENTID": "1018", "SQLDATE": "20230501", "Actor1Name": "RUSSIA", "Actor1CountryCode": "RUS", "Actor1Type1Code": "MIL",
             "EventCode": "190", "QuadClass": "4", "GoldsteinScale": "-10.0", "IsRootEvent": "1", "ActionGeo_Type": "4",
             "ActionGeo_FullName": "Gaza", "ActionGeo_CountryCode": "GZ", "ActionGeo_Lat": "31.5", "ActionGeo_Long": "34.47",
             "DATEADDED": "20230501121500", "SOURCEURL": "https://x.org"}  # fmt: skip
    return {**dict.fromkeys(EVENTS, ""), **known, **cells}


def icews(**cells: str) -> dict[str, str]:
    known = {"Event ID": "7", "Event Date": "2015-02-03", "Source Name": "Vladimir Putin", "Source Sectors": "Executive,Government",
             "Source Country": "Russian Federation", "Event Text": "Make a visit", "CAMEO Code": "42", "Intensity": "1.9",
             "Target Name": "Egypt", "Target Country": "Egypt", "Story ID": "99", "Country": "Egypt"}  # fmt: skip
    return {**dict.fromkeys(ICEWS, ""), **known, **cells}


def test_polecat_lists_names_and_unknowns(tmp_path: Path) -> None:
    (row,) = read_feed(tsv(tmp_path / "p.txt", [polecat()], list(POLECAT)), "POLECAT")
    assert (row["actor_names"], row["actor_countries"], row["actor_sectors"]) == (["Russia", None], ["RUS", None], ["MIL", None])
    assert (row["recipient_countries"], row["recipient_sectors"]) == (["UKR"], [None])
    assert (row["type"], row["mode"], row["quad"], row["cameo"], row["article_id"]) == ("ASSAULT", "aerial", 4, "195", "2023A")
    assert (row["place_precision"], row["published"], row["start_date"]) == ("city", date(2023, 5, 2), date(2023, 5, 1))


def test_polecat_months_with_other_columns_are_read_too(tmp_path: Path) -> None:
    more = {**polecat(), "Headline": "H", "Story ID": "s9"}
    renamed = {("Event Intensity" if k == "Intensity" else k): v for k, v in more.items()}
    (row,) = read_feed(tsv(tmp_path / "a.txt", [renamed], list(renamed)), "POLECAT")
    assert (row["article_id"], row["intensity"]) == ("s9", -9.5)
    # a first line that names columns which the lines do not have, and empty columns at the ends of lines
    damaged = tsv(tmp_path / "b.txt", [polecat()], ["Event ID", "Headline", *POLECAT[1:]])
    spare = tsv(tmp_path / "c.txt", [{**polecat(), "x": "", "y": ""}], list(POLECAT))
    assert [r["actor_names"] for p in (damaged, spare) for r in read_feed(p, "POLECAT")] == [["Russia", None]] * 2


def test_gdelt_from_a_zip_with_a_type_that_plover_dropped(tmp_path: Path) -> None:
    plain = tsv(tmp_path / "g.csv", [gdelt(), gdelt(EventCode="010", Actor1CountryCode="EUR", ActionGeo_Type="1")])
    with zipfile.ZipFile(tmp_path / "g.zip", "w") as archive:
        archive.write(plain, "g.csv")
    first, second = read_feed(tmp_path / "g.zip", "GDELT")
    assert (first["type"], first["headline"], first["place_country"], first["place_precision"]) == ("ASSAULT", True, "PSE", "city")
    assert (first["actor_sectors"], first["recipient_names"]) == (["MIL"], [])
    assert (second["type"], second["cameo"], second["actor_countries"], second["place_precision"]) == (None, "010", [None], "country")
    assert feed_table(plain, "GDELT").schema == SCHEMAS["events"]


def test_icews_countries_sectors_and_lost_zeros(tmp_path: Path) -> None:
    (row,) = read_feed(tsv(tmp_path / "i.tab", [icews()], list(ICEWS)), "ICEWS")
    assert (row["actor_countries"], row["actor_sectors"], row["recipient_countries"]) == (["RUS"], ["GOV"], ["EGY"])
    assert (row["cameo"], row["type"], row["mode"], row["quad"]) == ("042", "CONSULT", "visit", 1)
    assert (row["place"], row["place_precision"], row["lat"]) == ("Egypt", "country", None)
    assert [icews_code(c) for c in ("14", "4", "043", "1823", None)] == ["14", "04", "043", "1823", None]


def test_the_feeds_stand_in_the_same_counts_as_ours(tmp_path: Path) -> None:
    found = [*read_feed(tsv(tmp_path / "p.txt", [polecat()], list(POLECAT)), "POLECAT"),
             *read_feed(tsv(tmp_path / "i.tab", [icews()], list(ICEWS)), "ICEWS")]  # fmt: skip
    assert [(d.actor, d.recipient, d.events) for d in count_dyads(found)] == [("RUS", "EGY", 1), ("RUS", "UKR", 1)]


def test_wrong_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(BadRow, match="line 2: 60 columns, not 61"):
        list(read_feed(tsv(tmp_path / "g.csv", [gdelt(), {k: v for k, v in gdelt().items() if k != "SOURCEURL"}]), "GDELT"))
    with pytest.raises(BadRow, match="lacks the columns Event Type"):
        list(read_feed(tsv(tmp_path / "p.txt", [], ["Event ID", "Event Date"]), "POLECAT"))
    with pytest.raises(BadRow, match="line 2: 3 columns"):
        list(read_feed(tsv(tmp_path / "q.txt", [{"a": "1", "b": "2", "c": "3"}], list(POLECAT)), "POLECAT"))
    with pytest.raises(NoInput, match="'WEIS' is no feed"):
        list(read_feed(tmp_path / "g.csv", "WEIS"))
    with pytest.raises(NoInput, match="no file"):
        list(read_feed(tmp_path / "none", "GDELT"))


@pytest.mark.parametrize("feed", ["POLECAT", "GDELT", "ICEWS"])
def test_an_empty_file_has_no_rows(tmp_path: Path, feed: str) -> None:
    header = {"POLECAT": list(POLECAT), "ICEWS": list(ICEWS)}.get(feed)
    assert list(read_feed(tsv(tmp_path / "f", [], header), feed)) == []
