"""Match what changed in the store with the saved searches, and write down who is to be told."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from msgspec.structs import replace

from jobtide import query
from jobtide.alert import Search, happened, told_of
from jobtide.alert.matching import backlog
from jobtide.clean.salary import yearly
from jobtide.errors import JobtideError
from jobtide.model import Opening, Salary, Subscription, Told
from jobtide.publish.facts import NO_PAY, salary_words
from jobtide.run.alerting.searches import subscription_query
from jobtide.run.openings import completed
from jobtide.store import Change, Store

#: From so many openings on, reading the store from end to end is quicker than asking for each.
MANY = 300


def match_changes(store: Store, now: datetime, *, write: bool = True) -> dict[str, list[Told]]:
    """Match all changes since the last time; return subscription id -> what it must be told.

    For each subscription the rows and how far it was matched are written in one transaction, so
    a run that is killed matches again what it had not written. With `write` False nothing is
    written. A subscription whose search cannot be understood any more is left where it stands.
    """
    upto = store.last_change()
    behind = [one for one in store.subscriptions() if one.position < upto]
    found: dict[str, list[Told]] = {}
    for position, group in groupby(_by_position(behind), key=lambda one: one.position):
        rows = _match(store, _searches(group, now), position, upto)
        for name, told in rows.items():
            found[name] = told
            if write:
                store.save_told(name, position, upto, told)
    return found


def _by_position(subscriptions: Iterable[Subscription]) -> list[Subscription]:
    return sorted(subscriptions, key=lambda one: one.position)


def _searches(group: Iterable[Subscription], now: datetime) -> list[Search]:
    found = []
    for one in group:
        try:
            found.append(search_of(one, now))
        except JobtideError:
            continue  # `send_alerts` tells the person
    return found


def search_of(one: Subscription, now: datetime) -> Search:
    """Return a subscription ready to be matched; QueryError when it cannot be understood."""
    wanted = subscription_query(one)
    # Fields before words: all must hold, and looking for words through a whole text is dear.
    groups = sorted(wanted.groups, key=lambda group: any(not term.field for term in group))
    return Search(
        subscription=one,
        wanted=replace(wanted, groups=tuple(groups)),
        context=query.Context(now=now, yearly=yearly),
        pay_words=pay_words,
    )


def pay_words(salaries: tuple[Salary, ...]) -> str:
    """Return pay in words: all ranges, or that it is not stated."""
    return "; ".join(salary_words(one) for one in salaries[:3]) or NO_PAY.text


def _match(
    store: Store, searches: Sequence[Search], position: int, upto: int
) -> dict[str, list[Told]]:
    changes = [one for one in store.changes(after=position) if one.number <= upto]
    events: dict[str, list[Change]] = {}
    for change in changes:
        events.setdefault(change.posting_id, []).append(change)
    began = store.board_began()
    found: dict[str, list[Told]] = {one.subscription.id: [] for one in searches}
    for opening in completed(_openings(store, {one.opening_id for one in changes})):
        # By posting, not by the id the log gives: openings may have been merged since.
        own = [one for held in opening.postings for one in events.get(held.posting.id, ())]
        own.sort(key=lambda one: one.number)
        what = happened(opening, own, began)
        if what is None:
            continue
        for search in searches:
            found[search.subscription.id] += told_of(search, opening, what)
    return found


def _openings(store: Store, names: Collection[str]) -> Iterator[Opening]:
    """Yield the openings these names lead to, each once."""
    if len(names) > MANY:
        yield from store.openings()
        return
    found = {one.id: one for one in map(store.opening, sorted(names)) if one is not None}
    yield from found.values()


def open_now(store: Store, one: Subscription, now: datetime) -> list[Told]:
    """Return the rows of everything that answers a search already."""
    search = search_of(one, now)
    each = (
        backlog(search, opening, now) for opening in completed(store.openings(status=["open"]))
    )
    return [row for row in each if row is not None]
