"""
What is searched, kept in step: what a transaction touches is written anew at its end.

Triggers name every opening whose postings are written, whoever writes them (see the migration);
`settle` makes their documents inside the same transaction.
"""

from collections.abc import Collection
from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec

from jobtide import __version__
from jobtide.clean.salary import rates_as_of, yearly
from jobtide.model import Opening
from jobtide.query.fields import NONE
from jobtide.query.order import tie
from jobtide.query.values import COUNTED
from jobtide.store.batching import batches
from jobtide.store.completing import completed
from jobtide.store.history import assemble
from jobtide.store.postgres.pending import columns_of
from jobtide.store.postgres.reading_back import members_of
from jobtide.store.postgres.rows import board_read_at
from jobtide.store.postgres.search.vector import vector
from jobtide.store.postgres.server import Session
from jobtide.store.sqlite.search.document import document

#: Raised when documents are made otherwise than before.
_FORMAT = 1
#: Openings written at once: bounds memory.
BATCH = 1_000

#: Where the board stands in a row of posting_whole.
BOARD_ID = 4

_REASONS = msgspec.json.Decoder(tuple[str, ...])
#: What is counted, and what countries are counted from (`document`: open to most, but not to).
_KEPT = frozenset((*COUNTED, "from_any", "not_from"))

COLUMNS = (
    "opening", "posted", "tie", "first_seen", "pay", "currencies", "amounts", "vals", "title",
    "company", "words",
)  # fmt: skip


def rules() -> str:
    """Return what documents depend on besides the openings: our code, and the rates of money."""
    return f"{_FORMAT} {__version__} {rates_as_of()}"


def settle(db: Session) -> None:
    """Bring what is searched up to date inside the transaction that is open."""
    touched = [name for (name,) in db.ask("DELETE FROM search_touched RETURNING opening")]
    for batch in batches(sorted(touched), BATCH):
        write(db, batch)


def build(db: Session) -> None:
    """Make all documents anew when they are of other rules; the next `settle` writes them."""
    held = db.ask("SELECT rules FROM search_state").fetchone()
    if held != (rules(),):
        db.ask(
            "INSERT INTO search_touched SELECT DISTINCT coalesce(opening_id, id) FROM posting"
            " UNION SELECT opening FROM search_doc ON CONFLICT DO NOTHING"
        )
        db.ask("UPDATE search_state SET rules = %s", (rules(),))


def write(db: Session, ids: Collection[str]) -> None:
    """Write the documents of openings, and take out those of openings that are no more."""
    wanted = load(db, ids)
    gone = [name for name in ids if name not in wanted]
    if gone:
        db.ask("DELETE FROM search_doc WHERE opening = ANY(%s)", (gone,))
    rows = [row_of(one) for one in wanted.values()]
    if not rows:
        return
    db.ask("CREATE TEMP TABLE IF NOT EXISTS search_stage (LIKE search_doc) ON COMMIT DELETE ROWS")
    db.ask("TRUNCATE search_stage")
    before = db.written
    db.copy("search_stage", COLUMNS, rows)
    db.written = before  # what is derived is not counted
    others = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS[1:])
    db.ask(
        f"INSERT INTO search_doc ({', '.join(COLUMNS)}) SELECT {', '.join(COLUMNS)}"  # noqa: S608 - names of ours
        " FROM search_stage AS new WHERE NOT EXISTS (SELECT 1 FROM search_doc AS old"
        "  WHERE old.opening = new.opening AND ROW (old.*) IS NOT DISTINCT FROM ROW (new.*))"
        f" ON CONFLICT (opening) DO UPDATE SET {others}"
    )


def row_of(opening: Opening) -> tuple[Any, ...]:
    """Return the row of search_doc of a completed opening."""
    made = document(opening)
    *columns, values = (line.split() for line in made.words.split("\n"))
    pays = [
        (one.currency, amount)
        for one in opening.posting.base_salary
        if one.currency and (amount := yearly(one, one.currency)) is not None
    ]
    currencies, amounts = columns_of(pays) if pays else ([], [])
    return (
        made.opening,
        made.posted,
        tie(made.opening),
        made.first_seen,
        made.pay,
        currencies,
        amounts,
        [_plain(f"{field}={value}") for field, value in made.values if _is_counted(field, value)],
        _plain(opening.posting.title),
        _plain(opening.posting.hiring_organization or ""),
        vector(columns, values),
    )


def _is_counted(field: str, value: str) -> bool:
    return field in _KEPT and (value != NONE or field == "company")


def _plain(text: str) -> str:
    """Return a text as PostgreSQL can hold it."""
    return text.replace("\x00", " ")


def load(db: Session, ids: Collection[str]) -> dict[str, Opening]:
    """Return the completed openings of these ids; no entry for one that has no posting."""
    rows = {
        opening_id: (canonical_id, _REASONS.decode(reasons))
        for opening_id, canonical_id, reasons in db.ask(
            "SELECT id, canonical_id, reasons FROM opening WHERE id = ANY(%s)", (list(ids),)
        )
    }
    found = db.ask(
        "SELECT * FROM posting_whole WHERE opening = ANY(%s) ORDER BY opening, key", (list(ids),)
    ).fetchall()
    boards = {row[BOARD_ID] for row in found}
    times = {board: at for board in boards if (at := board_read_at(db, board)) is not None}
    made: list[Opening] = []
    for opening_id, group in groupby(members_of(times, found), key=itemgetter(0)):
        canonical_id, reasons = rows.get(opening_id, (opening_id, ()))
        made.append(assemble(opening_id, canonical_id, (one for _, one in group), reasons))
    return {one.id: one for one in completed(made)}
