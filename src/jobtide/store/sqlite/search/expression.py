"""A query as the index understands it: words to match, numbers to compare."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from jobtide.clean.salary import yearly
from jobtide.model import Salary, UnitText
from jobtide.query.bounds import Bound, days_of, hours_of
from jobtide.query.match import NEW_H, found_by, near_offsets, seen_between
from jobtide.query.order import looked_for
from jobtide.query.parse import Query, Term
from jobtide.query.words import cut
from jobtide.store.sqlite.search.document import (
    ALL,
    DAY_US,
    WEEK_US,
    microseconds,
    pay_step,
    pay_token,
    token,
)
from jobtide.store.sqlite.search.place import day_range

_EPOCH_DAY = date(1970, 1, 1).toordinal()
#: As many tokens are asked for at once to narrow "since" before its moments are compared.
_MOST_TOKENS = 60
#: How far a converted bound may be from the amount it is compared with before both are rounded:
#: beyond that the cents in US dollars decide, within it each salary is looked at.
_NEAR = 0.001
NO_RANGE = (-(2**63), 2**63 - 1)


class Condition(Struct, frozen=True):
    """Something the columns of search_doc say."""

    sql: str
    values: tuple[Any, ...] = ()


class Plan(Struct, frozen=True, kw_only=True):
    """What to ask of search_words and search_doc."""

    match: str  #: an expression of FTS5
    where: tuple[Condition, ...] = ()
    least: int = NO_RANGE[0]  #: docids from here
    most: int = NO_RANGE[1]  #: to here

    def narrowed(self, expression: str) -> "Plan":
        """Return the plan with one more expression that must hold."""
        return replace(self, match=f"({self.match}) {expression}")

    @property
    def joined(self) -> str:
        """Return FROM and WHERE, each hit with its document."""
        tests = "".join(f" AND ({one.sql})" for one in self.where)
        return (
            "FROM search_words CROSS JOIN search_doc AS doc ON doc.docid = search_words.rowid"
            f" WHERE search_words MATCH ? AND search_words.rowid BETWEEN ? AND ?{tests}"
        )

    @property
    def source(self) -> str:
        """Return the same without the documents, unless their columns are compared."""
        if self.where:
            return self.joined
        return "FROM search_words WHERE search_words MATCH ? AND rowid BETWEEN ? AND ?"

    @property
    def values(self) -> tuple[Any, ...]:
        """Return the values of both."""
        compared = (value for one in self.where for value in one.values)
        return (self.match, self.least, self.most, *compared)


def plan(wanted: Query, now: datetime) -> Plan:
    """Return how to find what `wanted` asks for at the moment `now`."""
    needed: list[str] = []
    excluded: list[str] = []
    where: list[Condition] = []
    least, most = NO_RANGE
    for group in wanted.groups:
        if all(_is_indexed(term) for term in group):
            if len(group) == 1 and group[0].negated:
                excluded.append(_plain(group[0]))
            else:
                needed.append(_either([_signed(term) for term in group]))
            continue
        if len(group) == 1 and not group[0].negated:
            if group[0].field == "posted":
                first, last = _days(group[0].value)
                least, most = max(least, first), min(most, last)
                continue
            needed += _narrowing(group[0], now)
        where.append(_any_of([_condition(term, now) for term in group]))
    match = " AND ".join(needed) or _quoted(ALL)
    if excluded:
        match = f"({match}) NOT {_either(excluded)}"
    return Plan(match=match, where=tuple(where), least=least, most=most)


def levels(wanted: Query) -> tuple[str, ...]:
    """Return for each `relevance`, the nearest first, what narrows a plan to it."""
    groups = [[_quoted(*words) for words in group] for group in looked_for(wanted)]
    if not groups:
        return ("",)
    in_title = [f"{{title}} : {_either(group)}" for group in groups]
    named = [f"{{title company more}} : {_either(group)}" for group in groups]
    tests = (f"({' AND '.join(in_title)})", f"({' AND '.join(named)})", _either(in_title))
    found = []
    for at, test in enumerate(tests):
        earlier = tests[:at]
        found.append(f"AND ({test}{f' NOT {_either(earlier)}' if earlier else ''})")
    return (*found, f"NOT {_either(tests)}")


def _quoted(*words: str) -> str:
    return f'"{" ".join(words)}"'


def _either(expressions: Sequence[str]) -> str:
    return expressions[0] if len(expressions) == 1 else f"({' OR '.join(expressions)})"


def _is_indexed(term: Term) -> bool:
    """Say whether the index of words alone decides a term."""
    return term.field not in ("salary", "since", "posted") and (term.field, term.value) != (
        "is",
        "new",
    )


def _signed(term: Term) -> str:
    return f"({_quoted(ALL)} NOT {_plain(term)})" if term.negated else _plain(term)


def _plain(term: Term) -> str:
    """Return the expression of a term, as if it were not excluded."""
    if not term.field:
        return _quoted(*cut(term.value))
    if term.field in ("title", "company"):
        return f"{{{term.field}}} : {_quoted(*cut(term.value))}"
    if term.field == "from":
        some, but = _quoted("from_any=1"), _quoted(token("not_from", term.value))
        return f"({_quoted(token('from', term.value))} OR ({some} NOT {but}))"
    if term.field == "tz":
        return _either([_quoted(token("tz", one)) for one in sorted(near_offsets(term.value))])
    return _quoted(token(term.field, found_by(term)))


def _any_of(conditions: list[Condition]) -> Condition:
    values = tuple(value for one in conditions for value in one.values)
    return Condition(" OR ".join(one.sql for one in conditions), values)


def _condition(term: Term, now: datetime) -> Condition:
    """Return what the columns must say for a term to hold."""
    if _is_indexed(term):
        found = Condition(
            "doc.docid IN (SELECT rowid FROM search_words WHERE search_words MATCH ?)",
            (_plain(term),),
        )
    elif term.field == "posted":
        found = Condition("doc.docid BETWEEN ? AND ?", _days(term.value))
    elif term.field == "salary":
        found = _pay(term.value)
    else:
        found = Condition("doc.first_seen BETWEEN ? AND ?", _seen(term, now))
    return Condition(f"NOT ({found.sql})", found.values) if term.negated else found


def _days(value: str) -> tuple[int, int]:
    """Return the docids of the days of a checked "posted"."""
    first, last = days_of(value)
    return day_range(first.toordinal() - _EPOCH_DAY, last.toordinal() - _EPOCH_DAY)


def _seen(term: Term, now: datetime) -> tuple[int, int]:
    """Return the first and last microsecond of "since" and "is:new"."""
    first, last = seen_between(now, NEW_H if term.field == "is" else hours_of(term.value))
    return microseconds(first), microseconds(last)


def _narrowing(term: Term, now: datetime) -> list[str]:
    """Return what the index of words can say beforehand, so that few rows need comparing."""
    if term.field == "salary":
        bound = Bound.of(term.value)
        cents = _dollars(bound)
        if cents is None or bound.sign in ("<", "<="):
            return []
        step = pay_step(int(cents * (1 - _NEAR)) - 1)
        return [_quoted(pay_token(step))] if step >= 0 else []
    first, last = _seen(term, now)
    for name, size in (("day", DAY_US), ("week", WEEK_US)):
        spans = range(first // size, last // size + 1)
        if len(spans) <= _MOST_TOKENS:
            return [_either([_quoted(f"{name}={one}") for one in spans])]
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
