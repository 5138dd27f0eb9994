"""Openings for tests, made from the few words a test cares about."""

from datetime import UTC, datetime

from jobtide.model import History, Label, Opening, Posting, Tracked

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def label(value):
    """Return a label with nothing but its value."""
    return Label(value=value, rule="test")


def opening(first_seen_at=NOW, status="open", **facts):
    """Return an opening with one posting; `facts` are the posting's fields."""
    words = {"title": "Engineer", "hiring_organization": "Acme", "identifier": "1", **facts}
    posting = Posting(
        source=words.pop("source", "remotive"),
        board="main",
        url=words.pop("url", f"https://example.com/{words['identifier']}"),
        **words,
    )
    history = History(first_seen_at=first_seen_at, last_seen_at=NOW)
    return Opening(
        id=posting.id,
        posting=posting,
        postings=(Tracked(posting=posting, history=history),),
        first_seen_at=first_seen_at,
        last_seen_at=NOW,
        status=status,
    )
