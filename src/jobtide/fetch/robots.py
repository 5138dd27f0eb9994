"""
What a site's robots.txt lets us read (RFC 9309), asked once a run and site.

Only pages made for people are asked for by it; an API that is made for programs has terms of its
own, and each source says which of both it reads.
"""

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from protego import Protego

from jobtide.errors import Forbidden, Unreachable
from jobtide.fetch.outcome import Failure, place

#: At least this much of a robots.txt must be read, and no more has to be (RFC 9309, 2.5).
FIRST_BYTES = 500 * 1024

#: The name by which robots.txt speaks of us; the User-Agent begins with it.
NAME = "jobtide"

#: Longest pause between two requests that a robots.txt can ask of us (Crawl-delay, which is no
#: part of the RFC, and which some sites set to minutes).
MAX_DELAY_S = 30.0

#: Returns the first bytes of an address; raises Failure.
Ask = Callable[[str], Awaitable[bytes]]

_ALLOW_ALL = Protego.parse("")


class Robots:
    """The rules of the sites that were met in a run."""

    def __init__(self) -> None:
        self._rules: dict[str, asyncio.Task[Protego | Failure]] = {}

    async def check(self, url: str, ask: Ask) -> float:
        """
        Return the pause the site asks for, 0 when it asks for none.

        Raises Failure: "robots_denied" when we may not read the address, "robots_unreachable"
        when nobody knows, because its robots.txt could not be read (RFC 9309, 2.3.1.4).
        """
        site = "://".join(urlsplit(url)[:2])
        if site not in self._rules:
            self._rules[site] = asyncio.ensure_future(_read(f"{site}/robots.txt", ask))
        rules = await asyncio.shield(self._rules[site])
        if isinstance(rules, Failure):
            what = f"{site}/robots.txt could not be read ({rules}), so nothing else is read there"
            raise Failure(Unreachable, "robots_unreachable", f"{what}; the next run tries again")
        if not rules.can_fetch(url, NAME):
            what = f"{place(url)} is closed to us by {site}/robots.txt; ask the site, or leave it"
            raise Failure(Forbidden, "robots_denied", what)
        return min(float(rules.crawl_delay(NAME) or 0.0), MAX_DELAY_S)


async def _read(url: str, ask: Ask) -> Protego | Failure:
    try:
        body = await ask(url)
    except Failure as failure:
        # 4xx: there are no rules (RFC 9309, 2.3.1.3). All else: unknown, so closed.
        return _ALLOW_ALL if failure.code.startswith("status_4") else failure
    return Protego.parse(body.decode("utf-8", "replace"))
