"""The numbers behind the pictures, from the store."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from jobtide import query, sources
from jobtide.clean.salary import yearly
from jobtide.errors import UsageError
from jobtide.model import File, Opening
from jobtide.publish.pictures.figures import WINDOW_DAYS, Figures, counted
from jobtide.publish.pictures.png import png
from jobtide.publish.write import MARKER, write_files
from jobtide.run.openings import completed
from jobtide.store import Store

#: Whether an opening is to be counted.
Wanted = Callable[[Opening], bool]


def figures(store: Store, now: datetime, wanted: Wanted | None = None) -> Figures:
    """Return what the pictures show, of all openings or of those that are `wanted`.

    Openings that ended count for the time they were open; those that ended before the time that
    is drawn are not read at all.
    """
    return counted((one for one in _all(store, now) if wanted is None or wanted(one)), now)


def asked(text: str, now: datetime) -> Wanted | None:
    """Return the predicate of a search; None for an empty one.

    Raises:
        QueryError: the search cannot be understood.
    """
    if not text.strip():
        return None
    wanted = query.parse(text, {"source": sources.names()})
    context = query.Context(now=now, yearly=yearly)
    return lambda opening: query.matches(wanted, opening, context)


def save(path: Path, svg: str) -> None:
    """Write a picture into a file; its suffix is .svg or .png.

    Raises:
        UsageError: another suffix.
        ConfigError: .png without the extra `charts`.
        PublishError: the file could not be written.
    """
    if path.suffix not in (".svg", ".png"):
        raise UsageError(f"{path}: cannot draw {path.suffix or 'a file without suffix'};"
                         " use .svg or .png")  # fmt: skip
    if svg.encode().startswith(MARKER):
        # Published pictures are marked, and those no longer published removed: this is nobody's.
        svg = svg.partition("\n")[2]
    body = png(svg) if path.suffix == ".png" else svg.encode()
    write_files(path.parent, [File(path=path.name, body=body)])


def _all(store: Store, now: datetime) -> Iterator[Opening]:
    yield from completed(store.openings(status=["open"]))
    since = now - timedelta(days=WINDOW_DAYS)
    yield from store.openings(status=["closed", "expired"], closed_since=since)
