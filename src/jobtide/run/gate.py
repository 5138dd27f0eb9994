"""A sanity gate before publishing: a sudden loss of jobs is a broken reader, until proved."""

from datetime import datetime

from jobtide.errors import PublishError
from jobtide.store import Store

#: A drop of more than this share publishes nothing. Boards lose a few percent of their jobs a day;
#: a third at once was, in the histories we know, always a reader or a board that broke.
MAX_DROP = 0.30
#: Below so many openings a share says little.
LEAST = 20
COMMAND = "publish"


def check(store: Store, openings: int, *, force: bool) -> None:
    """Refuse to publish after a drop that cannot be real.

    Args:
        store: its log holds how many openings were published last.
        openings: how many are open now.
        force: publish all the same.

    Raises:
        PublishError: more than 30 % fewer than last time; says what to look at.
    """
    before = published(store)
    if force or before is None or before < LEAST or openings >= before * (1 - MAX_DROP):
        return
    raise PublishError(
        f"{openings} openings are open, {before} were published last: a drop of "
        f"{1 - openings / before:.0%}, so nothing was published. 'jobtide doctor' says which "
        "board needs a look; if the drop is real, publish with --force."
    )


def published(store: Store) -> int | None:
    """Return how many openings were published last; None: never."""
    for run in store.runs(limit=200):
        if run.command == COMMAND and isinstance(found := run.summary.get("openings"), int):
            return found
    return None


def note(store: Store, openings: int, now: datetime) -> None:
    """Write down how many openings were published."""
    store.finish_run(store.start_run(COMMAND, now), now, {"openings": openings})
