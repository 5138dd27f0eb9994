"""
A feed of jobs: RSS, Atom or JSON Feed, of any site; WordPress job boards among them.

The board's address (url) is the feed. Feeds say little in fields and much in one line, so
employer and place are taken out of titles where the feed writes them there.
https://www.rssboard.org/rss-specification, RFC 4287, https://www.jsonfeed.org/version/1.1/
"""

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

import msgspec

from jobtide import dates, schema_org
from jobtide.errors import ConfigError
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Terms
from jobtide.sources import Source, refused, stated
from jobtide.sources.feed import json_feed
from jobtide.sources.feed.document import mended, parsed
from jobtide.sources.feed.entries import ROOTS, entries, local
from jobtide.sources.feed.identity import identifier
from jobtide.sources.feed.rescue import rescued
from jobtide.sources.feed.titles import creator_parts, parted
from jobtide.text import fold, squeeze, stable_hash

#: An excerpt ends with these: WordPress's "[…]", "Continue reading", bare dots.
_EXCERPT = re.compile(
    r"(?:…|\.\.\.|&hellip;|&#8230;)\]?\s*(?:</\w+>\s*)*\Z"
    r"|(?:continue reading|read more|weiterlesen|lire la suite)\b[^<]{0,200}(?:</\w+>\s*)*\Z",
    re.IGNORECASE,
)
#: Words of `job_type` and `job_category` that are types of employment; boards built on WP Job
#: Manager use either element for either thing.
_EMPLOYMENT = re.compile(
    r"\b(?:full|part)[\s-]?time\b|\bcontract(?:or)?\b|\bfreelance|\bintern(?:ship)?\b|\btemporary"
    r"|\bpermanent\b|\bvolunteer|\bper diem\b|\bapprentice|\bfixed[\s-]term\b|\bcasual\b|\bgig\b"
)


class Entry(msgspec.Struct):
    """What one entry says, whatever its feed calls it."""

    title: str = ""
    link: str | None = None
    original: str | None = None  #: FeedBurner's name of the page behind its own link
    guid: str | None = None
    description: str | None = None  #: HTML, often an excerpt
    content: str | None = None  #: HTML, whole
    published: str | None = None
    updated: str | None = None
    expires: str | None = None
    creator: str | None = None
    company: str | None = None
    location: str | None = None
    city: str | None = None
    state: str | None = None
    country: str | None = None
    job_type: str | None = None
    job_category: str | None = None
    salary: str | None = None
    remote: str | None = None
    skills: str | None = None
    logo: str | None = None
    image: str | None = None
    categories: list[str] = []
    job_posting: dict[str, Any] | None = None  #: schema.org, in JSON Feeds of job systems
    identifier: str = ""  #: made by `split`, which sees the other entries


def start(board: Board) -> Request:
    """Ask for the feed at the board's address.

    Raises:
        ConfigError: the board has no address.
    """
    if not board.url:
        raise ConfigError(f"{board.key}: a feed needs its address (url)")
    return Request(url=board.url)


#: Elements that are open at once in what the forgiving reader is given: its time grows faster
#: than their number (8,000 took 0.4 s, 200,000 did not end).
DEEPEST = 5_000
_TAG = re.compile(r"<(/?)[A-Za-z][^<>]*?(/?)>")


def _depth(text: str) -> int:
    """Return how many elements are open at once, at most."""
    depth = deepest = 0
    for tag in _TAG.finditer(text):
        depth = max(0, depth - 1) if tag[1] else depth + (not tag[2])
        deepest = max(deepest, depth)
    return deepest


