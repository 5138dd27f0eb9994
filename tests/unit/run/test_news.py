"""News of openings: what happens to one posting of several is not always news of the job."""

from datetime import timedelta

import msgspec
import pytest

from jobtide import query
from jobtide.model import History, Reopening, Tracked
from jobtide.run.news import news
from jobtide.store import Change
from tests.unit.openings import NOW, opening

DAY = timedelta(days=1)
ANY = query.parse("")


class Kept:
    """A store that knows one opening and what happened to its postings."""

    def __init__(self, known, happened):
        self._known = known
        self._changes = [
            Change(number=number, at=at, kind=kind, posting_id=posting, opening_id=known.id)
            for number, (at, kind, posting) in enumerate(happened, start=1)
        ]

    def changes(self, *, since, after=0):
        return [one for one in self._changes if one.at >= since and one.number > after]

    def opening(self, identifier):
        return self._known if identifier == self._known.id else None


def on_two_boards(first_closed=None, second_closed=None, back=()):
    """Return an opening whose second posting came a day later; `back`: when each came back."""
    one = opening(first_seen_at=NOW)
    other = msgspec.structs.replace(one.posting, source="remoteok")
    postings = tuple(
        Tracked(
            posting=posting,
            history=History(
                first_seen_at=seen, last_seen_at=seen, closed_at=closed,
                status="closed" if closed else "open",
                reopened=tuple(Reopening(at=moment, was="closed") for moment in again),
            ),
        )
        for posting, seen, closed, again in (
            (one.posting, NOW, first_closed, back[:1]),
            (other, NOW + DAY, second_closed, back[1:]),
        )
    )  # fmt: skip
    return msgspec.structs.replace(one, postings=postings)


FIRST, SECOND = "remotive:main:1", "remoteok:main:1"


@pytest.mark.parametrize(
    ("known", "happened", "told"),
    [
        (on_two_boards(), [(NOW, "new", FIRST), (NOW + DAY, "new", SECOND)], [(NOW, "new")]),
        (
            on_two_boards(first_closed=NOW + 3 * DAY),
            [(NOW + 3 * DAY, "closed", FIRST)],
            [],
        ),
        (
            on_two_boards(NOW + 3 * DAY, NOW + 5 * DAY),
            [(NOW + 3 * DAY, "closed", FIRST), (NOW + 5 * DAY, "expired", SECOND)],
            [(NOW + 5 * DAY, "closed")],
        ),
        (
            on_two_boards(NOW + 3 * DAY, NOW + 3 * DAY),
            [(NOW + 3 * DAY, "closed", FIRST), (NOW + 3 * DAY, "closed", SECOND)],
            [(NOW + 3 * DAY, "closed")],
        ),
        (on_two_boards(), [(NOW + 4 * DAY, "reopened", FIRST)], []),
        (
            on_two_boards(second_closed=NOW + 2 * DAY),
            [(NOW + 4 * DAY, "reopened", FIRST)],
            [(NOW + 4 * DAY, "reopened")],
        ),
        (
            on_two_boards(back=(NOW + 4 * DAY, NOW + 4 * DAY)),
            [(NOW + 4 * DAY, "reopened", FIRST), (NOW + 4 * DAY, "reopened", SECOND)],
            [(NOW + 4 * DAY, "reopened")],
        ),
        (
            on_two_boards(back=(NOW + 4 * DAY, NOW + 5 * DAY)),
            [(NOW + 4 * DAY, "reopened", FIRST), (NOW + 5 * DAY, "reopened", SECOND)],
            [(NOW + 4 * DAY, "reopened")],
        ),
    ],
)
def test_a_job_is_news_once_however_many_boards_show_it(known, happened, told):
    """New is the first sight of the job, closed is the last board that let it go."""
    items = news(Kept(known, happened), NOW, ANY, NOW + 9 * DAY)

    assert [(one.at, one.kind) for one in items] == told
