"""DuckDB views over the lake's current Parquet files, with stable names and columns (docs/analysis.md).

``codings`` holds the newest coding of each article; ``events``, ``statements``, ``measures`` and ``actors`` the rows of
those codings; ``articles`` each article as its newest coding read it; ``inputs`` what last became of each input; ``dyads``
each event once for every directed pair of its countries.  ``all_events`` and so on hold the rows of every coding.
A connection sees the lake as it was when it was made, and can't reach files, network or other tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from threading import Timer
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from detente.errors import InputError, LakeError
from detente.identity import content_hash
from detente.lake.parties import Party, bound, stands
from detente.record.rows import CodedBy

Parameters = Mapping[str, Any]
HOST = r"^[a-z][a-z0-9+.-]*://(?:[^@/?#]*@)?(?:www\.)?([^/:?#]+)"
TWICE = "select article_id from all_articles group by 1 having count(*) > 1"
CURRENT = "select * from all_{} semi join current_codings using (coding_id)"
VIEWS: Mapping[str, str] = {
    "codings": CURRENT.format("codings"),
    # done: reported as having happened, and told nowhere else in the article
    "events": """select *, status = 'actual' and same_as is null as done,
        case when start_date = coalesce(end_date, start_date) then start_date else published end as day
        from all_events semi join current_codings using (coding_id)""",
    "statements": CURRENT.format("statements"),
    "measures": CURRENT.format("measures"),
    "actors": CURRENT.format("actors"),
    "articles": f"""select *, coalesce(nullif(publisher, ''), nullif(regexp_extract(lower(url), '{HOST}', 1), '')) as outlet
        from all_articles anti join other_versions using (article_id, content_id) semi join current_codings using (article_id)""",
    "inputs": """select * from all_inputs
        qualify row_number() over (partition by source, article_id order by read_at desc nulls last, input_id) = 1""",
    "corrections": "select * from all_corrections",
    # an event without recipients stands between each two of its actors, in both directions
    "dyads": """select event_id, coding_id, article_id, day, published, type, quad, intensity, status, historical, done, actor, recipient
        from (select *, unnest(list_distinct(
            case when len(recipient_countries) > 0 then recipient_countries else actor_countries end)) as recipient
            from (select *, unnest(list_distinct(actor_countries)) as actor from events)) where actor <> recipient""",
}  # fmt: skip


def connect(sources: Mapping[str, Any]) -> duckdb.DuckDBPyConnection:
    """A connection with the views over the lake's tables, given by name as Arrow tables or datasets."""
    connection = duckdb.connect(config={"enable_external_access": "false", "temp_directory": ""})
    for name, source in sources.items():
        connection.register(f"all_{name}", source)
    with told("the newest codings"):
        choose(connection)
    for name, query in VIEWS.items():
        connection.execute(f"create view {name} as {query}")
    connection.execute("set timezone = 'UTC'")
    connection.execute("set python_enable_replacements = false")
    connection.execute("set lock_configuration = true")
    return connection


def choose(connection: duckdb.DuckDBPyConnection) -> None:
    """Notes which codings are the newest, and which versions of articles they did not read."""
    connection.execute("create table current_codings as select arg_max(coding_id, coalesce(written, 0)) as coding_id, article_id "
                       "from all_codings group by article_id")  # fmt: skip
    connection.execute("create table other_versions (article_id varchar, content_id varchar)")
    left_out = list(other_versions(connection))
    if left_out:
        connection.executemany("insert into other_versions values (?, ?)", left_out)


class Version(NamedTuple):
    article_id: str
    content_id: str


def other_versions(connection: duckdb.DuckDBPyConnection) -> Iterator[Version]:
    """Of articles that stand with several texts, those that the newest coding did not read.

    Where it read none of them, as a rejected input, all but one are left out.
    """
    if not connection.execute(TWICE).fetchone():
        return
    fields = ", ".join(CodedBy._fields)
    rows = connection.execute(
        f"select article_id, list(distinct content_id order by content_id), any_value(coding_id), any_value(({fields})) "
        "from all_articles join current_codings using (article_id) join all_codings using (article_id, coding_id) where article_id in "
        f"({TWICE}) group by article_id order by article_id"
    ).fetchall()
    for article_id, contents, coding_id, by in rows:
        read = [c for c in contents if content_hash("coding", article_id, c, tuple(by)) == coding_id]
        kept = (read or contents)[-1]
        yield from (Version(article_id, c) for c in contents if c != kept)


