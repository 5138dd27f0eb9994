"""What the columns of search_doc say: days, moments, pay, and the values of a few hits."""

from datetime import date, datetime
from typing import Any

import msgspec
from msgspec import Struct

from jobtide.clean.salary import yearly
from jobtide.model import Salary, UnitText
from jobtide.query.bounds import Bound, days_of, hours_of
from jobtide.query.match import NEW_H, found_by, near_offsets, seen_between
from jobtide.query.parse import Term
from jobtide.store.sqlite.search.bits import code
from jobtide.store.sqlite.search.document import (
    DAY_US,
    WEEK_US,
    microseconds,
    pay_step,
    pay_token,
)
from jobtide.store.sqlite.search.phrases import either, is_value, plain, quoted
from jobtide.store.sqlite.search.place import day_range
from jobtide.store.sqlite.search.statistics import Statistics

_EPOCH_DAY = date(1970, 1, 1).toordinal()
#: As many tokens are asked for at once to narrow "since" before its moments are compared.
_MOST_TOKENS = 60
#: How far a converted bound may be from the amount it is compared with before both are rounded:
#: beyond that the cents in US dollars decide, within it each salary is looked at.
_NEAR = 0.001


class Condition(Struct, frozen=True):
    """Something the columns say of a hit."""

    sql: str
    values: tuple[Any, ...] = ()


def any_of(terms: tuple[Term, ...], now: datetime, known: Statistics) -> Condition:
    """Return what must hold for one of several terms to hold."""
    conditions = [condition(term, now, known) for term in terms]
    values = tuple(value for one in conditions for value in one.values)
    return Condition(" OR ".join(f"({one.sql})" for one in conditions), values)


def all_of(conditions: list[Condition]) -> Condition:
    """Return what must hold for all of several conditions to hold."""
    values = tuple(value for one in conditions for value in one.values)
    return Condition(" AND ".join(f"({one.sql})" for one in conditions), values)


def condition(term: Term, now: datetime, known: Statistics) -> Condition:
    """Return what the columns must say for a term to hold."""
    if is_value(term):
        found = _has(term, known)
    elif term.field == "posted":
        found = Condition("doc.docid BETWEEN ? AND ?", days(term.value))
    elif term.field == "salary":
        found = _pay(term.value)
    elif term.field in ("since", "is"):
        found = Condition("doc.first_seen BETWEEN ? AND ?", _seen(term, now))
    else:
        found = Condition(
            "doc.docid IN (SELECT rowid FROM search_words WHERE search_words MATCH ?)",
            (plain(term),),
        )
    return Condition(f"NOT ({found.sql})", found.values) if term.negated else found


def _has(term: Term, known: Statistics) -> Condition:
    if term.field == "from":
        named = _one_of("from", (term.value,), known)
        some = _one_of("from_any", ("1",), known)
        but = _one_of("not_from", (term.value,), known)
        return Condition(
            f"{named.sql} OR (({some.sql}) AND NOT ({but.sql}))",
            (*named.values, *some.values, *but.values),
        )
    if term.field == "tz":
        return _one_of("tz", tuple(sorted(near_offsets(term.value))), known)
    return _one_of(term.field, (found_by(term),), known)


def _one_of(field: str, values: tuple[str, ...], known: Statistics) -> Condition:
    found = [one for value in values if (one := known.value(field, value)) is not None]
    sql = " OR ".join("instr(doc.vals, ?)" for _ in found) or "0"
    return Condition(sql, tuple(code(one.number) for one in found))


def days(value: str) -> tuple[int, int]:
    """Return the docids of the days of a checked "posted"."""
    first, last = days_of(value)
    return day_range(first.toordinal() - _EPOCH_DAY, last.toordinal() - _EPOCH_DAY)


def _seen(term: Term, now: datetime) -> tuple[int, int]:
    """Return the first and last microsecond of "since" and "is:new"."""
    first, last = seen_between(now, NEW_H if term.field == "is" else hours_of(term.value))
    return microseconds(first), microseconds(last)


def narrowing(term: Term, now: datetime) -> list[str]:
    """Return what the index of words can say beforehand, so that few rows need comparing."""
    if term.field == "salary":
        bound = Bound.of(term.value)
        cents = _dollars(bound)
        if cents is None or bound.sign in ("<", "<="):
            return []
        step = pay_step(int(cents * (1 - _NEAR)) - 1)
        return [quoted(pay_token(step))] if step >= 0 else []
    first, last = _seen(term, now)
    for name, size in (("day", DAY_US), ("week", WEEK_US)):
        spans = range(first // size, last // size + 1)
        if len(spans) <= _MOST_TOKENS:
            return [either([quoted(f"{name}={one}") for one in spans])]
    return []


def _dollars(bound: Bound) -> int | None:
    """Return a bound in US cents, None when its currency has no rate."""
    pay = Salary(currency=bound.currency, min_value=bound.amount, unit_text=UnitText.YEAR)
    found = yearly(pay, "USD")
    return None if found is None else round(found * 100)


def _pay(value: str) -> Condition:
    """Return what tells a bound on pay: the cents where they decide, else each salary."""
    bound, exactly = Bound.of(value), f"{FITS}(doc.pays, ?)"
    cents = _dollars(bound)
    if cents is None:
        return Condition(f"doc.pays IS NOT NULL AND {exactly}", (value,))
    low, high = int(cents * (1 - _NEAR)) - 1, int(cents * (1 + _NEAR)) + 1
    if bound.sign in ("<", "<="):
        return Condition(
            "doc.pays IS NOT NULL AND doc.pay_least <= ?"
            f" AND (doc.pay_least BETWEEN 1 AND ? OR {exactly})",
            (high, low - 1, value),
        )
    return Condition(
        f"doc.pays IS NOT NULL AND doc.pay >= ? AND (doc.pay > ? OR {exactly})",
        (low, high, value),
    )


_SALARIES = msgspec.json.Decoder(tuple[Salary, ...])
#: The name of `fits` in SQL.
FITS = "jobtide_fits"


def fits(pays: str, value: str) -> bool:
    """Return whether one of the salaries of search_doc.pays is within a checked bound."""
    bound = Bound.of(value)
    found = (yearly(one, bound.currency) for one in _SALARIES.decode(pays))
    return any(one is not None and bound.holds(one) for one in found)
