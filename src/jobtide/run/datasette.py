"""The data as a SQLite file, ready for Datasette: openings, postings, skills, and a text index."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from typing import Any

from jobtide.publish.dataset import Row
from jobtide.publish.dataset.columns import COLUMNS, Value
from jobtide.publish.dataset.delimited import written

_KINDS = {"text": "TEXT", "list": "TEXT", "link": "TEXT", "moment": "TEXT"}
_KINDS |= {"number": "REAL", "flag": "INTEGER"}

_POSTING = (
    "id", "opening_id", "source", "board", "identifier", "url", "title", "status",
    "first_seen_at", "last_seen_at", "missing_since", "closed_at", "closed_reason", "changed_at",
    "bumped", "reopened",
)  # fmt: skip

#: Datasette and sqlite-utils find a text index by its `content=`.
_INDEX = """
CREATE VIRTUAL TABLE openings_fts USING fts5(
    title, hiring_organization, skills, location_text, description,
    content="openings", content_rowid="rowid", tokenize="unicode61 remove_diacritics 2"
)
"""


def database(rows: Iterable[Row]) -> bytes:
    """Return a whole SQLite file; the same rows give the same bytes."""
    with closing(sqlite3.connect(":memory:")) as db:
        for statement in _schema():
            db.execute(statement)
        for row in rows:
            _insert(db, "openings", [_cell(column.read(row)) for column in COLUMNS])
            for posting in _postings(row):
                _insert(db, "postings", posting)
            for skill in dict.fromkeys(row.skills):
                _insert(db, "skills", [row.id, written(skill)])
        db.execute("INSERT INTO openings_fts (openings_fts) VALUES ('rebuild')")
        db.commit()
        return bytes(db.serialize())


def _schema() -> Iterator[str]:
    columns = ", ".join(
        f"{column.name} {_KINDS[column.kind]}{' PRIMARY KEY' if column.name == 'id' else ''}"
        for column in COLUMNS
    )
    yield f"CREATE TABLE openings ({columns})"
    kinds = {"bumped": "INTEGER", "reopened": "INTEGER", "id": "TEXT PRIMARY KEY"}
    kinds["opening_id"] = "TEXT REFERENCES openings (id)"
    columns = ", ".join(f"{name} {kinds.get(name, 'TEXT')}" for name in _POSTING)
    yield f"CREATE TABLE postings ({columns})"
    yield "CREATE INDEX postings_opening ON postings (opening_id)"
    yield (
        "CREATE TABLE skills (opening_id TEXT REFERENCES openings (id), skill TEXT,"
        " PRIMARY KEY (skill, opening_id)) WITHOUT ROWID"
    )
    yield "CREATE INDEX openings_category ON openings (category)"
    yield "CREATE INDEX openings_company ON openings (hiring_organization)"
    yield _INDEX


def _postings(row: Row) -> Iterator[list[Any]]:
    for one in row.postings:
        values: tuple[Value, ...] = (
            one.posting.id, row.id, one.source, one.board, one.identifier, one.url,
            one.posting.title, one.status, one.first_seen_at, one.last_seen_at, one.missing_since,
            one.closed_at, one.closed_reason, one.changed_at, one.bumped, len(one.reopened),
        )  # fmt: skip
        yield [_cell(value) for value in values]


def _insert(db: sqlite3.Connection, table: str, values: list[Any]) -> None:
    marks = ", ".join("?" * len(values))
    # The table's name is one of ours.
    db.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", values)  # noqa: S608


def _cell(value: Value) -> str | float | None:
    """Return a value as SQLite keeps it: moments as text, lists joined, silence as NULL."""
    if value is None or value == ():
        return None
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float):
        return value
    return value.isoformat() if isinstance(value, datetime) else written(value)
