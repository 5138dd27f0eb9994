"""One JobPosting node in our words."""

from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from msgspec import Struct

from jobtide import dates
from jobtide.model import Posting, Reject
from jobtide.schema_org.locations import applicant_lines, nowhere, place_lines
from jobtide.schema_org.pay import salary
from jobtide.schema_org.prose import description, names, skills
from jobtide.schema_org.words import every, link, said, same_words
from jobtide.text import squeeze, stable_hash, tokens

#: Values of `employmentType` that say nothing.
_NO_TYPE = frozenset(("other", "unspecified"))
#: What stands for an employer who is not named (Google asks for the first of them).
_NO_NAME = frozenset(("confidential", "company confidential", "anonymous"))
#: Parameters that only say where a reader came from: they are no part of an identity.
_TRACKING = frozenset(("ref", "referrer", "source", "src", "fbclid", "gclid", "gh_src"))
_LONGEST_NUMBER = 100


class Origin(Struct, frozen=True, kw_only=True):
    """Where a node was found."""

    source: str
    board: str
    page: str  #: address of the page it stands on
    alone: bool = True  #: False: the page has other postings, so its address names none of them
    organization: str | None = None  #: the employer, when the board has only one


def posting(node: dict[str, Any], origin: Origin) -> Posting | Reject:
    """Say a node in our words; guess nothing, clean nothing. Without a title it is none."""
    title = said(node.get("title")) or said(node.get("name"))
    employer = node.get("hiringOrganization")
    organization = _organization(employer) or origin.organization
    key = identifier(node, origin)
    if title is None:
        return Reject(
            source=origin.source,
            board=origin.board,
            identifier=key,
            step="read",
            reason="no_title",
            detail=origin.page[:200],
        )
    applicants, workplaces = applicant_lines(node), place_lines(node, organization)
    remote = _remote(node)
    if remote and (unreal := tuple(filter(nowhere, workplaces))):
        workplaces = tuple(line for line in workplaces if line not in unreal)
        applicants = applicants or unreal
    pay, pay_words = salary(node)
    kinds = [kind.rpartition("/")[2] for kind in every(node.get("employmentType"))]
    text = description(node)
    return Posting(
        source=origin.source,
        board=origin.board,
        identifier=key,
        url=address(node, origin),
        title=title,
        hiring_organization=organization,
        organization_url=_home(employer, origin.page),
        logo_url=link(employer.get("logo"), origin.page) if isinstance(employer, dict) else None,
        description=text,
        description_complete=bool(text),
        date_posted=moment(node.get("datePosted")),
        date_modified=moment(node.get("dateModified")),
        valid_through=moment(node.get("validThrough")),
        requisition=requisition(node),
        tags=tuple(dict.fromkeys((*skills(node), *names(node.get("industry"))))),
        occupational_category=_categories(node, title),
        employment_type_text=", ".join(one for one in kinds if one.lower() not in _NO_TYPE)
        or None,
        location_text="; ".join(workplaces or applicants) or None,
        job_locations=workplaces,
        applicant_locations=applicants,
        arrangement_text="remote (jobLocationType: TELECOMMUTE)" if remote else None,
        salary_text=pay_words,
        stated_salary=pay,
    )


def address(node: dict[str, Any], origin: Origin) -> str:
    """Return the posting's own page: the one it names, unless that is only a site's front."""
    for name in ("url", "mainEntityOfPage", "@id"):
        found = link(node.get(name), origin.page)
        if found and urlsplit(found).path.strip("/"):
            return found
    return origin.page


def identifier(node: dict[str, Any], origin: Origin) -> str:
    """Return what names the posting for good.

    The employer's number when it is part of the page's address; then that address. `identifier`
    alone is not believed: some boards put the number of the employer there, the same for all
    its postings. Where a page with several postings names no address for each, title, employer and
    places name it.
    """
    page = address(node, origin)
    number = requisition(node)
    if number and number.isascii() and _token(number, page):
        return number
    if origin.alone or bare(page) != bare(origin.page):
        return f"{stable_hash(bare(page)):016x}"
    employer = _organization(node.get("hiringOrganization")) or ""
    words = (said(node.get("title")) or "", employer, *place_lines(node, None), number or "")
    return f"{stable_hash(' | '.join((bare(page), *map(squeeze, words)))):016x}"


def requisition(node: dict[str, Any]) -> str | None:
    """Return the employer's number of the vacancy, unless it is the number of the employer."""
    value = node.get("identifier")
    value = next((one for one in value if one), None) if isinstance(value, list) else value
    if isinstance(value, dict):
        value = value.get("value") or value.get("@value")
    number = squeeze(said(value) or "")
    if not number or len(number) > _LONGEST_NUMBER or "://" in number:
        return None
    employer = node.get("hiringOrganization")
    name = _organization(employer)
    if name and same_words(number, name) and not any(map(str.isdigit, number)):
        return None
    if isinstance(employer, dict):
        homes = (*every(employer.get("sameAs")), *every(employer.get("url")))
        if any(_token(number, home) for home in homes):
            return None
    return number


def moment(value: Any) -> datetime | None:  # noqa: ANN401 - any JSON
    """Return the time a value states: a text in any form `dates` reads, or a number of seconds."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return dates.from_epoch(value)
    words = said(value)
    return dates.parse(words) if words else None


def _organization(employer: Any) -> str | None:  # noqa: ANN401 - any JSON
    """Return the employer's name, unless it is not to be named."""
    if isinstance(employer, list):
        employer = next((one for one in employer if one), None)
    name = said(employer.get("name")) or said(employer.get("legalName")) if isinstance(
        employer, dict) else said(employer)  # fmt: skip
    return None if name is None or squeeze(name).lower() in _NO_NAME else name


def _home(employer: Any, page: str) -> str | None:  # noqa: ANN401 - any JSON
    """Return the employer's site: `sameAs` when it is one address, else `url`."""
    if not isinstance(employer, dict):
        return None
    same = employer.get("sameAs")
    alone = None if isinstance(same, list) and len(same) > 1 else link(same, page)
    return alone or link(employer.get("url"), page) or link(same, page)


def _remote(node: dict[str, Any]) -> bool:
    kinds = every(node.get("jobLocationType"))
    return any("telecommut" in kind.lower() or kind.lower() == "remote" for kind in kinds)


def _categories(node: dict[str, Any], title: str) -> tuple[str, ...]:
    """Return the occupational categories; the title once more is none."""
    found = every(node.get("occupationalCategory"))
    return tuple(one for one in found if tokens(one) != tokens(title))


def _token(number: str, url: str) -> bool:
    """Tell whether a number is a part of an address of its own ("/jobs/11169/cook")."""
    at, text, wanted = 0, url.lower(), number.lower()
    while (at := text.find(wanted, at)) >= 0:
        before, after = text[at - 1 : at], text[at + len(wanted) : at + len(wanted) + 1]
        if not before.isalnum() and not after.isalnum():
            return True
        at += 1
    return False


def bare(url: str) -> str:
    """Return what two addresses of one page share: no tracking, order of parameters, "www."."""
    parts = urlsplit(url)
    pairs = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True, max_num_fields=None)
        if name.lower() not in _TRACKING and not name.lower().startswith("utm_")
    ]
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{urlencode(sorted(pairs))}"
