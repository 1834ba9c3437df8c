from datetime import date
from pathlib import Path

import pytest

from detente.coding.coder import Coder
from detente.document import Article
from detente.errors import LakeError
from detente.lake.store import Lake, count_dyads
from detente.record.rows import CodedBy
from detente.record.schemas import SCHEMAS

BY = CodedBy("0", "fast", "hash", "book")


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder("fast")


def docs(coder: Coder) -> list[object]:
    texts = ["Iran condemned Israel's airstrikes on Damascus on Friday.", "The weather was mild."]
    return [coder.code(Article(id=f"a{n}", text=t, published=date(2024, 5, 4))) for n, t in enumerate(texts)]


def test_each_article_and_coding_is_taken_once(tmp_path: Path, coder: Coder) -> None:
    lake = Lake(tmp_path / "lake")
    found = docs(coder)
    assert lake.append(found, BY, rejected=[("r1", "language")]) == 3  # type: ignore[arg-type]
    assert lake.append(found, BY, rejected=[("r1", "language")]) == 0  # type: ignore[arg-type]
    assert lake.read("articles").num_rows == 2
    assert sorted(lake.read("codings")["outcome"].to_pylist()) == ["coded", "no_event", "rejected"]


def test_a_new_coder_stands_beside_the_old(tmp_path: Path, coder: Coder) -> None:
    lake = Lake(tmp_path / "lake")
    lake.append(docs(coder), BY)  # type: ignore[arg-type]
    assert lake.append(docs(coder), BY._replace(model_hash="other")) == 2  # type: ignore[arg-type]
    assert lake.read("articles").num_rows == 2
    assert lake.read("codings").num_rows == 4


def test_events_in_the_lake_name_their_words(tmp_path: Path, coder: Coder) -> None:
    lake = Lake(tmp_path / "lake")
    lake.append(docs(coder), BY)  # type: ignore[arg-type]
    texts = {r["article_id"]: r["text"] for r in lake.read("articles").to_pylist()}
    rows = lake.read("events").to_pylist()
    assert rows
    for row in rows:
        assert texts[row["article_id"]][row["trigger_start"] : row["trigger_end"]] == row["trigger"]


def test_an_empty_lake_has_empty_tables(tmp_path: Path) -> None:
    for name, schema in SCHEMAS.items():
        assert Lake(tmp_path).read(name).schema == schema


def test_an_unknown_table_and_an_unwritable_lake_say_so(tmp_path: Path, coder: Coder) -> None:
    with pytest.raises(LakeError, match="'evnts' is no table"):
        Lake(tmp_path).read("evnts")
    (tmp_path / "file").write_text("x")
    with pytest.raises(LakeError, match="can't be written"):
        Lake(tmp_path / "file").append(docs(coder), BY)  # type: ignore[arg-type]


def test_dyads_count_directed_pairs_and_reciprocal_acts() -> None:
    events = [
        {"actor_countries": ["IRN"], "recipient_countries": ["ISR"], "quad": 3, "intensity": -2.0},
        {"actor_countries": ["IRN"], "recipient_countries": ["ISR"], "quad": 4, "intensity": -9.0},
        {"actor_countries": ["USA", "IRN"], "recipient_countries": [], "quad": 1, "intensity": 1.0},
        {"actor_countries": [None], "recipient_countries": ["ISR"], "quad": 4, "intensity": -9.0},
    ]
    found = {(d.actor, d.recipient): (d.events, d.quads, d.intensity) for d in count_dyads(events)}
    assert found == {
        ("IRN", "ISR"): (2, (0, 0, 1, 1), -5.5),
        ("USA", "IRN"): (1, (1, 0, 0, 0), 1.0),
        ("IRN", "USA"): (1, (1, 0, 0, 0), 1.0),
    }
