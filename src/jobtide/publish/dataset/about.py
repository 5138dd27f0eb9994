"""What goes with the data: its schema, its manifest with digests, and a page that explains it."""

import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from jobtide.model import File
from jobtide.publish.dataset.columns import COLUMNS
from jobtide.publish.dataset.row import Row
from jobtide.publish.markdown import md, url
from jobtide.publish.terms import of_source

#: First line of the page, by which a page of an earlier run is known (see `write`).
MARKER = "<!-- jobtide: data set, written anew at each run -->\n"

_PAGE = """# {title}: the data

{count} openings, {postings} postings, from {boards} boards.
`manifest.json` has the size and SHA-256 digest of every file.

| file | what it is |
| --- | --- |
{files}

## What you may do with it

The descriptions belong to the employers and boards.
Every row names in `attribution` whom to credit and in `attribution_url` where that must link to.
A row whose `syndication` is false may not be passed on to other job sites.
`description` is empty where the terms of its board do not let it be passed on.

| board | to other job sites | descriptions here | its terms |
| --- | --- | --- | --- |
{terms}

## Columns of the tables

Empty means *not stated*. Times are UTC.
In CSV a list is joined by "; ", and what a spreadsheet would run begins with an apostrophe.

| column | holds | meaning |
| --- | --- | --- |
{columns}

JSON Lines has the same openings as nested objects, with every posting, its history and the
evidence of its labels: see `openings.schema.json`.
`jobtide import openings.jsonl` and `jobtide import openings.parquet` read them back.
"""


class Entry(Struct, frozen=True, kw_only=True):
    """One file of the data set."""

    path: str
    about: str
    bytes: int
    sha256: str


class TermsEntry(Struct, frozen=True, kw_only=True):
    """What one source asks of whoever uses its rows."""

    source: str
    attribution: str
    openings: int
    syndication: bool
    description: str
    terms: str
    read_on: str


class Manifest(Struct, frozen=True, kw_only=True):
    """What is there; nothing in it depends on when it was written."""

    openings: int
    postings: int
    status: dict[str, int]
    sources: tuple[TermsEntry, ...]
    files: tuple[Entry, ...]


def schema() -> bytes:
    """Return the JSON Schema of one line of the JSON Lines file."""
    found: dict[str, Any] = msgspec.json.schema(Row)
    found = {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}
    return msgspec.json.format(msgspec.json.encode(found, order="sorted"), indent=1) + b"\n"


def entry(file: File, about: str) -> Entry:
    """Return what the manifest says of a file."""
    digest = hashlib.sha256(file.body).hexdigest()
    return Entry(path=file.path, about=about, bytes=len(file.body), sha256=digest)


def manifest(rows: Sequence[Row], files: Sequence[Entry]) -> bytes:
    """Return the manifest as JSON."""
    status: dict[str, int] = {}
    for row in rows:
        status[row.status] = status.get(row.status, 0) + 1
    found = Manifest(
        openings=len(rows),
        postings=sum(len(row.postings) for row in rows),
        status=dict(sorted(status.items())),
        sources=tuple(_terms(rows)),
        files=tuple(files),
    )
    return msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n"


def page(rows: Sequence[Row], files: Sequence[Entry], title: str) -> bytes:
    """Return the page that explains the data."""
    text = _PAGE.format(
        title=md(title),
        count=f"{len(rows):,}",
        postings=f"{sum(len(row.postings) for row in rows):,}",
        boards=len({(one.source, one.board) for row in rows for one in row.postings}),
        files="\n".join(f"| [{one.path}]({one.path}) | {one.about} |" for one in files),
        terms="\n".join(_line(one) for one in _terms(rows)) or "| - | - | - | - |",
        columns="\n".join(
            f"| `{column.name}` | {column.kind} | {column.about} |" for column in COLUMNS
        ),
    )
    return (MARKER + text).encode()


def _terms(rows: Sequence[Row]) -> list[TermsEntry]:
    """Return what each source asks, of those that gave a posting."""
    count: dict[str, int] = {}
    for row in rows:
        for source in {one.source for one in row.postings}:
            count[source] = count.get(source, 0) + 1
    found = []
    for source in sorted(count):
        terms = of_source(source)
        found.append(
            TermsEntry(
                source=source,
                attribution=terms.credit,
                openings=count[source],
                syndication=terms.syndication,
                description=terms.description,
                terms=terms.read_at,
                read_on=terms.read_on,
            )
        )
    return found


def _line(one: TermsEntry) -> str:
    where = None if " " in one.terms else url(one.terms)
    read = f"[read {one.read_on}]({where})" if where else md(one.terms)
    allowed = "yes" if one.syndication else "no"
    text = "yes" if one.syndication and one.description == "full" else "no"
    return f"| {md(one.attribution)} | {allowed} | {text} | {read} |"
