"""The default engine groups in memory, as a dictionary of lists would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.engine import local
from jobtide.engine.local import LocalEngine

pairs = st.lists(st.tuples(st.integers(0, 9) | st.integers(0, 2**63 - 1), st.integers()))


@pytest.fixture(autouse=True)
def _few_at_once(monkeypatch):
    """Let a handful of groups be several times what is turned into lists at once."""
    monkeypatch.setattr(local, "_AT_ONCE", 3)


@given(pairs)
def test_a_group_is_a_list_by_key(given_pairs):
    """Keys ascend; the values of a key stay in the order they came."""
    expected = {}
    for key, value in given_pairs:
        expected.setdefault(key, []).append(value)

    assert list(LocalEngine().group(iter(given_pairs))) == sorted(expected.items())


@pytest.mark.parametrize("count", range(10))
def test_any_number_of_groups(count):
    """As many as are turned at once, one more and one less."""
    found = list(LocalEngine().group((key, -key) for key in range(count)))

    assert found == [(key, [-key]) for key in range(count)]
