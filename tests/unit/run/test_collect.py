"""Collect: one board that is set up wrongly does not stop the others."""

from datetime import UTC, datetime
from random import Random

from jobtide.config import Config
from jobtide.model import Board
from jobtide.run import Reader, Summary
from jobtide.run.collect import errands
from jobtide.store import open_store


def test_a_board_that_is_set_up_wrongly_is_counted_and_the_others_go_on(tmp_path):
    """A page without its address cannot be asked; the board behind it in the list can."""
    lines, summary = [], Summary()
    reader = Reader(
        config=Config(),
        clock=lambda: datetime(2026, 11, 25, tzinfo=UTC),
        random=Random(0),
        watch=lines.append,
    )
    boards = [Board(source="jobpage", token="mine"), Board(source="remotive")]

    with open_store(str(tmp_path / "a.db"), create=True) as store:
        asked = list(errands(store, reader, boards, summary))

    assert [one.board.key for one in asked] == ["remotive/main"]
    assert summary.sources["jobpage"]["failed"] == 1
    assert "jobpage/mine" in summary.errors[0]
    assert lines[0].error == summary.errors[0]
