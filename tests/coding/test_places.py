"""Where an act took place: which of several places a name means, how exactly it is known, and what stays unknown."""

from __future__ import annotations

from datetime import date

import pytest

from detente.coding.places import resolve_places
from detente.document import Event, Place
from detente.knowledge.book import load_book
from detente.knowledge.gazetteer import folded, load_gazetteer
from tests.factory import marked, span

BOOK, GAZETTEER = load_book(), load_gazetteer()


def place(text: str, words: str, *, on: str = "2024-11-25") -> Place:
    at = span(text, words)
    event = Event(id="e1", type="CONSULT", mode=None, status="actual", historical=False, headline=False, score=1.0, trigger=at,
                  sentence=at, actors=(), recipients=(), place=at)  # fmt: skip
    doc = marked(text, published=date.fromisoformat(on)).with_layer("events", (event,))
    return resolve_places(doc, BOOK, GAZETTEER)[at]


@pytest.mark.parametrize(("text", "words", "country"), [
    ("They met in Paris.", "Paris", "FRA"),
    ("They met in Paris, Texas.", "Paris", "USA"),
    ("American officials met in Paris.", "Paris", "FRA"),
    ("A tornado passed near Paris, Tennessee.", "Paris", "USA"),
    ("A church in Birmingham burned, and Alabama mourned.", "Birmingham", "USA"),
    ("A school in Birmingham was visited from London.", "Birmingham", "GBR"),
    ("Firefighters died near Guadalajara, east of Madrid.", "Guadalajara", "ESP"),
    ("Bodies lay in Guadalajara.", "Guadalajara", "MEX"),
    ("Workers struck in Santiago, in the Cibao valley of the Dominican Republic.", "Santiago", "DOM"),
    ("The army held Santiago.", "Santiago", "CHL"),
    ("The mayor of Lebanon, Pennsylvania, spoke.", "Lebanon", "USA"),
    ("The mayor spoke in Lebanon.", "Lebanon", "LBN"),
    ("A campus in Athens mourned, and the governor of Georgia came.", "Athens", "USA"),
    ("Farmers in Niger State fled.", "Niger State", "NGA"),
    ("Farmers in Niger fled.", "Niger", "NER"),
])  # fmt: skip
def test_a_place_is_read_by_its_surroundings(text: str, words: str, country: str) -> None:
    assert place(text, words).country == country


@pytest.mark.parametrize(("words", "name"), [("Kiev", "Kyiv"), ("Khan Younis", "Khān Yūnis"), ("Hodeida", "Al Ḩudaydah"),
                                             ("St Petersburg", "Saint Petersburg"), ("Bialystok", "Białystok")])  # fmt: skip
def test_a_city_is_found_by_its_other_names(words: str, name: str) -> None:
    found = place(f"They met in {words}.", words)
    assert (found.name, found.precision, found.lat is not None) == (name, "city", True)


@pytest.mark.parametrize(("words", "country", "precision"), [
    ("Turkey", "TUR", "country"), ("north-eastern Syria", "SYR", "area"), ("Darfur", "SDN", "area"), ("Dohuk province", "IRQ", "area"),
    ("the South China Sea", None, "area"), ("the Sahel", None, "area"), ("the Strait of Hormuz", None, "area"), ("near Aleppo", "SYR", "area"),
    ("the Aro Sea", None, "area"), ("the hall", None, "unknown"), ("Zzyzxville", None, "unknown"),
])  # fmt: skip
def test_precision_and_never_a_pin_for_an_area(words: str, country: str | None, precision: str) -> None:
    found = place(f"They met in {words}.", words)
    assert (found.country, found.precision, found.lat) == (country, precision, None)


def test_a_person_is_no_place() -> None:
    assert place("Crown Princess Victoria spoke.", "Victoria").country is None


def test_folding_takes_off_accents_hyphens_and_apostrophes() -> None:
    assert {folded(n) for n in ("Białystok", "Bialystok")} == {"Bialystok"}
    assert folded("N'Djamena") == "NDjamena"
    assert folded("Port-au-Prince") == "Port au Prince"
