"""The log: runs, how boards were read, and what the pages of postings said."""

from collections.abc import Collection, Iterator
from datetime import datetime

import msgspec

from jobtide.model import BoardHealth
from jobtide.store.log_entry import logged
from jobtide.store.postgres.server import Session
from jobtide.store.records import BoardState, Counts, LinkCheck, Logged, Reading, Run

_COUNTS = msgspec.json.Decoder(Counts)


def runs(db: Session, limit: int) -> Iterator[Run]:
    """Yield the last runs, the newest first."""
    for number, command, started_at, finished_at, summary in db.ask(
        "SELECT id, command, started_at, finished_at, summary FROM run ORDER BY id DESC LIMIT %s",
        (limit,),
    ):
        yield Run(
            id=number,
            command=command,
            started_at=started_at,
            finished_at=finished_at,
            summary=msgspec.json.decode(summary),
        )


def readings(db: Session, outcomes: Collection[str], last: int) -> Iterator[Logged]:
    """Yield the last readings of each board, the oldest first; see `Store.readings`."""
    for source, token, read_at, outcome, whole, rolling, run, error, counts in db.stream(
        "SELECT source, token, read_at, outcome, whole, rolling, run_id, error, counts"
        " FROM board, LATERAL (SELECT * FROM reading WHERE board_id = board.id"
        "  AND outcome = ANY(%s) ORDER BY reading.id DESC LIMIT %s) AS late"
        " ORDER BY source, token, late.id",
        (sorted(outcomes), last),
    ):
        reading = Reading(
            source=source,
            board=token,
            read_at=read_at,
            outcome=outcome,
            complete=whole,
            window=rolling,
            run_id=run,
            error=error,
        )
        yield logged(reading, counts)


def board_states(
    db: Session, source: str | None = None, board: str | None = None
) -> Iterator[BoardState]:
    """Yield how each board stands, by source and token."""
    for name, token, read_at, listed, tried_at, outcome, error, failures in db.ask(
        "SELECT source, token, good.read_at, counted.listed, tried.read_at, tried.outcome,"
        " tried.error, (SELECT count(*) FROM reading WHERE board_id = board.id"
        " AND outcome = 'failed' AND id > coalesce(good.id, 0))"
        " FROM board"
        " LEFT JOIN LATERAL (SELECT id, read_at FROM reading WHERE board_id = board.id"
        "  AND counted AND outcome <> 'failed' ORDER BY id DESC LIMIT 1) AS good ON true"
        " LEFT JOIN LATERAL (SELECT listed FROM reading WHERE board_id = board.id"
        "  AND counted ORDER BY id DESC LIMIT 1) AS counted ON true"
        " LEFT JOIN LATERAL (SELECT read_at, outcome, error FROM reading"
        "  WHERE board_id = board.id ORDER BY id DESC LIMIT 1) AS tried ON true"
        " WHERE (%s::text IS NULL OR source = %s) AND (%s::text IS NULL OR token = %s)"
        " ORDER BY source, token",
        (source, source, board, board),
    ):
        yield BoardState(
            source=name,
            board=token,
            read_at=read_at,
            tried_at=tried_at,
            outcome=outcome,
            error=error,
            failures=failures,
            listed=listed or 0,
        )


def health(db: Session) -> Iterator[BoardHealth]:
    """Yield how the last reads of each board went."""
    counted = {
        (source, token): _COUNTS.decode(counts)
        for source, token, counts in db.ask(
            "SELECT source, token, counts FROM board, LATERAL (SELECT counts FROM reading"
            " WHERE board_id = board.id AND counted ORDER BY id DESC LIMIT 1) AS late"
        )
    }
    for state in list(board_states(db)):
        counts = counted.get((state.source, state.board), Counts())
        failed = state.outcome == "failed"
        yield BoardHealth(
            source=state.source,
            board=state.board,
            read_at=state.read_at,
            tried_at=state.tried_at,
            error=(state.error or "failed") if failed else state.error,
            read=counts.read,
            kept=counts.kept,
            rejected=counts.rejected,
            new=counts.new,
            closed=counts.closed,
        )


def save_link_check(db: Session, posting_id: str, now: datetime, outcome: str) -> None:
    """Write down what a posting's page said; nothing for a posting that is not stored."""
    db.ask(
        "INSERT INTO link_check (posting_key, at, outcome) SELECT key, %s, %s FROM posting"
        " WHERE id = %s ON CONFLICT (posting_key)"
        " DO UPDATE SET at = excluded.at, outcome = excluded.outcome",
        (now, outcome, posting_id),
    )


def link_checks(db: Session) -> Iterator[LinkCheck]:
    """Yield what the pages of postings said last."""
    for name, at, outcome in db.ask(
        "SELECT id, at, outcome FROM link_check JOIN posting ON key = posting_key ORDER BY key"
    ):
        yield LinkCheck(posting_id=name, at=at, outcome=outcome)
