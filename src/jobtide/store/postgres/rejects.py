"""The rejects of each board's last readings: written only when they differ."""

from collections import Counter
from collections.abc import Iterator, Sequence

from jobtide.model import Reject
from jobtide.store.postgres.server import Session, storable
from jobtide.store.records import UNCHANGED, Reading, Rejected

_Key = tuple[str | None, str, str, str]


def anonymous(db: Session, board: int) -> int:
    """Return how many records without a name could not be read at the board's last readings."""
    return db.count(
        "SELECT count(*) FROM reject WHERE board_id = %s AND identifier IS NULL AND step = 'read'",
        (board,),
    )


def replace_rejects(
    db: Session, board: int, reading: Reading, rejects: Sequence[Reject], *, complete: bool
) -> None:
    """Keep `rejects` as the board's present ones; an answer that broke off only adds to them."""
    if reading.outcome == UNCHANGED:
        return
    held: Counter[_Key] = Counter()
    numbers: dict[_Key, list[int]] = {}
    for number, *key in db.ask(
        "SELECT id, identifier, step, reason, detail FROM reject WHERE board_id = %s ORDER BY id",
        (board,),
    ):
        held[tuple(key)] += 1
        numbers.setdefault(tuple(key), []).append(number)
    now = Counter(
        (storable(one.identifier), one.step, storable(one.reason), storable(one.detail))
        for one in rejects
    )
    fresh = [(board, *key, reading.read_at) for key in (now - held).elements()]
    if fresh:
        columns = ("board_id", "identifier", "step", "reason", "detail", "since")
        db.copy("reject", columns, fresh)
    gone = [numbers[key].pop() for key in (held - now).elements()] if complete else []
    if gone:
        db.write("DELETE FROM reject WHERE id = ANY(%s)", (gone,))


def rejected(db: Session, source: str | None, board: str | None) -> Iterator[Rejected]:
    """Yield the present rejects, by board."""
    for name, token, identifier, step, reason, detail, since in db.stream(
        "SELECT source, token, identifier, step, reason, detail, since"
        " FROM reject JOIN board ON board.id = board_id"
        " WHERE (%s::text IS NULL OR source = %s) AND (%s::text IS NULL OR token = %s)"
        " ORDER BY source, token, reject.id",
        (source, source, board, board),
    ):
        reject = Reject(
            source=name,
            board=token,
            identifier=identifier,
            step=step,
            reason=reason,
            detail=detail,
        )
        yield Rejected(reject=reject, since=since)
