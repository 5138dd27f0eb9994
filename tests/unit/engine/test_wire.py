"""Items as bytes: what comes out equals what went in, and nothing travels twice."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from jobtide.dedupe import Edge, Facts, facts_of
from jobtide.engine import wire
from jobtide.engine.wire import Pairs, pack, unpack, unpack_pairs
from jobtide.model import Posting, Reject, Tracked
from tests.unit.dedupe.made import GRAIN, posting, tracked, worlds

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.binary()
    | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner),
    max_leaves=6,
)


class Loose(Struct, frozen=True):
    """A struct whose field may hold anything."""

    held: Any


@given(st.lists(plain | st.builds(Loose, plain), max_size=8))
def test_any_items_come_back(items):
    """Whatever pickle can take, in its order, tuples as tuples, numbers of any size."""
    found = unpack(pack(items))

    assert found == items
    assert [type(one) for one in found] == [type(one) for one in items]


@given(worlds)
def test_postings_facts_and_rejects_come_back(world):
    """The program's own types, mixed, with histories and odd letters."""
    items = [
        thing
        for one in world
        for thing in (
            one,
            tracked(one, 1, 3, status="closed"),
            facts_of(tracked(one)),
            Reject(source=one.source, board="\ud800", identifier=None, step="x", reason="y"),
        )
    ]

    assert unpack(pack(items)) == items


def test_a_field_of_no_stated_type_is_not_changed_on_the_way():
    """MessagePack has no tuples and no sets: what it would change goes another way."""
    items = [Loose((1, 2)), Loose({3}), Loose(datetime(2026, 1, 1, tzinfo=UTC)), Loose([4])]

    assert unpack(pack(items)) == items
    assert unpack(pack(items[::-1])) == items[::-1]


def test_a_value_under_many_keys_travels_once():
    """A posting's facts have nine keys; nine copies would be most of a shuffle."""
    facts = facts_of(posting(text=GRAIN))
    once, often = Pairs(), Pairs()
    once.add(0, facts)
    for key in range(100):
        often.add(key, facts)

    found = list(unpack_pairs(often.pack()))

    assert found == [(key, facts) for key in range(100)]
    assert len(often) == 100
    assert all(value is found[0][1] for _, value in found)
    assert len(often.pack()) < len(once.pack()) + 100 * 16


def test_equal_values_are_not_taken_for_one_when_they_differ():
    """It is the object that counts: 1, 1.0 and True are equal and three values."""
    pairs = Pairs()
    for value in (1, 1.0, True):
        pairs.add(5, value)

    assert [type(value) for _, value in unpack_pairs(pairs.pack())] == [int, float, bool]


@pytest.mark.parametrize("kind", [Posting, Tracked, Reject, Facts, Edge])
def test_what_travels_most_goes_the_quick_way(kind):
    """A new field of no stated type would make every shuffle five times as slow."""
    assert wire._is_stated(kind)
    assert not wire._is_stated(Loose)
