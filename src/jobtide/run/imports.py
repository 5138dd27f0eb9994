"""Bring in what others made: job pages of a hand-kept list."""

import gzip
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from jobtide import sources
from jobtide.errors import UsageError
from jobtide.fetch import Capture
from jobtide.model import Board, Request, Response
from jobtide.run.collect import Reader, keep
from jobtide.run.openings import read_decisions, refresh_openings
from jobtide.run.summary import Summary
from jobtide.store import Store

#: A page larger than this is not a job page.
MAX_BYTES = 20 * 2**20


def import_pages(
    store: Store, reader: Reader, paths: list[Path], *, as_of: date | None
) -> Summary:
    """Read job pages (Markdown or HTML, also gzipped) and keep their rows as postings.

    Args:
        store: where they are kept.
        reader: settings and clock.
        paths: the files.
        as_of: the day the page was made; ages such as "10 days ago" count from it. None: today.

    Raises:
        UsageError: a file that is not there, is too large, or is no job page.
    """
    summary = Summary()
    run = store.start_run("import", reader.clock())
    day = as_of or reader.clock().date()
    seen_at = datetime(day.year, day.month, day.day, tzinfo=UTC) if as_of else reader.clock()
    then = msgspec.structs.replace(reader, clock=lambda: seen_at)
    for path in paths:
        keep(store, then, _capture(path, day), run, summary)
    summary.rows_written += refresh_openings(store, read_decisions(reader.config))
    store.finish_run(run, reader.clock(), summary.for_log())
    return summary


def _capture(path: Path, day: date) -> Capture:
    board = Board(source="jobpage", token=_stem(path))
    response = Response(
        request=Request(url=f"file:///{path.name}", context={"as_of": day.isoformat()}),
        body=_body(path),
        fetched_at=datetime(day.year, day.month, day.day, tzinfo=UTC),
    )
    page = sources.load("jobpage").split(response, board)
    return Capture(board=board, responses=(response,), pages=(page,))


def _stem(path: Path) -> str:
    """Return the name of the page: "backend-jobs" for "backend-jobs.md.gz"."""
    return path.name.split(".", 1)[0]


def _body(path: Path) -> bytes:
    try:
        body = path.read_bytes()
        if path.suffix == ".gz":
            with gzip.open(path) as stream:
                body = stream.read(MAX_BYTES + 1)
    except (OSError, EOFError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from None
    if len(body) > MAX_BYTES:
        raise UsageError(f"{path}: larger than {MAX_BYTES} bytes, so it is no job page")
    if b"\0" in body:
        raise UsageError(f"{path}: is no text, so it is no job page")
    return body
