"""One board to its end: ask, take apart, follow, until nothing is left or something fails."""

import asyncio
from collections import deque
from concurrent.futures import Executor

import msgspec

from jobtide.errors import BoardGone, PayloadError, SourceError, Unreachable
from jobtide.fetch.client import fetch
from jobtide.fetch.connector import Lookup, Sessions
from jobtide.fetch.errand import Capture, Errand
from jobtide.fetch.exchange import Tools
from jobtide.fetch.outcome import Failure, place
from jobtide.fetch.steps import Wish
from jobtide.model import Page, Request, Response

#: After so many optional requests failed in a row the others are not asked: one dead host of
#: detail pages shall not cost a board a timeout for each posting.
GIVE_UP_AFTER = 3


class Reading:
    """How far one board has been read."""

    def __init__(self, errand: Errand) -> None:
        self.errand = errand
        #: What must be read comes first, so that details never push a page of the list out.
        self.required = deque([errand.request])
        self.optional: deque[Request] = deque()
        self.known = {_key(errand.request)}
        self.asked = 0
        self.responses: list[Response] = []
        self.pages: list[Page] = []
        self.unchanged = False
        self.size = 0
        self.failed: list[Request] = []
        self.failed_in_a_row = 0

    def next(self) -> Request | None:
        """Return what to ask now, and count it."""
        if self.failed_in_a_row >= GIVE_UP_AFTER:
            self.failed.extend(self.optional)
            self.optional.clear()
        if not self.required and not self.optional:
            return None
        self.asked += 1
        return (self.required or self.optional).popleft()

    def add(self, response: Response, page: Page) -> None:
        """Keep one answer, and queue what it says must be followed."""
        self.responses.append(response)
        self.pages.append(page)
        self.size += len(response.body)
        for request in page.follow:
            if _key(request) not in self.known:
                self.known.add(_key(request))
                (self.optional if request.optional else self.required).append(request)

    def capture(self, error: SourceError | None = None) -> Capture:
        """Return what was read so far."""
        if self.required and error is None and self.pages:
            self.pages[-1] = msgspec.structs.replace(self.pages[-1], complete=False)
        return Capture(
            board=self.errand.board,
            responses=tuple(self.responses),
            pages=tuple(self.pages),
            unchanged=self.unchanged,
            error=error,
            failed_optional=tuple(self.failed),
            left_out=(*self.required, *self.optional),
        )


def _key(request: Request) -> tuple[str, str, bytes | None]:
    """Return what makes two requests the same one; pages of a POST board differ in the body."""
    return request.method.upper(), request.url.split("#", 1)[0], request.body


async def read_board(errand: Errand, tools: Tools, lookup: Lookup, splitter: Executor) -> Capture:
    """Return everything one board answered; an error ends the board, not the run."""
    reading = Reading(errand)
    try:
        async with asyncio.timeout(tools.settings.board_timeout_s), Sessions(lookup) as sessions:
            await _read_pages(reading, sessions, tools, splitter)
    except Failure as failure:
        return reading.capture(failure.error(errand.board))
    except SourceError as error:
        return reading.capture(error)
    except TimeoutError:
        what = f"not read to its end in {tools.settings.board_timeout_s:.0f} s after "
        what += f"{reading.asked} requests; raise board_timeout_s or max_pages less"
        return reading.capture(Failure(Unreachable, "board_timeout", what).error(errand.board))
    return reading.capture()


async def _read_pages(
    reading: Reading, sessions: Sessions, tools: Tools, splitter: Executor
) -> None:
    errand, settings = reading.errand, tools.settings
    while reading.asked < settings.max_pages and (request := reading.next()) is not None:
        wish = Wish(
            request=request,
            rebase=errand.rebase,
            validators=errand.validators if reading.asked == 1 else None,
            delay_s=max(settings.host_delay_s, errand.min_delay_s or 0.0),
            secrets=errand.secrets,
            robots=errand.robots,
        )
        try:
            response = await fetch(wish, sessions, tools)
            if response is None:
                reading.unchanged = True
                return
            page = await _split(errand, response, splitter)
        except (Failure, PayloadError) as failure:
            if not request.optional or reading.asked == 1:
                raise _of_page(failure, reading) from failure
            reading.failed.append(request)
            reading.failed_in_a_row += 1
            continue
        reading.failed_in_a_row = 0
        reading.add(response, page)
        if reading.size > settings.max_board_bytes:
            what = f"more than {settings.max_board_bytes} bytes in {reading.asked} answers"
            raise Failure(Unreachable, "board_too_large", f"{what}; raise max_board_bytes")


def _of_page(failure: Exception, reading: Reading) -> Exception:
    """Return the failure as the board's: a missing later page does not retire the board."""
    if isinstance(failure, Failure) and failure.kind is BoardGone and reading.asked > 1:
        what = f"page {reading.asked} of the board is missing; the list may have changed while "
        return Failure(Unreachable, failure.code, f"{what}it was read, the next run tries again")
    return failure


async def _split(errand: Errand, response: Response, splitter: Executor) -> Page:
    """Take an answer apart beside the event loop; what is not understood is a PayloadError."""
    loop = asyncio.get_running_loop()
    try:
        page = await loop.run_in_executor(splitter, errand.split, response)
        if not isinstance(page, Page) or not all(isinstance(r, Request) for r in page.follow):
            raise TypeError(f"split gave a {type(page).__name__}, not a Page of Requests")
    except SourceError:
        raise
    except Exception as error:
        what = f"{place(response.request.url)}: {type(error).__name__}: {error}"[:300]
        what = f"unreadable: {what}; look at the answer, and mend the source"
        board = errand.board
        raise PayloadError(what, source=board.source, board=board.token) from error
    return page
