"""
A query as a plan: what the index of words walks through, and what is looked up of each hit.

Lists of words are walked through as a whole, at about 20 ns an entry, so that a value which half
of all openings have costs more than all the rest of a query. Looking a hit up costs 1 to 2 µs. So
a value is walked when its list is short for the hits it spares, and looked up when it is long.
Open and remote together, which nearly every search asks for, need neither where another value is
walked: that has a list of the open and remote ones alone.
"""

from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from jobtide.query.fields import NONE
from jobtide.query.match import found_by, near_offsets
from jobtide.query.parse import Query, Term
from jobtide.query.words import cut
from jobtide.store.sqlite.search.columns import Condition, all_of, any_of, days, narrowing
from jobtide.store.sqlite.search.document import (
    ALL,
    PREFIX,
    USUAL,
    USUAL_TOKEN,
    pair_token,
)
from jobtide.store.sqlite.search.phrases import (
    either,
    is_indexed,
    is_value,
    plain,
    quoted,
    signed,
)
from jobtide.store.sqlite.search.statistics import Statistics

#: Entries of a list that cost as much as looking up one hit (measured: 1.2 µs by 20 ns).
_ENTRIES = 60
NO_RANGE = (-(2**63), 2**63 - 1)

Group = tuple[Term, ...]
_USUAL: tuple[Group, ...] = tuple((Term(field=field, value=value),) for field, value in USUAL)


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


class _Choice(Struct, frozen=True, kw_only=True):
    """A condition on values, which can be walked or looked up."""

    match: str
    where: Condition
    entries: float  #: of the lists that would be walked
    share: float  #: of all openings, for which it holds
    usual: bool = False  #: True: what is walked are the open and remote ones alone


def plan(wanted: Query, now: datetime, known: Statistics) -> Plan:
    """Return how to find what `wanted` asks for at the moment `now`."""
    walked: list[str] = []
    excluded: list[str] = []
    where: list[Condition] = []
    values: list[Group] = []
    hits = float(known.total)
    least, most = NO_RANGE
    for group in wanted.groups:
        alone = group[0] if len(group) == 1 else None
        if all(map(is_value, group)):
            values.append(group)
        elif all(map(is_indexed, group)):
            if alone and alone.negated:
                excluded.append(plain(alone))
            else:
                walked.append(either([signed(term) for term in group]))
                hits *= _share_of_words(group, known)
        elif alone and alone.field == "posted" and not alone.negated:
            first, last = days(alone.value)
            least, most = max(least, first), min(most, last)
        else:
            walked += narrowing(alone, now) if alone and not alone.negated else []
            where.append(any_of(group, now, known))
    usual = None
    if all(group in values for group in _USUAL):
        usual = _usual_choice(now, known)
        values = [group for group in values if group not in _USUAL]
    choices = _choices(values, now, known, usual.share if usual else None)
    chosen, looked_up = _choose(choices, usual, hits, walks=bool(walked))
    match = " AND ".join([*walked, *chosen]) or quoted(ALL)
    if excluded:
        match = f"({match}) NOT {either(excluded)}"
    return Plan(match=match, where=(*looked_up, *where), least=least, most=most)


def _choose(
    choices: list[_Choice], usual: _Choice | None, hits: float, *, walks: bool
) -> tuple[list[str], list[Condition]]:
    """Return what to walk through and what to look up; at least one thing is walked through."""
    chosen: list[str] = []
    looked_up: list[Condition] = []
    spared = False
    ordered = sorted(choices, key=lambda choice: (choice.entries, choice.match))
    for one in [*ordered, *([usual] if usual else [])]:
        if one is usual and spared:
            continue
        first = not (walks or chosen)
        if first or one.entries < _ENTRIES * hits * (1 - one.share):
            chosen.append(one.match)
            hits *= one.share
            spared |= one.usual
        else:
            looked_up.append(one.where)
    return chosen, looked_up


def _share_of_words(group: Group, known: Statistics) -> float:
    """Return the share of all openings in which one of some words or phrases may be."""
    found = 0.0
    for term in group:
        if is_value(term) or term.negated:
            found += _weighed(term, known)[1]
        else:
            found += min(known.word(word) for word in dict.fromkeys(cut(term.value)))
    return min(1.0, found / known.total)


def _weighed(term: Term, known: Statistics) -> tuple[float, float]:
    """Return the entries of the lists of a value, and the openings that have it."""

    def n(field: str, value: str) -> int:
        found = known.value(field, value)
        return found.n if found is not None else 0

    if not is_value(term):
        return known.total, known.total
    if term.field == "from":
        named, some, but = n("from", term.value), n("from_any", "1"), n("not_from", term.value)
        entries, having = named + some + but, named + some - but
    elif term.field == "tz":
        entries = having = sum(n("tz", one) for one in near_offsets(term.value))
    else:
        entries = having = n(term.field, found_by(term))
    return (known.total + entries, known.total - having) if term.negated else (entries, having)


def _choice(group: Group, now: datetime, known: Statistics, usual: float | None = None) -> _Choice:
    """Return a condition; `usual`: the share of the open and remote, when they are asked for."""
    weights = [_weighed(term, known) for term in group]
    prefixed = usual is not None and not any(term.negated for term in group)
    return _Choice(
        match=either([signed(term, PREFIX if prefixed else "") for term in group]),
        where=any_of(group, now, known),
        entries=sum(entries for entries, _ in weights)
        * (usual if prefixed and usual is not None else 1.0),
        share=min(1.0, sum(having for _, having in weights) / known.total),
        usual=prefixed,
    )


def _usual_choice(now: datetime, known: Statistics) -> _Choice:
    """Return the condition of being open and remote."""
    parts = [_choice((Term(field=field, value=value),), now, known) for field, value in USUAL]
    share = parts[0].share * parts[1].share
    return _Choice(
        match=quoted(USUAL_TOKEN),
        where=all_of([one.where for one in parts]),
        entries=share * known.total,
        share=share,
    )


def _choices(
    groups: list[Group], now: datetime, known: Statistics, usual: float | None
) -> list[_Choice]:
    """Return the conditions on values; a category and a country together have one list."""
    both = {
        field: group
        for field in ("category", "country")
        for group in groups
        if [(term.field, term.negated) for term in group] == [(field, False)]
        and group[0].value != NONE
    }
    if len(both) < 2:
        return [_choice(group, now, known, usual) for group in groups]
    parts = [_choice(both[field], now, known) for field in ("category", "country")]
    share = parts[0].share * parts[1].share
    token = pair_token(both["category"][0].value, both["country"][0].value)
    pair = _Choice(
        match=quoted(f"{'' if usual is None else PREFIX}{token}"),
        where=all_of([one.where for one in parts]),
        entries=share * known.total * (1.0 if usual is None else usual),
        share=share,
        usual=usual is not None,
    )
    rest = [group for group in groups if group not in both.values()]
    return [pair, *(_choice(group, now, known, usual) for group in rest)]
