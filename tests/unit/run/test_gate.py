"""The gate before publishing."""

from datetime import UTC, datetime

import pytest

from jobtide.errors import PublishError
from jobtide.run import gate
from jobtide.store import open_store

NOW = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    with open_store(str(tmp_path / "a.db"), create=True) as opened:
        yield opened


def test_a_sudden_drop_publishes_nothing_and_says_what_to_do(store):
    """A broken reader must not empty a page; the user may insist."""
    gate.note(store, 100, NOW)

    with pytest.raises(PublishError, match=r"a drop of 31%.*jobtide doctor.*--force"):
        gate.check(store, 69, force=False)
    gate.check(store, 69, force=True)
    gate.check(store, 70, force=False)
    gate.check(store, 500, force=False)


def test_the_first_time_and_few_jobs_pass(store):
    """Without a number to compare with, and where one job more or less is a large share."""
    gate.check(store, 0, force=False)
    gate.note(store, 19, NOW)
    gate.check(store, 1, force=False)


def test_the_last_number_counts(store):
    """After a forced publication the smaller number is the habit."""
    gate.note(store, 100, NOW)
    gate.note(store, 40, NOW)

    gate.check(store, 30, force=False)
    assert gate.published(store) == 40
