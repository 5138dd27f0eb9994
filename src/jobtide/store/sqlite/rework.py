"""Write the same answers read anew: better words for the same postings, and no news."""

import sqlite3
from collections import Counter
from collections.abc import Sequence

from jobtide.model import Reject
from jobtide.store.content import Draft
from jobtide.store.listing import save_words
from jobtide.store.records import Counts, Reading
from jobtide.store.sqlite.pending import Pending
from jobtide.store.sqlite.rejects import replace_rejects
from jobtide.store.sqlite.rows import board_key, known, last_counted


def rework(
    db: sqlite3.Connection,
    source: str,
    board: str,
    drafts: dict[str, Draft],
    rejects: Sequence[Reject],
) -> Counts:
    """Save it inside the transaction that is open; see `Store.rework`."""
    key = board_key(db, source, board)
    last = None if key is None else last_counted(db, key)
    if key is None or last is None:
        return Counts()
    before = db.total_changes
    pending = Pending(db, key, last.at)
    rows = {row.listed_as: row for row in known(db, key, drafts)}
    tally = Counter(
        save_words(pending, rows, name, made, last.read_at, ours=True)
        for name, made in drafts.items()
    )
    for reject in rejects:
        row = rows.get(reject.identifier or "")
        if row is None or row.last_seen_at is not None:
            continue
        if reject.step != "read" and reject.identifier not in drafts:
            # Refused now: off the list, so that the board's next readings close it.
            pending.history(row, row.history(last.read_at), listed=False)
    pending.write()
    again = Reading(source=source, board=board, read_at=last.at)
    replace_rejects(db, key, again, rejects, complete=bool(last.whole))
    return Counts(
        read=len(drafts) + len(rejects),
        kept=len(drafts),
        rejected=len(rejects),
        new=tally["new"],
        seen=tally["seen"] + tally["reworked"],
        reworked=tally["reworked"],
        rows_written=db.total_changes - before,
    )
