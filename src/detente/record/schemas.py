"""Arrow schemas of the flat record: one table for articles, codings, events, statements, measures, actors, inputs and corrections each.

Offsets are code points.  Every row names its article; rows of a coding name that too, so that codings of several
versions stand side by side.  ``written`` of a coding is its number in the order of writing; the lake sets it.  A row of
``inputs`` says what became of one thing that was offered: ``source`` is its file or address.  A row of ``corrections``
is what a person says of events; see ``lake.corrections``.
"""

from __future__ import annotations

import pyarrow as pa

DAY = pa.date32()
TEXT = pa.string()
COUNT = pa.int32()

ARTICLES = pa.schema([
    ("article_id", TEXT), ("content_id", TEXT), ("title", TEXT), ("published", DAY), ("publisher", TEXT), ("url", TEXT),
    ("language", TEXT), ("path", TEXT), ("flags", pa.list_(TEXT)), ("characters", COUNT), ("text", TEXT),
])  # fmt: skip

CODINGS = pa.schema([
    ("coding_id", TEXT), ("article_id", TEXT), ("version", TEXT), ("model", TEXT), ("model_hash", TEXT), ("knowledge", TEXT),
    ("outcome", TEXT), ("reason", TEXT), ("events", COUNT), ("statements", COUNT), ("written", pa.int64()),
])  # fmt: skip

EVENTS = pa.schema([
    ("event_id", TEXT), ("coding_id", TEXT), ("article_id", TEXT), ("published", DAY), ("type", TEXT), ("mode", TEXT),
    ("quad", pa.int8()), ("intensity", pa.float32()), ("cameo", TEXT), ("score", pa.float32()), ("status", TEXT), ("historical", pa.bool_()),
    ("headline", pa.bool_()), ("actor_countries", pa.list_(TEXT)), ("actor_names", pa.list_(TEXT)), ("actor_sectors", pa.list_(TEXT)),
    ("recipient_countries", pa.list_(TEXT)), ("recipient_names", pa.list_(TEXT)), ("recipient_sectors", pa.list_(TEXT)),
    ("trigger", TEXT), ("trigger_start", COUNT), ("trigger_end", COUNT), ("sentence", TEXT), ("sentence_start", COUNT),
    ("sentence_end", COUNT), ("place", TEXT), ("place_country", TEXT), ("lat", pa.float64()), ("lon", pa.float64()),
    ("place_precision", TEXT), ("start_date", DAY), ("end_date", DAY), ("time_precision", TEXT), ("instrument", TEXT), ("condition", TEXT),
    ("threatened", TEXT), ("claimed_by", TEXT), ("same_as", TEXT), ("runner_up", TEXT), ("statement_id", TEXT),
])  # fmt: skip

STATEMENTS = pa.schema([
    ("statement_id", TEXT), ("coding_id", TEXT), ("article_id", TEXT), ("published", DAY), ("kind", TEXT), ("speaker", TEXT),
    ("speaker_country", TEXT), ("speaker_sector", TEXT), ("cue", TEXT), ("content", pa.list_(TEXT)), ("content_starts", pa.list_(COUNT)),
    ("content_ends", pa.list_(COUNT)), ("addressee", TEXT), ("reported_by", TEXT), ("score", pa.float32()),
])  # fmt: skip

ACTORS = pa.schema([
    ("coding_id", TEXT), ("article_id", TEXT), ("start", COUNT), ("end", COUNT), ("text", TEXT), ("name", TEXT), ("country", TEXT),
    ("sector", TEXT), ("role", TEXT), ("refers_to", TEXT), ("score", pa.float32()), ("reason", TEXT),
])  # fmt: skip

MEASURES = pa.schema([
    ("measure_id", TEXT), ("coding_id", TEXT), ("article_id", TEXT), ("event_id", TEXT), ("published", DAY), ("kind", TEXT),
    ("status", TEXT), ("sender_countries", pa.list_(TEXT)), ("sender_names", pa.list_(TEXT)), ("sender_sectors", pa.list_(TEXT)),
    ("target_countries", pa.list_(TEXT)), ("target_names", pa.list_(TEXT)), ("target_sectors", pa.list_(TEXT)), ("instrument", TEXT),
    ("instrument_start", COUNT), ("instrument_end", COUNT), ("object", TEXT), ("authority", TEXT), ("start_date", DAY), ("end_date", DAY),
    ("score", pa.float32()),
])  # fmt: skip

INPUTS = pa.schema([
    ("input_id", TEXT), ("source", TEXT), ("article_id", TEXT), ("coding_id", TEXT), ("outcome", TEXT), ("reason", TEXT), ("message", TEXT),
    ("read_at", pa.timestamp("us", tz="UTC")), ("version", TEXT), ("model", TEXT), ("model_hash", TEXT), ("knowledge", TEXT),
])  # fmt: skip

CORRECTIONS = pa.schema([
    ("correction_id", TEXT), ("made_at", pa.timestamp("us", tz="UTC")), ("who", TEXT), ("kind", TEXT), ("event_ids", pa.list_(TEXT)),
    ("field", TEXT), ("value", TEXT), ("why", TEXT),
])  # fmt: skip

SCHEMAS = {
    "articles": ARTICLES, "codings": CODINGS, "events": EVENTS, "statements": STATEMENTS, "measures": MEASURES, "actors": ACTORS,
    "inputs": INPUTS, "corrections": CORRECTIONS,
}  # fmt: skip
