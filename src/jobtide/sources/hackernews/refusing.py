"""Comments of a hiring thread that offer no job, and why."""

import re
from typing import Final

from jobtide.places import read
from jobtide.sources.hackernews.comment import Line
from jobtide.sources.hackernews.header import Header

_GONE: Final = frozenset(("[deleted]", "[flagged]", "[dead]"))
_CLOSED: Final = re.compile(
    r"\W*(?:closed|filled|position filled|no longer hiring)\b", re.IGNORECASE
)
_NOT_HIRING: Final = re.compile(r"\W*(?:we are |we're |i'm )?not (?:currently )?hiring\b", re.I)
_SEEKING: Final = re.compile(r"\W*(?:seeking work|for hire|available for (?:work|hire))\b", re.I)
#: Keys of the form that "Who wants to be hired?" asks for; no employer fills it in.
_FORM: Final = re.compile(
    r"\W*(willing to relocate|technologies|r[eé]sum[eé](?:/cv)?|cv)\s*:", re.IGNORECASE
)
#: Sentences in which someone offers their own work.
_OFFER: Final = re.compile(
    r"\bI(?:['’]m| am)\s+(?:currently |actively |also )?"
    r"(?:looking|searching|seeking|open)(?: for| to)?"
    r"\s+(?:(?!some(?:one|body)|people|engineers?\b|developers?\b|designers?\b|to\b)[\w-]+[ /]+)"
    r"{0,4}?"
    r"(?:jobs?|work|roles?|opportunit\w+|positions?|contracts?|gigs?|projects?|internships?)\b"
    r"|\bconsider my (?:profile|application|r[eé]sum[eé])"
    r"|^I(?:['’]m| am) an? [^.]{0,60}\bwith \d+\+? years"
    r"|\bI help (?:teams|companies|startups|founders|clients|businesses)\b"
    r"|\b(?:freelancer|contractor), \d+\+? years\b",
    re.IGNORECASE | re.MULTILINE,
)
#: Sentences in which an employer asks for people.
_HIRING: Final = re.compile(
    r"\b(?:we(?:['’]re| are)|is|are|also|now|actively|currently)\s+(?:\w+\s+)?"
    r"(?:hiring|recruiting|looking for|seeking)\b|\bhiring\s*:|\bhiring (?:an?|for|across|our)\b"
    r"|\bjoin (?:us|our|the team)\b|\b(?:open|new|available) (?:roles?|positions?)\b"
    r"|\b(?:roles?|positions?) (?:are )?(?:open|available)\b|\bapply (?:here|now|at|via|by|with)\b"
    r"|\bapply\s*:|\bto apply\b|\bjob (?:description|post)|\bcareers? page\b"
    r"|\bsend (?:us |me )?(?:your |a )?(?:cv|r[eé]sum[eé])\b|\bwe want (?:engineers|people)\b",
    re.IGNORECASE,
)
_SHORT: Final = 300


def refusal(found: list[Line], header: Header, listed: int) -> str | None:
    """Return why a comment is no job, or None when it is one.

    "deleted", "seeker" (someone offers their own work), "closed", or "not_a_job".

    Args:
        found: its lines.
        header: what its first lines state.
        listed: how many roles its lines name.
    """
    text = "\n".join(line.text for line in found)
    first = found[0].text if found else ""
    if not text.strip() or text.strip().lower() in _GONE:
        return "deleted"
    if _SEEKING.match(first) or len({match[1] for match in _keys(found)}) > 1:
        return "seeker"
    if _OFFER.search(text):
        return "seeker"
    if _CLOSED.match(first):
        return "closed"
    if _NOT_HIRING.match(first) or not _offers(text, found, header, listed):
        return "seeker" if _only_a_place(found) else "not_a_job"
    return None


def _keys(found: list[Line]) -> list[re.Match[str]]:
    return [match for line in found if (match := _FORM.match(line.text))]


def _offers(text: str, found: list[Line], header: Header, listed: int) -> bool:
    """Tell whether anything shows that people are asked for."""
    facts = (header.company, header.places, header.employment, header.pay, header.generic)
    if listed or header.roles or (header.parts > 1 and sum(map(bool, facts)) > 1):
        return True
    asks = len(text) < _SHORT and "?" in text and not any(line.links for line in found)
    return bool(_HIRING.search(text)) and not asks


def _only_a_place(found: list[Line]) -> bool:
    """Tell whether nothing but a place is written: so candidates begin, and forget the rest."""
    if len(found) != 1 or found[0].links or len(found[0].text) > 80:
        return False
    return bool(read(found[0].text).places)
