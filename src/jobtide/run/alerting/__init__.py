"""Alerts: what changed is matched with the saved searches, written down, and sent."""

from jobtide.run.alerting.matching import match_changes
from jobtide.run.alerting.searches import (
    page_of_search,
    subscription_query,
    unsubscribe,
    usual_query,
)
from jobtide.run.alerting.subscribing import Wish, subscribe

__all__ = [
    "Wish",
    "match_changes",
    "page_of_search",
    "subscribe",
    "subscription_query",
    "unsubscribe",
    "usual_query",
]
