"""A host that asked to be left alone is left alone, in later runs too."""

from datetime import UTC, datetime, timedelta
from random import Random

from jobtide.config import Config
from jobtide.errors import Throttled
from jobtide.fetch import Capture
from jobtide.model import Board
from jobtide.run import Reader, Summary, due_boards
from jobtide.run.collect import keep
from jobtide.store import open_store

NOW = datetime(2026, 11, 25, tzinfo=UTC)
ONE = Board(source="lever", token="acme")
SAME_HOST = Board(source="lever", token="marrow")
OTHER = Board(source="remotive")


def test_a_retry_after_holds_every_board_of_its_host_until_it_has_passed(tmp_path):
    """429 with Retry-After: 3600 means no request to that host for an hour."""
    error = Throttled("status_429", source="lever", board="acme", retry_after_s=3600)
    reader = Reader(config=Config(), clock=lambda: NOW, random=Random(0))

    with open_store(str(tmp_path / "a.db"), create=True) as store:
        run = store.start_run("update", NOW)
        keep(store, reader, Capture(board=ONE, error=error), run, Summary())
        soon = due_boards([ONE, SAME_HOST, OTHER], Config(), store, NOW + timedelta(minutes=59))
        later = due_boards([ONE, SAME_HOST, OTHER], Config(), store, NOW + timedelta(minutes=61))

    assert soon == [OTHER]
    assert later == [ONE, SAME_HOST, OTHER]
