"""
Any page with schema.org JobPosting markup: a job's own page, or a careers page that marks up all.

The board's address (url) is the page, or several with a blank between them. What counts as markup
and how it is mended is in `jobtide.schema_org`. https://schema.org/JobPosting
"""

from typing import Any

from jobtide import schema_org
from jobtide.errors import ConfigError
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Terms
from jobtide.sources import Source, refused

#: Pages one board may have; whoever has more has a sitemap.
MOST_PAGES = 100


def start(board: Board) -> Request:
    """Ask for the first of the board's pages.

    Raises:
        ConfigError: the board has no address.
    """
    return Request(url=_pages(board)[0])


def split(response: Response, board: Board) -> Page:
    """Take a page apart into one record a posting; the first page names the others to follow.

    Raises:
        PayloadError: the page has no job posting, or keeps programs out. One of the other pages
            may be without: its job has ended.
    """
    found = schema_org.job_postings(response.body, response.content_type)
    first = not response.request.optional
    if complaint := schema_org.challenge(response.body):
        raise refused(f"a page that keeps programs out: {complaint!r}", board)
    if not found.nodes and first:
        raise refused(_complaint(found, response.body), board)
    origin = _origin(board, response.request.url)
    follow = [Request(url=url, optional=True) for url in _pages(board)[1:]] if first else []
    return Page(
        records=schema_org.records(found.nodes, origin),
        follow=follow,
        complete=found.whole and not found.unreadable,
    )


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one job posting in our words; guess nothing, clean nothing."""
    origin = schema_org.origin_of(record, _origin(board, ""))
    return schema_org.posting(record, origin)


def _origin(board: Board, page: str) -> schema_org.Origin:
    return schema_org.Origin(
        source="jsonld", board=board.token, page=page, organization=board.organization
    )


def _pages(board: Board) -> list[str]:
    pages = (board.url or "").split()
    if not pages:
        raise ConfigError(f"{board.key}: a page with markup needs its address (url)")
    return pages[:MOST_PAGES]


def _complaint(found: schema_org.Found, body: bytes) -> str:
    if found.unreadable:
        return f"{found.unreadable} of {found.blocks} JSON-LD blocks cannot be read, no JobPosting"
    title = schema_org.page_title(body)
    return (
        f"no JobPosting in {found.blocks} JSON-LD blocks of the page {title or 'without title'!r}"
    )


SOURCE = Source(
    name="jsonld",
    robots=True,
    homepage="https://schema.org/JobPosting",
    documentation="https://developers.google.com/search/docs/appearance/structured-data/job-posting",
    kind="employer",
    window=True,  # a page that fails for a day must not end its job
    terms=Terms(
        credit="the employer's site",
        read_at="the site of each board: whoever adds it reads its terms",
        read_on="2026-11-25",
        note="Employers put this markup on their pages for search engines to show. Read only"
        " pages whose terms and robots.txt allow it; one read a board and hour is ours.",
    ),
    start=start,
    split=split,
    posting=posting,
)
