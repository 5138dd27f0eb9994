"""What the sample boards answer on each of the three days."""

from collections.abc import Callable
from datetime import datetime, timedelta

from jobtide.demo.boards import DAYS, aggregators, employers, remoteok, remotive, weworkremotely
from jobtide.demo.server import Answer, Asked
from jobtide.model import Board

#: The boards the demonstration reads.
BOARDS = (
    Board(source="remoteok"),
    Board(source="remotive"),
    Board(source="weworkremotely"),
    Board(source="weworkremotely", token="remote-full-stack-programming-jobs"),  # noqa: S106
    Board(source="himalayas"),
    Board(source="jobicy"),
    Board(source="arbeitnow"),
    Board(source="workingnomads"),
    *map(employers.board_of, employers.EMPLOYERS),
)
_RSS = "application/rss+xml; charset=utf-8"
#: Host and path of every aggregator that answers with one JSON document.
_WRITERS: dict[str, Callable[[int, datetime], bytes]] = {
    "remoteok.com/api": remoteok.answer,
    "remotive.com/api/remote-jobs": remotive.answer,
    "himalayas.app/jobs/api": aggregators.himalayas,
    "jobicy.com/api/v2/remote-jobs": aggregators.jobicy,
    "www.arbeitnow.com/api/job-board-api": aggregators.arbeitnow,
    "www.workingnomads.com/api/exposed_jobs/": aggregators.working_nomads,
}


class Stage:
    """The sample boards, at the day that is being played."""

    def __init__(self, moment: datetime) -> None:
        """Begin at the first day; the third day is `moment`."""
        self.day = DAYS[0]
        self._last = moment

    @property
    def moment(self) -> datetime:
        """When the present day's answers are asked."""
        return self._last - timedelta(days=DAYS[-1] - self.day)

    def answer(self, asked: Asked) -> Answer:
        """Answer as the board that is asked would on the present day."""
        address = f"{asked.host}{asked.path}"
        if address in _WRITERS and asked.query.get("page", ["1"]) == ["1"]:
            return Answer(body=_WRITERS[address](self.day, self.moment))
        if asked.host == "weworkremotely.com" and asked.path.endswith(".rss"):
            programming = "/categories/" in asked.path
            body = weworkremotely.answer(self.day, self.moment, programming=programming)
            return Answer(body=body, content_type=_RSS)
        for company, board in employers.EMPLOYERS.items():
            if board.token in asked.host.split(".") or f"/{board.token}" in asked.path:
                return Answer(body=employers.answer(company, self.day, self.moment))
        return Answer(status=404, body=b"{}")
