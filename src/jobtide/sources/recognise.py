"""
Which board is behind an address: the host patterns of every system, as data.

Sources: the public addresses each vendor documents for careers pages and APIs (see the
`documentation` of each source). Order matters: an address is the first pattern's that fits.
"""

import re
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from jobtide.model import Board

_TOKEN = r"(?P<token>[A-Za-z0-9][A-Za-z0-9_.%+-]{0,80})"  # noqa: S105 - a pattern
_LABEL = r"(?P<token>[a-z0-9][a-z0-9-]{0,62})"
#: Labels before a vendor's domain, and first parts of its paths, that are the vendor's own.
_VENDORS_OWN = frozenset(
    "www app api apply jobs careers career help support blog docs developer developers status "
    "resources login static assets cdn embed widget search info get go about pricing marketing "
    "boards job-boards companies j job v0 v1 hire demo signup home".split()
)


class Pattern(Struct, frozen=True):
    """One form of address: source, pattern of host and path (and of the query, if it counts)."""

    source: str
    address: re.Pattern[str]


def _of(source: str, *addresses: str) -> list[Pattern]:
    return [Pattern(source, re.compile(rf"{address}(?=[/?#]|$)", re.I)) for address in addresses]


PATTERNS: tuple[Pattern, ...] = tuple(
    _of(
        "greenhouse",
        rf"(?:boards|job-boards)(?:\.eu)?\.greenhouse\.io/embed/job_(?:board|app)(?:/js)?\?(?:[^#]*&)?for={_TOKEN}(?:&.*)?",
        rf"boards-api(?:\.eu)?\.greenhouse\.io/v1/boards/{_TOKEN}",
        rf"(?:boards|job-boards)(?:\.eu)?\.greenhouse\.io/{_TOKEN}",
    )
    + _of(
        "lever",
        rf"jobs(?:\.eu)?\.lever\.co/{_TOKEN}",
        rf"api(?:\.eu)?\.lever\.co/v0/postings/{_TOKEN}",
    )
    + _of(
        "ashby",
        rf"jobs\.ashbyhq\.com/{_TOKEN}",
        rf"api\.ashbyhq\.com/posting-api/job-board/{_TOKEN}",
    )
    + _of(
        "smartrecruiters",
        rf"(?:careers|jobs)\.smartrecruiters\.com/{_TOKEN}",
        rf"api\.smartrecruiters\.com/v1/companies/{_TOKEN}",
    )
    + _of(
        "workable",
        rf"apply\.workable\.com/api/v\d/(?:widget/)?accounts/{_TOKEN}",
        rf"apply\.workable\.com/{_TOKEN}",
        rf"{_LABEL}\.workable\.com",
    )
    + _of("recruitee", rf"{_LABEL}\.recruitee\.com")
    + _of("personio", rf"{_LABEL}\.jobs\.personio\.(?:de|com|es|nl|it|fr)")
    + _of("teamtailor", rf"{_LABEL}(?:\.(?:na|eu|au))?\.teamtailor\.com")
    + _of(
        "workday",
        r"(?P<tenant>[a-z0-9_-]+)\.(?P<data_centre>wd\d+)\.myworkday(?:jobs|site)\.com/wday/cxs/"
        r"[a-z0-9_-]+/(?P<site>[A-Za-z0-9_-]+)",
        r"(?P<tenant>[a-z0-9_-]+)\.(?P<data_centre>wd\d+)\.myworkdayjobs\.com/"
        r"(?:[a-z]{2}-[A-Z]{2}/)?(?P<site>[A-Za-z0-9_-]+)",
    )
    + _of("bamboohr", rf"{_LABEL}\.bamboohr\.com")
    + _of("breezy", rf"{_LABEL}\.breezy\.hr")
    + _of("pinpoint", rf"{_LABEL}\.pinpointhq\.com")
    + _of(
        "rippling",
        rf"ats\.rippling\.com/(?:[a-z]{{2}}-[A-Z]{{2}}/)?{_TOKEN}",
        rf"api\.rippling\.com/platform/api/ats/v1/board/{_TOKEN}",
    )
    + _of("icims", rf"{_LABEL}\.icims\.com", r"(?P<token>[a-z0-9-]{1,63}\.jibeapply\.com)")
)


def board_behind(url: str) -> Board | None:
    """Return the board whose careers page, posting or API an address is; None: none we know.

    >>> board_behind("https://jobs.lever.co/acme/1b2c").key
    'lever/acme'
    >>> board_behind("https://acme.wd5.myworkdayjobs.com/en-US/Careers").key
    'workday/acme.wd5/Careers'
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme not in ("http", "https", ""):
        return None
    address = f"{parts.netloc.lower()}{parts.path}"
    if parts.query:
        address += f"?{parts.query}"
    for pattern in PATTERNS:
        found = pattern.address.match(address)
        if found and (token := _token(found)):
            return Board(source=pattern.source, token=token)
    return None


def _token(found: re.Match[str]) -> str | None:
    """Return the token of a board; None for what is the vendor's own."""
    parts = found.groupdict()
    if "tenant" in parts:
        return f"{parts['tenant']}.{parts['data_centre']}/{parts['site']}"
    token = unquote(parts["token"])
    return None if token.lower() in _VENDORS_OWN else token


def board_at(source: str, url: str) -> Board:
    """Return the board of a source that is found by address (feed, jsonld, sitemap, listings).

    >>> board_at("feed", "https://www.acme.example/jobs/feed.xml?type=remote").key
    'feed/acme-example-jobs-feed-xml-type-remote'
    """
    words = re.findall(r"[a-z0-9]+", url.strip().lower().partition("://")[2])
    if words[:1] == ["www"]:
        words = words[1:]
    return Board(source=source, token="-".join(words)[:80].strip("-") or "main", url=url.strip())
