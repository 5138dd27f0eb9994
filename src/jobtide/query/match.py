"""Does an opening answer a query? The meaning of every store's search, one function a field."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from jobtide.model import Opening, Posting
from jobtide.query.again import posted
from jobtide.query.bounds import Bound, days_of, hours_of, offset
from jobtide.query.order import Yearly
from jobtide.query.parse import Query, Term
from jobtide.query.values import QUARTER, VALUES, quarter
from jobtide.query.words import company_words, cut, folded, says, title_words, words_of
from jobtide.text import fold

#: A whole offset away is another zone; half-hour zones lie between.
_NEAR_H = 0.5
_AHEAD = timedelta(days=1)
#: Hours within which a first sight is new.
NEW_H = 24


class Context(Struct, frozen=True, kw_only=True):
    """What the answer depends on besides the opening."""

    now: datetime
    #: Comparable yearly pay in a currency (see clean/salary); None: no rate, no period.
    yearly: Yearly | None = None
    new_hours: int = NEW_H


def matches(query: Query, opening: Opening, context: Context) -> bool:
    """Return whether every group of the query has a term that holds for the opening."""
    return all(
        any(_holds(term, opening, context) is not term.negated for term in group)
        for group in query.groups
    )


def _holds(term: Term, opening: Opening, context: Context) -> bool:
    if not term.field:
        return _anywhere(term.value, opening)
    test = FIELD_TESTS.get(term.field)
    if test is not None:
        return test(term.value, opening, context)
    return found_by(term) in VALUES[term.field](opening)


def found_by(term: Term) -> str:
    """Return the value of `VALUES` that an opening must have for a term to hold."""
    return fold(term.value) if term.field == "skill" else term.value


def _anywhere(value: str, opening: Opening) -> bool:
    wanted, posting = cut(value), opening.posting
    if not any(wanted[0] in folded(text) for text in _texts(posting)):
        return False  # far quicker than cutting every text into words
    words = words_of(posting)
    return any(says(wanted, part) for part in (words.title, words.company, words.more, words.text))


def _texts(posting: Posting) -> Iterator[str]:
    yield posting.title
    yield posting.text
    yield posting.hiring_organization or ""
    yield posting.location_text or ""
    yield from posting.tags
    yield from (label.value for label in posting.skills)


def _title(value: str, opening: Opening, context: Context) -> bool:
    return says(cut(value), title_words(opening.posting))


def _company(value: str, opening: Opening, context: Context) -> bool:
    return says(cut(value), company_words(opening.posting))


def _tz(value: str, opening: Opening, context: Context) -> bool:
    return not VALUES["tz"](opening).isdisjoint(near_offsets(value))


def near_offsets(value: str) -> frozenset[str]:
    """Return the offsets of `VALUES["tz"]` less than half an hour from that of a term.

    >>> sorted(near_offsets("+5:30"))
    ['315', '330', '345']
    """
    middle = offset(value)
    return frozenset(
        str(one)
        for one in range(quarter(middle) - 30, quarter(middle) + 31, QUARTER)
        if abs(one / 60 - middle) < _NEAR_H
    )


def _salary(value: str, opening: Opening, context: Context) -> bool:
    if context.yearly is None:
        return False
    bound = Bound.of(value)
    found = (context.yearly(one, bound.currency) for one in opening.posting.base_salary)
    return any(one is not None and bound.holds(one) for one in found)


def _since(value: str, opening: Opening, context: Context) -> bool:
    first, last = seen_between(context.now, hours_of(value))
    return first <= opening.first_seen_at <= last


def seen_between(now: datetime, hours: int) -> tuple[datetime, datetime]:
    """Return the first and last moment at which what was seen "within so many hours" was seen.

    A day ahead still counts: the clock of the machine that saw it may have been wrong.
    """
    try:
        return now - timedelta(hours=hours), now + _AHEAD
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC), now + _AHEAD


def _posted(value: str, opening: Opening, context: Context) -> bool:
    first, last = days_of(value)
    return first <= posted(opening)[0].date() <= last


def _is(value: str, opening: Opening, context: Context) -> bool:
    if value == "new":
        first, last = seen_between(context.now, context.new_hours)
        return first <= opening.first_seen_at <= last
    return value in VALUES["is"](opening)


FIELD_TESTS: dict[str, Callable[[str, Opening, Context], bool]] = {
    "title": _title,
    "company": _company,
    "tz": _tz,
    "salary": _salary,
    "since": _since,
    "posted": _posted,
    "is": _is,
}
