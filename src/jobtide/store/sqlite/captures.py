"""
Raw answers: each body once, by its digest, with the requests it answered.

A reading whose answers are the same as the board's last ones points at the reading that holds
them (`reading.captured_by`), so a quiet board adds nothing.
"""

import sqlite3
from collections.abc import Iterator, Sequence

import msgspec
from msgspec.structs import replace

from jobtide.model import Request, Response
from jobtide.store.content import compress, decompress, digest_of
from jobtide.store.records import Reading
from jobtide.store.sqlite.moments import moment, stamp

_ENCODE = msgspec.json.Encoder(order="deterministic")
_DECODE = msgspec.json.Decoder(Request)


def keep(
    db: sqlite3.Connection, board: int, reading: int, responses: Sequence[Response]
) -> tuple[bool, int]:
    """
    Keep the answers of a reading.

    Returns whether they are the same as the board's last, and the rows written to the log.
    """
    holder = _holder(db, board)
    if not responses:
        # "Not modified": the last answers still hold.
        return False, _point(db, reading, holder)
    requests = [_ENCODE.encode(_public(response.request)) for response in responses]
    now = [
        (digest_of(request), digest_of(response.body))
        for request, response in zip(requests, responses, strict=True)
    ]
    if holder is not None and now == _held(db, holder):
        return True, _point(db, reading, holder)
    logged = _point(db, reading, reading)
    for position, (request, response) in enumerate(zip(requests, responses, strict=True)):
        request_digest, digest = now[position]
        _keep_body(db, digest, response.body)
        db.execute(
            "INSERT INTO capture_use VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                reading,
                position,
                request.decode(),
                request_digest,
                response.request.url,
                digest,
                stamp(response.fetched_at),
                response.status,
                response.content_type,
                response.etag,
                response.last_modified,
            ),
        )
    return False, logged


def _public(request: Request) -> Request:
    """Return the request without its headers, which may hold keys and change nothing."""
    return replace(request, headers={})


def _holder(db: sqlite3.Connection, board: int) -> int | None:
    """Return the reading that holds the board's last answers."""
    found = db.execute(
        "SELECT captured_by FROM reading WHERE board_id = ? AND counted = 1"
        " AND captured_by IS NOT NULL ORDER BY id DESC LIMIT 1",
        (board,),
    ).fetchone()
    return None if found is None else int(found[0])


def _held(db: sqlite3.Connection, holder: int) -> list[tuple[bytes, bytes]]:
    return list(
        db.execute(
            "SELECT request_digest, digest FROM capture_use WHERE reading_id = ?"
            " ORDER BY position",
            (holder,),
        )
    )


def _point(db: sqlite3.Connection, reading: int, holder: int | None) -> int:
    return db.execute(
        "UPDATE reading SET captured_by = ? WHERE id = ?", (holder, reading)
    ).rowcount


def _keep_body(db: sqlite3.Connection, digest: bytes, body: bytes) -> None:
    if db.execute("SELECT 1 FROM capture WHERE digest = ?", (digest,)).fetchone() is None:
        db.execute("INSERT INTO capture VALUES (?, ?)", (digest, compress(body)))


def validators(
    db: sqlite3.Connection, board: int, url: str
) -> tuple[str | None, str | None] | None:
    """
    Return (ETag, Last-Modified) to send with the next request for `url`, or None.

    Only when the board's last counted reading was read to its end, in one answer: a "not
    modified" must not hide what a broken reading has missed, nor what has changed on later pages.
    """
    found = db.execute(
        "SELECT etag, last_modified FROM capture_use JOIN"
        " (SELECT captured_by, whole, outcome FROM reading WHERE board_id = ? AND counted = 1"
        " ORDER BY id DESC LIMIT 1) ON captured_by = reading_id"
        " WHERE whole = 1 AND url = ? AND (etag IS NOT NULL OR last_modified IS NOT NULL)"
        " AND (SELECT count(*) FROM capture_use AS each WHERE each.reading_id = captured_by) = 1"
        " ORDER BY position LIMIT 1",
        (board, url),
    ).fetchone()
    return None if found is None else (found[0], found[1])


def captured(
    db: sqlite3.Connection, source: str | None, *, latest: bool
) -> Iterator[tuple[Reading, list[Response]]]:
    """Yield the counted readings in the order they were read, with the answers of each."""
    for number, holder, name, token, read_at, outcome, whole, rolling, run, error in db.execute(
        "SELECT reading.id, captured_by, source, token, read_at, outcome, whole, rolling, run_id,"
        " error FROM reading JOIN board ON board.id = board_id"
        " WHERE counted = 1 AND captured_by IS NOT NULL AND (?1 IS NULL OR source = ?1)"
        " AND (NOT ?2 OR reading.id = (SELECT max(later.id) FROM reading AS later WHERE"
        " later.board_id = board.id AND later.counted = 1 AND later.captured_by IS NOT NULL))"
        " ORDER BY read_at, reading.id",
        (source, latest),
    ):
        reading = Reading(
            source=name,
            board=token,
            read_at=moment(read_at),
            outcome=outcome,
            complete=bool(whole),
            window=bool(rolling),
            run_id=run,
            error=error,
        )
        same = holder != number and not latest and outcome == "unchanged"
        yield reading, [] if same else list(_responses(db, holder))


def _responses(db: sqlite3.Connection, holder: int) -> Iterator[Response]:
    for request, body, fetched_at, status, content_type, etag, last_modified in db.execute(
        "SELECT request, body, fetched_at, status, content_type, etag, last_modified"
        " FROM capture_use JOIN capture USING (digest) WHERE reading_id = ? ORDER BY position",
        (holder,),
    ):
        yield Response(
            request=_DECODE.decode(request),
            body=decompress(body),
            fetched_at=moment(fetched_at),
            status=status,
            content_type=content_type,
            etag=etag,
            last_modified=last_modified,
        )


def prune(db: sqlite3.Connection, before: str) -> int:
    """Forget the answers of readings before a moment, save the last of each board."""
    keepers = {
        holder
        for (holder,) in db.execute(
            "SELECT (SELECT captured_by FROM reading WHERE board_id = board.id AND counted = 1"
            " AND captured_by IS NOT NULL ORDER BY id DESC LIMIT 1) FROM board"
        )
    }
    old = [
        number
        for (number,) in db.execute(
            "SELECT id FROM reading WHERE captured_by = id AND read_at < ?", (before,)
        )
        if number not in keepers
    ]
    db.executemany("DELETE FROM capture_use WHERE reading_id = ?", [(one,) for one in old])
    db.executemany(
        "UPDATE reading SET captured_by = NULL WHERE captured_by = ?", [(one,) for one in old]
    )
    db.execute("DELETE FROM capture WHERE digest NOT IN (SELECT digest FROM capture_use)")
    return len(old)
