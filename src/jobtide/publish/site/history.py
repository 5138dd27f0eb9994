"""What happened to an opening, moment by moment, as seen by our own reads of its boards."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from jobtide.model import Opening, Tracked
from jobtide.publish import terms
from jobtide.publish.site.escaping import escaped
from jobtide.publish.site.when import moment

#: `History.closed_reason` in words.
REASONS = {
    "absent": "its board no longer lists it",
    "gone": "its page is gone",
    "reused": "its number went to another job",
    "valid_through": "the last day to apply has passed",
    "unseen": "it was not seen for a long time",
}


def timeline(opening: Opening, terms_of: terms.TermsOf) -> list[dict[str, Any]]:
    """Return what happened, the oldest first, escaped."""
    found = [
        (when, order, text)
        for tracked in opening.postings
        for order, (when, text) in enumerate(
            _of_posting(tracked, terms_of(tracked.posting).credit)
        )
    ]
    found.sort(key=lambda one: (one[0].date(), one[1]))
    lines: dict[tuple[str, str], dict[str, Any]] = {}
    for when, _, text in found:
        lines.setdefault((when.date().isoformat(), text), moment(when) | {"text": escaped(text)})
    return list(lines.values())


def reason(opening: Opening) -> str:
    """Return why an opening ended, in words; empty when that is not known."""
    ended = [one.history for one in opening.postings if one.history.closed_at is not None]
    if not ended:
        return ""
    word = max(ended, key=lambda one: one.closed_at or one.last_seen_at).closed_reason or ""
    return REASONS.get(word, word)


def _of_posting(tracked: Tracked, board: str) -> Iterator[tuple[datetime, str]]:
    posting, past = tracked.posting, tracked.history
    if posting.date_posted is not None and posting.date_posted <= past.last_seen_at:
        yield posting.date_posted, f"posted on {board}, as the board dates it"
    yield past.first_seen_at, f"first seen on {board}"
    if past.changed_at is not None:
        yield past.changed_at, f"words last changed on {board}"
    for back in past.reopened:
        yield back.at, f"back on {board}, after it was {back.was}"
    if past.status == "missing" and past.missing_since is not None:
        yield past.missing_since, f"not on {board} at the last reading"
    if past.closed_at is not None:
        why = REASONS.get(past.closed_reason or "", past.closed_reason or "reason not known")
        yield past.closed_at, f"closed on {board}: {why}"
