"""
The seam for sources: what a source is, and the list of those we ship.

A source is a value holding three pure functions; it never touches the network:
`start(board)` says what to ask, `split(response, board)` takes an answer apart into raw records
and what to follow, `posting(record, board)` says one record in our words. It copies, and cleans
nothing: `clean` does that for everyone.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from msgspec import Struct, ValidationError

from jobtide.model import Board, Page, Posting, Reject, Request, Response, Terms


class Source(Struct, frozen=True, kw_only=True):
    """Three pure functions and the facts a reader needs to trust them."""

    name: str  #: the module's name
    homepage: str
    documentation: str  #: where the wire format is described
    kind: str  #: "employer" | "ats" | "aggregator" | "thread" | "page": nearness to the employer
    window: bool  #: True: serves a rolling window, so absence says nothing; False: whole boards
    terms: Terms
    start: Callable[[Board], Request]
    split: Callable[[Response, Board], Page]
    posting: Callable[[Any, Board], Posting | Reject]
    boards: tuple[Board, ...] = ()  #: the boards every user gets: an aggregator's own lists
    keys: tuple[str, ...] = ()  #: names of secrets it needs: "REED_API_KEY"


#: Built-in sources, one module each. Third parties add theirs with the entry-point group
#: "jobtide.sources".
NAMES = ("jobpage", "remoteok", "remotive", "weworkremotely")


def load(name: str) -> Source:
    """Return the source called `name`; raise KeyError when there is none."""
    if name not in NAMES:
        raise KeyError(name)
    source: Source = import_module(f"jobtide.sources.{name}").SOURCE
    return source


def read(source: Source, page: Page, board: Board) -> Iterator[Posting | Reject]:
    """Yield one result a record; a record we cannot read is a `Reject`, not the end."""
    for record in page.records:
        try:
            yield source.posting(record, board)
        except (ValidationError, ValueError, TypeError, KeyError, OverflowError) as error:
            yield Reject(
                source=source.name,
                board=board.token,
                identifier=_identifier(record),
                step="read",
                reason="bad_record",
                detail=str(error),
            )


def _identifier(record: Any) -> str | None:  # noqa: ANN401 - a record is what the board sent
    """Return what the record calls itself, for the log."""
    found = record.get("id") if isinstance(record, dict) else None
    return None if found is None else str(found)[:200]
