"""The label lists that weights and code share; a model file names their hash and is refused where it differs."""

from __future__ import annotations

import hashlib
import json
from typing import NamedTuple

from detente.ontology import MODES, SECTORS, STATUSES, TYPES

MODE_NAMES = tuple(f"{kind}/{mode}" for kind in TYPES for mode in MODES[kind])
RELATIONS = ("NONE", *TYPES)

# token tags: each layer is O, B, I; the cue layer has Q too, the opening of a quotation without a cue
TAG_LAYERS = {"actor": "OBI", "trigger": "OBI", "cue": "OBIQ", "place": "OBI", "time": "OBI"}

# roles of a trigger, a cue or a pointing mention; the first group binds marked spans, the second any tokens
SPAN_ROLES = ("who", "to", "by", "at", "when", "speaker", "addressee", "reporter", "antecedent")
TOKEN_ROLES = ("with", "if", "what", "content")
ROLES = (*SPAN_ROLES, *TOKEN_ROLES)

DISTANCES = 19  # buckets of signed log2 distance in tokens


class Slice(NamedTuple):
    start: int
    end: int


def tag_slices() -> dict[str, Slice]:
    """Where each tag layer stands in the tag logits."""
    found, at = {}, 0
    for name, tags in TAG_LAYERS.items():
        found[name] = Slice(at, at + len(tags))
        at += len(tags)
    return found


def act_slices() -> dict[str, Slice]:
    """Where type, mode, status and historical stand in the act logits."""
    found, at = {}, 0
    for name, size in (("type", len(TYPES)), ("mode", len(MODE_NAMES)), ("status", len(STATUSES)), ("historical", 1)):
        found[name] = Slice(at, at + size)
        at += size
    return found


TAGS = tag_slices()
ACTS = act_slices()
TAG_SIZE = max(s.end for s in TAGS.values())
ACT_SIZE = max(s.end for s in ACTS.values())
MENTION_SIZE = len(SECTORS) + 1  # sectors, then anaphoric
RELATION_SIZE = len(RELATIONS) + len(MODE_NAMES)


def label_hash() -> str:
    """Changes with any label, its order or the layout of the heads."""
    lists = [TYPES, MODE_NAMES, STATUSES, RELATIONS, TAG_LAYERS, ROLES, SECTORS, DISTANCES]
    return hashlib.sha256(json.dumps(lists).encode()).hexdigest()[:16]
