"""What is no body text: headline, dateline, byline, promotion, caption, copyright and correction, found by rules.

Rules look at whole lines, except that a dateline is the first words of the first body line.  Each rule wants a form that
body text doesn't have (a name after "By", a colon after "Also read"), as a body line that is lost loses its events.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from detente.document import NotBody, Span

LONGEST_HEADLINE = 160  # characters
LONGEST_FURNITURE = 1_200  # characters; a longer line is body whatever it begins with
LONGEST_DATELINE = 120  # characters
PROMO_WORDS, BYLINE_WORDS, COPYRIGHT_WORDS, CAPTION_WORDS, CORRECTION_WORDS = 24, 40, 40, 80, 100
WIDEST_COLUMN = 100  # characters
NEAR = 4  # lines after a headline in which its body must begin
SHORTEST_PLACE = 4  # letters; shorter words in capitals are UN, EU, US, UK


def any_of(patterns: Sequence[str], *, before: str = "", after: str = "", exact: bool = False) -> re.Pattern[str]:
    """One pattern of several; letter case counts only where ``exact``."""
    return re.compile(f"{before}(?:{'|'.join(patterns)}){after}", re.NOFLAG if exact else re.IGNORECASE)


LINE = re.compile(r"[^\r\n]+")
BULLET = r"^[\s>*•·▶►→|#(\[–—-]*"
MARK = r"\s*(?:[:|–—>»]|-\s|$)"  # sets a label off from what it points to; a sentence goes on without it
PROMO_LABEL = any_of(
    (
        "(?:also|must|see) read", "read(?: also| more| next| this| now| on)?", "also (?:see|watch)", "also on [\\w .]{2,30}", "see also",
        "watch(?: live| now| more)?", "listen(?: live| now)?", "related",
        "related (?:articles?|stor(?:y|ies)|news|coverage|topics?|content|links?|reading)", "more from [\\w .&’']{2,40}",
        "more (?:on this (?:story|topic)|stories|news|coverage)", "recommended(?: for you| stories)?", "trending(?: now)?",
        "most (?:read|popular|viewed)", "you (?:may|might) also like", "editor['’]?s['’]? picks?", "in (?:pictures|photos)",
        "don['’]?t miss(?: it)?", "(?:story|article) continues(?: below| after)?[\\w ]{0,40}", "advertisement", "sponsored(?: content)?",
        "share this(?: article| story)?", "newsletters?", "podcast", "live updates?", "what to read next", "up next",
        "join the conversation",
    ),
    before=BULLET, after=MARK,
)  # fmt: skip
PROMO_CALL = any_of(
    (
        r"read more (?:about|on|at|in|from|here|of our)\b", r"read (?:the|our) (?:full|latest|complete) (?:story|article|report|coverage|text)\b",
        r"(?:click|tap) (?:here|on the link|the link|below)\b", r"(?:watch|listen to) (?:the|our) (?:\w+ )?(?:video|podcast|episode)\b",
        r"sign up\b(?=.*\b(?:newsletters?|e-?mails?|alerts?|briefing|inbox|free|account|our|updates|here|now|today)\b)",
        r"(?:sign up|log in|sign in|register)(?: here| now| today| for free)?[.!]?$",
        r"subscribe(?:[.!:]?$|:| (?:to|now|here|today|for)\b)", r"follow (?:us|@\w)",
        r"(?:follow|join|like|find) [^.]{0,60}\bon (?:twitter|x\b|facebook|instagram|telegram|whatsapp|youtube|linkedin|google news|tiktok)",
        r"don['’]?t miss (?:our|out on our|a story|a thing|the latest)\b", r"download (?:the|our) (?:\w+ )?app\b",
        r"get (?:the latest|our|breaking|unlimited|daily)\b(?=.*\b(?:newsletters?|inbox|alerts?|app|access|updates)\b)",
        r"(?:support|donate to) (?:our|independent) (?:journalism|newsroom)\b",
        r"for more (?:on|news|stories)\b.*\b(?:visit|click|follow|see|read|go to)\b",
    ),
    before=BULLET,
)  # fmt: skip
CAPTION_LABEL = any_of(
    (
        "file (?:photo|image|picture)", "photos?(?: credits?| by| courtesy(?: of)?)?", "photographs?(?: by)?", "images?(?: credits?| source)?",
        "picture(?: credit)?", "illustration", "graphic", "map", "credit", "caption", "video", "handout",
    ),
    before=r"^[\s(\[]*", after=r"\s*(?:[:©|/]|\s[–—-]\s)",
)  # fmt: skip
CAPTION_FORM = any_of((r"FILE\s*[–—-]", r"(?:Photo|Photograph|Picture) by [A-Z]", r"REUTERS/[A-Z]"), before=r"^[\s(\[]*", exact=True)
CAPTION_CREDIT = any_of(
    (
        r"\((?:AP|AFP|EPA|Reuters|REUTERS|Getty)(?: Photo)?/[^()]{2,80}\)", r"\(AP Photo\)",
        r"\((?:Photo|Image|Picture)(?: credit)?(?::| by| courtesy)[^()]{1,80}\)",
        r"\b(?:via Getty Images|REUTERS/[A-Z][^.]{1,60}|[A-Z][\w-]+ [A-Z][\w-]+/(?:AFP|EPA|AP|Reuters|Getty Images))[)\].]*$",
    ),
    exact=True,
)  # fmt: skip
COPYRIGHT = any_of(
    (
        r"©", r"\(c\)\s*\d{4}", r"copyright\s*(?:©|\(c\)|\d{4}|by\b|:)", r"copyright\b(?=[^.]{0,80}\b(?:19|20)\d\d\b)", r"all rights reserved",
        r"this (?:material|content|article|story) (?:may|must|can)(?: ?not) be (?:published|reproduced|copied|broadcast)",
        r"(?:republished|reprinted|reproduced) (?:with|by) permission",
    ),
    before=r"^\W*",
)  # fmt: skip
RIGHTS = re.compile(r"\ball rights reserved\W*$", re.IGNORECASE)
CORRECTION = any_of(
    (
        r"(?:corrections?|clarifications?|correction and clarification|editor['’]?s['’]? (?:note|correction))(?:\s*\([^)]{1,40}\))?\s*[:–—]",
        r"this (?:article|story|report|piece|post|headline|page) (?:was|has been) (?:\w+ )?(?:amended|corrected|updated|edited|changed|revised)\b",
        r"an? (?:earlier|previous|original) version of this (?:article|story|report|piece|post|headline)\b",
    ),
    before=r"^[\s(\[*—–-]*",
)  # fmt: skip

WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
DAY = rf"(?:(?:{WEEKDAY},?\s)?(?:{MONTH}\s\d{{1,2}}|\d{{1,2}}\s{MONTH})(?:,?\s(?:19|20)\d\d)?|{WEEKDAY})"
CLOCK = r"(?:\d{1,2}[:.]\d\d(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s[A-Z]{2,4})?)"
DATE_LINE = re.compile(rf"^(?:(?i:(?:last )?(?:published|updated|posted))(?: on| at)?:?\s)?{DAY}(?:,?\s(?:at\s)?{CLOCK})?\.?$")
WORD = r"[^\W\d_][\w'’.-]*"
DATELINE = re.compile(
    rf"(?P<place>{WORD}(?:(?:\s|/|\sand\s){WORD}){{0,3}}(?P<region>,\s(?!{DAY}\b){WORD}(?:\s{WORD}){{0,4}})?)?"
    rf"(?P<day>,?\s{DAY})?(?P<wire>,?\s?\([^()]{{2,40}}\))?"
    r"(?P<end>\s--?\s|\s?--\s?|\s?[–—]\s?|\s_\s|\s?:\s|$)"
)
WIRE = any_of(
    ("[A-Z]{2,6}", "Reuters", "Xinhua", "Bloomberg", "Anadolu", "Agency", "Al Jazeera", "UrduPoint.*", r"[\w ]+ (?:News|Agency|Press|Wire)"),
    before=r"\W*\(", after=r"\)", exact=True,
)  # fmt: skip
NO_PLACES = frozenset((
    "ALERT", "ANALYSIS", "ANSWER", "ASEAN", "BACKGROUND", "BREAKING", "BRICS", "COMMENT", "CORRECTED", "CORRECTION", "DEVELOPING", "ECOWAS",
    "EDITORIAL", "EXCLUSIVE", "EXPLAINED", "EXPLAINER", "FACTBOX", "FEATURE", "FILE", "FOCUS", "HAMAS", "HOST", "IAEA", "IGAD", "INSIGHT",
    "INTERVIEW", "ISIL", "ISIS", "KEY", "LISTEN", "LIVE", "MODERATOR", "NATO", "NEWS", "NOTE", "OPEC", "OPINION", "OSCE", "PHOTO", "PHOTOS",
    "POLL", "PRESIDENT", "PREVIEW", "PROFILE", "QUESTION", "QUOTES", "READ", "RECAP", "RELATED", "REPORT", "REPORTER", "SPECIAL",
    "SPOKESMAN", "SUMMARY", "TIMELINE", "TRANSCRIPT", "UNHCR", "UNICEF", "UNESCO", "UNRWA", "UPDATE", "UPDATED", "URGENT", "VIDEO", "VIEW",
    "WARNING", "WATCH", "WRAPUP",
))  # fmt: skip
SPEAKER_TURN = re.compile(r"^[^\W\d_a-z][^a-z:]{1,40}:\s")

BYLINE_LINKS = frozenset((
    "a", "additional", "agencies", "agency", "al", "an", "and", "at", "based", "bin", "bint", "bureau", "by", "chief", "compiled",
    "contributor", "contributors", "correspondent", "correspondents", "d", "da", "de", "del", "der", "desk", "di", "diplomatic", "edited",
    "editing", "editor", "editors", "el", "for", "foreign", "from", "ibn", "in", "international", "la", "le", "of", "our", "political",
    "report", "reporter", "reporters", "reporting", "senior", "own", "service", "special", "staff", "the", "to", "translated", "van", "von", "with", "writer",
    "writers", "writing", "written",
))  # fmt: skip
CREDIT = any_of(
    ("(?:with )?(?:additional )?reporting", "editing", "writing", "compiled", "written", "edited", "translated", "text", "words", "story"),
    before=r"^[\s(\[—–*-]*", after="(?: and (?:editing|writing|reporting))? (?:by|from) ",
)  # fmt: skip
STANDING = re.compile(r"^[(—–-]?\s*(?:from (?:our|a)\b.*\b(?:correspondents?|reporters?)\b|special (?:to|for) )", re.IGNORECASE)
BY = re.compile(rf"^(?:By|BY)\s+(?!(?:{WEEKDAY}|{MONTH}|The|Then)\b)\S")
AGENCY = "(?:Reuters|AFP|AP|(?:The )?Associated Press|Agence France-Presse|Xinhua|TASS|BBC News|dpa|EFE|Anadolu(?: Agency)?|Al Jazeera|Bloomberg(?: News)?)"
AGENCY_LINE = re.compile(rf"^[—–-]?\s*{AGENCY}(?:\s*(?:[|/&,]|and)\s*(?:{AGENCY}|agencies))*\.?$")
NAME = r"[^\W\d_a-z][\w'’.-]*"
NAME_IN_PLACE = re.compile(rf"^{NAME}(?: (?:{NAME}|al|bin|de|van|von)){{1,3}} in {NAME}(?: {NAME}){{0,2}}(?: and {NAME})?$")
NAME_AND_POST = re.compile(
    rf"^{NAME}(?: (?:{NAME}|al|bin|de|van|von)){{1,3}}, [\w ]{{0,40}}\b(?:editor|correspondent|reporter|bureau chief)$"
)

SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’»)\]]*$|[–—-]$")
ABBREVIATION_END = re.compile(r"\b(?:[A-Z]\.){2,}$")
QUOTATION = re.compile(r"^[\"“‘«'].*[\"”’»']$")


class Row(NamedTuple):
    """A line without the blanks around it."""

    span: Span
    text: str


def find_not_body(text: str, title: str | None) -> tuple[NotBody, ...]:
    """The stretches of the text that are no body, in order and apart from one another; offsets in code points.

    A text of one line has no headline, even where the title says the same.
    """
    rows = find_rows(text)
    kinds = [line_kind(row.text, title if len(rows) > 1 else None) for row in rows]
    if "headline" not in kinds[:NEAR]:
        mark_headline(rows, kinds)
    mark_name_lines(rows, kinds)
    if "headline" in kinds[:NEAR]:
        mark_headline(rows, kinds)  # a second one under the first
    found = [NotBody(row.span, kind) for row, kind in zip(rows, kinds, strict=True) if kind]
    return tuple(sorted(found + find_dateline(rows, kinds)))


def find_rows(text: str) -> list[Row]:
    rows = []
    for match in LINE.finditer(text):
        if words := match[0].strip():
            start = match.start() + match[0].index(words)
            rows.append(Row(Span(start, start + len(words)), words))
    return rows


def line_kind(line: str, title: str | None) -> str | None:
    """The kind of a line that shows by itself what it is; None for any other."""
    if title and plain_words(line) == plain_words(title):
        return "headline"
    if len(line) > LONGEST_FURNITURE:
        return None
    return next((kind for kind, holds in LINE_RULES if holds(line)), None)


def plain_words(text: str) -> str:
    straight = text.translate(str.maketrans("‘’“”–—", "''\"\"--"))
    return " ".join(straight.split()).casefold().rstrip(".")


def is_copyright(line: str) -> bool:
    return word_count(line) <= COPYRIGHT_WORDS and bool(COPYRIGHT.match(line) or RIGHTS.search(line))


def is_correction(line: str) -> bool:
    return word_count(line) <= CORRECTION_WORDS and bool(CORRECTION.match(line))


def is_caption(line: str) -> bool:
    return word_count(line) <= CAPTION_WORDS and bool(CAPTION_LABEL.match(line) or CAPTION_FORM.match(line) or CAPTION_CREDIT.search(line))


def is_promo(line: str) -> bool:
    return word_count(line) <= PROMO_WORDS and bool(PROMO_LABEL.match(line) or PROMO_CALL.match(line))


def is_byline(line: str) -> bool:
    """Whether a line names who wrote: "By Jane Doe in Kabul", "Reporting by …; editing by …", "Reuters"."""
    if AGENCY_LINE.match(line):
        return True
    return word_count(line) <= BYLINE_WORDS and any(form.match(line) for form in (CREDIT, BY, STANDING)) and is_names(line)


def is_names(line: str) -> bool:
    """Whether all words are names or stand between names; a sentence has others."""
    words = re.findall(WORD, line)
    small = [re.split(r"[-'’.]", word)[0] for word in words if word[0].islower()]
    return len(words) - len(small) > 0 and len(words) > 1 and BYLINE_LINKS.issuperset(small)


def is_date_line(line: str) -> bool:
    """Whether a line is a date alone, or a dateline alone."""
    return bool(DATE_LINE.match(line)) or dateline_end(line) == len(line)


def word_count(line: str) -> int:
    return len(line.split())


LINE_RULES: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("copyright", is_copyright),
    ("correction", is_correction),
    ("caption", is_caption),
    ("byline", is_byline),
    ("promo", is_promo),
    ("dateline", is_date_line),
)


def mark_headline(rows: Sequence[Row], kinds: list[str | None]) -> None:
    """The first line that is nothing else becomes the headline where it looks like one and body follows."""
    plain = [i for i, kind in enumerate(kinds) if kind is None]
    if len(plain) < 2 or is_wrapped(rows):
        return
    first, *after = (rows[i].text for i in plain[: NEAR + 1])
    if is_headline(first) and not after[0][0].islower() and any(is_body(line, first) for line in after):
        kinds[plain[0]] = "headline"


def is_headline(line: str) -> bool:
    """Whether a line could be a headline: short, of two words at least, and no sentence, question or quotation."""
    if len(line) > LONGEST_HEADLINE or word_count(line) < 2 or QUOTATION.match(line):
        return False
    return bool(ABBREVIATION_END.search(line)) or not SENTENCE_END.search(line)


def is_body(line: str, headline: str) -> bool:
    return len(line) > len(headline) and SENTENCE_END.search(line) is not None


def is_wrapped(rows: Sequence[Row]) -> bool:
    """Whether lines break within sentences, as in text set to a width; the first line then says nothing."""
    broken = sum(1 for row in rows if not SENTENCE_END.search(row.text))
    return len(rows) > 3 and 2 * broken > len(rows) and max(len(row.text) for row in rows) <= WIDEST_COLUMN


def mark_name_lines(rows: Sequence[Row], kinds: list[str | None]) -> None:
    """A line "Jane Doe in Kabul" or "Jane Doe, editor" right after the headline is a byline; elsewhere it may be a heading."""
    head = kinds.index("headline") if "headline" in kinds else len(rows)
    for i in range(head + 1, min(head + 3, len(rows))):
        if kinds[i] is None and (NAME_IN_PLACE.match(rows[i].text) or NAME_AND_POST.match(rows[i].text)):
            kinds[i] = "byline"


def find_dateline(rows: Sequence[Row], kinds: Sequence[str | None]) -> list[NotBody]:
    """The place, date and agency before the first body line, with their dash or colon."""
    first = next((row for row, kind in zip(rows, kinds, strict=True) if kind is None), None)
    end = dateline_end(first.text) if first else None
    turns = sum(1 for row in rows if SPEAKER_TURN.match(row.text))  # "PUTIN: …" is a speaker where others answer
    if first is None or end is None or turns > 1:
        return []
    return [NotBody(Span(first.span.start, first.span.start + end), "dateline")]


def dateline_end(line: str) -> int | None:
    """Where the dateline that a line begins with ends; None where it begins with none."""
    match = DATELINE.match(line, 0, min(len(line), LONGEST_DATELINE))
    if match is None or not match[0] or (match.end() == LONGEST_DATELINE < len(line)) or not is_dateline(match):
        return None
    # A dash before a small letter is one within a sentence.
    return None if line[match.end() : match.end() + 1].islower() else len(match[0].rstrip())


def is_dateline(match: re.Match[str]) -> bool:
    """Whether a place is sure by its date or agency, or has the capitals of one and a dash or colon."""
    wire = bool(match["wire"] and WIRE.match(match["wire"]))
    if match["place"] is None:
        return wire and not match["day"] and match["end"].strip() not in ("", ":")
    words = re.findall(r"[^\W\d_]+", match["place"].removesuffix(match["region"] or ""))
    if not all(word[0].isupper() or word == "and" for word in words):
        return False
    if match["day"] or wire:
        return words[0] not in ("In", "On", "By", "At", "Since", "Until", "From", "After", "Before", "For", "Last", "Next")
    return match["end"] != "" and is_place_in_capitals(words)


def is_place_in_capitals(words: Sequence[str]) -> bool:
    names = [word for word in words if word != "and"]
    return all(map(str.isupper, names)) and sum(map(len, names)) >= SHORTEST_PLACE and NO_PLACES.isdisjoint(names)
