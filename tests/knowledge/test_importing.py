"""Import of what others know: FollowTheMoney and Wikidata lines into tables over ours."""

from __future__ import annotations

import bz2
import csv
import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from detente.errors import InputError, KnowledgeError, NoInput
from detente.knowledge.book import Book, load_book
from detente.knowledge.home import user_folder
from detente.knowledge.importing import Outcome, import_files

TODAY = date(2026, 3, 1)


def entity(id: str, schema: str, **properties: Any) -> dict[str, Any]:
    return {"id": id, "schema": schema, "properties": {k: v if isinstance(v, list) else [v] for k, v in properties.items()}}


def occupancy(holder: str, post: str, start: str = "", end: str = "", **more: str) -> dict[str, Any]:
    dates = {k: v for k, v in (("startDate", start), ("endDate", end)) if v}
    return entity(f"{holder}-{post}-{start}", "Occupancy", holder=holder, post=post, **dates, **more)


MONEY = [
    occupancy("ann", "fm", "2021-02-03", "2023-05"),  # before its holder and post
    entity("ann", "Person", name="TAMARO, Ann", alias=["Ann Maria Tamaro", "Тамаро Анна", "Annie"], country="ee", topics="role.pep"),
    entity("fm", "Position", name="Minister of Foreign Affairs", country="ee", topics="gov.national"),
    entity("bo", "Person", name="Bo Velde"),
    entity("council", "Position", name="Member of the Oslo City Council", country="no", topics="gov.muni"),
    occupancy("bo", "council", "2019", status="current"),
    occupancy("bo", "council", status="current"),
    occupancy("bo", "fm", "2011-02-30", "2012"),
    occupancy("bo", "fm", "2011", "2009"),
    occupancy("bo", "fm", "2011", status="ended"),
    occupancy("nobody", "fm", "2011", "2012"),
    entity("party", "Organization", name="Verdant Meadow Party", alias=["VMP", "Verdant"], country="ee", topics="pol.party"),
    entity("shop", "Organization", name="Verdant Bicycles", country="ee", topics="debarment"),
]


def write(path: Path, entities: list[dict[str, Any]], *broken: str) -> Path:
    path.write_text("\n".join([*map(json.dumps, entities), *broken]), encoding="utf-8")
    return path


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home" / "knowledge"


@pytest.fixture
def money(tmp_path: Path, folder: Path) -> Outcome:
    return import_files([write(tmp_path / "people.ftm.json", MONEY, "{", '"text"', '{"claims": "P39", "id": "Q"}')], folder, TODAY)


def held(book: Book, name: str, on: date) -> tuple[str, str] | None:
    found = book.offices.holder(name, on)
    return (found.term.office, found.standing) if found else None


def test_terms_are_joined_in_any_order_with_the_words_of_our_offices(money: Outcome, folder: Path) -> None:
    ann, bo = table(folder, "offices.csv")
    assert (ann["country"], ann["office"], ann["name"], ann["also"]) == ("EST", "foreign minister", "Ann Tamaro", "Ann Maria Tamaro")
    assert (ann["start"], ann["end"], ann["origin"], ann["imported"]) == (
        "2021-02-03",
        "2023-05",
        "followthemoney:people.ftm.json",
        "2026-03-01",
    )
    assert (bo["country"], bo["office"], bo["end"]) == ("NOR", "Member of the Oslo City Council", "")


def test_the_book_knows_them_at_the_date(money: Outcome, folder: Path) -> None:
    book = load_book(folder)
    assert held(book, "Ann Tamaro", date(2022, 1, 1)) == ("foreign minister", "current")
    assert held(book, "Ann Maria Tamaro", date(2024, 1, 1)) == ("foreign minister", "former")
    assert held(book, "Annie", date(2022, 1, 1)) is None
    party = book.lookup("VMP")
    assert party is not None
    assert (party.canonical, party.country, party.sector) == ("Verdant Meadow Party", "EST", "PTY")
    assert "followthemoney:people.ftm.json" in party.source
    assert book.lookup("Verdant") is None
    assert book.lookup("Verdant Bicycles") is None


def test_what_is_left_out_is_counted_and_broken_lines_are_named(money: Outcome) -> None:
    assert money.malformed == 3
    assert [fault.split(":")[0] for fault in money.faults] == [f"people.ftm.json, line {n}" for n in (14, 15, 16)]
    assert money.skipped == {
        "terms without a start": 1, "terms with contradicting or impossible dates": 1, "terms that end before they start": 1,
        "terms that ended at an unknown date": 1, "terms whose holder or post is not in the files": 1,
        "organisations of no topic that we code": 1,
    }  # fmt: skip


def test_nested_entities_are_read_too(tmp_path: Path, folder: Path) -> None:
    post = entity("pm", "Position", name="Prime Minister of Latvia", country="lv")
    term = {"id": "t", "schema": "Occupancy", "properties": {"post": [post], "startDate": ["2020"], "endDate": ["2021"]}}
    import_files([write(tmp_path / "nested.json", [entity("x", "Person", name="Liga Ezera", positionOccupancies=[term])])], folder, TODAY)
    (row,) = table(folder, "offices.csv")
    assert (row["country"], row["office"], row["name"]) == ("LVA", "prime minister", "Liga Ezera")


def claim(target: str, start: str = "", end: str = "", precision: int = 11, **more: Any) -> dict[str, Any]:
    def time(text: str) -> list[dict[str, Any]]:
        return [{"snaktype": "value", "datavalue": {"value": {"time": f"+{text}T00:00:00Z", "precision": precision}}}]

    qualifiers = {k: time(v) for k, v in (("P580", start), ("P582", end)) if v}
    return {
        "mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": target}}},
        "rank": "normal",
        "qualifiers": {**qualifiers, **more},
    }


