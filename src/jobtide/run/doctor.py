"""Is all well? Findings a person can act on."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from jobtide.config import Config
from jobtide.model import BoardHealth
from jobtide.run.boards import known_boards
from jobtide.store import Store

#: A store nobody refreshed for this long is stale: the schedule has stopped.
STALE_DAYS = 3


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that was looked at."""

    level: str  #: "ok", "note" or "problem"
    subject: str
    message: str


def examine(config: Config, store: Store, now: datetime) -> list[Finding]:
    """Return what was found, settings first, then the store, then the boards."""
    return [*_settings(config), *_store(store), *_boards(config, store, now)]


def _settings(config: Config) -> Iterator[Finding]:
    if config.contact is None:
        yield Finding(
            level="note",
            subject="contact",
            message="not set; boards cannot reach you. Set `contact` in jobtide.toml.",
        )


def _store(store: Store) -> Iterator[Finding]:
    troubles = store.check()
    for trouble in troubles:
        yield Finding(level="problem", subject="database", message=trouble)
    if not troubles:
        yield Finding(level="ok", subject="database", message="integrity is fine")


def _boards(config: Config, store: Store, now: datetime) -> Iterator[Finding]:
    health = {(one.source, one.board): one for one in store.health()}
    last = max((one.read_at for one in health.values() if one.read_at), default=None)
    if last is None:
        yield Finding(
            level="problem", subject="boards", message="none was read yet. Run 'jobtide update'."
        )
        return
    if now - last > timedelta(days=STALE_DAYS):
        yield Finding(
            level="problem",
            subject="boards",
            message=f"the data is {(now - last).days} days old. Is the schedule still running?",
        )
    for board in known_boards(config):
        one = health.get((board.source, board.token))
        if one is not None:
            yield _board(board.key, one)


def _board(key: str, one: BoardHealth) -> Finding:
    if one.error:
        return Finding(level="problem", subject=key, message=one.error)
    if one.read and not one.kept:
        return Finding(
            level="problem",
            subject=key,
            message=f"all {one.read} records were rejected: has the board changed its format?",
        )
    return Finding(level="ok", subject=key, message=f"{one.kept} postings")
