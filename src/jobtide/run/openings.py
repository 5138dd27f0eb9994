"""From postings to openings, and from the store to a snapshot."""

from datetime import datetime

from jobtide import sources
from jobtide.dedupe import dedupe
from jobtide.engine.local import LocalEngine
from jobtide.model import Snapshot, Tracked
from jobtide.query import posted
from jobtide.run.health import with_alarms
from jobtide.store import OpeningRow, Store

#: Nearness to the employer, nearest first: the canonical posting comes from there.
NEARNESS = ("employer", "ats", "aggregator", "thread", "page")


def refresh_openings(store: Store) -> int:
    """Merge all postings into openings and return how many rows had to be written."""
    tracked = {one.posting.id: one for one in store.tracked()}
    clusters = dedupe(LocalEngine(), iter([one.posting for one in tracked.values()]))
    merged = {ids for cluster in clusters for ids in cluster.posting_ids}
    rows = [
        opening_row([tracked[one] for one in cluster.posting_ids], cluster.reasons)
        for cluster in clusters
    ]
    rows += [opening_row([one], ()) for key, one in tracked.items() if key not in merged]
    return store.save_openings(rows)


def opening_row(members: list[Tracked], reasons: tuple[str, ...]) -> OpeningRow:
    """Return the opening of some postings: named after the first seen, led by the canonical."""
    first = min(members, key=lambda one: (one.history.first_seen_at, one.posting.id))
    ranked = sorted(members, key=_rank)
    return OpeningRow(
        id=first.posting.id,
        canonical_id=ranked[0].posting.id,
        posting_ids=tuple(one.posting.id for one in ranked),
        reasons=reasons,
    )


def _rank(one: Tracked) -> tuple[int, int, int, datetime, str]:
    """Open before closed, nearest the employer, then the fullest, then the oldest."""
    kind = sources.load(one.posting.source).kind
    return (
        int(one.history.status in ("closed", "expired")),
        NEARNESS.index(kind),
        -len(one.posting.text),
        one.history.first_seen_at,
        one.posting.id,
    )


def snapshot(store: Store, now: datetime) -> Snapshot:
    """Return what publishers may know: all open openings, newest first, and board health."""
    found = [opening for opening in store.openings() if opening.status == "open"]
    found.sort(key=lambda one: one.id)
    found.sort(key=lambda one: posted(one)[0], reverse=True)
    return Snapshot(taken_at=now, openings=tuple(found), health=with_alarms(store))
