"""reprocess: all kept captures again, in order, through today's code, into a new store."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from jobtide import sources
from jobtide.config import Config
from jobtide.errors import ConfigError, PayloadError, StoreError
from jobtide.fetch import Capture
from jobtide.model import Board, Posting, Reject, Response
from jobtide.run.alerting import match_changes
from jobtide.run.collect import read_capture
from jobtide.run.fill import fill_rates
from jobtide.run.links import CLOSES, GONE
from jobtide.run.openings import read_decisions, refresh_openings
from jobtide.store import Change, Reading, Store, open_store

#: Put behind the name of the store while its successor is being built.
SUFFIX = ".rebuilt"

Progress = Callable[[Reading], None]


def rebuild(
    path: Path, config: Config, boards: dict[str, Board], watch: Progress = lambda reading: None
) -> int:
    """Build the store anew from its own captures and put the new one in its place.

    A rebuild that was interrupted goes on where it stopped. What a link check found ("gone") is
    taken over, since no capture holds it, and so are saved searches with what they were told.

    Args:
        path: the SQLite file.
        config: `update.expire_after_days` is read from it.
        boards: key of a board -> what is known of it beside its key.
        watch: told each reading as it is done.

    Returns:
        The number of readings that were processed.

    Raises:
        StoreError: the store is missing, or one of the two files cannot be written.
    """
    built = path.with_name(path.name + SUFFIX)
    with open_store(str(path)) as old, open_store(str(built), create=True) as new:
        done = _copy(old, new, config, boards, watch)
        refresh_openings(new, read_decisions(config))
        match_changes(old, datetime.now(UTC))  # the new store counts its changes anew
        new.take_over_alerts(old.alert_rows())
    try:
        built.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be replaced by {built}: {error}") from None
    return done


def _copy(
    old: Store, new: Store, config: Config, boards: dict[str, Board], watch: Progress
) -> int:
    """Save every reading of the old store in the new one; return how many were new to it."""
    done, days = 0, config.update.expire_after_days
    numbers = {run.id: run for run in old.runs(limit=1_000_000)}
    copied: dict[int, int] = {}
    found = _Found(old)
    before: Reading | None = None
    for reading, responses in old.captures():
        if before is not None and before.run_id != reading.run_id:
            new.expire(before.read_at, days)
        before = reading
        found.apply(new, until=reading.read_at)
        if _known(new, reading):
            continue
        run = numbers.get(reading.run_id or 0)
        if run is not None and run.id not in copied:
            copied[run.id] = new.start_run(run.command, run.started_at)
            new.finish_run(copied[run.id], run.finished_at or run.started_at, run.summary)
        _save(new, reading, responses, boards, copied.get(reading.run_id or 0))
        watch(reading)
        done += 1
    if before is not None:
        new.expire(before.read_at, days)
    found.apply(new, until=None)
    for check in old.link_checks().values():
        new.save_link_check(check.posting_id, check.at, check.outcome)
    return done


def _known(store: Store, reading: Reading) -> bool:
    """Return whether an interrupted rebuild had come past this reading."""
    tried = store.board_state(reading.source, reading.board).tried_at
    return tried is not None and reading.read_at <= tried


def _save(
    store: Store,
    reading: Reading,
    responses: list[Response],
    boards: dict[str, Board],
    run: int | None,
) -> None:
    board = boards.get(
        f"{reading.source}/{reading.board}", Board(source=reading.source, token=reading.board)
    )
    postings, rejects = _read(board, responses)
    moved = Reading(
        run_id=run,
        source=reading.source,
        board=reading.board,
        read_at=reading.read_at,
        window=reading.window,
        complete=reading.complete,
        outcome="ok" if responses else reading.outcome,
        error=reading.error,
        fill=fill_rates(postings),
    )
    store.save_reading(moved, postings, rejects, responses)


def _read(board: Board, responses: list[Response]) -> tuple[list[Posting], list[Reject]]:
    """Return what the answers hold; a board of unknown address is at the one that was asked."""
    try:
        return read_capture(_capture(board, responses))
    except ConfigError:  # a source found by its address, and a board no longer in the settings
        asked = msgspec.structs.replace(board, url=responses[0].request.url)
        return read_capture(_capture(asked, responses))


def _capture(board: Board, responses: list[Response]) -> Capture:
    source = sources.load(board.source)
    try:
        pages = tuple(source.split(response, board) for response in responses)
    except PayloadError as error:
        return Capture(board=board, responses=tuple(responses), error=error)
    return Capture(board=board, responses=tuple(responses), pages=pages)


class _Found:
    """What link checks found, in the order of its moments."""

    def __init__(self, store: Store) -> None:
        self._changes: Iterator[Change] = iter(
            [one for one in store.changes(kinds=("closed",)) if one.reason in CLOSES]
        )
        self._next = next(self._changes, None)

    def apply(self, store: Store, until: datetime | None) -> None:
        """Mark what was found gone before a moment; None: all that is left."""
        while self._next is not None and (until is None or self._next.at <= until):
            store.mark_gone(self._next.posting_id, self._next.at, self._next.reason or GONE)
            self._next = next(self._changes, None)
