"""
Ask the pages of postings whether their jobs are still there.

What is known only from rolling windows is closed by nobody: a feed of the newest says nothing of
what it no longer shows. So its pages are asked, few at a time and never twice a day. Only an
answer that says "gone" closes a posting; an error, a refusal and a redirect say nothing.
"""

import heapq
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, unquote, urlsplit

import msgspec
from msgspec import Struct

from jobtide import sources
from jobtide.config import Config, SourceConfig
from jobtide.errors import BoardGone
from jobtide.fetch import Capture, Errand, read_boards
from jobtide.model import Board, Opening, Page, Posting, Request, Response, Tracked
from jobtide.run.closing import closing, page_text
from jobtide.run.collect import Reader, fetch_settings
from jobtide.run.summary import Summary
from jobtide.store import BoardState, LinkCheck, Store
from jobtide.text import tokens

#: What a page can say. CLOSES are those that close the posting; the others change nothing.
CLOSES = GONE, CLOSED_TEXT = "gone", "closed_text"
ALIVE, MOVED, UNVERIFIED, FAILED = "alive", "moved", "unverified", "failed"

#: No page is asked twice within this time.
RECHECK_AFTER = timedelta(hours=24)
#: A page for people is smaller; a larger one is not read.
MAX_BYTES = 2 * 2**20
_NEVER = datetime.min.replace(tzinfo=UTC)


class Verdict(Struct, frozen=True, kw_only=True):
    """What a page said, with the words that say it."""

    outcome: str
    evidence: str = ""


def check_links(store: Store, reader: Reader, most: int, summary: Summary) -> None:
    """
    Ask the pages of at most `most` postings and close those that are gone.

    Each page is one request; hosts keep their pace. `summary.links` counts what was said.

    Raises:
        StoreError: the database refused.
    """
    chosen = {one.posting.id: one for one in due(store, reader.config, reader.clock(), most)}
    work = (_errand(one.posting, reader.config) for one in chosen.values())
    settings = msgspec.structs.replace(
        fetch_settings(reader.config), retries=0, max_pages=1, max_bytes=MAX_BYTES
    )
    for capture in read_boards(work, settings, clock=reader.clock, random=reader.random):
        one, now = chosen[capture.board.token], reader.clock()
        found = verdict(one.posting, capture)
        summary.links[found.outcome] += 1
        words = f"{found.outcome}: {found.evidence}" if found.evidence else found.outcome
        store.save_link_check(one.posting.id, now, words)
        if found.outcome in CLOSES and store.mark_gone(one.posting.id, now, found.outcome):
            summary.add(one.posting.source, closed=1)
            summary.rows_written += 1


def due(store: Store, config: Config, now: datetime, most: int) -> list[Tracked]:
    """
    Return the postings whose pages are to be asked now, at most `most`, one a page.

    Known only from windows: no posting of the same opening is listed by a whole board. First those
    that their window no longer shows, then those that were never asked, then the oldest answer.
    """
    states, checks = store.board_states(), store.link_checks()
    candidates = (
        (_urgency(one, states, checks), one.posting.url, one)
        for opening in store.openings(status=("open",))
        for one in _only_from_windows(opening)
        if _askable(one.posting, config) and _may_ask(one, states, checks, now)
    )
    by_page: dict[str, Tracked] = {}
    # Several postings may share a page: twice as many are looked at, and one of each is asked.
    for _, page, one in heapq.nsmallest(2 * most, candidates, key=lambda row: row[0]):
        by_page.setdefault(page, one)
    return list(by_page.values())[:most]


def _only_from_windows(opening: Opening) -> Iterator[Tracked]:
    going = [one for one in opening.postings if one.history.status in ("open", "missing")]
    if all(_is_window(one.posting.source) for one in going):
        yield from going


def _is_window(name: str) -> bool:
    try:
        return sources.load(name).window
    except KeyError:  # of a package that is no longer there
        return False


def _askable(posting: Posting, config: Config) -> bool:
    """Return whether the posting has a page of its own that says whether the job is there."""
    base = _base(posting, config)
    return (
        posting.url.startswith(("https://", "http://"))
        and sources.load(posting.source).kind != "thread"  # a comment outlives its job
        and (base is None or "{host}" in base)  # a stand-in for one API knows no other page
    )


def _base(posting: Posting, config: Config) -> str | None:
    own = config.sources.get(posting.source, SourceConfig())
    return own.base_url or config.fetch.base_url


