"""
Bring a search cluster up to date: the log of changes is the outbox, a number says how far it is.

Every document carries the number of the last change that is in it, and the cluster refuses an
older one: so a pass may be repeated, broken off, or done by two workers at once. It runs after the
openings were merged (`refresh_openings`). What merges or parts without any change of a posting,
by new rules or decisions, is not in the log: then fill a new index from 0 and move the alias.
"""

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from jobtide.config import Config
from jobtide.errors import PayloadError
from jobtide.fetch import fetch_one
from jobtide.model import Board, Request
from jobtide.run.collect import fetch_settings
from jobtide.run.openings import completed
from jobtide.run.opensearch import Item, bodies, document_of, read_answer
from jobtide.store import Change, Store
from jobtide.store.protocol import NEWS

#: Everything that can change a document.
_KINDS = (*NEWS, "bumped", "missing")
#: Seconds before items that met a busy cluster are sent again, then twice as long each time.
_PAUSE_S, _TRIES = 1.0, 6

#: Sends one body to /_bulk and returns the answer.
Post = Callable[[bytes], bytes]


class Indexed(Struct, frozen=True, kw_only=True):
    """What a pass did; `upto` is where the next one goes on."""

    upto: int
    written: int = 0
    stale: int = 0
    refused: tuple[tuple[str, str], ...] = ()  #: (opening id, why), for people


def changed_items(store: Store, after: int, upto: int) -> Iterator[Item]:
    """Yield each document that changes after `after`, up to `upto`, touch: as it is now, once."""
    seen: set[str] = set()
    for change in store.changes(after=after, kinds=_KINDS):
        if change.number > upto:
            return
        for name in _names(change):
            if name not in seen:
                seen.add(name)
                yield _item(store, name, upto)


def _names(change: Change) -> tuple[str, str]:
    """Return the opening, and the posting: before it was merged it was an opening of its own."""
    return change.opening_id, change.posting_id


def _item(store: Store, name: str, version: int) -> Item:
    found = store.opening(name)
    if found is None or found.id != name:  # merged into another one
        return Item(id=name, version=version, document=None)
    (opening,) = completed([found])
    return Item(id=name, version=version, document=document_of(opening))


def bring_up_to_date(
    store: Store,
    post: Post,
    index: str,
    after: int = 0,
    *,
    sleep: Callable[[float], None] = time.sleep,
) -> Indexed:
    """
    Send what changed after `after`; return how far the cluster is now.

    Raises PayloadError when the cluster stays busy or answers something else, and what `post`
    raises. Then go on after the old number: what arrived is not written twice.
    """
    upto = store.last_change()  # before anything is read: documents are of then, or later
    done = Indexed(upto=max(after, upto))
    for items, body in bodies(changed_items(store, after, upto), index):
        done = _deliver(done, items, body, post, index, sleep)
    return done


def _deliver(
    done: Indexed,
    items: list[Item],
    body: bytes,
    post: Post,
    index: str,
    sleep: Callable[[float], None],
) -> Indexed:
    """Send one body, and again those of its items that the cluster was too busy for."""
    for attempt in range(_TRIES):
        try:
            sent = read_answer(items, post(body))
        except ValueError as error:
            raise _error(str(error)) from None
        done = replace(
            done,
            written=done.written + sent.written,
            stale=done.stale + sent.stale,
            refused=done.refused + sent.refused,
        )
        items = [items[place] for place in sent.busy]
        if not items:
            return done
        ((_, body),) = bodies(items, index)  # fewer than before, so one body
        sleep(_PAUSE_S * 2**attempt)
    raise _error(f"{len(items)} documents met a busy cluster {_TRIES} times")


def _error(what: str) -> PayloadError:
    return PayloadError(what, source="opensearch", board="bulk")


def bulk_door(
    config: Config,
    url: str,
    authorization: str | None,
    clock: Callable[[], datetime],
    random: Random,
) -> Post:
    """
    Return what sends to a cluster at `url` ("https://search.example:9200") through the guard.

    A cluster of your own network must be named in `fetch.allow_private_hosts`. A whole request
    answered 429 or 5xx is tried again as `fetch.retries` has it. `authorization` is the header's
    value: "Basic ...". What is posted raises what `fetch_one` raises.
    """
    settings = replace(fetch_settings(config), host_delay_s=0.0, max_redirects=0)
    headers = {"Content-Type": "application/x-ndjson"}
    if authorization:
        headers["Authorization"] = authorization
    known_as = Board(source="opensearch", token="bulk")  # noqa: S106 - no password

    def post(body: bytes) -> bytes:
        request = Request(
            url=f"{url.rstrip('/')}/_bulk", method="POST", headers=headers, body=body
        )
        response = fetch_one(request, settings, clock=clock, random=random, board=known_as)
        return response.body

    return post
