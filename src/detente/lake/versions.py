"""The coder versions whose codings a lake holds, and how one of them is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detente.errors import InputError
from detente.identity import content_hash
from detente.lake.store import Lake
from detente.record.rows import CodedBy, Row

SHORT = 8  # digits of a hash in a label


@dataclass(frozen=True, kw_only=True)
class Version:
    """A coder, and what it has put into the lake; ``last`` is the number of its newest coding."""

    by: CodedBy
    articles: int
    rejected: int
    events: int
    last: int


def find_versions(lake: Lake) -> list[Version]:
    """All coders of the lake, the one that wrote last at the end."""
    names = ", ".join(CodedBy._fields)
    rows = lake.sql(f"""select ({names}) as coder, count(distinct article_id) filter (outcome <> 'rejected') as articles,
        count(*) filter (outcome = 'rejected') as rejected, coalesce(sum(events), 0)::bigint as events, max(coalesce(written, 0)) as last
        from all_codings group by all order by last""").to_pylist()
    return [Version(by=CodedBy(*row.pop("coder").values()), **row) for row in rows]


def label(version: Version, among: Iterable[Version]) -> str:
    """The shortest name of a version that no other one answers to: ``fast:hash``, then ``/knowledge`` and ``/version``."""
    by, others = version.by, [v for v in among if v is not version]
    short = f"{by.model}:{by.model_hash[:SHORT]}"
    names = (short, f"{short}/{by.knowledge[:SHORT]}", f"{short}//{by.version}", f"{short}/{by.knowledge[:SHORT]}/{by.version}")
    return next((n for n in names if not any(answers(v.by, n) for v in others)), "/".join((f"{by.model}:{by.model_hash}", *by[3:], by[0])))


def answers(by: CodedBy, name: str) -> bool:
    """True where ``[MODEL:]HASH[/KNOWLEDGE[/VERSION]]`` names the coder; hashes may be cut short, and MODEL may stand alone."""
    head, knowledge, number = [*name.split("/", 2), "", ""][:3]
    size, _, digits = head.rpartition(":")
    return (
        (head == by.model or ((not size or size == by.model) and by.model_hash.startswith(digits)))
        and by.knowledge.startswith(knowledge)
        and (not number or number == by.version)
    )


def find_version(name: str, among: Sequence[Version]) -> Version:
    """The one version that a name means; raises InputError with the labels where none or several do."""
    found = [v for v in among if answers(v.by, name.strip())] if name.strip() else []
    if len(found) == 1:
        return found[0]
    shown = ", ".join(label(v, among) for v in found or among) or "none"
    if found:
        raise InputError(f"{name!r} names {len(found)} coder versions; write one of {shown}")
    raise InputError(f"no coder version {name!r} in the lake; its versions are {shown}")


@dataclass(frozen=True)
class Shared:
    """Codings of two versions of the same articles side by side, by article, and how many articles only one of them has."""

    articles: tuple[str, ...]
    first: tuple[str, ...]
    second: tuple[str, ...]
    only_first: int
    only_second: int


def shared(lake: Lake, one: CodedBy, other: CodedBy) -> Shared:
    """What both have coded: the same article with the same content, rejects left out."""
    fields = ["coding_id", "article_id", "outcome", "written", *CodedBy._fields]
    rows = sorted(lake.read("codings", fields).to_pylist(), key=lambda r: r["written"] or 0)
    contents = contents_of(lake)
    a, b = ({(row["article_id"], content(row, contents)): row["coding_id"] for row in rows if made_by(row, by)} for by in (one, other))
    both = sorted(a.keys() & b.keys())
    return Shared(
        tuple(article for article, _ in both), tuple(a[k] for k in both), tuple(b[k] for k in both), len(a) - len(both), len(b) - len(both)
    )


def made_by(row: Row, by: CodedBy) -> bool:
    return row["outcome"] != "rejected" and all(row[name] == value for name, value in by._asdict().items())


def contents_of(lake: Lake) -> dict[str, list[str]]:
    """The contents of the articles that stand with several."""
    rows = lake.sql("select article_id, list(distinct content_id order by content_id) as contents from all_articles "
                    "group by article_id having count(distinct content_id) > 1").to_pylist()  # fmt: skip
    return {row["article_id"]: row["contents"] for row in rows}


def content(coding: Row, contents: dict[str, list[str]]) -> str:
    """Which content of its article a coding has read; "" where the article has only one."""
    by = CodedBy(*(coding[f] for f in CodedBy._fields))
    of_article = contents.get(coding["article_id"], ())
    return next((c for c in of_article if content_hash("coding", coding["article_id"], c, by) == coding["coding_id"]), "")
