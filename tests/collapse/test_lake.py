"""Reports from a lake's tables: of each article the last coding, with the outlet of its article."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from detente.coding.coder import Coder
from detente.collapse.happenings import Happenings
from detente.collapse.reports import make_reports, read_reports
from detente.document import Article
from detente.lake.store import Lake
from detente.record.rows import CodedBy

BY = CodedBy("1", "fast", "x", "k")
TEXT = "Peru expelled four Venezuelan diplomats on Tuesday. Venezuela condemned the decision."


def test_reports_come_from_the_last_coding(tmp_path: Path, coder: Coder) -> None:
    article = Article(id="a", text=TEXT, url="https://www.andes.example/x")
    doc, again = coder.code(article), coder.code(replace(article, id="b", publisher="Lima Wire"))
    lake = Lake(tmp_path)
    lake.append([doc, again], BY)
    lake.append([doc], BY._replace(version="2"))
    found = read_reports(lake)
    assert len(found) == len(doc.events) + len(again.events)
    assert {r.outlet for r in found} == {"andes.example", "Lima Wire"}
    assert {h.outlets for h in Happenings(found).all()} == {("Lima Wire", "andes.example")}


def test_an_event_of_an_unknown_article_is_kept() -> None:
    (report,) = make_reports([{"event_id": "e", "article_id": "x", "type": "AID"}], [])
    assert (report.outlet, report.status, report.actor_names) == (None, "actual", ())
