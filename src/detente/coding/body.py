"""What is no body text: headline, dateline, byline, promotion, caption, copyright and correction, found by rules.

Rules look at whole lines, except that a dateline is the first words of the first body line.  Each rule wants a form that
body text doesn't have (a name after "By", a colon after "Also read"), as a body line that is lost loses its events.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from detente.document import NotBody, Span

LINE = re.compile(r"[^\r\n]+")
LONGEST_HEADLINE = 160  # characters
LONGEST_FURNITURE = 1_200  # characters; a longer line is body whatever it begins with
DATELINE_REACH = 120  # characters
NEAR = 4  # lines after a headline in which its body must begin

PROMO_WORDS, CAPTION_WORDS, NOTE_WORDS, BYLINE_WORDS = 25, 80, 100, 40

BULLET = r"^[\s>*•·▶►→|#(\[–—-]*"
MARK = r"\s*(?:[:|–—>»]|-\s|$)"  # what sets a label off from what it points to
PROMO = re.compile(
    BULLET
    + r"(?:"
    + r"(?:(?:also|must|see) read|read (?:also|more|next|this|now|on)|also (?:see|watch|on [\w ]{2,30})|see also|read|watch(?: live| now| more)?"
    + r"|listen(?: now| live)?|related(?: (?:articles?|stor(?:y|ies)|news|coverage|topics?|content|links?|posts?|reading))?"
    + r"|more (?:on this (?:story|topic)|stories|news|coverage|from [\w .&’']{2,40})|recommended(?: for you| stories)?|trending(?: now)?"
    + r"|most (?:read|popular|viewed)|you (?:may|might) also like|editor['’]?s['’]? picks?|in (?:pictures|photos)|don['’]?t miss(?: it)?"
    + r"|story continues below(?: this)?(?: advertisement)?|article continues(?: below| after)[\w ]*|advertisement|sponsored(?: content)?"
    + r"|share this(?: article| story)?|newsletter|podcast|live updates?|what to read next|up next|join the conversation)"
    + MARK
    + r"|read more (?:about|on|at|in|from|here|of our)\b|read (?:the|our) (?:full|latest|complete) (?:story|article|report|coverage|text|interview)\b"
    + r"|read our \w+ (?:coverage|guide|explainer)\b"
    + r"|(?:click|tap) (?:here|on the link|the link|below)\b|(?:watch|listen to) (?:the|our) (?:\w+ )?(?:video|podcast|episode|interview here|report here)\b"
    + r"|sign up\b(?=.*\b(?:newsletters?|e-?mails?|alerts?|briefing|inbox|free|account|our|updates|here|now|today)\b)"
    + r"|(?:sign up|log in|sign in|register)(?: (?:here|now|today|free|for free))?[.!]?$"
    + r"|subscribe\b(?=$|[.!:]| (?:to|now|here|today|for|and)\b)|follow (?:us|@\w)|(?:follow|join|like|find) [^.]{0,60}\bon (?:"
    + r"twitter|x\b|facebook|instagram|telegram|whatsapp|youtube|linkedin|google news|tiktok|threads|bluesky)"
    + r"|don['’]?t miss (?:our|out on|a story|a thing|the latest|any of our)\b|download (?:the|our) (?:\w+ )?app\b"
    + r"|get (?:the latest|our|breaking|unlimited|email|e-mail|daily)\b(?=.*\b(?:newsletters?|inbox|alerts?|app|access|updates)\b)"
    + r"|(?:support|donate to) (?:our|independent) (?:journalism|newsroom|work)\b|for more (?:on|news|stories)\b.*\b(?:visit|click|follow|see|read|go to)\b"
    + r")",
    re.IGNORECASE,
)
CAPTION = re.compile(
    r"^[\s(\[]*(?:(?i:file (?:photo|image|picture|pic)|photos?(?: credits?| by| courtesy(?: of)?)?|photograph(?:s| by)?|images?(?: credits?| source)?"
    r"|picture(?: credit)?|illustration|graphic|map|credit|caption|video)\s*(?:[:©/|]|\s[–—-]\s)|FILE\s*[–—-]|(?i:photo(?:graph)?|picture) by [A-Z]|Handout[:/]|REUTERS/[A-Z])"
)
CAPTION_CREDIT = re.compile(
    r"\((?:AP|AFP|EPA|Reuters|REUTERS|Getty)(?: Photo)?/[^()]{2,80}\)|\(AP Photo\)|\((?:Photo|Image|Picture|Photograph)(?: credit)?(?::| by| courtesy)[^()]{1,80}\)"
    r"|\b(?:via Getty Images|/Getty Images|Getty Images/\w[^.]{1,40}|REUTERS/[A-Z][^.]{1,60}|/AFP|/EPA|EPA-EFE|File Photo)[)\].]*$"
)
COPYRIGHT = re.compile(
    r"^\W*(?:©|\(c\)\s*\d{4}|copyright\s*(?:©|\(c\)|\d{4}|by\b|:)|copyright\b(?=[^.]{0,80}\b(?:19|20)\d\d\b)|all rights reserved"
    r"|this (?:material|content|article|story) (?:may not|must not|cannot) be (?:published|reproduced|copied|broadcast)"
    r"|(?:republished|reprinted|reproduced) (?:with|by) permission)|\ball rights reserved\W*$",
    re.IGNORECASE,
)
CORRECTION = re.compile(
    r"^[\s(\[*—–-]*(?:(?:corrections?|clarifications?|corrects|editor['’]?s['’]? (?:note|correction)|correction and clarification)(?:\s*\([^)]{1,40}\)|,? \w+ \d{1,2}(?:, \d{4})?)?\s*[:–—]"
    r"|(?:this|the) (?:article|story|report|piece|post|headline|text|version|page)(?: of this (?:article|story))? (?:was|has been|is) (?:\w+ )?(?:amended|corrected|updated|edited|changed|revised)\b"
    r"|an? (?:earlier|previous|original) version of this (?:article|story|report|piece|post|headline)\b)",
    re.IGNORECASE,
)

MONTHS = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
WEEKDAYS = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
DAY = rf"(?:(?:{WEEKDAYS},?\s)?(?:{MONTHS}\s\d{{1,2}}|\d{{1,2}}\s{MONTHS})(?:,?\s(?:19|20)\d\d)?|{WEEKDAYS})"
AGENCY = r"\([A-Z][^()\d]{1,40}\)"
WIRE = r"\((?:[A-Z]{2,6}|Reuters|Xinhua|Bloomberg|TASS|Anadolu|Al Jazeera|UrduPoint[^()]{0,30}|[A-Z]\w+ (?:News(?: Agency)?|Agency|Press|Wire))\)"
CAPS = r"[^\W\d_a-zà-öø-ÿ]['’.]?[^\W\d_a-zà-öø-ÿ]*(?:['’.-][^\W\d_a-zà-öø-ÿ]+)*\.?"
CAPS_PLACE = rf"{CAPS}(?:[ ]{CAPS}){{0,3}}"
WORD_PLACE = r"[^\W\d_a-z][\w'’.-]+(?:[ ][^\W\d_a-z][\w'’.-]+){0,2}"
REGION = rf"(?:,[ ](?!{DAY}){WORD_PLACE}|,[ ](?:[A-Z]\.){{1,3}})"
DASH = r"(?:\s--?\s|\s?--\s?|\s?[–—]\s?|\s_\s)"
ENDING = rf"(?:{DASH}|\s?:\s)"
DATELINES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<place>{CAPS_PLACE}(?:(?:/|\sand\s){CAPS_PLACE})?{REGION}?)(?P<sure>,?\s{DAY})?(?P<wire>,?\s{AGENCY})?{ENDING}",
        rf"(?P<place>{WORD_PLACE}{REGION}?)(?P<sure>,\s{DAY})(?P<wire>,?\s{AGENCY})?{ENDING}",
        rf"(?P<place>{WORD_PLACE}{REGION}?)(?P<sure>)(?P<wire>\s{WIRE}){ENDING}",
        rf"(?P<place>)(?P<sure>)(?P<wire>{WIRE}){DASH}",
    )
)
DATE_LINE = re.compile(
    rf"^(?i:(?:published|updated|posted|last updated)(?: on| at)?:?\s)?{DAY}(?:,?\s(?:19|20)\d\d)?(?:,?\s(?:at\s)?\d{{1,2}}[:.]\d\d(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s[A-Z]{{2,4}})?)?\.?$"
)
NO_PLACES = frozenset(
    ["ANALYSIS", "ANSWER", "ASEAN", "BREAKING", "BRICS", "CORRECTED", "CORRECTION", "ECOWAS", "EXCLUSIVE", "EXPLAINED", "EXPLAINER", "FACTBOX", "FEATURE", "FILE", "FOCUS", "HAMAS", "IAEA", "IGAD", "INSIGHT", "INTERVIEW", "ISIL", "ISIS", "LISTEN", "LIVE", "NATO", "NEWS", "NOTE", "OPEC", "OPINION", "OSCE", "PHOTO", "PHOTOS", "POLL", "PREVIEW", "PROFILE", "QUESTION", "QUOTES", "READ", "RECAP", "RELATED", "REPORT", "SPECIAL", "SUMMARY", "TIMELINE", "UNHCR", "UNICEF", "UNESCO", "UNRWA", "UPDATE", "UPDATED", "URGENT", "VIDEO", "VIEW", "WATCH", "WRAPUP", "BACKGROUND", "COMMENT", "EDITORIAL", "KEY", "WARNING", "ALERT", "DEVELOPING", "NEW", "HOST", "MODERATOR", "REPORTER", "TRANSCRIPT", "PRESIDENT", "MINISTER", "SPOKESMAN"]
)  # fmt: skip
SHORTEST_PLACE = 4  # letters; shorter words in capitals are UN, EU, US, UK

BYLINE_LINKS = frozenset(
    ["a", "additional", "agencies", "agency", "and", "at", "based", "bin", "bint", "bureau", "by", "chief", "compiled", "contributor", "contributors", "correspondent", "correspondents", "da", "de", "del", "der", "desk", "diplomatic", "di", "diplomacy", "edited", "editing", "editor", "editors", "el", "for", "foreign", "from", "ibn", "in", "international", "la", "le", "of", "our", "political", "reporter", "reporters", "reporting", "senior", "service", "special", "staff", "the", "to", "translated", "van", "von", "with", "writer", "writers", "writing", "written", "al", "an"]
)  # fmt: skip
CREDIT = re.compile(
    r"^[\s(\[—–*-]*(?:(?:additional |with (?:additional )?)?reporting|editing|writing|compiled|written|edited|translated|text|words|story)(?: and (?:editing|writing|reporting))? (?:by|from) ",
    re.IGNORECASE,
)
BY = re.compile(rf"^\s*(?:By|BY)\s+(?!(?:{WEEKDAYS}|{MONTHS}|The|Then)\b)\S")
AGENCY_LINE = re.compile(
    r"^[\s—–-]*(?:Reuters|AFP|AP|(?:The )?Associated Press|Agence France-Presse|Xinhua|TASS|BBC News|dpa|DPA|EFE|Anadolu(?: Agency)?|Al Jazeera(?: English)?|Bloomberg(?: News)?)(?:\s*(?:[|/&,]|and)\s*(?:Reuters|AFP|AP|dpa|agencies))*\.?$"
)
NAME_IN_PLACE = re.compile(
    r"^[^\W\d_a-z][\w'’.-]+(?: (?:[^\W\d_a-z][\w'’.-]*|al|bin|de|van|von)){1,3} in (?:[^\W\d_a-z][\w'’.-]+)(?: [^\W\d_a-z][\w'’.-]+){0,2}(?: and [^\W\d_a-z][\w'’.-]+)?$"
)

SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’»)\]]*$|[–—-]$")
ABBREVIATION_END = re.compile(r"\b(?:[A-Z]\.){2,}$")
QUOTATION = re.compile(r"^[\"“‘«'].*[\"”’»']$")


class Row(NamedTuple):
    """A line without the blanks around it."""

    span: Span
    text: str


def find_not_body(text: str, title: str | None) -> tuple[NotBody, ...]:
    """The stretches of the text that are no body, in order and apart from one another; offsets in code points."""
    rows = find_rows(text)
    kinds = [line_kind(row.text, title if len(rows) > 1 else None) for row in rows]
    mark_headline(rows, kinds, title)
    mark_name_lines(rows, kinds)
    found = [NotBody(row.span, kind) for row, kind in zip(rows, kinds, strict=True) if kind]
    return tuple(sorted(found + find_dateline(rows, kinds)))


def find_rows(text: str) -> list[Row]:
    rows = []
    for match in LINE.finditer(text):
        words = match[0].strip()
        if words:
            start = match.start() + match[0].index(words)
            rows.append(Row(Span(start, start + len(words)), words))
    return rows


def line_kind(line: str, title: str | None) -> str | None:
    """The kind of a line that shows by itself what it is; None for any other."""
    if title and same_words(line, title):
        return "headline"
    if len(line) > LONGEST_FURNITURE:
        return None
    return next((kind for kind, holds in LINE_RULES if holds(line)), None)


def same_words(line: str, title: str) -> bool:
    return plain_words(line) == plain_words(title)


def plain_words(text: str) -> str:
    straight = text.translate(str.maketrans("‘’“”–—", "''\"\"--"))
    return " ".join(straight.split()).casefold().rstrip(".")


def is_copyright(line: str) -> bool:
    return word_count(line) <= BYLINE_WORDS and COPYRIGHT.search(line) is not None


def is_correction(line: str) -> bool:
    return word_count(line) <= NOTE_WORDS and CORRECTION.match(line) is not None


def is_caption(line: str) -> bool:
    return word_count(line) <= CAPTION_WORDS and (CAPTION.match(line) is not None or CAPTION_CREDIT.search(line) is not None)


def is_promo(line: str) -> bool:
    return word_count(line) < PROMO_WORDS and PROMO.match(line) is not None


def is_byline(line: str) -> bool:
    """Whether a line names who wrote: "By Jane Doe in Kabul", "Reporting by …; editing by …", "Reuters"."""
    if AGENCY_LINE.match(line):
        return True
    opening = CREDIT.match(line) or BY.match(line)
    return opening is not None and word_count(line) <= BYLINE_WORDS and is_names(line)


def is_names(line: str) -> bool:
    """Whether all words are names or the words that stand between names; a sentence has others."""
    words = re.findall(r"[^\W\d_][\w'’.-]*", line)
    small = [word for word in words if word[0].islower()]
    return len(words) > 1 and all(word.rstrip(".").lower() in BYLINE_LINKS for word in small) and len(small) < len(words)


def is_date_line(line: str) -> bool:
    return DATE_LINE.match(line) is not None


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


def mark_headline(rows: Sequence[Row], kinds: list[str | None], title: str | None) -> None:
    """The first line that is nothing else becomes the headline where it looks like one and body follows."""
    first = next((i for i, kind in enumerate(kinds) if kind is None), None)
    if "headline" in kinds[:NEAR] or first is None or not is_headline(rows[first].text):
        return
    after = [rows[i].text for i in range(first + 1, len(rows)) if kinds[i] is None][:NEAR]
    if after and not after[0][0].islower() and any(is_body(line, rows[first].text) for line in after):
        kinds[first] = "headline"


def is_headline(line: str) -> bool:
    """Whether a line could be a headline: short, of two words at least, and no sentence, question or quotation."""
    if len(line) > LONGEST_HEADLINE or word_count(line) < 2 or QUOTATION.match(line):
        return False
    return dateline_end(line) is None and (ABBREVIATION_END.search(line) or not SENTENCE_END.search(line)) is not False


def is_body(line: str, headline: str) -> bool:
    return len(line) > len(headline) and SENTENCE_END.search(line) is not None


def mark_name_lines(rows: Sequence[Row], kinds: list[str | None]) -> None:
    """A line "Jane Doe in Kabul" right after the headline is a byline; elsewhere it may be a heading."""
    head = next((i for i, kind in enumerate(kinds) if kind == "headline"), None)
    if head is None:
        return
    for i in range(head + 1, min(head + 3, len(rows))):
        if kinds[i] is None and NAME_IN_PLACE.match(rows[i].text):
            kinds[i] = "byline"


def find_dateline(rows: Sequence[Row], kinds: Sequence[str | None]) -> list[NotBody]:
    """The place, date and agency before the first body line, with their dash or colon."""
    first = next((row for row, kind in zip(rows, kinds, strict=True) if kind is None), None)
    end = dateline_end(first.text) if first else None
    if first is None or end is None:
        return []
    return [NotBody(Span(first.span.start, first.span.start + end), "dateline")]


def dateline_end(line: str) -> int | None:
    """Where the dateline of a line ends; the line may be a dateline alone."""
    reach = line[:DATELINE_REACH]
    for pattern in DATELINES:
        match = pattern.match(reach if len(reach) < len(line) else reach + " ")
        if match and is_place(match) and starts_body(line[match.end() :]):
            return len(match[0].rstrip())
    return None


def is_place(match: re.Match[str]) -> bool:
    """Whether a match is sure by its date or agency, or its capitals are those of a place rather than a label."""
    if match["sure"] or match["wire"]:
        return match["place"].partition(" ")[0] not in ("In", "On", "By", "At", "Since", "Until", "From", "After")
    words = re.findall(r"[^\W\d_]+", match["place"])
    letters = sum(map(len, words))
    return letters >= SHORTEST_PLACE and not NO_PLACES.intersection(words)


def starts_body(rest: str) -> bool:
    """Whether a sentence begins here; a dash before a small letter is one within a sentence."""
    return bool(rest) and not rest[0].islower()