def ask(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    parameters: Parameters | None = None,
    *,
    seconds: float | None = None,
    rows: int | None = None,
) -> pa.Table:
    """The answer to one select; ``parameters`` are named in it as $name.

    It ends after so many ``seconds`` with an InputError, and gives at most so many ``rows``.  Raises InputError for a
    query that can't be run or would write, LakeError for a table that can't be read.
    """
    with told(query), ending(connection, seconds):
        refuse_writing(connection, query)
        found = connection.sql(query, params=dict(parameters)) if parameters else connection.sql(query)
        return (found if rows is None else found.limit(rows)).to_arrow_table()


def fetch(connection: duckdb.DuckDBPyConnection, query: str, parameters: Parameters | None = None) -> list[tuple[Any, ...]]:
    """The rows of a query of our own; raises as ``ask`` does."""
    with told(query):
        return connection.execute(query, dict(parameters or {})).fetchall()


def refuse_writing(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    kinds = [s.type for s in connection.extract_statements(query)]
    if kinds != [duckdb.StatementType.SELECT]:
        what = ", ".join(k.name.lower() for k in kinds) or "nothing"
        raise InputError(f"the lake answers one select at a time, and this is {what}; write a single select (also: describe, summarize)")


@contextmanager
def told(query: str) -> Iterator[None]:
    """Turns what DuckDB raises into our errors."""
    try:
        yield
    except duckdb.InterruptException as error:
        raise InputError("the query took longer than it may; ask for fewer rows or a shorter time") from error
    except (duckdb.Error, OSError, pa.ArrowException) as error:
        if not isinstance(error, duckdb.Error) or "stream registered as 'all_" in str(error):
            raise LakeError(f"a table of the lake can't be read: {error}; restore it or move it away") from error
        views = ", ".join(sorted(VIEWS))
        raise InputError(f"the query {' '.join(query.split())[:200]!r} can't be run: {error}\nthe views are {views}") from error


@contextmanager
def ending(connection: duckdb.DuckDBPyConnection, seconds: float | None) -> Iterator[None]:
    if seconds is None:
        yield
        return
    timer = Timer(seconds, connection.interrupt)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


class Query(NamedTuple):
    query: str
    parameters: dict[str, Any]


def events_query(
    sides: Mapping[str, Party], *, type: str | None, status: str | None, since: date | None, until: date | None, done: bool
) -> Query:
    """Events in order of their day; ``sides`` may hold "actor" and "recipient"."""
    conditions = {"type = $type": type, "status = $status": status, "day >= $since": since, "day <= $until": until}
    given = {condition: value for condition, value in conditions.items() if value is not None}
    where = [*given, *(stands(side, side, party) for side, party in sides.items()), *(["done"] if done else [])] or ["true"]
    values = {condition.rpartition("$")[2]: value for condition, value in given.items()}
    for side, party in sides.items():
        values |= bound(side, party)
    return Query(f"select * from events where {' and '.join(where)} order by day, event_id", values)


def known_names(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Names and codes of all parties of current events."""
    lists = (f"{side}_{what}" for side in ("actor", "recipient") for what in ("names", "countries"))
    union = " union ".join(f"select unnest({column}) as name from events" for column in lists)
    return [name for (name,) in fetch(connection, f"select name from ({union}) where name is not null order by name")]


def view_name(name: str) -> str:
    if name not in VIEWS:
        raise InputError(f"{name!r} is no view of the lake; the views are {', '.join(sorted(VIEWS))}")
    return name


def as_day(value: date | str | None) -> date | None:
    """A day given as date or YYYY-MM-DD.  Raises InputError where it is neither."""
    if isinstance(value, datetime):
        return value.date()
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError as error:
        raise InputError(f"{value!r} is no day; write YYYY-MM-DD") from error
