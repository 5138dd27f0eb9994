"""The numbers behind the pictures, from the store."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from jobtide.model import Opening
from jobtide.publish.pictures.figures import WINDOW_DAYS, Figures, counted
from jobtide.run.openings import completed
from jobtide.store import Store


def figures(
    store: Store, now: datetime, wanted: Callable[[Opening], bool] | None = None
) -> Figures:
    """Return what the pictures show, of all openings or of those that are `wanted`.

    Openings that ended count for the time they were open; those that ended before the time that
    is drawn are not read at all.
    """
    return counted((one for one in _all(store, now) if wanted is None or wanted(one)), now)


def _all(store: Store, now: datetime) -> Iterator[Opening]:
    yield from completed(store.openings(status=["open"]))
    since = now - timedelta(days=WINDOW_DAYS)
    yield from store.openings(status=["closed", "expired"], closed_since=since)
