"""Does an opening answer a query? One pure function a field."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache

from msgspec import Struct

from jobtide.model import Label, Opening, Posting, Salary
from jobtide.places.eligible import eligible
from jobtide.query.again import bumps, posted, reposts
from jobtide.query.fields import NONE
from jobtide.query.parse import Query, Term
from jobtide.text import fold


class Context(Struct, frozen=True, kw_only=True):
    """What the answer depends on besides the opening."""

    now: datetime
    #: Comparable yearly pay in a currency (see clean/salary); None: no rate, no period.
    yearly: Callable[[Salary, str], float | None] | None = None
    new_hours: int = 24


def matches(query: Query, opening: Opening, context: Context) -> bool:
    """Return whether every group of the query has a term that holds for the opening."""
    return all(
        any(_holds(term, opening, context) is not term.negated for term in group)
        for group in query.groups
    )


def _holds(term: Term, opening: Opening, context: Context) -> bool:
    if not term.field:
        return _says(term.value, haystack(opening.posting))
    return FIELD_TESTS[term.field](term.value, opening, context)


def haystack(posting: Posting) -> str:
    """Return all words of a posting, folded, for word search."""
    parts = (
        posting.title,
        posting.hiring_organization or "",
        " ".join(posting.tags),
        " ".join(label.value for label in posting.skills),
        posting.location_text or "",
        posting.text,
    )
    return fold("\n".join(parts))


@lru_cache(maxsize=512)
def _word(value: str) -> re.Pattern[str]:
    """Return the pattern of a whole word: "c" is not found in "c++", "net" not in ".net"."""
    return re.compile(rf"(?<![\w.#+]){re.escape(value)}(?![\w#+])")


def _says(value: str, text: str) -> bool:
    return value in text and (_word(value).search(text) is not None)


def _label_is(value: str, labels: tuple[Label | None, ...]) -> bool:
    stated = [label.value for label in labels if label is not None]
    return not stated if value == NONE else value in stated


def _category(value: str, opening: Opening, context: Context) -> bool:
    posting = opening.posting
    return _label_is(value, (posting.category, *posting.other_categories))


def _skill(value: str, opening: Opening, context: Context) -> bool:
    wanted = fold(value)
    return any(fold(label.value) == wanted for label in opening.posting.skills)


def _title(value: str, opening: Opening, context: Context) -> bool:
    return _says(fold(value), fold(opening.posting.title))


def _company(value: str, opening: Opening, context: Context) -> bool:
    return _says(fold(value), fold(opening.posting.hiring_organization or ""))


def _country(value: str, opening: Opening, context: Context) -> bool:
    places = opening.posting.job_location
    eligibility = opening.posting.eligibility
    allowed = eligibility.countries if eligibility else ()
    return any(place.country == value for place in places) or any(
        label.value == value for label in allowed
    )


def _region(value: str, opening: Opening, context: Context) -> bool:
    eligibility = opening.posting.eligibility
    return bool(eligibility) and any(
        label.value == value.lower()
        for label in eligibility.regions  # type: ignore[union-attr]
    )


def _source(value: str, opening: Opening, context: Context) -> bool:
    return any(tracked.posting.source == value for tracked in opening.postings)


def _seniority(value: str, opening: Opening, context: Context) -> bool:
    return _label_is(value, (opening.posting.seniority,))


def _type(value: str, opening: Opening, context: Context) -> bool:
    return _label_is(value, opening.posting.employment_type)


def _arrangement(value: str, opening: Opening, context: Context) -> bool:
    return _label_is(value, (opening.posting.arrangement,))


def _language(value: str, opening: Opening, context: Context) -> bool:
    return _label_is(value, (opening.posting.language,))


def _from(value: str, opening: Opening, context: Context) -> bool:
    return eligible(opening.posting.eligibility, value).value == "yes"


def _tz(value: str, opening: Opening, context: Context) -> bool:
    eligibility = opening.posting.eligibility
    offset = _offset(value)
    return bool(eligibility) and any(
        abs(one - offset) < 0.5
        for one in eligibility.utc_offsets  # type: ignore[union-attr]
    )


def _offset(value: str) -> float:
    sign = -1.0 if value.startswith("-") else 1.0
    body = value.lstrip("+-")
    if ":" in body:
        hours, minutes = body.split(":")
        return sign * (int(hours) + int(minutes) / 60)
    return sign * float(body)


_SALARY = re.compile(r"^(>=|<=|>|<)?(\d+(?:\.\d+)?)(k)?([a-z]{3})?$")


def _salary(value: str, opening: Opening, context: Context) -> bool:
    parts = _SALARY.match(value)
    if parts is None or context.yearly is None:
        return False
    sign, amount, thousands, currency = parts.groups()
    wanted = float(amount) * (1000 if thousands else 1)
    for salary in opening.posting.base_salary:
        found = context.yearly(salary, (currency or "USD").upper())
        if found is not None and _compare(sign or ">=", found, wanted):
            return True
    return False


def _compare(sign: str, found: float, wanted: float) -> bool:
    if sign == ">":
        return found > wanted
    if sign == "<":
        return found < wanted
    return found <= wanted if sign == "<=" else found >= wanted


def _visa(value: str, opening: Opening, context: Context) -> bool:
    eligibility = opening.posting.eligibility
    return _label_is(value, (eligibility.visa_sponsorship if eligibility else None,))


_UNITS = {"h": 1, "d": 24, "w": 24 * 7, "m": 24 * 30}


def _since(value: str, opening: Opening, context: Context) -> bool:
    hours = int(value[:-1]) * _UNITS[value[-1]]
    return opening.first_seen_at >= context.now - timedelta(hours=hours)


def _posted(value: str, opening: Opening, context: Context) -> bool:
    day = posted(opening)[0].date().isoformat()
    first, dots, last = value.partition("..")
    return first <= day <= (last or ("9999" if dots else first))


def _is(value: str, opening: Opening, context: Context) -> bool:
    if value == "new":
        return opening.first_seen_at >= context.now - timedelta(hours=context.new_hours)
    if value == "reposted":
        return bool(bumps(opening) or reposts(opening))
    return (opening.status == "open") is (value == "open")


FIELD_TESTS: dict[str, Callable[[str, Opening, Context], bool]] = {
    "category": _category,
    "skill": _skill,
    "title": _title,
    "company": _company,
    "country": _country,
    "region": _region,
    "source": _source,
    "seniority": _seniority,
    "type": _type,
    "arrangement": _arrangement,
    "language": _language,
    "from": _from,
    "tz": _tz,
    "salary": _salary,
    "visa": _visa,
    "since": _since,
    "posted": _posted,
    "is": _is,
}
