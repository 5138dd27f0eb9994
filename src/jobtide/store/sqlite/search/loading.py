"""Some openings, whole: each table asked once for all of them."""

import sqlite3
from collections.abc import Collection
from itertools import groupby
from operator import itemgetter

import msgspec
import zstandard

from jobtide.model import Opening, Tracked
from jobtide.store.completing import completed
from jobtide.store.content import posting_of
from jobtide.store.history import assemble
from jobtide.store.sqlite.rows import Row, board_read_at

_REASONS = msgspec.json.Decoder(tuple[str, ...])


def load(db: sqlite3.Connection, ids: Collection[str]) -> dict[str, Opening]:
    """Return the completed openings of these ids; no entry for one that has no posting."""
    wanted = msgspec.json.encode(list(ids)).decode()
    rows = {
        opening_id: (canonical_id, _REASONS.decode(reasons))
        for opening_id, canonical_id, reasons in db.execute(
            "SELECT opening.id, canonical_id, reasons FROM json_each(?) JOIN opening"
            " ON opening.id = value",
            (wanted,),
        )
    }
    unpack = zstandard.ZstdDecompressor().decompress
    times: dict[int, str | None] = {}
    members: list[tuple[str, Tracked]] = []
    # The order of the postings of one opening is that of `Store.openings`.
    for opening_id, data, body, *state in db.execute(
        "SELECT posting_whole.* FROM json_each(?) CROSS JOIN posting_whole ON opening = value"
        " ORDER BY opening, posting_whole.key",
        (wanted,),
    ):
        row = Row._make(state)
        if row.board_id not in times:
            times[row.board_id] = board_read_at(db, row.board_id)
        history = row.history(times[row.board_id])
        members.append(
            (opening_id, Tracked(posting=posting_of(data, unpack(body)), history=history))
        )
    found: list[Opening] = []
    for opening_id, group in groupby(members, key=itemgetter(0)):
        canonical_id, reasons = rows.get(opening_id, (opening_id, ()))
        found.append(assemble(opening_id, canonical_id, (one for _, one in group), reasons))
    return {one.id: one for one in completed(found)}
