"""Ask the boards, read their answers, keep what came out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Protocol

from msgspec import Struct

from jobtide import __version__, pipeline, sources
from jobtide.config import Config, SourceConfig, secret
from jobtide.errors import ConfigError, SourceError, Throttled
from jobtide.fetch import Capture, Errand, FetchSettings, Validators, read_boards
from jobtide.model import Board, Page, Posting, Reject, Response
from jobtide.run.fill import fill_rates
from jobtide.run.health import alarms_of
from jobtide.run.openings import read_decisions, refresh_openings
from jobtide.run.records import mark_incomplete, merge_details
from jobtide.run.summary import Summary
from jobtide.store import Counts, Reading, Store


class BoardLine(Struct, frozen=True, kw_only=True):
    """How one board went, for the progress on the screen."""

    board: Board
    counts: Counts | None = None
    error: str | None = None


class Reader(Struct, frozen=True, kw_only=True):
    """What a run needs from outside: settings, clock, chance, and who watches."""

    config: Config
    clock: Callable[[], datetime]
    random: Random
    watch: Callable[[BoardLine], None] = lambda line: None
    #: False: what a whole answer no longer lists is not missed (a capture known to be partial).
    trust_absence: bool = True


def update(store: Store, reader: Reader, boards: Iterable[Board], *, command: str) -> Summary:
    """Read the boards, keep what is new, merge it into openings, and log the run.

    With `update.check_links` also ask the pages of some postings whether they are still there.

    Raises:
        StoreError: the database refused. One board that fails is counted, never raised.
    """
    summary = Summary()
    run = store.start_run(command, reader.clock())
    collect(store, reader, errands(store, reader, boards, summary), run, summary)
    now = reader.clock()
    summary.rows_written += store.expire(now, reader.config.update.expire_after_days)
    if reader.config.update.check_links:
        from jobtide.run.links import check_links  # it needs what stands here

        check_links(store, reader, reader.config.update.check_links, summary)
    summary.rows_written += refresh_openings(store, read_decisions(reader.config))
    summary.alarms += alarms_of(store, run)
    store.finish_run(run, reader.clock(), summary.for_log())
    return summary


def errands(
    store: Store, reader: Reader, boards: Iterable[Board], summary: Summary
) -> Iterator[Errand]:
    """Yield what to ask of each board; one set up wrongly is counted, and the others go on."""
    for board in boards:
        try:
            yield to_ask(board, reader.config, store)
        except (ConfigError, SourceError) as error:
            summary.add(board.source, boards=1, failed=1)
            summary.errors.append(str(error))
            reader.watch(BoardLine(board=board, error=str(error)))


def to_ask(board: Board, config: Config, store: Store | None) -> Errand:
    """Return what to ask of one board; without a store nothing is known of last time."""
    source = sources.load(board.source)
    request = source.start(board)
    own = config.sources.get(board.source, SourceConfig())
    known = store.validators(board.source, board.token, request.url) if store else None
    return Errand(
        board=board,
        request=request,
        split=_splitter(board),
        rebase=own.base_url or config.fetch.base_url,
        validators=Validators(etag=known[0], last_modified=known[1]) if known else None,
        secrets={key: secret(key) or "" for key in source.keys},
        robots=source.robots,
    )


def _splitter(board: Board) -> Callable[[Response], Page]:
    source = sources.load(board.source)
    return lambda response: source.split(response, board)


def collect(
    store: Store, reader: Reader, work: Iterable[Errand], run: int, summary: Summary
) -> None:
    """Carry out the errands; each board is kept in one transaction as it ends."""
    settings = fetch_settings(reader.config)
    for capture in read_boards(work, settings, clock=reader.clock, random=reader.random):
        counts = keep(store, reader, capture, run, summary)
        error = str(capture.error) if capture.error else None
        if error:
            summary.errors.append(error)
        reader.watch(BoardLine(board=capture.board, counts=counts, error=error))


def fetch_settings(config: Config) -> FetchSettings:
    """Return the fetcher's settings; the user agent names us and how to reach the user."""
    fetch = config.fetch
    contact = f" (+{config.contact})" if config.contact else ""
    return FetchSettings(
        user_agent=f"jobtide/{__version__}{contact}",
        timeout_s=fetch.timeout_s,
        max_bytes=fetch.max_bytes,
        host_delay_s=fetch.host_delay_s,
        retries=fetch.retries,
        max_redirects=fetch.max_redirects,
        allow_private_hosts=fetch.allow_private_hosts,
        concurrency=fetch.concurrency,
    )


class Saving(Protocol):
    """Where a reading is saved: a store, or one that first looks whether it still may."""

    def save_reading(
        self,
        reading: Reading,
        postings: Sequence[Posting],
        rejects: Sequence[Reject] = (),
        responses: Sequence[Response] = (),
    ) -> Counts:
        """Save one reading of one board; see `Store.save_reading`."""
        ...


def keep(store: Saving, reader: Reader, capture: Capture, run: int, summary: Summary) -> Counts:
    """Turn one capture into postings and rejects, and save them as one reading."""
    postings, rejects = read_capture(capture)
    reading = Reading(
        run_id=run,
        source=capture.board.source,
        board=capture.board.token,
        read_at=reader.clock(),
        window=sources.load(capture.board.source).window,
        complete=reader.trust_absence and _complete(capture),
        outcome=_outcome(capture),
        error=str(capture.error) if capture.error else None,
        error_kind=type(capture.error).__name__ if capture.error else None,
        retry_at=_retry_at(capture, reader.clock()),
        fill=fill_rates(postings),
    )
    counts = store.save_reading(reading, postings, rejects, capture.responses)
    count(summary, reading.source, counts, postings, rejects, failed=capture.error is not None)
    return counts


def _retry_at(capture: Capture, now: datetime) -> datetime | None:
    """Return until when the host asked to be left alone."""
    wait = capture.error.retry_after_s if isinstance(capture.error, Throttled) else None
    return now + timedelta(seconds=wait) if wait else None


def _complete(capture: Capture) -> bool:
    return capture.error is None and all(page.complete for page in capture.pages)


def _outcome(capture: Capture) -> str:
    if capture.error is not None:
        return "failed"
    return "unchanged" if capture.unchanged else "ok"


def read_capture(capture: Capture) -> tuple[list[Posting], list[Reject]]:
    """Return what the records of a capture became; the first of two equal ids is kept."""
    if capture.error is not None:
        return [], []
    source = sources.load(capture.board.source)
    found: list[Posting | Reject] = []
    for page in capture.pages:
        found += sources.read(source, page, capture.board)
    raw, rejects = merge_details(found)
    raw = mark_incomplete(raw, capture.failed_optional)
    postings = []
    for result in pipeline.process(raw):
        if isinstance(result, Reject):
            rejects.append(result)
        else:
            postings.append(result)
    return postings, rejects


def count(
    summary: Summary,
    source: str,
    counts: Counts,
    postings: list[Posting],
    rejects: list[Reject],
    *,
    failed: bool,
) -> None:
    """Add what one board gave to the summary of the run."""
    summary.add(
        source,
        boards=1,
        read=counts.read,
        kept=counts.kept,
        rejected=counts.rejected,
        new=counts.new,
        changed=counts.changed,
        seen=counts.seen,
        missing=counts.missing,
        closed=counts.closed,
        failed=int(failed),
    )
    summary.rejects.update(f"{one.source}/{one.step}/{one.reason}" for one in rejects)
    summary.mended.update(word for posting in postings for word in posting.mended)
    summary.rows_written += counts.rows_written