def _may_ask(
    one: Tracked,
    states: dict[tuple[str, str], BoardState],
    checks: dict[str, LinkCheck],
    now: datetime,
) -> bool:
    check = checks.get(one.posting.id)
    if check is None:
        return True
    if check.outcome.startswith(CLOSES) and _is_listed(one, states):
        return False  # its page is gone and its window brought it back: the two disagree
    return now - check.at >= RECHECK_AFTER


def _is_listed(one: Tracked, states: dict[tuple[str, str], BoardState]) -> bool:
    state = states.get((one.posting.source, one.posting.board))
    return state is None or state.read_at is None or one.history.last_seen_at >= state.read_at


def _urgency(
    one: Tracked, states: dict[tuple[str, str], BoardState], checks: dict[str, LinkCheck]
) -> tuple[bool, datetime, datetime, str]:
    check = checks.get(one.posting.id)
    asked = check.at if check else _NEVER
    return _is_listed(one, states), asked, one.history.last_seen_at, one.posting.id


def _errand(posting: Posting, config: Config) -> Errand:
    return Errand(
        board=Board(source=posting.source, token=posting.id),
        request=Request(url=posting.url, headers={"Accept": "text/html,*/*;q=0.5"}),
        split=lambda response: Page(records=[]),
        robots=True,
        rebase=_base(posting, config),
    )


def verdict(posting: Posting, capture: Capture) -> Verdict:
    """Return what the answer of a posting's page says; pure."""
    if isinstance(capture.error, BoardGone):
        if _is_elsewhere(posting, capture.error.url):
            return Verdict(outcome=MOVED, evidence=f"{capture.error.url} is not there")
        return Verdict(outcome=GONE)
    if capture.error is not None or not capture.responses:
        return Verdict(outcome=FAILED, evidence=capture.error.message if capture.error else "")
    return _of_page(posting, capture.responses[0])


def _is_elsewhere(posting: Posting, url: str | None) -> bool:
    """Return whether an error came from another page; errors name theirs without its query."""
    return url is not None and not same_page(posting.url.split("?")[0], url, posting.identifier)


def _of_page(posting: Posting, response: Response) -> Verdict:
    if response.final_url and not same_page(posting.url, response.final_url, posting.identifier):
        return Verdict(outcome=MOVED, evidence=response.final_url[:200])
    text = page_text(response.body)
    found = closing(text, posting.text)
    if found is not None:
        return Verdict(outcome=CLOSED_TEXT, evidence=found.sentence)
    words = set(tokens(posting.title))
    if words and len(words & set(tokens(text))) * 2 >= len(words):
        return Verdict(outcome=ALIVE)
    return Verdict(outcome=UNVERIFIED, evidence="the page does not show the job")


def same_page(asked: str, final: str, identifier: str) -> bool:
    """
    Return whether a redirect stayed with its posting.

    It has when the path is the same, or holds what names the posting: its identifier, the last
    part of its address, or the long number in it. A search page that has the number in its query
    only is another page.

    >>> asked = "https://b.example/jobs/view/4711"
    >>> same_page(asked, "https://www.b.example/jobs/4711-dev/", "4711")
    True
    >>> same_page(asked, "https://b.example/jobs/search?similar=4711", "4711")
    False
    """
    try:
        here, there = urlsplit(asked.strip()), urlsplit(final.strip())
    except ValueError:
        return False
    query = {name: value for name, value in parse_qsl(here.query) if identifier in value}
    if query:  # "?gh_jid=4711": the query names the posting
        also = dict(parse_qsl(there.query))
        return all(also.get(name) == value for name, value in query.items()) or _names(
            there.path, {identifier}
        )
    if (_host(here.netloc), _path(here.path)) == (_host(there.netloc), _path(there.path)):
        return True
    last = _path(here.path).rpartition("/")[2]
    return _names(there.path, {identifier, last, *_NUMBER.findall(last)})


#: A number that names a posting: shorter ones are pages, years and days.
_NUMBER = re.compile(r"\d{5,}")


def _names(path: str, names: set[str]) -> bool:
    """Return whether the path holds one of the names, whole."""
    known = (re.escape(_path(name)) for name in names if len(name) >= 3)
    where = _path(path)
    return any(re.search(rf"(?<![^\W_]){name}(?![^\W_])", where) for name in known)


def _path(path: str) -> str:
    return unquote(path).rstrip("/").casefold()


def _host(netloc: str) -> str:
    return netloc.casefold().removeprefix("www.")