def item(id: str, label: str, aliases: tuple[str, ...] = (), **claims: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "item", "id": id, "labels": {"en": {"language": "en", "value": label}},
            "aliases": {"en": [{"language": "en", "value": a} for a in aliases]}, "claims": claims}  # fmt: skip


UNKNOWN = [{"snaktype": "somevalue"}]
ITEMS = [
    item("Q900001", "Ilze Kalna", ("Ilze K. Kalna",), P39=[
        claim("Q900002", "2019-01-23", "2023-09-15"), claim("Q900002", "2024-00-00", precision=9), claim("Q900003", "2011-01-01", P582=UNKNOWN),
        claim("Q900003", "2013-01-01", P1366=[{}]), claim("Q900003", "1990-00-00", precision=8), {**claim("Q900003", "1991-01-01"), "rank": "deprecated"},
    ]),
    item("Q900002", "Minister of Defence of the Republic of Latvia", P1001=[claim("Q211")]),
    item("Q900003", "mayor of Riga", P17=[claim("Q211")]),
    item("Q900004", "Late Holder", P39=[claim("Q900003", "2001-01-01")], P570=[claim("Q1")]),
    item("Q64", "Berlin", P17=[claim("Q183")]),
]  # fmt: skip


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress])
def test_a_wikidata_dump_is_read_plain_or_packed(tmp_path: Path, folder: Path, pack: Any) -> None:
    dump = tmp_path / "dump.json"
    dump.write_bytes(pack(("[\n" + ",\n".join(map(json.dumps, ITEMS)) + "\n]\n").encode()))
    outcome = import_files([dump], folder, TODAY)
    assert outcome.malformed == 0
    rows = [(r["country"], r["office"], r["name"], r["start"], r["end"]) for r in table(folder, "offices.csv")]
    assert rows == [
        ("LVA", "defence minister", "Ilze Kalna", "2019-01-23", "2023-09-15"),
        ("LVA", "defence minister", "Ilze Kalna", "2024", ""),
    ]
    assert outcome.skipped["terms that ended at an unknown date"] == 2
    assert outcome.skipped["terms of people who died, without an end"] == 1


def test_a_broken_archive_keeps_what_came_before(tmp_path: Path, folder: Path) -> None:
    whole = gzip.compress("\n".join(map(json.dumps, MONEY * 50)).encode())
    (tmp_path / "cut.json.gz").write_bytes(whole[: len(whole) * 9 // 10])
    outcome = import_files([tmp_path / "cut.json.gz"], folder, TODAY)
    assert outcome.written["offices.csv"] == 2
    assert "breaks off" in outcome.faults[-1]


def test_a_second_import_of_a_file_replaces_the_first_and_leaves_the_others(tmp_path: Path, folder: Path, money: Outcome) -> None:
    import_files([write(tmp_path / "more.json", [MONEY[3], MONEY[2], occupancy("bo", "fm", "2024")])], folder, TODAY)
    outcome = import_files([write(tmp_path / "people.ftm.json", MONEY[:3])], folder, date(2026, 4, 1))
    assert (outcome.written["offices.csv"], outcome.replaced["offices.csv"], outcome.replaced["groups.csv"]) == (1, 2, 2)
    assert sorted((r["name"], r["imported"]) for r in table(folder, "offices.csv")) == [
        ("Ann Tamaro", "2026-04-01"),
        ("Bo Velde", "2026-03-01"),
    ]


def test_files_of_nothing_change_nothing(tmp_path: Path, folder: Path, money: Outcome) -> None:
    before = (folder / "offices.csv").read_bytes()
    with pytest.raises(InputError, match=r"first fault: notes\.txt, line 1: no JSON"):
        import_files([write(tmp_path / "notes.txt", [], "Dear diary")], folder, TODAY)
    with pytest.raises(NoInput, match=r"gone\.json"):
        import_files([tmp_path / "gone.json"], folder, TODAY)
    assert (folder / "offices.csv").read_bytes() == before
    assert list(folder.glob("*.new")) == []


def test_the_version_covers_the_tables_of_the_user(money: Outcome, folder: Path, tmp_path: Path) -> None:
    assert load_book(folder).version != load_book(tmp_path / "empty").version
    assert load_book(tmp_path / "empty").version == load_book(tmp_path / "empty too").version


def test_a_broken_table_of_the_user_is_named(money: Outcome, folder: Path) -> None:
    path = folder / "offices.csv"
    path.write_text(path.read_text().replace("2021-02-03", "in spring"))
    with pytest.raises(KnowledgeError, match=r"offices\.csv, line 2: start 'in spring'"):
        load_book(folder)
    path.write_text("name,country\n")
    with pytest.raises(KnowledgeError, match="lacks the column"):
        load_book(folder)


@pytest.mark.parametrize(
    ("given", "platform", "expected"),
    [
        ({"DETENTE_HOME": "/data/d"}, "linux", "/data/d/knowledge"),
        ({"HOME": "/home/a", "XDG_DATA_HOME": "/x"}, "linux", "/x/detente/knowledge"),
        ({"HOME": "/home/a"}, "linux", "/home/a/.local/share/detente/knowledge"),
        ({"HOME": "/Users/a"}, "darwin", "/Users/a/Library/Application Support/detente/knowledge"),
        ({"LOCALAPPDATA": "/c/AppData/Local"}, "win32", "/c/AppData/Local/detente/knowledge"),
    ],
)
def test_the_folder_follows_the_platform(given: dict[str, str], platform: str, expected: str) -> None:
    assert user_folder(given, platform).as_posix() == expected
