"""Corrections: what is refused, what they change, and that they hold through a new coding."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from detente.cli import main
from detente.collapse.corrections import Correction as ByHand
from detente.collapse.corrections import by_hand
from detente.collapse.reports import read_reports
from detente.errors import InputError
from detente.lake import fixes
from detente.lake.corrections import correct, corrected, read_corrections
from detente.lake.store import Lake
from detente.record.rows import coding_id, tables
from detente.record.schemas import SCHEMAS
from tests.lake.coded import ACCUSED, AID, NEW, OLD, SHELLED, TEXT, coded

SAID = {"who": "ada", "why": "read it"}
DOC = coded(SHELLED, ACCUSED, AID)
SHELLING, ACCUSATION, HELP = (e.id for e in DOC.events)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """A lake that gets no corrections."""
    made = Lake(tmp_path_factory.mktemp("lake"))
    made.append([DOC], OLD)
    return made


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    made = Lake(tmp_path / "lake")
    made.append([DOC], OLD)
    return made


def events(lake: Lake) -> dict[str, dict[str, Any]]:
    """The lake's events with its corrections, by id; of several codings the last row."""
    return {row["event_id"]: row for row in corrected(lake.read("events"), read_corrections(lake)).to_pylist()}


def fixed(lake: Lake, event: str, **values: str) -> dict[str, Any]:
    correct(lake, "fix", [event], fixes=values, **SAID)
    return events(lake)[event]


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    return int(stop.value.code or 0)


def test_without_corrections_only_the_mark_is_added() -> None:
    plain = tables([DOC], OLD)["events"]
    found = corrected(plain, [])
    assert found.drop_columns(["corrected"]).equals(plain)
    assert found["corrected"].to_pylist() == [False] * 3
    assert corrected(SCHEMAS["events"].empty_table(), []).num_rows == 0


def test_a_rejected_event_is_left_out_until_it_is_accepted(lake: Lake) -> None:
    correct(lake, "reject", [SHELLING, HELP], **SAID)
    assert set(events(lake)) == {ACCUSATION}
    correct(lake, "accept", [HELP], **SAID)
    assert set(events(lake)) == {ACCUSATION, HELP}
    assert not events(lake)[HELP]["corrected"]
    assert lake.read("events").num_rows == 3


def test_a_fixed_type_brings_its_quad_and_code_and_drops_a_mode_that_it_has_not(lake: Lake) -> None:
    assert fixed(lake, SHELLING, mode="aerial")["mode"] == "aerial"
    row = fixed(lake, SHELLING, type="AID")
    assert (row["type"], row["mode"], row["quad"], row["cameo"], row["corrected"]) == ("AID", None, 2, "07", True)
    row = fixed(lake, HELP, mode="aerial", type="ASSAULT")
    assert (row["type"], row["mode"], row["quad"]) == ("ASSAULT", "aerial", 4)
    assert events(lake)[ACCUSATION]["corrected"] is False


def test_a_fixed_place_forgets_where_the_old_one_lay(lake: Lake) -> None:
    assert events(lake)[SHELLING]["lat"] == 30.5
    row = fixed(lake, SHELLING, place_country="Iraq", place="Mosul")
    assert [row[n] for n in ("place", "place_country", "lat", "lon", "place_precision")] == ["Mosul", "IRQ", None, None, "unknown"]
    row = fixed(lake, SHELLING, place="")
    assert (row["place"], row["place_precision"]) == (None, None)


def test_a_side_stays_in_step(lake: Lake) -> None:
    row = fixed(lake, ACCUSATION, actor_names="Iran; Qatar")
    assert [row[f"actor_{what}"] for what in ("names", "countries", "sectors")] == [["Iran", "Qatar"], [None, None], [None, None]]
    row = fixed(lake, ACCUSATION, actor_countries="IRN; Qatar", actor_sectors="GOV;")
    assert (row["actor_countries"], row["actor_sectors"]) == (["IRN", "QAT"], ["GOV", None])
    assert row["recipient_names"] == ["Israel"]


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("status", "negated", "negated"), ("historical", "yes", True), ("headline", "no", False), ("start_date", "2024-11-22", date(2024, 11, 22)),
        ("lat", "-33.9", -33.9), ("claimed_by", "Tasnim", "Tasnim"), ("recipient_names", "", []), ("time_precision", "week", "week"),
    ],
)  # fmt: skip
def test_values_are_read_by_field(field: str, value: str, found: object) -> None:
    row = tables([DOC], OLD)["events"].to_pylist()[0]
    assert fixes.fixed(row, [(field, value)])[field] == found


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"kind": "AID"}, "'kind' is no field that can be fixed; the fields are type, mode"),
        ({"type": "BOMB"}, "'BOMB' is no value of type; write one of AGREE"), ({"type": ""}, "'' is no value of type"),
        ({"mode": "phone"}, "'phone' is no mode of ASSAULT; its modes are "), ({"status": "done"}, "write one of actual, future"),
        ({"actor_countries": "Iran;Atlantis"}, "'Iran;Atlantis' is no value of actor_countries; write a country"),
        ({"actor_sectors": "KING"}, "write one of GOV"), ({"lat": "91"}, "between -90 and 90"), ({"lon": "nan"}, "between -180 and 180"),
        ({"historical": "maybe"}, "write yes or no"), ({"start_date": "May 4"}, "YYYY-MM-DD"),
        ({"start_date": "2024-05-04", "end_date": "2024-05-03"}, "start_date 2024-05-04 lies after end_date 2024-05-03; fix both"),
    ],
)  # fmt: skip
def test_a_wrong_fix_is_named_and_nothing_is_added(untouched: Lake, wrong: dict[str, str], told: str) -> None:
    with pytest.raises(InputError, match=told):
        correct(untouched, "fix", [SHELLING, ACCUSATION], fixes={"status": "actual", **wrong}, **SAID)
    assert read_corrections(untouched) == []


