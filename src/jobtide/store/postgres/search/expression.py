"""A query as PostgreSQL understands it: words to match, numbers to compare."""

from datetime import date, datetime
from typing import Any

from msgspec import Struct

from jobtide.clean.salary import rates
from jobtide.query.bounds import Bound, days_of, hours_of
from jobtide.query.match import NEW_H, found_by, near_offsets, seen_between
from jobtide.query.order import looked_for
from jobtide.query.parse import Query, Term
from jobtide.query.words import cut
from jobtide.store.postgres.search.vector import both, either, phrase, quoted, without
from jobtide.store.sqlite.search.document import microseconds, token

_EPOCH_DAY = date(1970, 1, 1).toordinal()
_DAY_S = 86_400
_COLUMN = {"title": "A", "company": "B"}


class Test(Struct, frozen=True):
    """A condition in SQL, with its values."""

    sql: str
    values: tuple[Any, ...] = ()


def tests(wanted: Query, now: datetime) -> list[Test]:
    """Return the conditions all of which hold for an opening that answers `wanted`."""
    words: list[str] = []
    found: list[Test] = []
    for group in wanted.groups:
        if all(_in_words(term) for term in group):
            words.append(either([_signed(term) for term in group]))
        else:
            found.append(_any_of([_test(term, now) for term in group]))
    return [_match(both(words)), *found] if words else found


def levels(wanted: Query) -> list[Test | None]:
    """Return for each `relevance`, the nearest first, what narrows an answer to it."""
    groups = looked_for(wanted)
    if not groups:
        return [None]
    in_title = [either([phrase(one, "A") for one in group]) for group in groups]
    named = [
        either([phrase(one, weight) for one in group for weight in "ABC"]) for group in groups
    ]
    steps = (both(in_title), both(named), either(in_title))
    parts = [both([step, *map(without, steps[:at])]) for at, step in enumerate(steps)]
    return [*map(_match, parts), _match(both(list(map(without, steps))))]


def _match(query: str) -> Test:
    return Test("words @@ %s::tsquery", (query,))


def _in_words(term: Term) -> bool:
    """Say whether the words and values of a document decide a term."""
    timed = (term.field, term.value) == ("is", "new")
    return not timed and term.field not in ("salary", "since", "posted")


def _signed(term: Term) -> str:
    return without(_plain(term)) if term.negated else _plain(term)


def _plain(term: Term) -> str:
    """Return the query of a term, as if it were not excluded."""
    if not term.field or term.field in _COLUMN:
        return phrase(cut(term.value), _COLUMN.get(term.field, ""))
    if term.field == "from":
        no = without(quoted(token("not_from", term.value)))
        return either([quoted(token("from", term.value)), both([quoted("from_any=1"), no])])
    if term.field == "tz":
        return either([quoted(token("tz", one)) for one in sorted(near_offsets(term.value))])
    return quoted(token(term.field, found_by(term)))


def _any_of(found: list[Test]) -> Test:
    values = tuple(value for one in found for value in one.values)
    return Test(f"({' OR '.join(one.sql for one in found)})", values)


def _test(term: Term, now: datetime) -> Test:
    if _in_words(term):
        found = _match(_plain(term))
    elif term.field == "posted":
        first, last = (day.toordinal() - _EPOCH_DAY for day in days_of(term.value))
        found = Test("posted BETWEEN %s AND %s", (first * _DAY_S, (last + 1) * _DAY_S - 1))
    elif term.field == "salary":
        found = _pay(Bound.of(term.value))
    else:
        hours = NEW_H if term.field == "is" else hours_of(term.value)
        seen = tuple(microseconds(moment) for moment in seen_between(now, hours))
        found = Test("first_seen BETWEEN %s AND %s", seen)
    return Test(f"NOT ({found.sql})", found.values) if term.negated else found


def _pay(bound: Bound) -> Test:
    """Return what tells whether one of the pays is within a bound, in the bound's currency."""
    converted = (
        "CASE WHEN currency = %s THEN round(amount::numeric, 2)"
        " ELSE round((amount / per_euro * %s::float8)::numeric, 2) END"
    )
    sql = (
        "EXISTS (SELECT 1 FROM unnest(currencies, amounts) AS pay (currency, amount)"  # noqa: S608
        " LEFT JOIN unnest(%s::text[], %s::float8[]) AS rate (name, per_euro) ON name = currency"
        f" WHERE {converted} {bound.sign} %s::numeric)"
    )
    known, own = rates(), rates().get(bound.currency)  # without a rate only its own compares
    values = (list(known), list(known.values()), bound.currency, own, str(bound.amount))
    return Test(sql, values)
