"""
The order of an answer: a key of the opening alone, or of the opening and the query.

No key depends on what else is in the store. So every store gives the same order, and a page that
begins behind a key neither repeats nor loses an opening when others come and go.
"""

from collections.abc import Callable, Iterator

from jobtide.model import Opening, Salary
from jobtide.query.again import posted
from jobtide.query.parse import Query, Term
from jobtide.query.words import Words, cut, says, words_of
from jobtide.text import stable_hash

#: Comparable yearly pay of a salary in a currency; None: no rate, no period.
Yearly = Callable[[Salary, str], float | None]

#: Bits of an opening's place among those posted in the same second.
TIE_BITS = 20
#: Cents a year; more than any bound can ask for, and fits 64 bits.
MOST_PAY = 10**17

#: What `relevance` gives.
ALL_IN_TITLE, ALL_NAMED, SOME_IN_TITLE, IN_TEXT = 3, 2, 1, 0


def second(opening: Opening) -> int:
    """Return when it was posted, in whole seconds since 1970."""
    return int(posted(opening)[0].timestamp() // 1)


def tie(opening_id: str) -> int:
    """Return a number of `TIE_BITS` that orders openings of the same second.

    Mixed on purpose: by id one board's thousand postings of a day would stand in a row.
    """
    return stable_hash(opening_id) >> (64 - TIE_BITS)


def cents(opening: Opening, yearly: Yearly | None) -> int:
    """Return the best comparable yearly pay in US cents, 0 when there is none."""
    return max(_all_cents(opening, yearly), default=0)


def least_cents(opening: Opening, yearly: Yearly | None) -> int:
    """Return the least of several comparable yearly pays, 0 when there is none."""
    return min(_all_cents(opening, yearly), default=0)


def _all_cents(opening: Opening, yearly: Yearly | None) -> Iterator[int]:
    for salary in opening.posting.base_salary if yearly else ():
        found = yearly(salary, "USD") if yearly else None
        if found is not None and found == found:
            yield round(min(max(found * 100, 0.0), MOST_PAY))


def relevance(query: Query, opening: Opening) -> int:
    """
    Return how near to the query's words an opening is, 3 to 0.

    3: all stand in the title. 2: all in title, employer, skills, tags or place. 1: at least one
    in the title. 0: only in the text. What is excluded and what fields ask for does not count.
    """
    wanted = looked_for(query)
    words = words_of(opening.posting)
    in_title = [any(says(one, words.title) for one in group) for group in wanted]
    if all(in_title):
        return ALL_IN_TITLE
    if all(any(_named(one, words) for one in group) for group in wanted):
        return ALL_NAMED
    return SOME_IN_TITLE if any(in_title) else IN_TEXT


def looked_for(query: Query) -> list[list[tuple[str, ...]]]:
    """Return the words and phrases that count for relevance, by group."""
    groups = [
        [cut(term.value) for term in group if is_word(term) and not term.negated]
        for group in query.groups
    ]
    return [group for group in groups if group]


def is_word(term: Term) -> bool:
    """Say whether a term is a word or phrase looked for everywhere."""
    return not term.field


def _named(wanted: tuple[str, ...], words: Words) -> bool:
    return any(says(wanted, part) for part in (words.title, words.company, words.more))


def key(query: Query, opening: Opening, yearly: Yearly | None) -> tuple[int, int, int, str]:
    """
    Return what an answer is sorted by, smallest first.

    The sort's own number (0 for "new", less cents a year, less `relevance`), then the newest
    second first, then `tie`, then the id.
    """
    lead = 0
    if query.sort == "pay":
        lead = cents(opening, yearly)
    elif query.sort == "relevance":
        lead = relevance(query, opening)
    return (-lead, -second(opening), -tie(opening.id), opening.id)
