"""From the address of a careers page or feed to a board: what is it, and does it read well?"""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urljoin

import lxml.etree
import lxml.html
import tomlkit
from msgspec import Struct

from jobtide import sources
from jobtide.answers import parse_html
from jobtide.errors import ConfigError, UsageError
from jobtide.fetch import fetch_one, read_boards
from jobtide.model import Board, Posting, Reject, Request
from jobtide.run.collect import Reader, fetch_settings, read_capture, to_ask
from jobtide.sources.recognise import board_at, board_behind

#: Types of `<link rel="alternate">` that are feeds (RFC 4287, RSS, JSON Feed 1.1).
FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
#: Links of a page that are looked at; a careers page has its board among the first.
MAX_LINKS = 2_000


class Found(Struct, frozen=True, kw_only=True):
    """A board and how it was found."""

    board: Board
    how: str  #: "the address itself", "a link on the page: ...", "the feed of the page", ...


def find_board(url: str, reader: Reader) -> Found:
    """Return the board behind an address.

    The address itself is looked at first, then the links and frames of its page, then the page's
    JobPosting markup, then the feeds it names.

    Raises:
        UsageError: nothing was found; the message says what was looked for.
        SourceError: the page could not be read.
    """
    if "://" not in url:
        url = f"https://{url}"
    direct = board_behind(url)
    if direct is not None:
        return Found(board=direct, how="the address itself")
    known = sources.board_of(url)
    if known is not None and sources.load(known).boards:
        return Found(board=sources.load(known).boards[0], how="the address of a board we know")
    response = fetch_one(
        Request(url=url),
        fetch_settings(reader.config),
        clock=reader.clock,
        random=reader.random,
        rebase=reader.config.fetch.base_url,
    )
    found = look_into(url, response.body, response.content_type or "")
    if found is None:
        raise UsageError(
            f"{url}: no board was found. Looked for a link to a known applicant tracking system, "
            "for JobPosting markup and for a feed of jobs. Is it the careers page itself?"
        )
    return found


def look_into(url: str, body: bytes, content_type: str) -> Found | None:
    """Return the board a page leads to, or None; pure, for any bytes."""
    start = body[:1024].lstrip().lower()
    if "json" in content_type or start.startswith(b"{"):
        return _feed(url) if b"jsonfeed.org" in body[:2048] else None
    if start.startswith(b"<?xml") or start.startswith((b"<rss", b"<feed", b"<urlset")):
        kind = (
            "sitemap" if b"<urlset" in body[:4096] or b"<sitemapindex" in body[:4096] else "feed"
        )
        return Found(board=board_at(kind, url), how=f"the address is a {kind}")
    try:
        page = parse_html(body)
    except (lxml.etree.LxmlError, ValueError):
        return None
    for link in islice(_links(page, url), MAX_LINKS):
        board = board_behind(link)
        if board is not None:
            return Found(board=board, how=f"a link on the page: {link[:120]}")
    if b'"JobPosting"' in body or b"schema.org/JobPosting" in body:
        return Found(board=board_at("jsonld", url), how="the page's JobPosting markup")
    for link in _feeds(page, url):
        return _feed(link)
    return None


def _links(page: lxml.html.HtmlElement, base: str) -> Iterator[str]:
    """Yield every address of a page: links, frames, scripts, forms."""
    for element in page.iter("a", "iframe", "script", "form", "link"):
        for name in ("href", "src", "action"):
            if value := element.get(name):
                try:
                    yield urljoin(base, value.strip())
                except ValueError:
                    continue


def _feeds(page: lxml.html.HtmlElement, base: str) -> Iterator[str]:
    for element in page.iter("link"):
        is_feed = (element.get("type") or "").lower() in FEED_TYPES
        if is_feed and "alternate" in (element.get("rel") or "") and element.get("href"):
            yield urljoin(base, element.get("href"))


def _feed(url: str) -> Found:
    return Found(board=board_at("feed", url), how=f"a feed: {url[:120]}")


def try_board(board: Board, reader: Reader) -> tuple[list[Posting], list[Reject]]:
    """Read a board once, storing nothing.

    Raises:
        SourceError: it cannot be read.
    """
    (capture,) = read_boards(
        [to_ask(board, reader.config, None)],
        fetch_settings(reader.config),
        clock=reader.clock,
        random=reader.random,
    )
    if capture.error is not None:
        raise capture.error
    return read_capture(capture)


def csv_with(text: str, board: Board) -> str:
    """Return `boards/<source>.csv` with one more line, in order.

    Raises:
        ConfigError: the board is listed already, or is found by an address, which the table lacks.
    """
    if board.url is not None:
        raise ConfigError(f"{board.key} is found by its address: add it to jobtide.toml instead")
    rows = list(csv.DictReader(text.splitlines()))
    if any(row["token"].casefold() == board.token.casefold() for row in rows):
        raise ConfigError(f"{board.key} is listed already")
    rows.append(
        {
            "token": board.token,
            "organization": board.organization or "",
            "homepage": board.homepage or "",
        }
    )
    rows.sort(key=lambda row: row["token"].casefold())
    out = io.StringIO()
    writer = csv.DictWriter(out, ("token", "organization", "homepage"), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def toml_with(text: str, board: Board) -> str:
    """Return jobtide.toml with one more `[[boards]]` entry; everything else stays as it is."""
    document = tomlkit.parse(text)
    entries = document.get("boards")
    if entries is None:
        entries = tomlkit.aot()
        document["boards"] = entries
    entry = tomlkit.table()
    for name in ("source", "token", "organization", "homepage", "url"):
        if value := getattr(board, name):
            entry[name] = value
    if any(
        one.get("source") == board.source and one.get("token") == board.token for one in entries
    ):
        raise ConfigError(f"{board.key} is listed already")
    entries.append(entry)
    return tomlkit.dumps(document)
