from detente.coding.quotations import attribution, is_speech, quotations
from tests.factory import span

TEXT = 'Lina Aro left. "We are done here," she told reporters. Pekka Salo wrote: “Nobody will come now.”\n"The end is near and it is good.\nHe called it a "so-called plan".'


def test_quotations_are_found_by_their_marks() -> None:
    found = [TEXT[s.start : s.end] for s in quotations(TEXT)]
    assert found == ["We are done here,", "Nobody will come now.", "The end is near and it is good.", "so-called plan"]


def test_a_scare_quote_is_no_speech() -> None:
    assert [is_speech(TEXT, s) for s in quotations(TEXT)] == [True, True, True, False]


def test_the_speaker_stands_after_or_before() -> None:
    mentions = [span(TEXT, "Lina Aro"), span(TEXT, "she"), span(TEXT, "Pekka Salo"), span(TEXT, "He ")]
    first, second, third, _ = quotations(TEXT)
    after = attribution(TEXT, first, mentions)
    assert after is not None
    assert (TEXT[slice(*after.cue or (0, 0))], after.speaker) == ("told", span(TEXT, "she"))
    before = attribution(TEXT, second, mentions)
    assert before is not None
    assert before.speaker == span(TEXT, "Pekka Salo")
    assert attribution(TEXT, third, mentions) is None


def test_a_cue_after_the_comma_inside_the_marks_is_found() -> None:
    text = '"We will not stay silent," he said.'
    (quotation,) = quotations(text)
    found = attribution(text, quotation, [span(text, "he ")])
    assert found is not None
    assert found.speaker == span(text, "he ")


def test_titles_and_mere_words_are_no_speech() -> None:
    for text in (
        'Police seized the book "A Short History of Our Silence" on Sunday.',
        'The clause "as soon as conditions permit" was added.',
    ):
        assert [is_speech(text, q) for q in quotations(text)] == [False]
    text = 'Her essay "On the Uses of a Small Navy" is read at the academy.'
    assert attribution(text, next(quotations(text)), []) is None