def split(response: Response, board: Board) -> Page:
    """Take the feed apart into one record an entry; one without entries is empty.

    Raises:
        PayloadError: the body is no feed: a page for people, JSON or XML of another kind.
    """
    if not response.body.strip():
        raise refused("the answer is empty", board)
    if response.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return Page(records=_identified(json_feed.records(response, board)))
    text = mended(response, board)
    document = parsed(text)
    kind = local(document[0]) if document else ""
    if document is None or kind not in ROOTS:
        title = schema_org.page_title(response.body)
        page = f"a page for people: {title!r}" if title or kind == "html" else f"XML {kind[:40]!r}"
        raise refused(f"no feed but {page if document else 'no XML we can read'}", board)
    root, whole = document
    records = entries(root, whole=whole)
    if not whole:
        found = [one for one in records if _page_of(one)]
        saved = rescued(text) if _depth(text) <= DEEPEST else []
        records = max(saved, found, key=lambda some: (len(some), len(str(some))))
        records = [one for one in records if _page_of(one)]
    return Page(records=_identified(records), complete=whole)


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say one entry in our words; guess nothing, clean nothing."""
    entry = msgspec.convert(record, Entry)
    url = _address(_page_of(record), board)
    if url is None or not stated(entry.title):
        return Reject(
            source="feed",
            board=board.token,
            identifier=entry.identifier or None,
            step="read",
            reason="bad_record" if stated(entry.title) else "no_title",
            detail=f"{entry.title[:100]} {_page_of(record)[:100]}".strip(),
        )
    creator, pinned = creator_parts(entry.creator or "")
    known = stated(entry.company) or creator or board.organization
    company, title = parted(entry.title, known)
    description, complete = _description(entry)
    employment, categories = _kinds(entry)
    place = stated(entry.location) or pinned or _joined(entry.city, entry.state, entry.country)
    skills = tuple(one.strip() for one in (entry.skills or "").split(",") if one.strip())
    result = Posting(
        source="feed",
        board=board.token,
        identifier=entry.identifier,
        url=url,
        title=title,
        hiring_organization=company,
        logo_url=_address(entry.logo or entry.image or "", board),
        description=description,
        description_complete=complete,
        date_posted=dates.parse(squeeze(entry.published or "")),
        date_modified=dates.parse(squeeze(entry.updated or "")),
        valid_through=dates.parse(squeeze(entry.expires or "")),
        tags=tuple(dict.fromkeys((*entry.categories, *skills))),
        occupational_category=categories,
        employment_type_text=employment,
        location_text=place,
        arrangement_text=stated(entry.remote),
        salary_text=stated(entry.salary),
    )
    return _completed(result, entry, board)


def _identified(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the records with an identifier each; entries that share one are told by their title.

    Some feeds give every entry the address of the site as its link.
    """
    keys = [identifier(str(one.get("guid") or ""), _page_of(one)) or "" for one in records]
    titles: dict[str, set[str]] = {}
    for key, one in zip(keys, records, strict=True):
        titles.setdefault(key, set()).add(squeeze(str(one.get("title"))).lower())
    found = []
    for key, one in zip(keys, records, strict=True):
        title = squeeze(str(one.get("title"))).lower()
        shared = key and len(titles[key]) > 1
        own = f"{stable_hash(f'{key} {title}'):016x}" if shared else key
        found.append({**one, "identifier": own})
    return found


def _page_of(record: dict[str, Any]) -> str:
    """Return the address of the page an entry is about."""
    for name in ("original", "link", "guid"):
        text = str(record.get(name) or "").strip()
        if text and (name != "guid" or text.startswith(("http://", "https://"))):
            return text
    return ""


def _address(text: str, board: Board) -> str | None:
    """Return an address made whole, None for what is none."""
    text = "".join(text.split())
    try:
        parts = urlsplit(urljoin(board.url or "", text) if text else "")
        return parts.geturl() if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _description(entry: Entry) -> tuple[str, bool]:
    """Return the text of an entry, and whether it is all of it."""
    texts = [text for text in (entry.content, entry.description) if text and stated(text)]
    if not texts:
        return "", False
    text = max(texts, key=len)
    return text, not _EXCERPT.search(text.rstrip()[-300:])


def _kinds(entry: Entry) -> tuple[str | None, tuple[str, ...]]:
    """Return the type of employment and the categories, each in whichever element it stands."""
    kind, category = stated(entry.job_type), stated(entry.job_category)
    is_type = [bool(text and _EMPLOYMENT.search(fold(text))) for text in (kind, category)]
    if is_type == [False, True]:
        kind, category = category, kind
    return kind, (category,) if category else ()


def _joined(*parts: str | None) -> str | None:
    return ", ".join(part for part in parts if part and stated(part)) or None


def _completed(result: Posting, entry: Entry, board: Board) -> Posting:
    """Return the posting with what the entry's schema.org node says besides."""
    if entry.job_posting is None:
        return result
    origin = schema_org.Origin(source="feed", board=board.token, page=result.url)
    node = schema_org.named(entry.job_posting)
    said = schema_org.posting({"title": entry.title, **node}, origin)
    if isinstance(said, Reject):
        return result
    empty = {
        name: value
        for name in Posting.__struct_fields__
        if getattr(result, name) in (None, (), "") and (value := getattr(said, name))
    }
    if said.hiring_organization:  # then the title is only a title
        empty |= {"hiring_organization": said.hiring_organization, "title": said.title}
    return msgspec.structs.replace(result, **empty)


SOURCE = Source(
    name="feed",
    homepage="https://www.rssboard.org",
    documentation="https://www.rssboard.org/rss-specification",
    kind="aggregator",
    window=True,
    terms=Terms(
        credit="the site of the feed",
        read_at="the site of each feed: whoever adds it reads its terms",
        read_on="2026-11-25",
        apply_via_board=True,
        logo=False,
        description="excerpt",
        structured_data=False,
        syndication=False,
        min_interval_s=3600.0,
        note="A feed is published for readers, not for other sites: unless its site says more,"
        " an excerpt with a link back is all that may be shown.",
    ),
    start=start,
    split=split,
    posting=posting,
)
