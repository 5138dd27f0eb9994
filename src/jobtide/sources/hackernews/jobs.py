"""The jobs of one comment: what its header and its list of roles say together."""

import re
from typing import Final

from msgspec import Struct

from jobtide.sources import board_of
from jobtide.sources.hackernews.comment import Line, lines
from jobtide.sources.hackernews.header import Header, is_homepage, read_header, tidy_company
from jobtide.sources.hackernews.parts import split_parts
from jobtide.sources.hackernews.refusing import refusal
from jobtide.sources.hackernews.roles import Role, listed_roles
from jobtide.sources.hackernews.words import WORKPLACE, is_role

_LONGEST_TITLE = 120


class Job(Struct, frozen=True, kw_only=True):
    """One job of a comment, in its own words; `()` and None: not stated."""

    title: str
    company: str | None = None
    homepage: str | None = None
    link: str | None = None  #: to the job's own page, where one is plainly its own
    places: tuple[str, ...] = ()
    workplace: str | None = None
    employment: tuple[str, ...] = ()
    pay: tuple[str, ...] = ()


def read_jobs(body: str) -> list[Job] | str:
    """Return the jobs a comment offers, at least one; or the reason why it offers none."""
    found = lines(body)
    header = read_header(found)
    listed = listed_roles(found[1:])
    reason = refusal(found, header, len(listed))
    if reason is not None:
        return reason
    company = header.company or _named_in_text(found)
    roles = _roles(found, header, listed)
    links = [_own_link(role, roles, found) for role in roles]
    return [_job(role, header, company, link) for role, link in zip(roles, links, strict=True)]


def _roles(found: list[Line], header: Header, listed: list[Role]) -> list[Role]:
    """Return the roles: those of a list, else those of the header, else that of a sentence."""
    if len(listed) > 1 and len(listed) >= len(header.roles):
        return listed
    if len(header.roles) == 1 and len(listed) == 1:
        return [Role(title=header.roles[0], links=listed[0].links)]
    if header.roles:
        return [Role(title=_cut(title)) for title in header.roles]
    if listed:
        return listed
    title = header.generic or _asked_for(found) or header.spare or _first_line(found)
    return [Role(title=_cut(title))]


def _cut(title: str) -> str:
    """Return a title of bearable length, ended at a word."""
    if len(title) > _LONGEST_TITLE:
        title = title[:_LONGEST_TITLE].rpartition(" ")[0] or title[:_LONGEST_TITLE]
    return title.rstrip(" |-–—") or title


def _job(role: Role, header: Header, company: str | None, link: str | None) -> Job:
    """Return a role as a job: its own words first, then those of the header."""
    places = role.places or header.places
    way = role.workplace
    if way is None and not any(WORKPLACE.search(place) for place in role.places):
        way = header.workplace
    return Job(
        title=role.title,
        company=company,
        homepage=header.homepage,
        link=link,
        places=places,
        workplace=way,
        employment=role.employment or header.employment,
        pay=role.pay or header.pay,
    )


#: "We are hiring a Data Engineer on our ... team": what follows is cut to the name of a role.
_ASKED: Final = re.compile(
    r"\b(?:hiring|looking for|seeking|recruiting|role for|team with|role open[^:.]{0,30}:)\s*:?\s+"
    r"(?:(?:an?|the|our|for|some|several|first|two|both|more|\d{1,2}|experienced|exceptional|skilled"
    r"|talented|extremely|strong|great|passionate|hands-on)\s+){0,4}([^\n]{3,120})",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(
    r"[.;:()!?]|\s(?:to|who|with|for|on|in|at|across|that|based|join|from)\s", re.IGNORECASE
)


def _asked_for(found: list[Line]) -> str | None:
    """Return the role that a sentence asks for."""
    for line in found:
        for match in _ASKED.finditer(line.text):
            words = _CLAUSE.split(match[1])[0].split()[:8]
            while words and not is_role(" ".join(words)):
                words.pop()
            if words:
                return " ".join(words).strip(" /,-–—")
    return None


def _first_line(found: list[Line]) -> str:
    """Return the first line, or its first sentence, as the only title there is."""
    text = re.sub(_GREETING, "", found[0].text, flags=re.IGNORECASE)
    parts = split_parts(text)
    if len(parts) < 2:
        return re.split(r"(?<=[.!?])\s+(?=[A-Z])", text)[0]
    return " | ".join(parts)


_GREETING: Final = r"^(?:hey|hi|hello),?\s+(?:hn|all|everyone)\W*"

_WORD: Final = r"(?:[A-Z\d][\w.&'’-]*)"
_COMPANY: Final = re.compile(
    rf"(?:^|[\s,!])(?:At )?(?P<name>{_WORD}(?:\s+(?:{_WORD}|of|the|and|&)){{0,4}})"
    r"(?:\s*\([^()]*\))?,?\s+(?:is|are|we(?:['’]re| are))\s+"
    r"(?:now |currently |actively )?(?:hiring|looking|seeking|recruiting|building|the|an?)\b"
)
_LOWER: Final = re.compile(r"(?P<name>[\w.-]+)(?:\s*\([^()]*\))?\s+is hiring\b")
_NO_NAME: Final = frozenset(
    ("we", "our", "this", "it", "there", "here", "who", "what", "that", "i", "he", "she", "they",
     "the company", "our company", "our mission", "our team", "our stack", "everything", "hey hn",
     "the role", "this role", "remote", "position", "the position")
)  # fmt: skip


def _named_in_text(found: list[Line]) -> str | None:
    """Return the company that the first lines name as the one that hires."""
    for line in found[:2]:
        text = re.sub(_GREETING, "", line.text, flags=re.IGNORECASE)
        match = _COMPANY.search(text) or _LOWER.match(text)
        if match and match["name"].lower() not in _NO_NAME:
            return tidy_company(re.sub(r"^At\s+", "", match["name"]))
    return None


#: A page of one job: below a word for jobs there is a name or number.
_JOB_PAGE: Final = re.compile(
    r"/(?:jobs?|careers?|positions?|openings?|vacanc\w+|roles?|apply|hiring|j|o)/(?:[^/?#]+/)*"
    r"[^/?#]*(?:\d|-[^/?#]*-)[^/?#]*|/p/[0-9a-f]{8}"
    r"|//grnh\.se/\w|[?&](?:gh_jid|ashby_jid)=|//jobs\.[^/]+/[^/]+/[^/?#]{6,}",
    re.IGNORECASE,
)


def _own_link(role: Role, roles: list[Role], found: list[Line]) -> str | None:
    """Return the link to a job's own page; one that several share is no one's own."""
    if len(roles) == 1:
        links = dict.fromkeys(role.links or (link for line in found for link in line.links))
        pages = [link for link in links if _JOB_PAGE.search(link)]
        return pages[0] if len(pages) == 1 else None
    links = dict.fromkeys(link for link in role.links if not is_homepage(link))
    others = {link for other in roles if other is not role for link in other.links}
    own = [link for link in links if link not in others]
    pages = [link for link in own if _JOB_PAGE.search(link) or board_of(link)] or own
    return pages[0] if len(pages) == 1 else None
