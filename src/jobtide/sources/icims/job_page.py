"""A job's own page on the portal: schema.org JobPosting, with values that stand for nothing."""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from jobtide import schema_org
from jobtide.model import Board, Page, Posting, Reject, Response
from jobtide.sources import refused
from jobtide.sources.icims.portal import job_number, job_url, organization

#: Where the employer states no dates the portal prints the moment of the request less two years,
#: and plus one year (measured by others in 2026), or exactly one year after the posting.
_MADE_UP_AFTER = timedelta(days=365)
_MADE_UP_BEFORE = timedelta(days=-730)
_ABOUT = timedelta(days=2)


def split(response: Response, board: Board) -> Page:
    """Take a job's page apart; one that was followed may have lost its job.

    Raises:
        PayloadError: the page keeps programs out, or was asked for first and has no job.
    """
    if complaint := schema_org.challenge(response.body):
        raise refused(f"a page that keeps programs out: {complaint!r}", board)
    found = schema_org.job_postings(response.body, response.content_type)
    asked = response.request.context.get("identifier")
    if not found.nodes and asked is None:
        title = schema_org.page_title(response.body) or "without title"
        raise refused(f"neither job cards nor a JobPosting on the page {title!r}", board)
    origin = schema_org.Origin(source="icims", board=board.token, page=response.request.url)
    records = schema_org.records(found.nodes[:1], origin)
    fetched_at = response.fetched_at.isoformat()
    return Page(records=[{**one, "@asked": asked, "@fetched": fetched_at} for one in records])


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say the page's job in our words, without the dates the portal makes up."""
    origin = schema_org.Origin(
        source="icims", board=board.token, page="", organization=organization(board)
    )
    origin = schema_org.origin_of(record, origin)
    result = schema_org.posting(record, origin)
    if isinstance(result, Reject):
        return result
    number = record.get("@asked") or job_number(result.url) or job_number(origin.page)
    fetched_at = datetime.fromisoformat(record["@fetched"])
    posted, ends = result.date_posted, result.valid_through
    if ends and posted and _same_day_next_year(posted, ends):
        ends = None
    return msgspec.structs.replace(
        result,
        identifier=str(number or result.identifier),
        url=job_url(result.url),
        date_posted=None if _made_up(posted, fetched_at, _MADE_UP_BEFORE) else posted,
        valid_through=None if _made_up(ends, fetched_at, _MADE_UP_AFTER) else ends,
    )


def _same_day_next_year(posted: datetime, ends: datetime) -> bool:
    return ends - posted in (timedelta(days=365), timedelta(days=366))


def _made_up(moment: datetime | None, fetched_at: datetime, distance: timedelta) -> bool:
    return moment is not None and abs(moment - (fetched_at + distance)) <= _ABOUT
