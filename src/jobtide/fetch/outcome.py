"""What went wrong with one request, sorted by what to do next."""

from typing import Any
from urllib.parse import urlsplit

from jobtide.errors import BoardGone, Forbidden, SourceError, Throttled, Unreachable
from jobtide.model import Board
from jobtide.text import squeeze


class Failure(Exception):
    """One try failed. Inside fetch only: `error` turns it into what callers know."""

    def __init__(
        self,
        kind: type[SourceError],
        code: str,
        what: str,
        *,
        retry: bool = False,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(code, what)
        self.kind = kind
        self.code = code  #: one word, first in the message: "blocked_address"
        self.what = squeeze(what)
        self.where: str | None = None  #: which address, once it is known
        self.retry = retry  #: another try in this run may help
        self.retry_after_s = retry_after_s

    def __str__(self) -> str:
        """Return "code: where: what", with where named once."""
        known = self.where is None or self.where in self.what
        return f"{self.code}: {self.what}" if known else f"{self.code}: {self.where}: {self.what}"

    def error(self, board: Board) -> SourceError:
        """Return the error of errors.py for this board."""
        more: dict[str, Any] = {}
        if issubclass(self.kind, Throttled):
            more["retry_after_s"] = self.retry_after_s
        error = self.kind(str(self), source=board.source, board=board.token, **more)
        error.url = self.where
        return error


def place(url: str) -> str:
    """Return `url` for a message: without its query, which may hold a key.

    >>> place("https://api.example/jobs?key=secret#top")
    'https://api.example/jobs'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url.split("?", 1)[0][:200]
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"[:200]


def status_failure(status: int, url: str, retry_after_s: float | None) -> Failure | None:
    """Return what an HTTP status means for the board, None when it is a success.

    Statuses: RFC 9110 section 15, RFC 6585 (429), RFC 7725 (451). A 503 is a request to come
    later only when it says when; else the server is out of order like with any other 5xx.
    """
    where = place(url)
    if 200 <= status < 300 and status != 206:
        return None
    if status in (404, 410):
        what = f"{where} does not exist; check the board's token or retire the board"
        return Failure(BoardGone, f"status_{status}", what)
    if status == 429 or (status == 503 and retry_after_s is not None):
        when = "later" if retry_after_s is None else f"in {retry_after_s:.0f} s"
        what = f"{where} asks to be left alone; try again {when}, and read less often"
        return Failure(
            Throttled, f"status_{status}", what, retry=True, retry_after_s=retry_after_s
        )
    if status >= 500 or status in (408, 425):
        what = f"{where} is out of order; the next run tries again"
        return Failure(Unreachable, f"status_{status}", what, retry=True)
    if 400 <= status < 500:
        what = f"{where} refuses us; open it in a browser and see whether we may read it"
        return Failure(Forbidden, f"status_{status}", what)
    what = f"{where} answered with a status nobody asked for; the next run tries again"
    return Failure(Unreachable, f"status_{status}", what)
