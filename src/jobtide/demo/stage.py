"""What the sample boards answer on each of the three days."""

from datetime import datetime, timedelta

from jobtide.demo.boards import DAYS, remoteok, remotive, weworkremotely
from jobtide.demo.server import Answer, Asked
from jobtide.model import Board

#: The boards the demonstration reads.
BOARDS = (
    Board(source="remoteok"),
    Board(source="remotive"),
    Board(source="weworkremotely"),
    Board(source="weworkremotely", token="remote-full-stack-programming-jobs"),  # noqa: S106
)
_RSS = "application/rss+xml; charset=utf-8"


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
        if asked.host.endswith("remoteok.com") and asked.path == "/api":
            return Answer(body=remoteok.answer(self.day, self.moment))
        if asked.host == "remotive.com" and asked.path == "/api/remote-jobs":
            return Answer(body=remotive.answer(self.day, self.moment))
        if asked.host == "weworkremotely.com" and asked.path.endswith(".rss"):
            programming = "/categories/" in asked.path
            body = weworkremotely.answer(self.day, self.moment, programming=programming)
            return Answer(body=body, content_type=_RSS)
        return Answer(status=404, body=b"{}")
