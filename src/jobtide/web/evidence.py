"""Why an opening is read as it is: every label with the rule and the words that support it."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from jobtide.model import Eligibility, Label, Opening, Posting, Salary, Tracked
from jobtide.publish.facts import salary_words


class Evidence(Struct, frozen=True, kw_only=True):
    """One thing that was read, and from which words."""

    field: str  #: "category", "pay", "open to"
    value: str | None  #: None: not stated
    inferred: bool = False  #: True: concluded from the words, not written in them
    rule: str = ""
    quote: str = ""  #: the words
    found_in: str = ""  #: the field of the posting that holds them: "title", "text"


class Event(Struct, frozen=True, kw_only=True):
    """One thing that happened to one posting."""

    at: datetime
    posting_id: str
    source: str
    what: str


def evidence(posting: Posting) -> Iterator[Evidence]:
    """Yield everything that was read of a posting, and what was looked for and not found."""
    yield _label("category", posting.category)
    for label in posting.other_categories:
        yield _label("also category", label)
    yield _label("seniority", posting.seniority)
    for kind in posting.employment_type or (None,):
        yield _label("employment type", kind)
    yield _label("arrangement", posting.arrangement)
    for place in posting.job_location:
        where = place.city or place.subdivision or place.country or place.region
        yield Evidence(field="place", value=where, quote=place.text, found_in="location_text")
    yield from _eligibility(posting.eligibility)
    for salary in posting.base_salary:
        yield _salary(salary)
    if not posting.base_salary:
        yield Evidence(
            field="pay", value=None, quote=posting.salary_text or "", found_in="salary_text"
        )
    for label in posting.skills:
        yield _label("skill", label)
    yield _label("language", posting.language)


def _eligibility(found: Eligibility | None) -> Iterator[Evidence]:
    if found is None:
        yield Evidence(field="open to", value=None)
        return
    for name in ("anywhere", "work_permit", "visa_sponsorship", "timezone"):
        label = getattr(found, name)
        if label is not None:
            yield _label(name.replace("_", " "), label)
    for name in ("countries", "regions", "subdivisions", "excluded"):
        for label in getattr(found, name):
            yield _label("not open to" if name == "excluded" else "open to", label)


def _label(field: str, label: Label | None) -> Evidence:
    if label is None:
        return Evidence(field=field, value=None)
    return Evidence(
        field=field,
        value=label.value,
        inferred=label.inferred,
        rule=label.rule,
        quote=label.evidence,
        found_in=label.field,
    )


def _salary(salary: Salary) -> Evidence:
    return Evidence(
        field="pay",
        value=salary_words(salary),
        inferred=salary.currency_inferred or salary.unit_inferred,
        rule=salary.rule,
        quote=salary.evidence,
        found_in=salary.field,
    )


#: Why a posting was closed -> the words for it (see `History.closed_reason`).
_REASONS = {
    "absent": "its board no longer lists it",
    "gone": "its page is gone",
    "reused": "its number went to another job",
    "valid_through": "its own last day has passed",
    "unseen": "not seen any more",
}


def events(opening: Opening) -> list[Event]:
    """Return what happened to its postings, oldest first."""
    found = [event for tracked in opening.postings for event in _events(tracked)]
    return sorted(found, key=lambda one: (one.at, one.posting_id))


def _events(tracked: Tracked) -> Iterator[Event]:
    posting, past = tracked.posting, tracked.history

    def event(at: datetime, what: str) -> Event:
        return Event(at=at, posting_id=posting.id, source=posting.source, what=what)

    if posting.date_posted is not None and posting.date_posted <= past.first_seen_at:
        yield event(posting.date_posted, "posted, as the board states")
    yield event(past.first_seen_at, "first seen")
    for back in past.reopened:
        yield event(back.at, f"listed again after it was {back.was}")
    if past.changed_at is not None and past.changed_at > past.first_seen_at:
        yield event(past.changed_at, "words last changed")
    if past.missing_since is not None and past.status == "missing":
        yield event(past.missing_since, "not on its board at the last reading")
    if past.closed_at is not None:
        reason = _REASONS.get(past.closed_reason or "", past.closed_reason or "no reason given")
        yield event(past.closed_at, f"closed: {reason}")
    elif past.last_seen_at > past.first_seen_at:
        yield event(past.last_seen_at, "last confirmed open")
