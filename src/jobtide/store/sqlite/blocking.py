"""Which postings share a blocking key, and which changed since the openings were computed."""

import sqlite3
from collections.abc import Collection, Iterable
from typing import TypeVar

import msgspec

from jobtide.store.batching import batches
from jobtide.store.records import Merging, Unmerged

T = TypeVar("T")


def listed(values: Collection[T]) -> str:
    """Return a list as the JSON that `json_each` takes apart."""
    return msgspec.json.encode(list(values)).decode()


def unmerged(db: sqlite3.Connection) -> Unmerged:
    """Return what the openings were computed from, and how much changed since."""
    found = db.execute("SELECT rev, rules, decisions FROM merging").fetchone()
    merging = Merging(rev=found[0], rules=found[1], decisions=found[2]) if found else Merging()
    (newest,) = db.execute("SELECT coalesce(max(rev), 0) FROM posting").fetchone()
    (changed,) = db.execute(
        "SELECT count(*) FROM posting WHERE rev > ?", (merging.rev,)
    ).fetchone()
    (total,) = db.execute("SELECT count(*) FROM posting").fetchone()
    return Unmerged(merging=merging, newest=newest, changed=changed, total=total)


def blocks(
    db: sqlite3.Connection, keys: Collection[int], most: int
) -> dict[int, frozenset[str] | None]:
    """Return key -> ids of its postings; None for more than `most`, no entry for none."""
    found: dict[int, frozenset[str] | None] = {}
    small: list[int] = []
    for key, size in db.execute(
        "SELECT value, (SELECT count(*) FROM (SELECT 1 FROM block_key WHERE key = value LIMIT ?2))"
        " FROM json_each(?1)",
        (listed(keys), most + 1),
    ):
        if size > most:
            found[key] = None
        elif size:
            small.append(key)
    members: dict[int, list[str]] = {}
    for key, name in db.execute(
        "SELECT block_key.key, posting.id FROM json_each(?) AS wanted"
        " JOIN block_key ON block_key.key = wanted.value"
        " JOIN posting ON posting.key = posting_key",
        (listed(small),),
    ):
        members.setdefault(key, []).append(name)
    return found | {key: frozenset(names) for key, names in members.items()}


def keys_of(db: sqlite3.Connection, ids: Collection[str]) -> dict[str, bytes]:
    """Return posting id -> its keys as they are stored; no entry for one without."""
    return dict(
        db.execute(
            "SELECT posting.id, keys FROM json_each(?) AS wanted"
            " JOIN posting ON posting.id = wanted.value"
            " JOIN posting_keys ON posting_key = posting.key",
            (listed(ids),),
        )
    )


def companions(db: sqlite3.Connection, ids: Collection[str]) -> set[str]:
    """Return the postings that share an opening with one of these, themselves included."""
    return {
        name
        for (name,) in db.execute(
            "SELECT other.id FROM json_each(?) AS wanted"
            " JOIN posting AS one ON one.id = wanted.value"
            " JOIN posting AS other"
            " ON coalesce(other.opening_id, other.id) = coalesce(one.opening_id, one.id)",
            (listed(ids),),
        )
    }


def save_keys(db: sqlite3.Connection, keys: Iterable[tuple[str, bytes]]) -> None:
    """Write the keys of postings, taking away those they had; only what differs."""
    for batch in batches(keys):
        wanted = dict(batch)
        gone: list[tuple[int, int]] = []
        come: list[tuple[int, int]] = []
        packed: list[tuple[int, bytes]] = []
        for name, posting_key, old in db.execute(
            "SELECT posting.id, posting.key, keys FROM json_each(?) AS wanted"
            " JOIN posting ON posting.id = wanted.value"
            " LEFT JOIN posting_keys ON posting_key = posting.key",
            (listed(wanted),),
        ):
            if old == wanted[name]:
                continue
            before, now = _unpack(old or b""), _unpack(wanted[name])
            gone += [(key, posting_key) for key in before - now]
            come += [(key, posting_key) for key in now - before]
            packed.append((posting_key, wanted[name]))
        db.executemany("DELETE FROM block_key WHERE key = ? AND posting_key = ?", sorted(gone))
        db.executemany("INSERT INTO block_key VALUES (?, ?)", sorted(come))
        db.executemany(
            "INSERT INTO posting_keys VALUES (?1, ?2)"
            " ON CONFLICT (posting_key) DO UPDATE SET keys = ?2",
            packed,
        )


def _unpack(packed: bytes) -> set[int]:
    return set(memoryview(packed).cast("q"))


def save_merging(db: sqlite3.Connection, merging: Merging) -> None:
    """Write down what the openings were computed from."""
    db.execute(
        "INSERT INTO merging VALUES (1, ?1, ?2, ?3) ON CONFLICT (id) DO UPDATE"
        " SET rev = ?1, rules = ?2, decisions = ?3"
        " WHERE (rev, rules, decisions) <> (?1, ?2, ?3)",
        (merging.rev, merging.rules, merging.decisions),
    )
