"""
Hacker News, "Ask HN: Who is hiring?": a thread a month, one comment a company.

Algolia's search finds the newest thread and returns its comments. A comment is free text with
habits; one that names several roles gives as many postings. The names of those who write are not
read. https://hn.algolia.com/api, https://github.com/HackerNews/API
"""

import re
from typing import Any

import msgspec

from jobtide import dates
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Terms
from jobtide.sources import Source, decode, refused, stated
from jobtide.sources.hackernews.jobs import Job, read_jobs

SITE = "https://news.ycombinator.com"
API = "https://hn.algolia.com/api/v1"
LATEST = f"{API}/search_by_date?tags=story,author_whoishiring&hitsPerPage=20"
PER_PAGE = 1000  #: the most the search gives; threads of 2025 and 2026 have 400 to 600 comments


class Comment(msgspec.Struct):
    """A comment as the search (`objectID`), the tree of a thread and Firebase (`id`) give it."""

    id: int | str | None = None
    objectID: str | None = None
    text: str | None = None
    comment_text: str | None = None
    parent_id: int | str | None = None
    story_id: int | str | None = None
    created_at: str | None = None
    time: int | None = None  #: Firebase: seconds
    title: str | None = None
    url: str | None = None
    type: str | None = None
    deleted: bool | None = None
    dead: bool | None = None


class Envelope(Comment):
    """Any answer: of the search, with `hits`, or one item with what hangs on it."""

    hits: list[Comment] | None = None
    nbHits: int | None = None
    children: list[Comment] | None = None  #: comments of a thread, each with its replies
    kids: list[int] | None = None  #: Firebase: their numbers


class Record(msgspec.Struct):
    """One job of one comment, or a comment without any."""

    id: str
    text: str
    number: int = 1  #: which of the comment's jobs
    reply: bool = False
    created_at: str | None = None
    time: int | None = None
    title: str | None = None  #: of a job that is an item of its own
    url: str | None = None


def start(board: Board) -> Request:
    """Ask for the comments of a thread by its number, or for the newest threads."""
    if board.token.isdecimal():
        return _comments(board.token)
    return Request(url=LATEST)


def _comments(story: str) -> Request:
    url = f"{API}/search?tags=comment,story_{story}&hitsPerPage={PER_PAGE}"
    return Request(url=url, context={"story": story})


def split(response: Response, board: Board) -> Page:
    """Take the answer apart into one record a job, or follow to the newest thread's comments.

    Raises:
        PayloadError: the body is neither comments nor threads, or holds none of either.
    """
    answer = decode(response, board, Envelope)
    if answer.hits is None:
        return _item(answer, board)
    if any(hit.comment_text is not None for hit in answer.hits):
        records = [record for hit in answer.hits for record in _records(hit)]
        complete = (answer.nbHits or 0) <= len(answer.hits)
        story = response.request.context.get("story")
        if complete or story is None:
            return Page(records=records, complete=complete)
        rest = Request(url=f"{API}/items/{story}", optional=True)  # slower, but without an end
        return Page(records=records, follow=[rest])
    threads = [hit for hit in answer.hits if "who is hiring" in (hit.title or "").lower()]
    if not threads:
        raise refused("neither comments nor a hiring thread", board)
    newest = max(threads, key=lambda hit: hit.created_at or "")
    return Page(records=[], follow=[_comments(str(newest.objectID))])


def _item(item: Envelope, board: Board) -> Page:
    """Take apart one item: a job, a comment, or a thread with its comments."""
    if item.children:
        return Page(records=[one for child in item.children for one in _records(child, item.id)])
    if item.type in ("job", "comment"):
        return Page(records=_records(item))
    if item.id and item.kids:
        return Page(records=[], follow=[_comments(str(item.id))])
    raise refused("neither comments nor a hiring thread", board)


def _records(comment: Comment, story: int | str | None = None) -> list[dict[str, Any]]:
    """Return a record for each job of a comment, one for a comment without a job."""
    thread = comment.story_id or story
    text = comment.comment_text or comment.text or ""
    record = Record(
        id=str(comment.objectID or comment.id or ""),
        text="" if comment.deleted or comment.dead else text,
        reply=str(comment.parent_id or thread) != str(thread),
        created_at=comment.created_at,
        time=comment.time,
        title=comment.title if comment.type == "job" else None,
        url=comment.url,
    )
    jobs = read_jobs(record.text) if not record.reply and record.title is None else ""
    count = 1 if isinstance(jobs, str) else len(jobs)
    return [
        msgspec.to_builtins(msgspec.structs.replace(record, number=number + 1))
        for number in range(count)
    ]


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one job in our words; guess nothing, clean nothing."""
    comment = msgspec.convert(record, Record)
    identifier = f"{comment.id}-{comment.number}"
    jobs = "reply" if comment.reply else _jobs(comment)
    if isinstance(jobs, str) or not comment.id.strip():
        return Reject(
            source="hackernews",
            board=board.token,
            identifier=identifier,
            step="read",
            reason=jobs if isinstance(jobs, str) else "bad_record",
        )
    job = jobs[comment.number - 1] if comment.number > 0 else jobs[len(jobs)]
    item = f"{SITE}/item?id={comment.id}"
    return Posting(
        source="hackernews",
        board=board.token,
        identifier=identifier,
        # One address for several jobs would make one of them; a page ignores an unknown anchor.
        url=item if comment.number == 1 else f"{item}#job-{comment.number}",
        title=job.title,
        hiring_organization=job.company,
        organization_url=job.homepage,
        apply_url=job.link,
        description=comment.text,
        description_complete=bool(comment.text),
        date_posted=dates.parse(comment.created_at or "") or dates.from_epoch(comment.time or 0),
        employment_type_text=" | ".join(dict.fromkeys(job.employment)) or None,
        location_text=" | ".join(job.places) or None,
        arrangement_text=job.workplace,
        salary_text=" | ".join(job.pay) or None,
    )


#: "Kelp (YC S22) Is Hiring a Founding Engineer": a job that is an item of its own.
_IS_HIRING = re.compile(
    r"(.+?)(?:\s+\(YC [A-Z]{1,2}\d{2}\))?\s+is hiring\b:?\s*(?:an?\s+)?(.*)", re.I
)


def _jobs(comment: Record) -> list[Job] | str:
    """Return the jobs of a comment, or why there is none."""
    if comment.title is None:
        return read_jobs(comment.text)
    if not stated(comment.title):
        return "no_title"
    named = _IS_HIRING.fullmatch(comment.title.strip())
    if named is None:
        return [Job(title=comment.title, link=stated(comment.url))]
    title = stated(named[2]) or comment.title
    return [Job(title=title, company=named[1], link=stated(comment.url))]


SOURCE = Source(
    name="hackernews",
    homepage=f"{SITE}/submitted?id=whoishiring",
    documentation="https://hn.algolia.com/api",
    kind="thread",
    window=True,
    boards=(Board(source="hackernews", token="latest"),),  # noqa: S106 - no secret
    terms=Terms(
        credit="Hacker News",
        read_at="https://github.com/HackerNews/API and https://hn.algolia.com/api",
        read_on="2026-11-25",
        min_interval_s=3600.0,
        note="The interfaces state no terms beyond 10,000 requests an hour. Comments belong to"
        " those who wrote them: link to each, and keep no one's name.",
    ),
    start=start,
    split=split,
    posting=posting,
)
