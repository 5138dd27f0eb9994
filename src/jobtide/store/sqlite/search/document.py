"""What of an opening is searched: words, values, and the columns that are compared."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import product
from urllib.parse import quote

import msgspec
from msgspec import Struct

from jobtide.clean.salary import yearly
from jobtide.model import Opening
from jobtide.places.table import countries
from jobtide.query.fields import NONE
from jobtide.query.order import cents, least_cents, second
from jobtide.query.values import VALUES, counted
from jobtide.query.words import words_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
DAY_US = 86_400_000_000
WEEK_US = 7 * DAY_US

#: Every document has this one.
ALL = "all=1"
#: What nearly every search asks for. Who has both has every value a second time, behind a prefix:
#: so "open, remote, backend" is one short list and not three long ones.
USUAL = (("is", "open"), ("arrangement", "remote"))
USUAL_TOKEN = "usual=1"  # noqa: S105 - no password
PREFIX = "u."
#: Open to more countries than not: then the others are named (`from_any`, `not_from`).
ANY = "from_any=1"

#: Yearly pay in US cents: any, a thousand dollars, then each step a tenth more, up to millions. A
#: document has all steps its pay reaches.
PAY_STEPS = (1, *(int(100_000 * 1.1**step) for step in range(80)))


class Document(Struct, frozen=True, kw_only=True):
    """One opening, ready for the index."""

    opening: str
    posted: int  #: seconds since 1970
    first_seen: int  #: microseconds since 1970
    pay: int
    pay_least: int
    pays: str | None
    values: tuple[tuple[str, str], ...]  #: (field, value) that are counted or asked for
    words: str  #: the columns of search_words, a line each


def document(opening: Opening) -> Document:
    """Return what is searched of a completed opening."""
    words = words_of(opening.posting)
    values = _values(opening)
    values_set = frozenset(values)
    pay, first_seen = cents(opening, yearly), microseconds(opening.first_seen_at)
    facets = [token(field, value) for field, value in values if field != "company"]
    facets += [pair_token(*pair) for pair in _pairs(values)]
    if values_set.issuperset(USUAL):
        facets += [USUAL_TOKEN, *(f"{PREFIX}{one}" for one in facets)]
    facets.append(ALL)
    facets += seen_tokens(first_seen)
    facets += [pay_token(step) for step in range(pay_step(pay) + 1)]
    columns = (words.title, words.company, words.more, words.text, facets)
    return Document(
        opening=opening.id,
        posted=second(opening),
        first_seen=first_seen,
        pay=pay,
        pay_least=least_cents(opening, yearly),
        pays=_pays(opening),
        values=values,
        words="\n".join(" ".join(column) for column in columns),
    )


def _values(opening: Opening) -> tuple[tuple[str, str], ...]:
    found = [
        (field, value)
        for field, read in VALUES.items()
        if field != "from"
        for value in read(opening)
    ]
    found += [("company", value) for value in counted(opening, "company")]
    places = VALUES["from"](opening)
    if len(places) * 2 > len(countries()):
        found.append(("from_any", "1"))
        found += [("not_from", code) for code in countries().keys() - places]
    else:
        found += [("from", code) for code in places]
    return tuple(sorted(found))


def _pays(opening: Opening) -> str | None:
    """Return the salaries that compare, as JSON, so that any bound can be tried on them."""
    found = [
        one
        for one in opening.posting.base_salary
        if one.currency and yearly(one, one.currency) is not None
    ]
    return msgspec.json.encode(found).decode() if found else None


@lru_cache(maxsize=65_536)
def token(field: str, value: str) -> str:
    """Return a value as one word of the column facets; no word of a text has an "=" in it."""
    return f"{field}={quote(value.lower(), safe='')}"


def _pairs(values: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Return each category with each country: what people narrow by most, and often together."""
    by_field: dict[str, list[str]] = {"category": [], "country": []}
    for field, value in values:
        if field in by_field and value != NONE:
            by_field[field].append(value)
    return product(by_field["category"], by_field["country"])


def pair_token(category: str, country: str) -> str:
    """Return the word of all that have both."""
    return token("pair", f"{category}.{country}")


def pay_step(pay: int) -> int:
    """Return the highest of `PAY_STEPS` that a pay in cents reaches, -1 for none."""
    return bisect_right(PAY_STEPS, pay) - 1


def pay_token(step: int) -> str:
    """Return the word of all that reach a step."""
    return f"pay={step}"


def seen_tokens(first_seen: int) -> list[str]:
    """Return the day and the week in which it was first seen."""
    return [f"day={first_seen // DAY_US}", f"week={first_seen // WEEK_US}"]


def microseconds(moment: datetime) -> int:
    """Return a moment in microseconds since 1970."""
    return (moment - _EPOCH) // _MICROSECOND
