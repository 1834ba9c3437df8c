"""Only English passes, and short texts are not judged."""

from __future__ import annotations

import pytest

from detente.document import Article
from detente.errors import WrongLanguage
from detente.reading import check_language
from detente.reading.language import Guess, lazy_identifier

GERMAN = "Der russische Präsident hat am Montag erklärt, dass er zu Verhandlungen über die Ukraine bereit sei."


def article(text: str, *, language: str | None = None) -> Article:
    return Article(id="a1", text=text, language=language)


def never(text: str) -> Guess:
    raise AssertionError("the text was judged")


def always_german(text: str) -> Guess:
    return Guess("de", 0.001)


@pytest.fixture(scope="module")
def identify():
    return lazy_identifier()


@pytest.mark.parametrize("declared", ["en", "EN", "en-GB", "en_US", "eng", " english "])
def test_declared_english_is_taken_at_its_word(declared):
    assert check_language(article(GERMAN, language=declared), identify=never).language == declared


@pytest.mark.parametrize("declared", ["de", "fr-CA", "zh"])
def test_other_declared_language_is_refused_without_a_look(declared):
    with pytest.raises(WrongLanguage, match=declared) as caught:
        check_language(article("Plain English words are here for all to read and see.", language=declared), identify=never)
    assert caught.value.reason == "language"


@pytest.mark.parametrize("declared", [None, "", "und"])
def test_undeclared_language_is_judged_by_the_text(declared):
    with pytest.raises(WrongLanguage, match="'de'"):
        check_language(article(GERMAN, language=declared), identify=always_german)


def test_text_under_40_letters_is_taken_as_english():
    assert check_language(article("Rußland und die Ukraine, 1 2 3 4 5 6 7 8 9 10 11 12 13"), identify=never).language == "en"


def test_only_the_first_2000_characters_are_judged():
    seen = []
    check_language(article("word " * 1_000), identify=lambda text: seen.append(text) or Guess("en", 1.0))
    assert [len(text) for text in seen] == [2_000]


def test_another_language_that_hardly_wins_is_no_reason():
    assert (
        check_language(article("Balkh, Kunduz, Takhar, Baghlan, Badakhshan, Faryab"), identify=lambda t: Guess("ms", 0.04)).language == "en"
    )


@pytest.mark.parametrize(
    "text",
    [
        GERMAN,
        "El presidente de Rusia dijo el lunes que su país está dispuesto a negociar con Ucrania.",
        "Президент России заявил в понедельник, что готов к переговорам с Украиной.",
        "Le président russe a déclaré lundi qu'il était prêt à négocier avec l'Ukraine.",
    ],
)
def test_real_texts_in_other_languages_are_refused(identify, text):
    with pytest.raises(WrongLanguage):
        check_language(article(text), identify=identify)


@pytest.mark.parametrize(
    "text",
    [
        "Taliban kill 14 policemen in Kunduz, Baghlan, Takhar, Badakhshan",
        "MAZAR-E-SHARIF, Afghanistan: Balkh Governor Atta Mohammad Noor met Hizb-i-Islami leader Gulbuddin Hekmatyar",
        "RUSSIA LAUNCHES MISSILE STRIKES ON KYIV AS TALKS FAIL",
        "Norway will double its contribution to the climate fund next year, the finance minister told lawmakers.",
    ],
)
def test_english_full_of_foreign_names_passes(identify, text):
    assert check_language(article(text), identify=identify).language == "en"


def test_language_reject_keeps_the_articles_id_and_names_the_language(gather_rows):
    (outcome,) = gather_rows({"id": "n-9", "text": GERMAN}, identify=always_german)
    assert (outcome.id, outcome.reason) == ("n-9", "language")
    assert "'de'" in outcome.message
