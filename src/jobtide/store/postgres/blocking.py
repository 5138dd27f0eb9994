"""Which postings share a blocking key, and which changed since the openings were computed."""

from collections.abc import Collection, Iterable

from jobtide.store.batching import batches
from jobtide.store.postgres.pending import columns_of
from jobtide.store.postgres.server import Session
from jobtide.store.records import Merging, Unmerged


def unmerged(db: Session) -> Unmerged:
    """Return what the openings were computed from, and how much changed since."""
    found = db.ask("SELECT rev, rules, decisions FROM merging").fetchone()
    merging = Merging(rev=found[0], rules=found[1], decisions=found[2]) if found else Merging()
    return Unmerged(
        merging=merging,
        newest=db.count("SELECT coalesce(max(rev), 0) FROM posting"),
        changed=db.count("SELECT count(*) FROM posting WHERE rev > %s", (merging.rev,)),
        total=db.count("SELECT count(*) FROM posting"),
    )


def blocks(db: Session, keys: Collection[int], most: int) -> dict[int, frozenset[str] | None]:
    """Return key -> ids of its postings; None for more than `most`, no entry for none."""
    found: dict[int, frozenset[str] | None] = {}
    small: list[int] = []
    for key, size in db.ask(
        "SELECT wanted, size FROM unnest(%s::bigint[]) AS wanted, LATERAL (SELECT count(*) AS size"
        " FROM (SELECT 1 FROM block_key WHERE key = wanted LIMIT %s) AS few) AS counted",
        (list(keys), most + 1),
    ):
        if size > most:
            found[key] = None
        elif size:
            small.append(key)
    members: dict[int, list[str]] = {}
    for key, name in db.ask(
        "SELECT block_key.key, posting.id FROM block_key JOIN posting ON posting.key = posting_key"
        " WHERE block_key.key = ANY(%s)",
        (small,),
    ):
        members.setdefault(key, []).append(name)
    return found | {key: frozenset(names) for key, names in members.items()}


def keys_of(db: Session, ids: Collection[str]) -> dict[str, bytes]:
    """Return posting id -> its keys as they are stored; no entry for one without."""
    return dict(
        db.ask(
            "SELECT posting.id, keys FROM posting JOIN posting_keys ON posting_key = posting.key"
            " WHERE posting.id = ANY(%s)",
            (list(ids),),
        ).fetchall()
    )


def companions(db: Session, ids: Collection[str]) -> set[str]:
    """Return the postings that share an opening with one of these, themselves included."""
    found = db.ask(
        "SELECT DISTINCT other.id FROM posting AS one JOIN posting AS other"
        " ON coalesce(other.opening_id, other.id) = coalesce(one.opening_id, one.id)"
        " WHERE one.id = ANY(%s)",
        (list(ids),),
    )
    return {name for (name,) in found}


def save_keys(db: Session, keys: Iterable[tuple[str, bytes]]) -> None:
    """Write the keys of postings, taking away those they had; only what differs."""
    for batch in batches(keys):
        wanted = dict(batch)
        gone: list[tuple[int, int]] = []
        come: list[tuple[int, int]] = []
        packed: list[tuple[int, bytes]] = []
        for name, posting_key, old in db.ask(
            "SELECT posting.id, posting.key, keys FROM posting"
            " LEFT JOIN posting_keys ON posting_key = posting.key WHERE posting.id = ANY(%s)",
            (list(wanted),),
        ):
            if old == wanted[name]:
                continue
            before, now = _unpack(old or b""), _unpack(wanted[name])
            gone += [(key, posting_key) for key in before - now]
            come += [(key, posting_key) for key in now - before]
            packed.append((posting_key, wanted[name]))
        if gone:
            db.ask(
                "DELETE FROM block_key USING unnest(%s::bigint[], %s::bigint[]) AS old (k, p)"
                " WHERE key = old.k AND posting_key = old.p",
                columns_of(sorted(gone)),
            )
        if come:
            db.copy("block_key", ("key", "posting_key"), sorted(come))
        if packed:
            db.ask(
                "INSERT INTO posting_keys SELECT * FROM unnest(%s::bigint[], %s::bytea[])"
                " ON CONFLICT (posting_key) DO UPDATE SET keys = excluded.keys",
                columns_of(packed),
            )


def _unpack(packed: bytes) -> set[int]:
    return set(memoryview(packed).cast("q"))


def save_merging(db: Session, merging: Merging) -> None:
    """Write down what the openings were computed from."""
    db.ask(
        "INSERT INTO merging VALUES (1, %s, %s, %s) ON CONFLICT (id) DO UPDATE"
        " SET rev = excluded.rev, rules = excluded.rules, decisions = excluded.decisions"
        " WHERE (merging.rev, merging.rules, merging.decisions)"
        " <> (excluded.rev, excluded.rules, excluded.decisions)",
        (merging.rev, merging.rules, merging.decisions),
    )
