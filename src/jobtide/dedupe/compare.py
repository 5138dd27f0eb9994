"""Are two postings one opening? A verdict with its reasons."""

from msgspec import Struct

from jobtide.dedupe.keys import links, title_key
from jobtide.model import Posting
from jobtide.text import company_key


class Verdict(Struct, frozen=True, kw_only=True):
    """Whether two postings are one opening, and why or why not."""

    same: bool
    reasons: tuple[str, ...]


def compare(one: Posting, other: Posting) -> Verdict:
    """Return whether two postings are the same opening.

    The same link is the same opening when company or title agree. Else company and title must
    agree, and neither level, employment type, requisition nor place may contradict.
    """
    same_title = title_key(one.title) == title_key(other.title)
    same_company = company_key(one.hiring_organization or "") == company_key(
        other.hiring_organization or ""
    )
    shared = set(links(one)) & set(links(other))
    if shared and (same_title or same_company):
        return Verdict(same=True, reasons=(f"same link {sorted(shared)[0]}",))
    if not (same_title and same_company and one.hiring_organization):
        return Verdict(same=False, reasons=("company or title differ",))
    against = _contradictions(one, other)
    if against:
        return Verdict(same=False, reasons=against)
    return Verdict(same=True, reasons=("same company and title", "places do not contradict"))


def _contradictions(one: Posting, other: Posting) -> tuple[str, ...]:
    found = []
    if _differ(_value(one.seniority), _value(other.seniority)):
        found.append("levels differ")
    if _differ(one.requisition, other.requisition):
        found.append("requisitions differ")
    if (one.source, one.board) == (other.source, other.board):
        same_text = one.text == other.text
        if not same_text or one.location_text != other.location_text:
            found.append("the board lists them apart")
    if not _places_agree(one, other):
        found.append("places differ")
    return tuple(found)


def _value(label: object) -> str | None:
    return getattr(label, "value", None)


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _places_agree(one: Posting, other: Posting) -> bool:
    """Return False when both name places and share none of them."""
    first, second = _places(one), _places(other)
    return not first or not second or bool(first & second)


def _places(posting: Posting) -> set[str]:
    """Return the countries and cities a posting is bound to; empty: anywhere or not stated."""
    eligibility = posting.eligibility
    if eligibility and eligibility.anywhere:
        return set()
    named = {place.city or place.subdivision or place.country for place in posting.job_location}
    if eligibility:
        named |= {label.value for label in eligibility.countries}
    return {name for name in named if name}
