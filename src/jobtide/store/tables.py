"""
The tables every store has, for moving all of one into another as it is.

Values travel as SQLite keeps them: moments as text, truth as 0 or 1. What is derived from these
tables (indexes to search, partitions) is not moved but made anew.
"""

from typing import Any, NamedTuple

Row = tuple[Any, ...]


class Table(NamedTuple):
    """A table: its columns, and those of them that order its rows."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    numbered: bool = False  #: the database itself gives out the numbers of the key


def _table(name: str, columns: str, key: str, *, numbered: bool = False) -> Table:
    return Table(name, tuple(columns.split()), tuple(key.split()), numbered)


#: In an order in which nothing points at what is not there yet.
TABLES = (
    _table("run", "id command started_at finished_at summary", "id", numbered=True),
    _table("board", "id source token", "id", numbered=True),
    _table(
        "reading",
        "id run_id board_id read_at outcome counted whole believed rolling listed note counts"
        " error captured_by",
        "id",
        numbered=True,
    ),
    _table(
        "posting",
        "key id board_id listed_as superseded digest data valid_through opening_id first_seen_at"
        " last_seen_at"
        " status missing_since closed_at closed_reason changed_at bumped reopened rev",
        "key",
    ),
    _table("posting_body", "posting_key body", "posting_key"),
    _table("event", "id posting_key at kind detail", "id"),
    _table("posting_version", "event_id posting_key data body", "event_id"),
    _table("opening", "id canonical_id reasons", "id"),
    _table("reject", "id board_id identifier step reason detail since", "id", numbered=True),
    _table("capture", "digest body", "digest"),
    _table(
        "capture_use",
        "reading_id position request request_digest url digest fetched_at status content_type"
        " etag last_modified",
        "reading_id position",
    ),
    _table("link_check", "posting_key at outcome", "posting_key"),
    _table("block_key", "key posting_key", "key posting_key"),
    _table("posting_keys", "posting_key keys", "posting_key"),
    _table(
        "subscription",
        "id data position sent_at failures error failed_at retry_at paused",
        "id",
    ),
    _table("alert_message", "id subscription_id data tries sent_at", "id"),
    _table("outbox", "id subscription_id opening_id change data message_id", "id", numbered=True),
    _table("merging", "id rev rules decisions", "id"),
)
