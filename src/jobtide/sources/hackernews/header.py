"""
The first line of a hiring comment: "Company | Role | Place | REMOTE | Full-time | $120k".

The order is a habit, not a rule; each part is known by its words. A part that none fits is the
company when it comes first, and is otherwise left alone.
"""

import re
from typing import Final

import msgspec
from msgspec import Struct

from jobtide.places import read
from jobtide.sources.hackernews.comment import Line
from jobtide.sources.hackernews.parts import (
    LONGEST_PART,
    Part,
    read_part,
    split_parts,
    workplace,
)
from jobtide.sources.hackernews.words import WORKPLACE, is_role

_LONGEST_COMPANY = 70
_LONGEST_LINE = 160  #: that is looked at for dashes and semicolons


class Header(Struct, frozen=True, kw_only=True):
    """What the head of a comment states, in its own words; `()` and None: not stated."""

    company: str | None = None
    homepage: str | None = None
    roles: tuple[str, ...] = ()
    generic: str | None = None  #: "Multiple roles", "Engineering, GTM"
    spare: str | None = None  #: the first part behind the company that fits nothing else
    places: tuple[str, ...] = ()
    workplace: str | None = None  #: "REMOTE", "Hybrid"; None also when there is a choice
    employment: tuple[str, ...] = ()
    pay: tuple[str, ...] = ()
    parts: int = 0  #: of the line, by its bars


def read_header(found: list[Line]) -> Header:
    """Return what the first lines of a comment state; an empty `Header` when that is nothing."""
    if not found:
        return Header()
    keyed = _keyed(found)
    if keyed is not None:
        return keyed
    first = found[0]
    texts = split_parts(first.text)
    if len(texts) < 2:
        texts = _dashed(first.text)
    parts = [part for part in map(read_part, texts) if part.text]
    if len(texts) < 2:
        header = _alone(parts)
    else:
        header = _header(parts, len(texts), named=len(texts[0]) <= LONGEST_PART)
    homepage = next((link for link in first.links if is_homepage(link)), None)
    return msgspec.structs.replace(header, homepage=homepage)


def _dashed(text: str) -> list[str]:
    """Return the parts of a short line between semicolons or dashes, if they are a header's."""
    if len(text) > _LONGEST_LINE:
        return [text]
    for mark in (r"\s*;\s*", r"\s+[-–—]\s+"):
        parts = [part for part in re.split(mark, text) if part]
        known = [part for part in map(read_part, parts[1:]) if not part.unknown]
        if len(parts) > 1 and known:
            return parts
    return [text]


def _header(parts: list[Part], count: int, *, named: bool) -> Header:
    """Say which part is the company, and collect the others."""
    parts = [part for part in parts if not _INVITATION.fullmatch(part.text)]
    company = _company(parts) if named else None
    rest = [part for part in parts if part is not company]
    if company is not None:
        rest = [*map(read_part, _besides_the_name(company.text)), *rest]
    roles = [role for part in rest if part.role for role in split_roles(part.role)]
    name = company.text if company else None
    if name is None and len(roles) == 1 and (at := _AT.search(roles[0])):
        roles, name = [roles[0][: at.start()]], at[1]
    places = tuple(part.place for part in rest if part.place)
    return Header(
        company=tidy_company(name) if name else None,
        roles=tuple(roles),
        generic=next((part.generic for part in rest if part.generic), None),
        spare=next((part.text for part in rest if part.unknown), None),
        places=places,
        workplace=workplace(" ".join(places)),
        employment=tuple(part.employment for part in rest if part.employment),
        pay=tuple(part.pay for part in rest if part.pay),
        parts=count,
    )


#: Words that invite and name nothing, as a part of their own.
_INVITATION: Final = re.compile(
    r"\W*(?:seeking freelancers?|(?:we(?:'|’)?re |now |we are )?hiring|closed|job|open roles?)\W*",
    re.IGNORECASE,
)
#: "Editor for The Upshot at The New York Times".
_AT: Final = re.compile(r"\s+at\s+([A-Z][\w&.' -]{1,50})$")


#: A name alone on its line: every word of weight begins large.
_NAME: Final = re.compile(
    r"(?:[A-Z\d][\w.&'’-]*|of|the|and|for|&)(?:\s+(?:[A-Z\d][\w.&'’-]*|of|the|and|for|&)){0,5}"
    r"(?:\s*\([^()]*\)|\s+[-–—]\s.*)*"
)


def _company(parts: list[Part]) -> Part | None:
    """Return the part that names the company: the first, unless it plainly is something else."""
    if not parts:
        return None
    first, *rest = parts
    spare = next((part for part in rest[:2] if part.unknown), None)
    if first.role and is_role(first.text):
        named = any(part.role for part in rest) and spare is None
        return first if named and not first.place else spare
    if first.place and "," in first.text and spare is not None:
        return spare  # "Cologne, Germany | Company | Role"
    return first if len(parts) > 1 else None


