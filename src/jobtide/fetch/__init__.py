"""
The only part that talks to other people's servers, and the only importer of aiohttp.

Asynchronous inside, plain outside: `read_boards` is an iterator of captures, `fetch_one` a call.
What is asked is checked first (guard, addresses, connector), what comes back is bounded (limits),
and nobody is asked too often (polite, agenda).
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from random import Random

from jobtide.errors import PayloadError
from jobtide.fetch.agenda import Agenda
from jobtide.fetch.board import read_board
from jobtide.fetch.client import fetch
from jobtide.fetch.connector import Lookup, Sessions, look_up
from jobtide.fetch.crew import Crew
from jobtide.fetch.errand import Capture, Errand, FetchSettings, Validators
from jobtide.fetch.exchange import Tools
from jobtide.fetch.guard import host_of
from jobtide.fetch.outcome import Failure
from jobtide.fetch.polite import Gate
from jobtide.fetch.rebase import rebase_url
from jobtide.fetch.robots import Robots
from jobtide.fetch.steps import Wish
from jobtide.model import Board, Request, Response

__all__ = [
    "Capture",
    "Errand",
    "FetchSettings",
    "Lookup",
    "Validators",
    "fetch_one",
    "read_boards",
    "rebase_url",
]

#: Threads that take answers apart. Parsing holds the interpreter's lock, so more would not help.
SPLITTERS = 2


def read_boards(
    errands: Iterable[Errand],
    settings: FetchSettings,
    *,
    clock: Callable[[], datetime],
    random: Random,
    resolver: Lookup | None = None,
) -> Iterator[Capture]:
    """Yield one capture an errand, as boards end, in any order.

    At most `settings.concurrency` boards are in flight or wait to be taken; errands are drawn in
    the caller's thread as they are needed. A board that fails is a capture with its error.
    Closing the iterator cancels what runs and closes every connection. `resolver` replaces the
    operating system's look-up of names.
    """
    agenda = Agenda(errands)
    with (
        ThreadPoolExecutor(SPLITTERS, thread_name_prefix="jobtide split") as splitter,
        Crew[tuple[Errand, Capture]]() as crew,
    ):
        tools = _tools(settings, clock, random)

        async def read(errand: Errand) -> tuple[Errand, Capture]:
            return errand, await read_board(errand, tools, resolver or look_up, splitter)

        flying = 0
        while True:
            while flying < settings.concurrency and (errand := agenda.next()) is not None:
                crew.submit(read(errand))
                flying += 1
            if not flying:
                return
            errand, capture = crew.take()
            flying -= 1
            agenda.ended(errand)
            yield capture


def fetch_one(
    request: Request,
    settings: FetchSettings,
    *,
    clock: Callable[[], datetime],
    random: Random,
    rebase: str | None = None,
    board: Board | None = None,
    accept: tuple[str, ...] = (),
    robots: bool = False,
    resolver: Lookup | None = None,
) -> Response:
    """Return the answer to one request, for a logo or a careers page.

    `accept` holds the beginnings of content types that are taken: ("image/",); with `robots` the
    site's robots.txt decides. Two calls know
    nothing of each other: to read many, use `read_boards`, which keeps the pace. Raises
    Unreachable, Throttled, Forbidden, BoardGone, and PayloadError for another content type.
    """
    known_as = board or Board(source="fetch", token=host_of(request.url) or "no host")
    wish = Wish(
        request=request,
        rebase=rebase,
        accept=accept,
        delay_s=settings.host_delay_s,
        robots=robots,
    )

    async def ask() -> Response | None:
        tools = _tools(settings, clock, random)
        async with Sessions(resolver or look_up) as sessions:
            return await fetch(wish, sessions, tools)

    with Crew[Response | None]() as crew:
        crew.submit(ask())
        try:
            response = crew.take()
        except Failure as failure:
            raise failure.error(known_as) from failure
    if response is None:
        raise PayloadError("no answer", source=known_as.source, board=known_as.token)
    return response


def _tools(settings: FetchSettings, clock: Callable[[], datetime], random: Random) -> Tools:
    hosts = (host.lower().strip("[]").removesuffix(".") for host in settings.allow_private_hosts)
    return Tools(
        settings=settings,
        gate=Gate(),
        clock=clock,
        random=random,
        private_hosts=frozenset(hosts),
        robots=Robots(),
    )
