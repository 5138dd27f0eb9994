"""
Raw answers: each body once, by its digest, with the requests it answered.

A reading whose answers are the same as the board's last ones points at the reading that holds
them (`reading.captured_by`), so a quiet board adds nothing.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from jobtide.model import Request, Response
from jobtide.store.content import compress, decompress, digest_of
from jobtide.store.postgres.server import Session
from jobtide.store.records import Reading

_ENCODE = msgspec.json.Encoder(order="deterministic")
_DECODE = msgspec.json.Decoder(Request)

_USE = (
    "reading_id", "position", "request", "request_digest", "url", "digest", "fetched_at",
    "status", "content_type", "etag", "last_modified",
)  # fmt: skip


def keep(db: Session, board: int, reading: int, responses: Sequence[Response]) -> bool:
    """Keep the answers of a reading; return whether they are the same as the board's last."""
    holder = _holder(db, board)
    if not responses:
        # "Not modified": the last answers still hold.
        _point(db, reading, holder)
        return False
    requests = [_ENCODE.encode(_public(response.request)) for response in responses]
    now = [
        (digest_of(request), digest_of(response.body))
        for request, response in zip(requests, responses, strict=True)
    ]
    if holder is not None and now == _held(db, holder):
        _point(db, reading, holder)
        return True
    _point(db, reading, reading)
    _keep_bodies(db, {digest: one.body for (_, digest), one in zip(now, responses, strict=True)})
    rows = []
    for position, (request, response) in enumerate(zip(requests, responses, strict=True)):
        request_digest, digest = now[position]
        rows.append(
            (
                reading,
                position,
                request.decode(),
                request_digest,
                response.request.url,
                digest,
                response.fetched_at,
                response.status,
                response.content_type,
                response.etag,
                response.last_modified,
            )
        )
    db.copy("capture_use", _USE, rows)
    return False


def _public(request: Request) -> Request:
    """Return the request without its headers, which may hold keys and change nothing."""
    return replace(request, headers={})


def _holder(db: Session, board: int) -> int | None:
    """Return the reading that holds the board's last answers."""
    found = db.ask(
        "SELECT captured_by FROM reading WHERE board_id = %s AND counted"
        " AND captured_by IS NOT NULL ORDER BY id DESC LIMIT 1",
        (board,),
    ).fetchone()
    return None if found is None else int(found[0])


def _held(db: Session, holder: int) -> list[tuple[bytes, bytes]]:
    found = db.ask(
        "SELECT request_digest, digest FROM capture_use WHERE reading_id = %s ORDER BY position",
        (holder,),
    )
    return [(bytes(one), bytes(other)) for one, other in found]


def _point(db: Session, reading: int, holder: int | None) -> None:
    db.ask("UPDATE reading SET captured_by = %s WHERE id = %s", (holder, reading))


def _keep_bodies(db: Session, bodies: dict[bytes, bytes]) -> None:
    found = db.ask("SELECT digest FROM capture WHERE digest = ANY(%s)", (list(bodies),))
    there = {bytes(digest) for (digest,) in found}
    fresh = [(digest, compress(body)) for digest, body in bodies.items() if digest not in there]
    if fresh:
        db.copy("capture", ("digest", "body"), fresh)


def validators(db: Session, board: int, url: str) -> tuple[str | None, str | None] | None:
    """
    Return (ETag, Last-Modified) to send with the next request for `url`, or None.

    Only when the board's last counted reading was read to its end, in one answer: a "not
    modified" must not hide what a broken reading has missed, nor what has changed on later pages.
    """
    found = db.ask(
        "SELECT etag, last_modified FROM capture_use JOIN"
        " (SELECT captured_by, whole FROM reading WHERE board_id = %s AND counted"
        " ORDER BY id DESC LIMIT 1) AS late ON captured_by = reading_id"
        " WHERE whole AND url = %s AND (etag IS NOT NULL OR last_modified IS NOT NULL)"
        " AND (SELECT count(*) FROM capture_use AS each WHERE each.reading_id = captured_by) = 1"
        " ORDER BY position LIMIT 1",
        (board, url),
    ).fetchone()
    return None if found is None else (found[0], found[1])


def captured(
    db: Session, source: str | None, *, latest: bool
) -> Iterator[tuple[Reading, list[Response]]]:
    """Yield the counted readings in the order they were read, with the answers of each."""
    for number, holder, name, token, read_at, outcome, whole, rolling, run, error in db.stream(
        "SELECT reading.id, captured_by, source, token, read_at, outcome, whole, rolling, run_id,"
        " error FROM reading JOIN board ON board.id = board_id"
        " WHERE counted AND captured_by IS NOT NULL AND (%s::text IS NULL OR source = %s)"
        " AND (NOT %s OR reading.id = (SELECT max(later.id) FROM reading AS later WHERE"
        " later.board_id = board.id AND later.counted AND later.captured_by IS NOT NULL))"
        " ORDER BY read_at, reading.id",
        (source, source, latest),
    ):
        reading = Reading(
            source=name,
            board=token,
            read_at=read_at,
            outcome=outcome,
            complete=whole,
            window=rolling,
            run_id=run,
            error=error,
        )
        same = holder != number and not latest and outcome == "unchanged"
        yield reading, [] if same else list(_responses(db, holder))


def _responses(db: Session, holder: int) -> Iterator[Response]:
    for request, body, fetched_at, status, content_type, etag, last_modified in db.ask(
        "SELECT request, body, fetched_at, status, content_type, etag, last_modified"
        " FROM capture_use JOIN capture USING (digest) WHERE reading_id = %s ORDER BY position",
        (holder,),
    ):
        yield Response(
            request=_DECODE.decode(request),
            body=decompress(body),
            fetched_at=fetched_at,
            status=status,
            content_type=content_type,
            etag=etag,
            last_modified=last_modified,
        )


def prune(db: Session, before: datetime) -> int:
    """Forget the answers of readings before a moment, save the last of each board."""
    old = [
        number
        for (number,) in db.ask(
            "SELECT id FROM reading WHERE captured_by = id AND read_at < %s AND id NOT IN"
            " (SELECT last.captured_by FROM board, LATERAL (SELECT captured_by FROM reading"
            " WHERE board_id = board.id AND counted AND captured_by IS NOT NULL"
            " ORDER BY id DESC LIMIT 1) AS last)",
            (before,),
        )
    ]
    db.write("DELETE FROM capture_use WHERE reading_id = ANY(%s)", (old,))
    db.ask("UPDATE reading SET captured_by = NULL WHERE captured_by = ANY(%s)", (old,))
    db.write(
        "DELETE FROM capture WHERE NOT EXISTS"
        " (SELECT 1 FROM capture_use WHERE capture_use.digest = capture.digest)"
    )
    return len(old)
