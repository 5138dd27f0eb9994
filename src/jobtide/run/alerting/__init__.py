"""Alerts: what changed is matched with the saved searches, written down, and sent."""

from jobtide.run.alerting.matching import match_changes
from jobtide.run.alerting.searches import (
    page_of_search,
    subscription_query,
    unsubscribe,
    usual_query,
)
from jobtide.run.alerting.sending import Sender, Sent, dry_run, send_alerts, send_test
from jobtide.run.alerting.subscribing import Wish, check_wish, subscribe

__all__ = [
    "Sender",
    "Sent",
    "Wish",
    "check_wish",
    "dry_run",
    "match_changes",
    "page_of_search",
    "send_alerts",
    "send_test",
    "subscribe",
    "subscription_query",
    "unsubscribe",
    "usual_query",
]