def test_what_belongs_to_no_correction_is_refused(untouched: Lake) -> None:
    wrong: list[tuple[str, list[str], dict[str, Any], str]] = [
        ("accept", ["e0"], SAID, "no event 'e0' in the lake at .*detente sql"), ("merge", [HELP, HELP], SAID, "at least 2 different event ids, and 1"),
        ("doubt", [HELP], SAID, "'doubt' is no kind of correction; the kinds are accept"), ("fix", [HELP], SAID, "a fix needs fields"),
        ("reject", [HELP], {**SAID, "fixes": {"type": "AID"}}, "reject takes no field"), ("accept", [], SAID, "at least 1"),
        ("accept", [HELP], {"who": "ada", "why": " "}, "says why and by whom"),
    ]  # fmt: skip
    for kind, ids, said, told in wrong:
        with pytest.raises(InputError, match=told):
            correct(untouched, kind, ids, **said)
    assert read_corrections(untouched) == []


def test_a_correction_holds_through_a_new_coding_of_the_same_event(lake: Lake) -> None:
    correct(lake, "fix", [SHELLING], fixes={"status": "negated"}, **SAID)
    correct(lake, "reject", [HELP], **SAID)
    again = coded((*SHELLED[:2], {**SHELLED[2], "to": ["Basra"], "status": "future"}), AID)
    lake.append([again], NEW)
    found = corrected(lake.read("events"), read_corrections(lake)).to_pylist()
    kept = {r["coding_id"]: (r["status"], r["recipient_names"]) for r in found if r["event_id"] == SHELLING}
    assert kept == {coding_id(DOC.article, OLD): ("negated", []), coding_id(DOC.article, NEW): ("negated", ["Basra"])}
    assert HELP not in {r["event_id"] for r in found}


def test_of_two_fixes_of_a_field_the_later_counts(lake: Lake) -> None:
    for status in ("negated", "future", "actual"):
        row = fixed(lake, SHELLING, status=status)
    assert (row["status"], row["corrected"]) == ("actual", False)
    made = [c.made_at for c in read_corrections(lake)]
    assert made == sorted(set(made))
    assert [c.value for c in read_corrections(lake)] == ["negated", "future", "actual"]


def test_repeats_of_a_rejected_event_stand_for_it(tmp_path: Path) -> None:
    text = "Iran accused Israel. Iran blamed Israel. Iran charged Israel."
    lake = Lake(tmp_path)
    lake.append([coded(*((w, "ACCUSE", ACCUSED[2]) for w in ("accused", "blamed", "charged")), text=text)], OLD)
    first, second, third = (e["event_id"] for e in lake.read("events").to_pylist())
    assert [e["same_as"] for e in events(lake).values()] == [None, first, first]
    correct(lake, "reject", [first], **SAID)
    assert {id: e["same_as"] for id, e in events(lake).items()} == {second: None, third: second}


def test_merges_and_splits_are_for_happenings(lake: Lake) -> None:
    correct(lake, "merge", [SHELLING, HELP], **SAID)
    correct(lake, "reject", [ACCUSATION], **SAID)
    correct(lake, "split", [HELP, SHELLING], **SAID)
    assert by_hand(read_corrections(lake)) == (ByHand("merge", (SHELLING, HELP)), ByHand("split", (HELP, SHELLING)))
    assert {r.event_id for r in read_reports(lake)} == {SHELLING, HELP}


def test_the_commands_add_and_tell(lake: Lake, capsys: pytest.CaptureFixture[str]) -> None:
    said = ("--lake", lake.location, "--why", "the text says so", "--who", "ada")
    assert run("correct", SHELLING, *said, "--fix", "type=AID", "--fix", "mode=") == 0
    assert run("correct", HELP, ACCUSATION, *said, "--reject") == 0
    printed = capsys.readouterr().out
    assert run("corrections", "--lake", lake.location) == 0
    assert capsys.readouterr().out == printed
    rows = [json.loads(line) for line in printed.splitlines()]
    assert [(r["kind"], r["event_ids"], r["field"], r["value"]) for r in rows] == [
        ("fix", [SHELLING], "type", "AID"), ("fix", [SHELLING], "mode", ""), ("reject", [HELP, ACCUSATION], None, None),
    ]  # fmt: skip
    assert {(r["who"], r["why"]) for r in rows} == {("ada", "the text says so")}
    assert all(r["id"] and r["when"].endswith("+00:00") for r in rows)
    wrong = (
        [HELP],
        [HELP, "--accept", "--reject"],
        [HELP, "--fix", "type"],
        [HELP, "--fix", "type=AID", "--fix", "type=AGREE"],
        ["e0", "--accept"],
    )
    assert [run("correct", *arguments, *said) for arguments in wrong] == [2] * 5
    assert len(read_corrections(lake)) == 3
    assert lake.sql("select count(*) as n from corrections")["n"].to_pylist() == [3]
    assert TEXT in lake.read("articles")["text"].to_pylist()
