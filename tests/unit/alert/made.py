"""Made-up messages for the tests of alerts."""

from datetime import UTC, datetime

from jobtide.model import Credit, Item, Message, Subscription

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


def item(number=1, **changes):
    values = {
        "opening_id": f"lever:acme:{number}",
        "title": f"Engineer {number}",
        "organization": "Acme",
        "place": "Anywhere",
        "pay": "€60,000–80,000 a year",
        "age": "1 Mar 2026",
        "url": f"https://jobs.example/acme/{number}",
        "credits": (Credit(name="Lever", url=f"https://jobs.example/acme/{number}"),),
        "kinds": ("new",),
        "changes": ("new",),
    }
    return Item(**(values | changes))


def message(*items, **changes):
    values = {
        "id": "s1-abc-1",
        "subscription_id": "s1",
        "title": "python",
        "created_at": NOW,
        "items": items or (item(),),
    }
    return Message(**(values | changes))


def subscription(**changes):
    values = {
        "id": "s1",
        "query": "python arrangement:remote",
        "to": "mailto:ana@example.org",
        "key": "0123456789abcdef",
        "created_at": NOW,
    }
    return Subscription(**(values | changes))
