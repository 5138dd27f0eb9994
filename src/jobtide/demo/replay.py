"""
Play recorded captures back, in the order of their dates, through the ordinary collector.

The manifest is a CSV file with one line a capture: captured_on, captured_at, source, board, file,
host, request_path, content_type, wire, complete. Files lie relative to the folder above it. Only
`wire = raw` lines are played; only `complete = yes` lines may say that a posting is gone.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from urllib.parse import unquote

import msgspec
from msgspec import Struct

from jobtide import sources
from jobtide.config import Config
from jobtide.demo.server import Answer, Asked, serve
from jobtide.errors import ConfigError, UsageError
from jobtide.fetch import Errand
from jobtide.model import Board, Request
from jobtide.run.collect import BoardLine, Reader, collect, to_ask
from jobtide.run.openings import refresh_openings
from jobtide.run.summary import Summary
from jobtide.store import Store

COLUMNS = frozenset(
    ("captured_on", "captured_at", "source", "board", "file", "host", "request_path", "wire",
     "complete", "content_type")
)  # fmt: skip


class Line(Struct, frozen=True, kw_only=True):
    """One recorded answer: what was asked, when, and the file that holds the bytes."""

    moment: datetime
    source: str
    board: str
    file: Path
    host: str
    request_path: str
    content_type: str
    complete: bool


def read_manifest(
    path: Path, *, only: Iterable[str] = (), until: date | None = None
) -> list[Line]:
    """Return the captures that can be played, oldest first.

    A line without a time of day keeps its place within its day: it is given noon and one second
    more for each line before it, so that lines of one day stay apart and in order.

    Raises:
        UsageError: no such file, or columns are missing.
    """
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from None
    if not rows or not rows[0].keys() >= COLUMNS:
        raise UsageError(
            f"{path}: is no manifest: it needs the columns {', '.join(sorted(COLUMNS))}"
        )
    chosen = set(only) or set(sources.names())
    lines = [
        _line(row, path.parent.parent, number)
        for number, row in enumerate(rows)
        if row["wire"] == "raw" and row["request_path"] and row["source"] in chosen
    ]
    if until is not None:
        lines = [line for line in lines if line.moment.date() <= until]
    return sorted(lines, key=lambda line: line.moment)


def _line(row: dict[str, str], folder: Path, number: int) -> Line:
    if row["captured_at"]:
        moment = datetime.fromisoformat(row["captured_at"]).astimezone(UTC)
    else:
        day = date.fromisoformat(row["captured_on"])
        moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(seconds=number)
    return Line(
        moment=moment,
        source=row["source"],
        board=row["board"],
        file=folder / row["file"],
        host=row["host"],
        request_path=row["request_path"],
        content_type=row["content_type"],
        complete=row["complete"] == "yes",
    )


def replay(
    store: Store,
    config: Config,
    lines: list[Line],
    *,
    watch: Callable[[BoardLine], None] = lambda line: None,
) -> Summary:
    """Run the ordinary collector once a line, with the clock at the line's moment.

    Raises:
        StoreError: the database refused.
    """
    summary, stage = Summary(), _Stage(lines)
    with serve(stage.answer) as base_url:
        playing = _playing(config, base_url)
        for line in lines:
            stage.now = line
            _play(store, playing, line, summary, watch)
    summary.rows_written += refresh_openings(store)
    return summary


def _play(
    store: Store,
    config: Config,
    line: Line,
    summary: Summary,
    watch: Callable[[BoardLine], None],
) -> None:
    """Run the collector for one line, with the clock at its moment: a run of its own."""
    reader = Reader(
        config=config,
        clock=_at(line.moment),
        random=Random(0),
        watch=watch,
        trust_absence=line.complete,
    )
    run = store.start_run("replay", line.moment)
    collect(store, reader, _errand(store, config, line), run, summary)
    summary.rows_written += store.expire(line.moment, config.update.expire_after_days)
    store.finish_run(run, line.moment, {})


def _at(moment: datetime) -> Callable[[], datetime]:
    """Return a clock that stands still."""
    return lambda: moment


def _playing(config: Config, base_url: str) -> Config:
    """Return the settings with every source led to the loopback server, at once and gladly."""
    fetch = msgspec.structs.replace(
        config.fetch,
        base_url=base_url,
        host_delay_s=0.0,
        retries=0,
        allow_private_hosts=(*config.fetch.allow_private_hosts, "127.0.0.1"),
    )
    named = {
        name: msgspec.structs.replace(one, base_url=None) for name, one in config.sources.items()
    }
    return msgspec.structs.replace(config, fetch=fetch, sources=named)


def _errand(store: Store, config: Config, line: Line) -> Iterator[Errand]:
    """Yield the errand of the line's board; a page the source does not start with is named."""
    recorded = f"https://{line.host}{line.request_path}"
    board = Board(source=line.source, token=line.board)
    try:
        errand = to_ask(board, config, store)
    except ConfigError:  # a source that is found by its address
        errand = to_ask(msgspec.structs.replace(board, url=recorded), config, store)
    if _bare(errand.request.url) == _bare(recorded):
        yield errand
    else:
        yield msgspec.structs.replace(errand, request=Request(url=recorded), validators=None)


def _bare(url: str) -> str:
    """Return host and path: boards ignore parameters they do not know, so do we.

    A sign may be written as itself or escaped ("%3a"): either way it is the same path.
    """
    return unquote(url.split("://", 1)[1].split("?", 1)[0]).rstrip("/")


class _Stage:
    """Answers as the boards did at the moment of the line that is being played."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self.now: Line | None = None

    def answer(self, asked: Asked) -> Answer:
        address = _bare(f"https://{asked.host}{asked.path}")
        for line in self._candidates():
            if _bare(f"https://{line.host}{line.request_path}") == address:
                return Answer(body=line.file.read_bytes(), content_type=line.content_type)
        return Answer(status=404, body=b"{}")

    def _candidates(self) -> Iterator[Line]:
        """Yield the line being played, then the earlier ones, newest first."""
        if self.now is None:
            return
        yield self.now
        earlier = [line for line in self._lines if line.moment <= self.now.moment]
        yield from reversed(earlier)
