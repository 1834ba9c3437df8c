"""PLOVER JSON: an array of event records.

Field names are those of PLOVER's gold-standard records (openeventdata/PLOVER on GitHub: id, date, actorText, code, sector,
event, eventText, mode, context, text, textInfo, language, publication, coder, version), with actor and recipient as the
2021 draft calls the two sides.  What PLOVER has no name for stands under "detente".
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from detente.export.cells import write_items
from detente.export.parties import parties
from detente.export.sources import Articles, Tables, rows
from detente.ontology import AUXILIARY_MODES
from detente.record.rows import Row

OWN = ("quad", "intensity", "cameo", "score", "status", "historical", "headline", "coding_id", "article_id", "runner_up", "claimed_by",
       "instrument", "condition", "threatened", "same_as", "start_date", "end_date", "time_precision")  # fmt: skip


def write_plover(tables: Tables, path: Path) -> int:
    """All events, the negated and hypothetical ones with their auxiliary mode."""
    articles, coders = Articles(tables), {c["coding_id"]: c for c in rows(tables["codings"])}
    return write_items(path, (record(e, articles.facts(e["article_id"]), coders.get(e["coding_id"], {})) for e in rows(tables["events"])))


def record(e: Row, article: Mapping[str, Any], coder: Mapping[str, Any]) -> dict[str, Any]:
    auxiliary = [AUXILIARY_MODES.get(e["status"]), "historical" if e["historical"] else None]
    return {
        "id": e["event_id"], "date": e["start_date"] or e["published"], "actor": sides(e, "actor"), "recipient": sides(e, "recipient"),
        "event": e["type"], "mode": e["mode"] or "", "auxiliaryMode": [a for a in auxiliary if a], "context": "",
        "eventText": e["trigger"], "text": e["sentence"],
        "textInfo": {"start": e["sentence_start"], "end": e["sentence_end"], "eventStart": e["trigger_start"], "eventEnd": e["trigger_end"]},
        "location": location(e), "language": article.get("language"), "publication": article.get("publisher"),
        "publicationDate": e["published"], "url": article.get("url"), "coder": "detente", "version": coder.get("version"),
        "detente": {name: e[name] for name in OWN},
    }  # fmt: skip


def sides(e: Row, side: str) -> list[dict[str, str | None]]:
    return [{"actorText": p.name, "code": p.country, "sector": p.sector} for p in parties(e, side)]


def location(e: Row) -> dict[str, Any] | None:
    if e["place"] is None:
        return None
    return {"name": e["place"], "country": e["place_country"], "lat": e["lat"], "lon": e["lon"], "precision": e["place_precision"]}
