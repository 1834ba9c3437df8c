"""A speaker with what stands in apposition to the name: "Don Fowler, a former party chairman"."""

from __future__ import annotations

import re

from detente.document import Span

AFFILIATION = re.compile(r"\s\((?:[A-Z][\w.’']*[-–][^)]{1,18}|[A-Z]{2,8})\)")
APPOSED = re.compile(r",\s+(?:an?|the|one|who|whose|now|then|chief|head|president|director|chair\w*|secretary|leader|professor|spokes\w+|"
                     r"senior|former|vice|deputy|co-|founder|executive|\d\d\b)", re.I)  # fmt: skip
STOP = re.compile(r"[.!?](?=\s|$)(?<!\b[A-Z]\.)|[;:\n\r\"“”—]|,\s+(?=(?:in|on|at|during|after|before|when|while|as|told|said|says|adding|to|but|and|"
                  r"speaking|referring|noting|citing|by|with|through|via|recalled|wrote)\b)|$")  # fmt: skip
FARTHEST = 200


def described(text: str, speaker: Span, cue: Span | None) -> Span:
    """The speaker's span up to the end of its apposition; the same span where there is none."""
    end = speaker.end
    party = AFFILIATION.match(text, end)
    if party:
        end = party.end()
    if cue is not None and cue.start > end:  # "X, the director, said": all that commas enclose before the cue
        between = text[end : cue.start]
        if re.fullmatch(r",\s+[^.;:\n\r\"“”]{2,150},\s*", between) and APPOSED.match(between):
            return Span(speaker.start, end + len(between.rstrip(" ,")))
        return Span(speaker.start, end)
    if cue is not None and not APPOSED.match(text, end):
        return Span(speaker.start, end)
    if APPOSED.match(text, end):
        stop = STOP.search(text, end + 2, end + FARTHEST)
        if stop:
            return Span(speaker.start, stop.start())
    return Span(speaker.start, end)
