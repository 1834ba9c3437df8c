"""Which earlier mention a pronoun, a nominal or a short surname stands for."""

from __future__ import annotations

from collections.abc import Mapping

from detente.document import Doc, Mention, Span

PRONOUNS = frozenset(
    [
        "he",
        "him",
        "his",
        "himself",
        "she",
        "her",
        "hers",
        "herself",
        "it",
        "its",
        "itself",
        "they",
        "them",
        "their",
        "theirs",
        "themselves",
        "we",
        "us",
        "our",
        "ours",
        "ourselves",
        "i",
        "me",
        "my",
        "mine",
        "myself",
        "you",
        "your",
        "yours",
        "who",
        "whom",
        "whose",
    ]
)
SPEAKERS_OWN = frozenset(["i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"])
POINTS = 0.5


def resolve_references(doc: Doc) -> Mapping[Span, Span]:
    """Span of a pointing mention to the span of the mention that it finally stands for."""
    direct: dict[Span, Span] = {}
    by_last_word: dict[str, list[Span]] = {}
    for mention in doc.marks.mentions:
        target = own_speaker(doc, mention) or marked_antecedent(doc, mention) or short_name(doc, by_last_word, mention)
        if target is not None and target != mention.span:
            direct[mention.span] = target
        by_last_word.setdefault(doc.words(mention.span).rpartition(" ")[2], []).append(mention.span)
    return {span: follow(direct, span) for span in direct}


def follow(direct: Mapping[Span, Span], span: Span) -> Span:
    """The end of the chain; a ring ends where it would close."""
    seen = {span}
    while span in direct and direct[span] not in seen:
        span = direct[span]
        seen.add(span)
    return span


def own_speaker(doc: Doc, mention: Mention) -> Span | None:
    """ "I" and "we" of a quotation: its speaker."""
    if doc.words(mention.span).lower() not in SPEAKERS_OWN:
        return None
    for speech in doc.marks.speeches:
        speakers = speech.arguments.get("speaker", ())
        if speakers and any(part.contains(mention.span) for part in speech.content):
            return speakers[0].span
    return None


def marked_antecedent(doc: Doc, mention: Mention) -> Span | None:
    """What the model takes as antecedent, for pronouns and for mentions that it takes to point back."""
    pronoun = doc.words(mention.span).lower() in PRONOUNS
    if not pronoun and mention.anaphoric < POINTS:
        return None
    found = doc.marks.antecedents.get(mention.span)
    return found.span if found else None


def short_name(doc: Doc, by_last_word: Mapping[str, list[Span]], mention: Mention) -> Span | None:
    """ "Shoigu" after "Sergei Shoigu": the nearest earlier mention that ends with the same capitalised words."""
    words = doc.words(mention.span)
    if not words[:1].isupper() or len(words.split()) > 2 or words.isupper():
        return None
    earlier = by_last_word.get(words.rpartition(" ")[2], ())
    return next((span for span in reversed(earlier) if doc.words(span).endswith(" " + words)), None)
