"""
iCIMS, an applicant tracking system, in both of its forms.

The portal, {tenant}.icims.com: pages of job cards, and a page a job with schema.org JobPosting.
The careers site (once Jibe), on {tenant}.jibeapply.com or the employer's own host: JSON, complete.
Whoever has both has the same jobs in both; the careers site says more in fewer requests. The token
is the tenant ("careers-acme", or "acme" for short) or a host ("careers.acme.example").
https://developer.icims.com
"""

from typing import Any
from urllib.parse import urlsplit

from jobtide.model import Board, Page, Posting, Reject, Request, Response, Terms
from jobtide.sources import Source
from jobtide.sources.icims import careers_site, job_page, portal


def start(board: Board) -> Request:
    """Ask for the first page of the portal or of the careers site."""
    host = _host(board)
    if host.endswith(".icims.com"):
        return Request(url=portal.page_url(host, 1))
    return Request(url=careers_site.page_url(host, 1))


def split(response: Response, board: Board) -> Page:
    """Take an answer apart: a page of cards, a job's page, or a page of JSON.

    Raises:
        PayloadError: the answer is none of them.
    """
    host = urlsplit(response.request.url).hostname or _host(board)
    if response.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return careers_site.split(response, board, host)
    if response.request.context.get("identifier"):
        return job_page.split(response, board)
    cards = portal.split(response, board, host)
    return cards or job_page.split(response, board)


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one card, job page or JSON entry in our words; guess nothing, clean nothing."""
    if "@host" in record:
        return careers_site.posting(record, board)
    return job_page.posting(record, board) if "@page" in record else portal.posting(record, board)


def _host(board: Board) -> str:
    if board.url:
        return urlsplit(board.url).hostname or board.url
    token = board.token.lower()
    if "." in token:
        return token
    return f"{token}.icims.com" if "-" in token else f"careers-{token}.icims.com"


SOURCE = Source(
    name="icims",
    robots=True,
    homepage="https://www.icims.com",
    documentation="https://developer.icims.com",
    kind="ats",
    window=False,
    terms=Terms(
        credit="iCIMS",
        read_at="the public career portal of each employer",
        read_on="2026-11-25",
        min_interval_s=6 * 3600.0,
        note="The portal is public and made for applicants; nothing is said about programs. It"
        " gives a page a job, so each read costs many requests: four reads a day are ours.",
    ),
    start=start,
    split=split,
    posting=posting,
)
