"""
An employer's site, found through its sitemap: the pages of jobs, and the markup on them.

The board's address (url) is the sitemap or the site. Sitemaps of sitemaps are followed, addresses
that look like one job are asked, newest first, and what their schema.org JobPosting says is read.
https://www.sitemaps.org/protocol.html
"""

import zlib
from typing import Any
from urllib.parse import urlsplit

import msgspec

from jobtide import dates, schema_org
from jobtide.errors import ConfigError
from jobtide.model import Board, Page, Posting, Reject, Request, Response, Terms
from jobtide.sources import Source, parse_xml, refused
from jobtide.sources.sitemap.addresses import is_about_jobs, is_job, same_site

#: Job pages of one site that are asked in one read; with its sitemaps they stay below the 200
#: requests a board may take.
MOST_PAGES = 180
#: Sitemaps of one site that are read, and how deep they may be nested. The protocol allows one
#: level and 50,000 entries.
MOST_SITEMAPS, DEEPEST = 15, 2
#: The same bound as for an answer that is compressed by its server.
MOST_BYTES = 10 * 2**20


def start(board: Board) -> Request:
    """Ask for the sitemap: the board's address, or /sitemap.xml of the site it names.

    Raises:
        ConfigError: the board has no address.
    """
    url = board.url or board.homepage
    if not url:
        raise ConfigError(f"{board.key}: a sitemap needs its address (url)")
    parts = urlsplit(url)
    name = parts.path.rpartition("/")[2].lower()
    if "sitemap" in name or name.endswith((".xml", ".xml.gz", ".txt")):
        return Request(url=url)
    return Request(url=f"{parts.scheme}://{parts.netloc}/sitemap.xml")


def split(response: Response, board: Board) -> Page:
    """Take apart a sitemap, a sitemap of sitemaps, or the page of a job.

    Raises:
        PayloadError: the body is no sitemap, or a page that keeps programs out. The page of a job
            that has ended gives no record.
    """
    if response.request.context.get("kind") == "page":
        return _job_page(response, board)
    body = _unpacked(response.body, board)
    if body.lstrip()[:8].lower().startswith((b"http://", b"https://")):
        entries = [(line, "") for line in body.decode("utf-8", "replace").split()]
        return _pages(entries, response)
    root, whole = parse_xml(msgspec.structs.replace(response, body=body), board)
    kind = _local(root)
    if kind not in ("urlset", "sitemapindex"):
        raise refused(f"no sitemap, but XML called {kind[:40]!r}", board)
    entries = [
        (_text(entry, "loc"), _text(entry, "lastmod")) for entry in root.iterchildren("{*}*")
    ]
    page = _pages(entries, response) if kind == "urlset" else _sitemaps(entries, response)
    return page if whole else msgspec.structs.replace(page, complete=False)


def posting(record: dict[str, Any], board: Board) -> Posting | Reject:
    """Say the job of one page in our words; the sitemap knows when the page was changed."""
    result = schema_org.posting(record, schema_org.origin_of(record, _origin(board, "")))
    if isinstance(result, Reject) or result.date_modified is not None:
        return result
    changed = dates.parse(str(record.get("@lastmod") or ""))
    return msgspec.structs.replace(result, date_modified=changed)


def _job_page(response: Response, board: Board) -> Page:
    if complaint := schema_org.challenge(response.body):
        raise refused(f"a page that keeps programs out: {complaint!r}", board)
    found = schema_org.job_postings(response.body, response.content_type)
    records = schema_org.records(found.nodes, _origin(board, response.request.url))
    changed = response.request.context.get("lastmod", "")
    return Page(
        records=[{**record, "@lastmod": changed} for record in records],
        complete=found.whole and not found.unreadable,
    )


def _pages(entries: list[tuple[str, str]], response: Response) -> Page:
    """Return the requests for the pages of jobs, those changed last first."""
    here = response.request.url
    jobs = {url: changed for url, changed in entries if is_job(url) and same_site(url, here)}
    order = sorted(jobs.items(), key=lambda job: _seconds(job[1]), reverse=True)
    follow = [
        Request(url=url, optional=True, context={"kind": "page", "lastmod": changed})
        for url, changed in order[:MOST_PAGES]
    ]
    return Page(records=[], follow=follow, complete=len(order) <= MOST_PAGES)


def _sitemaps(entries: list[tuple[str, str]], response: Response) -> Page:
    """Return the requests for the sitemaps named, those about jobs alone if there are any."""
    here, depth = response.request.url, int(response.request.context.get("depth", "0"))
    urls = list(dict.fromkeys(url for url, _changed in entries if same_site(url, here)))
    urls = [url for url in urls if is_about_jobs(url)] or urls
    if depth >= DEEPEST:
        urls = []
    follow = [Request(url=url, context={"depth": str(depth + 1)}) for url in urls[:MOST_SITEMAPS]]
    return Page(records=[], follow=follow, complete=0 < len(urls) <= MOST_SITEMAPS)


def _unpacked(body: bytes, board: Board) -> bytes:
    """Return a sitemap that is stored compressed ("sitemap.xml.gz") as text, within bounds."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    machine = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        text = machine.decompress(body, MOST_BYTES + 1)
    except zlib.error as error:
        raise refused(f"no gzip we can read: {error}", board) from error
    if len(text) > MOST_BYTES:
        raise refused(f"a sitemap of more than {MOST_BYTES} bytes", board)
    if not machine.eof:
        raise refused("a compressed sitemap that breaks off", board)
    return text


def _local(element: Any) -> str:  # noqa: ANN401 - lxml's stubs know no tag that is no text
    return str(element.tag).rpartition("}")[2]


def _text(entry: Any, name: str) -> str:  # noqa: ANN401 - an element
    return "".join(entry.findtext(f"{{*}}{name}", "").split())


def _seconds(changed: str) -> float:
    moment = dates.parse(changed)
    return moment.timestamp() if moment else 0.0


def _origin(board: Board, page: str) -> schema_org.Origin:
    return schema_org.Origin(
        source="sitemap", board=board.token, page=page, organization=board.organization
    )


SOURCE = Source(
    name="sitemap",
    robots=True,
    homepage="https://www.sitemaps.org",
    documentation="https://www.sitemaps.org/protocol.html",
    kind="employer",
    window=True,  # a page that fails for a day must not end its job
    terms=Terms(
        credit="the employer's site",
        read_at="the site of each board: whoever adds it reads its terms",
        read_on="2026-11-25",
        min_interval_s=24 * 3600.0,
        note="Sitemaps and JobPosting markup are made for search engines. Read only sites whose"
        " terms and robots.txt allow it; a read costs a request a job, so one a day is ours.",
    ),
    start=start,
    split=split,
    posting=posting,
)
