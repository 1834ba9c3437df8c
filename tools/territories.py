"""Builds ``src/detente/knowledge/territories.csv`` from rigour (MIT): our country codes as FollowTheMoney and Wikidata write them.

    pip install rigour && python -m tools.territories

No identifier is written by hand: codes and Wikidata ids are the package's.
"""

from __future__ import annotations

import csv
from importlib import import_module
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "src" / "detente" / "knowledge"
OUT = FOLDER / "territories.csv"


def known_codes() -> set[str]:
    with (FOLDER / "countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"] for row in csv.DictReader(file)}


def rows() -> list[tuple[str, str, str]]:
    """Code, codes of FollowTheMoney, ids of Wikidata, of each territory that our tables know."""
    known, found = known_codes(), []
    for territory in import_module("rigour.territories").get_territories():
        code = (territory.alpha3 or "").upper()
        if code in known:
            codes = sorted({territory.code, *territory.other_codes})
            found.append((code, ";".join(codes), ";".join([territory.qid, *sorted(territory.other_qids)])))
    return sorted(found)


def main() -> None:
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "followthemoney", "wikidata"))
        writer.writerows(rows())
    print(f"{OUT}: {len(rows())} territories")


if __name__ == "__main__":
    main()
