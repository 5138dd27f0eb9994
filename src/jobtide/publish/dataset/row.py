"""One opening as one row of data: schema.org names, the terms of its board beside it."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from jobtide.clean.plain import plain_text
from jobtide.model import (
    Eligibility,
    History,
    Opening,
    Place,
    Posting,
    Reopening,
    Salary,
    Terms,
    Tracked,
)
from jobtide.publish.terms import TermsOf, credit


class PostingRow(Struct, frozen=True, kw_only=True):
    """One posting of an opening with its history."""

    source: str
    board: str
    identifier: str
    url: str
    status: str  #: "open" | "missing" | "closed" | "expired"
    first_seen_at: datetime
    last_seen_at: datetime
    missing_since: datetime | None
    closed_at: datetime | None
    closed_reason: str | None
    changed_at: datetime | None
    bumped: int  #: how often the board moved its date without changing the content
    reopened: tuple[Reopening, ...]
    #: The whole posting with its evidence, without its plain text (the description has it) and
    #: without what its terms keep back. The first one's description is the row's.
    posting: Posting


class Row(Struct, frozen=True, kw_only=True):
    """One opening; `None` and empty lists mean "not stated"."""

    id: str
    title: str
    hiring_organization: str | None
    url: str
    apply_url: str | None
    status: str
    category: str | None
    other_categories: tuple[str, ...]
    seniority: str | None
    employment_type: tuple[str, ...]
    arrangement: str | None
    job_location: tuple[Place, ...]
    location_text: str | None
    eligibility: Eligibility | None
    base_salary: tuple[Salary, ...]
    salary_text: str | None
    skills: tuple[str, ...]
    tags: tuple[str, ...]
    language: str | None
    date_posted: datetime | None
    date_modified: datetime | None
    valid_through: datetime | None
    first_seen_at: datetime
    last_seen_at: datetime
    changed_at: datetime | None
    closed_at: datetime | None
    description: str | None  #: HTML; None where the terms forbid passing it on
    attribution: str  #: credit the terms ask for: "Remotive"
    attribution_url: str  #: what the credit must link to
    syndication: bool  #: False: this row may not be passed on to other job sites
    reasons: tuple[str, ...]  #: why its postings are one opening, one sentence a link
    postings: tuple[PostingRow, ...]  #: all of them, the canonical one first


def row(opening: Opening, terms_of: TermsOf) -> Row:
    """Return the row of an opening, as far as the terms of its postings allow it."""
    one = opening.posting
    terms = terms_of(one)
    link = credit(one, terms)
    return Row(
        id=opening.id,
        title=one.title,
        hiring_organization=one.hiring_organization,
        url=one.url,
        apply_url=link.apply,
        status=opening.status,
        category=one.category.value if one.category else None,
        other_categories=tuple(label.value for label in one.other_categories),
        seniority=one.seniority.value if one.seniority else None,
        employment_type=tuple(label.value for label in one.employment_type),
        arrangement=one.arrangement.value if one.arrangement else None,
        job_location=one.job_location,
        location_text=one.location_text,
        eligibility=one.eligibility,
        base_salary=one.base_salary,
        salary_text=one.salary_text,
        skills=tuple(label.value for label in one.skills),
        tags=one.tags,
        language=one.language.value if one.language else None,
        date_posted=one.date_posted,
        date_modified=one.date_modified,
        valid_through=one.valid_through,
        first_seen_at=opening.first_seen_at,
        last_seen_at=opening.last_seen_at,
        changed_at=opening.changed_at,
        closed_at=opening.closed_at,
        description=one.description if shareable(terms) else None,
        attribution=terms.credit,
        attribution_url=link.url or one.url,
        syndication=terms.syndication,
        reasons=opening.reasons,
        postings=tuple(
            _posting(tracked, terms_of(tracked.posting), first=tracked.posting.id == one.id)
            for tracked in opening.postings
        ),
    )


def shareable(terms: Terms) -> bool:
    """Say whether a source's descriptions may be passed on in bulk."""
    return terms.syndication and terms.description == "full"


def _posting(tracked: Tracked, terms: Terms, *, first: bool) -> PostingRow:
    past, one = tracked.history, tracked.posting
    return PostingRow(
        source=one.source,
        board=one.board,
        identifier=one.identifier,
        url=one.url,
        status=past.status,
        first_seen_at=past.first_seen_at,
        last_seen_at=past.last_seen_at,
        missing_since=past.missing_since,
        closed_at=past.closed_at,
        closed_reason=past.closed_reason,
        changed_at=past.changed_at,
        bumped=past.bumped,
        reopened=past.reopened,
        posting=replace(
            one,
            text="",
            description=one.description if shareable(terms) and not first else "",
            logo_url=one.logo_url if terms.logo else None,
        ),
    )


def restored(one: Row) -> tuple[Tracked, ...]:
    """Return the postings of a row with their histories, the canonical one first.

    What the terms kept back is missing; a row made of what comes out is the same row.
    """
    return tuple(
        _tracked(each, one.description or "" if number == 0 else each.posting.description)
        for number, each in enumerate(one.postings)
    )


def _tracked(one: PostingRow, description: str) -> Tracked:
    text = plain_text(description) if description else ""
    return Tracked(
        posting=replace(one.posting, description=description, text=text),
        history=History(
            first_seen_at=one.first_seen_at,
            last_seen_at=one.last_seen_at,
            status=one.status,
            missing_since=one.missing_since,
            closed_at=one.closed_at,
            closed_reason=one.closed_reason,
            changed_at=one.changed_at,
            reopened=one.reopened,
            bumped=one.bumped,
        ),
    )