def _alone(parts: list[Part]) -> Header:
    """Return what a line without parts names: a role or a company, if it is no sentence."""
    if len(parts) != 1 or len(parts[0].text) > LONGEST_PART or _VERB.search(parts[0].text):
        return Header()
    (part,) = parts
    if part.role:
        return Header(roles=tuple(split_roles(part.role)))
    return Header(company=tidy_company(part.text) if _NAME.fullmatch(part.text) else None)


#: Words that make a line a sentence.
_VERB: Final = re.compile(
    r"\b(?:i|we|you|is|are|am|was|have|has|do|does|looking|hiring|seeking|thanks?|hello|hey|hi)\b",
    re.IGNORECASE,
)


def _besides_the_name(text: str) -> list[str]:
    """Return what else stands in the company's part: "Kelp (REMOTE, EU)", "Kelp - Full-time"."""
    found = [inside for inside in re.findall(r"\(([^()]*)\)", text) if WORKPLACE.search(inside)]
    tail = re.search(
        r"\s(?:(?:multiple|various|several)\s+(?:roles|positions)|[-–—]\s.*)$", text, re.I
    )
    if tail and not read_part(tail[0]).unknown:
        found.append(tail[0])
    return found


def split_roles(text: str) -> list[str]:
    """Return the roles a part lists, when each of them is one by itself; else the part.

    >>> split_roles("Data Engineer, Product Manager and FP&A Analyst (m/f)")
    ['Data Engineer', 'Product Manager', 'FP&A Analyst (m/f)']
    >>> split_roles("Senior & Staff Engineers")
    ['Senior & Staff Engineers']
    """
    text = re.sub(
        r"^(?:we(?:'|’)re |now )?hiring:?\s+(?:an? )?(?=\S+\s)", "", text.strip(), flags=re.I
    )
    marked = re.sub(r"\s+(?:and|&|\+)\s+(?![^(]*\))", ", ", text)
    parts = [part.strip() for part in split_parts(marked, ",;•+")]
    return parts if len(parts) > 1 and all(map(is_role, parts)) else [text]


#: What a company says of itself in brackets: its batch, its round, its address, how one works.
_ASIDE: Final = re.compile(
    r"\s*[(\[][^()\[\]]*(?:\bYC|\bseries\b|\b[SWF]\d\d\b|\.\w{2,}|\bremote\b|\bon-?site\b"
    r"|\bhybrid\b)[^()\[\]]*(?:[)\]]|$)",
    re.IGNORECASE,
)


def tidy_company(name: str) -> str | None:
    """Return a company's name without its address, its batch, and what it does.

    >>> tidy_company("Kelp (YC W23, https://kelp.example) - boats as a service")
    'Kelp'
    """
    name = _ASIDE.sub("", name)
    name = re.split(
        r"\s+[-–—:]\s+|\s+(?:multiple|various|several)\s+(?:roles|positions)|\s+is\s+hiring",
        name,
        flags=re.I,
    )[0]
    name = re.sub(r"^(?:company|hiring|we are)\s*:\s*", "", name, flags=re.I)
    where = re.search(r"\s*\(([^()]*)\)$", name)
    name = name[: where.start()] if where and read(where[1]).places else name
    name = name.strip(" *_#|,;:-–—")
    return name[:_LONGEST_COMPANY] if name and len(name) <= _LONGEST_COMPANY else None


def is_homepage(link: str) -> bool:
    """Tell whether a link leads to a site's front page."""
    return bool(re.fullmatch(r"https?://[^/?#]+/?(?:[a-z]{2}(?:-[a-z]{2})?/?)?", link))


#: "Company: Kelp", "ROLE: Engineer": a header with a line for each part.
_KEY: Final = re.compile(
    r"(company|employer|role|roles|position|title|job|location|remote|onsite|type|employment"
    r"|salary|compensation|pay)\s*:\s*(\S.*)",
    re.IGNORECASE,
)
_KEYS: Final = {
    "company": ("company", "employer"),
    "role": ("role", "roles", "position", "title", "job"),
    "place": ("location", "remote", "onsite"),
    "employment": ("type", "employment"),
    "pay": ("salary", "compensation", "pay"),
}


def _keyed(found: list[Line]) -> Header | None:
    """Return the header of a comment that gives each part a line of its own."""
    if "|" in found[0].text or not any(
        _KEY.fullmatch(line.text.strip("*- ")) for line in found[:2]
    ):
        return None
    values: dict[str, list[str]] = {}
    for line in found[:12]:
        match = _KEY.fullmatch(line.text.strip("*- "))
        if match:
            values.setdefault(match[1].lower(), []).append(match[2].strip())
    told = {
        kind: [value for name in names for value in values.get(name, ())]
        for kind, names in _KEYS.items()
    }
    if not (told["role"] and (told["company"] or told["place"] or told["pay"])):
        return None
    return Header(
        company=tidy_company(told["company"][0]) if told["company"] else None,
        roles=tuple(role for value in told["role"] for role in split_roles(value)),
        places=tuple(told["place"]),
        workplace=workplace(" ".join(told["place"])),
        employment=tuple(told["employment"]),
        pay=tuple(told["pay"]),
        parts=len(values),
    )
