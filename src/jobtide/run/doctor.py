"""Is all well? Findings a person can act on."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

from msgspec import Struct

from jobtide import sources
from jobtide.config import Config, SourceConfig, secret
from jobtide.model import BoardHealth
from jobtide.run.boards import enabled, known_boards
from jobtide.run.health import with_alarms
from jobtide.store import FAILED, Reading, Store

#: A store nobody refreshed for this long is stale: the schedule has stopped. GitHub switches the
#: schedule of a repository off after 60 days without a commit, and says so once, by mail.
STALE_DAYS = 3
#: A board whose address is gone is retired after so many tries over so long, not at once: boards
#: have been away for a night.
GONE_TIMES, GONE_FOR = 3, timedelta(hours=24)
#: What may pass is no problem before it has failed so often in a row.
PATIENCE = 3
#: Tries looked at.
LOOK_BACK = 100
#: Class of errors.py -> what to do next.
ADVICE = {
    "Unreachable": "The next run tries again; nothing is closed meanwhile.",
    "Throttled": "Read less often: raise `min_interval_s` under [sources.{source}], or "
    "`fetch.host_delay_s`.",
    "Forbidden": "Open it in a browser; when we may not read it, set `enabled = false` under "
    "[sources.{source}].",
    "BoardGone": "Check its token; when it stays so for a day, retire the board.",
    "PayloadError": "Its format has changed: `jobtide sources check {source} --board {board}` "
    "shows what is read. Upgrade jobtide, or report it.",
}
RETIRE = (
    "Retire the board: take it out of [[boards]], or its line out of boards/{source}.csv. Its "
    "postings are not closed by that: nobody said that the jobs are gone."
)


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that was looked at."""

    level: str  #: "ok", "note" or "problem"
    subject: str
    message: str


def examine(config: Config, store: Store, now: datetime) -> list[Finding]:
    """Return what was found: settings and terms first, then the store, then the boards."""
    return [
        *_settings(config),
        *_sources(config),
        *_store(config, store),
        *_age(store, now),
        *_boards(config, store),
    ]


def _settings(config: Config) -> Iterator[Finding]:
    if config.contact is None:
        yield Finding(
            level="note",
            subject="contact",
            message="not set; boards cannot reach you. Set `contact` in jobtide.toml.",
        )


def _sources(config: Config) -> Iterator[Finding]:
    """Yield what keeps a source from being read, and terms that a kind of page cannot keep."""
    for name in sources.NAMES:
        source = sources.load(name)
        wish = config.sources.get(name, SourceConfig()).enabled
        missing = [key for key in source.keys if not secret(key)]
        if missing and wish is not False and source.terms.forbidden is None:
            yield Finding(
                level="problem" if wish else "note",
                subject=name,
                message=f"needs {' and '.join(missing)} in the environment (or a file named by "
                f"{missing[0]}_FILE) before it can be read.",
            )
        if source.terms.follow and enabled(source, config) and known_boards(config, [name]):
            yield Finding(
                level="note",
                subject=name,
                message=f"{source.terms.credit} asks for a followed link back. GitHub marks all "
                "links of a README as nofollow, so pages shown there cannot keep that; pages on "
                "a site of your own can.",
            )


def _store(config: Config, store: Store) -> Iterator[Finding]:
    troubles = store.check()
    for trouble in troubles:
        yield Finding(level="problem", subject="database", message=trouble)
    if not troubles:
        size = f", {_size(config) / 1e6:,.1f} MB" if _size(config) else ""
        message = f"integrity is fine; {len(store.opening_ids()):,} postings{size}"
        yield Finding(level="ok", subject="database", message=message)


def _size(config: Config) -> int:
    """Return the bytes of the store's file and its log; 0 for a store that is no file."""
    path = Path(config.database.removeprefix("sqlite:").removeprefix("//"))
    files = (path, path.with_name(f"{path.name}-wal"))
    return sum(file.stat().st_size for file in files if file.is_file())


def _age(store: Store, now: datetime) -> Iterator[Finding]:
    last = max((one.read_at for one in store.health() if one.read_at), default=None)
    if last is None:
        yield Finding(
            level="problem", subject="boards", message="none was read yet. Run 'jobtide update'."
        )
    elif now - last > timedelta(days=STALE_DAYS):
        yield Finding(
            level="problem",
            subject="boards",
            message=f"the data is {(now - last).days} days old. Is the schedule still running?",
        )


def _boards(config: Config, store: Store) -> Iterator[Finding]:
    """Yield one finding a board that was read or tried, and how many never were."""
    health = {(one.source, one.board): one for one in with_alarms(store)}
    failures = _failures(store, health)
    rejects = _rejects(store)
    never = 0
    for board in known_boards(config):
        key = (board.source, board.token)
        one = health.get(key)
        if one is None:
            never += 1
        elif failures.get(key):
            yield _failing(board.key, failures[key])
        else:
            yield from _read(board.key, one, rejects.get(key, Counter()))
    if never and health:
        yield Finding(level="note", subject="boards", message=f"{never} were never read yet.")


def _failures(
    store: Store, health: dict[tuple[str, str], BoardHealth]
) -> dict[tuple[str, str], list[Reading]]:
    """Return (source, board) -> the tries that failed since it was last read, oldest first."""
    tries = (one.reading for one in store.readings(outcomes=(FAILED,), last=LOOK_BACK))
    return {
        key: [
            one
            for one in failed
            if health[key].read_at is None or one.read_at > (health[key].read_at or one.read_at)
        ]
        for key, failed in groupby(tries, lambda one: (one.source, one.board))
    }


def _failing(key: str, failures: list[Reading]) -> Finding:
    last, count = failures[-1], len(failures)
    kind = last.error_kind or ""
    advice = ADVICE.get(kind, "")
    gone = [one for one in failures[-GONE_TIMES:] if one.error_kind == "BoardGone"]
    if len(gone) == GONE_TIMES and last.read_at - failures[0].read_at >= GONE_FOR:
        advice = RETIRE
    said = (last.error or "failed").removeprefix(f"{key}: ").rstrip(".")
    since = f" ({count} times since {failures[0].read_at:%Y-%m-%d})" if count > 1 else ""
    passing = kind in ("Unreachable", "Throttled") and count < PATIENCE
    advice = advice.format(source=last.source, board=last.board)
    return Finding(
        level="note" if passing else "problem",
        subject=key,
        message=f"{said}{since}. {advice}".strip(),
    )


def _read(key: str, one: BoardHealth, rejects: Counter[str]) -> Iterator[Finding]:
    for alarm in one.alarms:
        yield Finding(level="problem", subject=key, message=f"needs a look: {alarm}")
    if one.alarms:
        return
    if one.read and not one.kept:
        yield Finding(
            level="problem",
            subject=key,
            message=f"all {one.read} records were rejected: has the board changed its format?",
        )
        return
    parts = [f"{one.kept} postings"]
    parts += [
        f"{number} {word}" for number, word in ((one.new, "new"), (one.closed, "closed")) if number
    ]
    reasons = ", ".join(f"{number} {reason}" for reason, number in rejects.most_common(3))
    parts += [f"{sum(rejects.values())} rejected ({reasons})"] if rejects else []
    yield Finding(level="ok", subject=key, message=", ".join(parts))


def _rejects(store: Store) -> dict[tuple[str, str], Counter[str]]:
    """Return (source, board) -> how many of its records are rejected for which reason."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for one in store.rejects():
        reasons = found.setdefault((one.reject.source, one.reject.board), Counter())
        reasons[f"{one.reject.step}/{one.reject.reason}"] += 1
    return found
