"""Which stretches are no body, and above all which lines stay body."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.coding.body import find_not_body

BODY = "The Taliban have turned down a decree by President Ashraf Ghani that offers to release 1,500 prisoners before talks begin."
MORE = "“The signing was the easy part,” said a European diplomat who attended the ceremony. “Nothing else will move.”"


def found(text: str, title: str | None = None) -> list[tuple[str, str]]:
    return [(kind, text[span.start : span.end]) for span, kind in find_not_body(text, title)]


def furniture(line: str) -> list[str]:
    """The kinds found where the line stands between two body paragraphs."""
    marks = found(f"{BODY}\n{line}\n{MORE}")
    assert all(words == line.strip() for _, words in marks)
    return [kind for kind, _ in marks]


@pytest.mark.parametrize(
    "line",
    [
        "Afghanistan: Russia signals support for Taliban leaders, demands U.S. accountability",
        "Taliban reject Ghani’s offer to free 1,500 prisoners in stages",
        "Norway doubles its climate share",
        "Moscow says sanctions on Tehran came from the U.S.",
        "Putin calls the talks “useful”",
    ],
)
def test_first_line_without_end_before_a_paragraph_is_the_headline(line):
    for gap in ("\n", "\n\n", "\r\n", "\r\n\r\n"):
        assert found(line + gap + BODY + gap + MORE) == [("headline", line)]


def test_second_headline_under_the_first_is_marked_and_a_short_paragraph_is_not():
    first, second = "Kabul balks at prisoner clause", "Envoys leave Doha; talks in doubt"
    for title in (None, first):
        assert found(f"{first}\n{second}\nSpecial to The Wire\n{BODY}", title) == [
            ("headline", first), ("headline", second), ("byline", "Special to The Wire"),
        ]  # fmt: skip
        assert found(f"{first}\nEnvoys left Doha.\n{BODY}", title) == [("headline", first)]


def test_headline_may_be_followed_by_byline_and_dateline():
    text = f"Kabul balks at prisoner clause\nBy Jane Doe and Mohammad Karimi\n\nKABUL, Feb 3 (Reuters) - {BODY}\n{MORE}"
    assert found(text) == [
        ("headline", "Kabul balks at prisoner clause"), ("byline", "By Jane Doe and Mohammad Karimi"),
        ("dateline", "KABUL, Feb 3 (Reuters) -"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "Norway met Sweden",
        f"{BODY}\n{MORE}",
        f"Recognition, several governments said, must wait.\n{BODY}",
        f"“We will fight on until the end”\n{BODY}",
        f"Will they talk?\n{BODY}",
        f"He made three demands:\n{BODY}",
        f"{'word ' * 40}\n{BODY}",
        "Talks fail in Oslo\nNo deal.",
        "The minister met the delegation in the\ncapital on Monday to talk about the release of the prisoners who were held.",
        "",
        " \n\r\n\t",
    ],
)
def test_texts_without_a_headline_have_none(text):
    assert found(text) == []


def test_text_set_to_a_width_has_no_headline():
    lines = [
        "The Taliban have turned down a decree by President Ashraf",
        "Ghani that offers to release 1,500 of their prisoners before",
    ]
    lines += [
        "Peace talks begin in the Gulf state of Qatar, and insist that",
        "All 5,000 named in the agreement of Doha must first go free from jail.",
    ]
    assert found("\n".join(lines)) == []


def test_line_equal_to_the_title_is_the_headline_wherever_it_stands():
    text = f"World\n{BODY}\n  Will  they talk?\n{MORE}"
    assert ("headline", "Will  they talk?") in found(text, "Will they talk?")
    assert found(f"“Enough,” says Kabul.\n{BODY}", '"Enough," says Kabul') == [("headline", "“Enough,” says Kabul.")]


def test_title_that_is_the_whole_text_leaves_the_text_body():
    assert found("Norway met Sweden", "Norway met Sweden") == []


@pytest.mark.parametrize(
    "dateline",
    [
        "KABUL, Feb 3 (Agency) -", "LUSAKA:", "OSLO —", "OSLO–", "DOHA -", "NEW YORK –", "KABUL, April 9 -", "KABUL, Afghanistan (AP) —",
        "MAZAR-I-SHARIF, Afghanistan (AP) --", "WASHINGTON, D.C. -", "MOSCOW/KYIV, March 3 (Reuters) -", "UNITED NATIONS, Sept. 12, 2023 -",
        "N'DJAMENA:", "PORT-AU-PRINCE, Haiti —", "Kabul, Feb 3 (Xinhua) —", "Moscow, 3 March (TASS) -", "BEIRUT (AFP) -", "(Reuters) -",
        "LONDON (Reuters) -", "ISLAMABAD, Monday –", "SÃO PAULO -", "BUNIA, Democratic Republic of Congo, Feb 9 (Great Lakes Wire) -", "KABUL and ISLAMABAD —", "TEL AVIV, Israel, Oct 8 (AP) _",
    ],
)  # fmt: skip
def test_dateline_is_the_part_before_the_first_sentence_with_its_dash(dateline):
    assert found(f"{dateline} {BODY}\n{MORE}") == [("dateline", dateline)]
    assert found(f"{dateline} {BODY}") == [("dateline", dateline)]


@pytest.mark.parametrize("opening", ["“We agreed,” Ghani said.", "1,500 men were freed.", "'No deal,' he said."])
def test_dateline_may_stand_before_a_quotation_or_a_number(opening):
    assert found(f"DOHA - {opening}") == [("dateline", "DOHA -")]


@pytest.mark.parametrize(
    "line",
    [
        "NATO - the alliance that Ghani praised - has promised to stay in the country.",
        "UN: Talks must go on, the secretary-general has told the council in New York.",
        "EU – China talks were broken off on Monday by the commission in Brussels.",
        "BREAKING: The Taliban have taken the capital and its presidential palace.",
        "Putin: We will not yield to the pressure of the West and its sanctions.",
        "Afghanistan — Russia has signalled its support for the leaders in Kabul.",
        "In Moscow, 3 March – The day of the vote – was calm, the election commission said.",
        "Lavrov (Russia) - The minister has arrived in Kabul for talks with the Taliban.",
        "KABUL is calm - but its people are afraid, the United Nations has warned.",
        "OSLO - which hosted the talks - has asked both sides to come back to the table.",
        "Ghani, 72, a former World Bank official - He left the country on Sunday, said a spokesman.",
    ],
)
def test_openings_that_are_no_dateline_stay_body(line):
    assert found(line) == []
    assert found(f"{line}\n{BODY}") == []


def test_only_the_first_body_paragraph_has_a_dateline():
    assert found(f"{BODY}\nDOHA - {BODY}") == []


def test_speakers_in_capitals_are_no_places():
    assert found(f"GHANI: {BODY}\nKHALILZAD: {BODY}\nGHANI: {BODY}") == []


def test_dates_and_datelines_alone_on_a_line_are_marked_whole():
    for line in ("February 3, 2024", "Published: 3 Feb 2024 10:15 GMT", "KABUL, Feb 3 (Reuters)", "Updated on Feb. 3, 2024"):
        assert found(f"Kabul balks at prisoner clause\n{line}\n{BODY}") == [
            ("headline", "Kabul balks at prisoner clause"),
            ("dateline", line),
        ]


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Doe", "By JANE DOE, Associated Press Writer", "By Reuters", "By Ahmed al-Masri in Cairo", "By Jane Doe | 3 Feb 2024",
        "Reporting by Jane Doe in Kabul and John Smith; editing by Ann Lee", "(Reporting by Jane Doe; Editing by Ann Lee and Bo Ek)",
        "Additional reporting by Mohammad Karimi in Islamabad", "Agence France-Presse", "AP", "Reuters, AFP and agencies",
        "From Our Own Correspondent", "Special to The Harbor Dispatch", "From our Diplomatic Correspondent, Gaborone",
    ],
)  # fmt: skip
def test_bylines(line):
    assert furniture(line) == ["byline"]


def test_name_in_a_place_is_a_byline_right_after_the_headline_alone():
    for byline in ("Jane Doe in Kabul", "Jane Doe, Asia editor"):
        text = f"Kabul balks at prisoner clause\n{byline}\n{BODY}\nPeace Talks in Doha\n{MORE}"
        assert found(text) == [("headline", "Kabul balks at prisoner clause"), ("byline", byline)]


@pytest.mark.parametrize(
    "line",
    [
        "Also read: Istanbul next? The crowded calendar of Afghan peace", "ALSO READ | Torkham traders count cost", "Also Read: Saudi Arabia sees surge",
        "Read more", "READ MORE: What the Doha document says", "Read more about the Doha agreement here", "Related: Who recognises whom?",
        "Related stories", "Sign up for our daily newsletter", "Sign up here.", "Subscribe to our channel on YouTube", "Subscribe",
        "Follow us on Twitter", "Follow Meridian Wire on Telegram and WhatsApp", "Click here to read the full text", "Watch: Kabul falls",
        "WATCH | The last flight out", "Listen: the envoy speaks", "Don't miss: a house in Sherpur", "Don’t miss our live coverage", "Advertisement",
        "Story continues below", "More on this story", "• Also read: A map of embassies", "You may also like", "Download our app",
        "Support our journalism", "For more news, visit our website", "[Read also: Iran dismisses the deal]",
    ],
)  # fmt: skip
def test_promotion(line):
    assert furniture(line) == ["promo"]
    assert furniture(f"  {line} ") == ["promo"]


@pytest.mark.parametrize(
    "line",
    [
        "Follow-up talks were held in Doha on Sunday between the two delegations.",
        "Following the attack, Pakistan closed the border at Torkham.",
        "Also read out at the meeting was a letter from the president of Iran.",
        "Related talks between Iran and Qatar collapsed on Monday.",
        "Sign up to fight or leave, the recruits were told by the commander.",
        "Don't miss the chance for peace, Guterres told the leaders of both countries.",
        "Watch towers were built along the border by Pakistan.",
        "Watching the vote, the ambassador of Norway said he was worried.",
        "Subscribers to the newspaper were arrested by the police in Minsk.",
        "Read the document aloud, the judge ordered the minister.",
        "By Tuesday the army had withdrawn from the province of Kunduz.",
        "By Monday, Russia and Ukraine had agreed on a ceasefire.",
        "By March Iran had freed the crew.",
        "By contrast, Pakistan congratulated both parties.",
        "From our correspondent the army learned of the raid.",
        "Special forces of Iran boarded the ship in the strait.",
        "Reporting by the BBC showed that the army had shelled the village.",
        "Editing by the ministry removed the clause, the opposition said.",
        "Photographs of the attack were published by Iran on Monday.",
        "File the complaint with the court, the ministry told Norway.",
        "Image matters to Moscow, the ambassador told reporters in Kabul.",
        "Copyright law experts told the European Union to reject the deal.",
        "Correction of the border was demanded by Pakistan on Monday.",
        "This report has angered the government, a spokesman for Ghani said.",
        "The text was amended by parliament after Iran protested.",
        "“Follow us,” the soldiers shouted to the crowd at the airport gate.",
        "More from the aid fund will go to Kabul, the United Nations said.",
        "Get out of our country, the Taliban told the contractors on Monday.",
        "Two officials told Reuters that Iran would reply, and one told AFP.",
        "May 3 was the day on which Iran and Iraq signed the treaty.",
    ],
)
def test_body_that_begins_like_something_else_stays_body(line):
    assert furniture(line) == []


def test_long_line_that_begins_like_promotion_stays_body():
    assert furniture("Watch: " + "the army moved on and took the next village before noon " * 4) == []


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Jane Doe", "File photo: Taliban fighters in Kabul on Sunday.", "FILE PHOTO: U.S. envoy Zalmay Khalilzad attends talks in Doha.",
        "FILE - In this Feb. 29, 2020 photo, Mike Pompeo meets Mullah Baradar.", "Image: Getty", "Image credit: Ministry of Defence",
        "Taliban fighters stand guard at the gate of the palace. (AP Photo/Jane Doe)", "A street in Kabul. (Photo by Jane Doe)",
        "Fighters in Herat on Friday. REUTERS/Jane Doe", "Women queue for bread in Kabul. Jane Doe/AFP", "Picture: Jane Doe/Wire", "(File photo: AP)",
    ],
)  # fmt: skip
def test_captions(line):
    assert furniture(line) == ["caption"]


@pytest.mark.parametrize(
    "line",
    [
        "© 2024 Meridian Wire", "Copyright 2024 Meridian Wire. All rights reserved.", "Copyright © Meridian Wire", "(c) 2024 Meridian Wire",
        "All rights reserved.", "Meridian Wire. All rights reserved", "This material may not be published, broadcast or rewritten.",
    ],
)  # fmt: skip
def test_copyright(line):
    assert furniture(line) == ["copyright"]


@pytest.mark.parametrize(
    "line",
    [
        "Correction: an earlier text gave a wrong number of prisoners.", "CORRECTION (Feb 3): The accord was signed in Doha.",
        "This article was amended on 3 February 2024 to correct a name.", "This story has been updated with a reply by the ministry.",
        "An earlier version of this article misspelled the name of the envoy.", "Editor's note: some names were changed.",
        "Clarification: Iran is no party to the accord.",
    ],
)  # fmt: skip
def test_corrections(line):
    assert furniture(line) == ["correction"]


def test_offsets_are_code_points_of_the_text_as_given():
    text = f"  \U0001f600 Kabul talks go on\r\n\r\n\u00a0KABUL, Feb 3 (Agency) - {BODY}\r\n\tAlso read: Šef\u0301 in Oslo \r\n"
    assert found(text) == [
        ("headline", "\U0001f600 Kabul talks go on"), ("dateline", "KABUL, Feb 3 (Agency) -"), ("promo", "Also read: Šef\u0301 in Oslo"),
    ]  # fmt: skip


def test_dispatches_of_the_demo_lose_datelines_and_promotion_alone():
    rows = files("detente").joinpath("demo/dispatches.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, rows):
        for kind, words in found(row["text"], row["title"]):
            assert kind == "dateline" or (kind == "promo" and words.startswith("Also read:")), (row["id"], kind, words)


def test_long_lines_take_no_time():
    for line in (
        "A" * 200_000,
        "By " + "Aa " * 60_000,
        "(" * 100_000,
        "KABUL " * 50_000,
        "Read " * 50_000,
        "copyright " * 20_000,
    ):
        find_not_body(f"{line}\n{BODY}", line[:50])


LINES = st.sampled_from(
    [
        "KABUL, Feb 3 (AP) -",
        "Also read: x",
        "By Jane Doe",
        "Talks fail",
        BODY,
        MORE,
        "\n",
        "\r\n",
        " ",
        "©",
        "FILE PHOTO: x",
        "x",
        "\u2028",
    ]
)


@given(st.lists(st.one_of(LINES, st.text(max_size=20))).map("".join), st.none() | st.text(max_size=20))
def test_stretches_are_in_order_apart_and_within_the_text(text, title):
    last = 0
    for span, _ in find_not_body(text, title):
        assert last <= span.start < span.end <= len(text)
        words = text[span.start : span.end]
        assert words == words.strip()
        assert "\n" not in words
        last = span.end
