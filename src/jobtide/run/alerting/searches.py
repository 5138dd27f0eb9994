"""The searches people saved, for whoever shows or feeds them."""

from datetime import datetime

from jobtide.alert.signing import token_owner
from jobtide.model import Subscription
from jobtide.publish.readme import PageSettings
from jobtide.query import Query
from jobtide.run.pages import page_settings
from jobtide.run.searching import understood
from jobtide.store import Store


def usual_query(text: str, *, everywhere: bool = False) -> str:
    """Return a search with what is usually meant: remote and open, unless it speaks of that.

    Raises:
        QueryError: it cannot be understood.
    """
    wanted = understood(text)
    parts = [wanted.text]
    if not everywhere:
        terms = [term for group in wanted.groups for term in group]
        stated = {"open", "closed"} & {term.value for term in terms if term.field == "is"}
        parts += (
            [] if any(term.field == "arrangement" for term in terms) else ["arrangement:remote"]
        )
        parts += [] if stated else ["is:open"]
    return understood(" ".join(parts)).text


def subscription_query(one: Subscription) -> Query:
    """Return what a subscription looks for.

    Raises:
        QueryError: it cannot be understood, as when a source is known no more.
    """
    return understood(one.query)


def page_of_search(one: Subscription, now: datetime) -> PageSettings:
    """Return a saved search as a page or feed of its own, called by its id.

    Raises:
        ConfigError: its query cannot be understood.
    """
    return page_settings(f"search-{one.id}", one.title, one.query, now)


def unsubscribe(store: Store, token: str) -> Subscription | None:
    """End the subscription an unsubscribe link speaks of; None for a link that is not ours.

    Opened twice it does no harm: the second time there is none.
    """
    owner = token_owner(token, store.subscriptions())
    if owner is not None:
        store.remove_subscription(owner.id)
    return owner
