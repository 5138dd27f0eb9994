"""One request to its end: redirects by hand, each checked; tries again; one deadline for all."""

import asyncio

import msgspec

from jobtide.errors import Forbidden, Unreachable
from jobtide.fetch import limits
from jobtide.fetch.connector import Sessions
from jobtide.fetch.exchange import Answer, Deadline, Tools, ask
from jobtide.fetch.guard import RefusedURLError, Target, check_url
from jobtide.fetch.outcome import Failure, place
from jobtide.fetch.polite import MAX_SLEEP_S, backoff_s
from jobtide.fetch.rebase import is_rebased, rebase_url
from jobtide.fetch.robots import FIRST_BYTES
from jobtide.fetch.steps import Wish, first_step, redirected
from jobtide.model import Request, Response


async def fetch(wish: Wish, sessions: Sessions, tools: Tools) -> Response | None:
    """Return the answer to a request; None when it did not change since `wish.validators`.

    Tries again after what may pass, within one deadline. Raises Failure.
    """
    deadline = Deadline(tools.settings.timeout_s)
    attempt = 0
    while True:
        try:
            return await _follow(wish, sessions, tools, deadline)
        except Failure as failure:
            pause = max(backoff_s(attempt, tools.random), failure.retry_after_s or 0.0)
            too_long = pause > MAX_SLEEP_S or pause >= deadline.left()
            if not failure.retry or attempt >= tools.settings.retries or too_long:
                raise
        await asyncio.sleep(pause)
        attempt += 1


async def _follow(
    wish: Wish, sessions: Sessions, tools: Tools, deadline: Deadline
) -> Response | None:
    """Ask, and go where redirects lead; every hop is checked like the first."""
    step = first_step(wish, tools.settings.user_agent)
    try:
        for _ in range(tools.settings.max_redirects + 1):
            target = _target(step.url, wish.rebase, tools.private_hosts)
            hop = await _permitted(step.url, wish, sessions, tools) if wish.robots else wish
            answer = await ask(step, target, hop, sessions, tools, deadline)
            if answer.location is None:
                return _response(wish, step.url, answer, tools)
            step = redirected(step, answer.status, answer.location)
        what = f"{place(wish.request.url)} redirects more than {tools.settings.max_redirects} "
        raise Failure(Unreachable, "redirect_loop", f"{what}times; look for its new address")
    except Failure as failure:
        failure.where = failure.where or place(step.url)
        raise


async def _permitted(url: str, wish: Wish, sessions: Sessions, tools: Tools) -> Wish:
    """Return the wish with the pause that robots.txt asks for; Failure when it closes the page."""

    async def ask_for(address: str) -> bytes:
        rules = Wish(
            request=Request(url=address),
            rebase=wish.rebase,
            delay_s=wish.delay_s,
            first_bytes=FIRST_BYTES,
        )
        response = await _follow(rules, sessions, tools, Deadline(tools.settings.timeout_s))
        return response.body if response else b""

    delay_s = await tools.robots.check(url, ask_for)
    return msgspec.structs.replace(wish, delay_s=max(wish.delay_s, delay_s))


def _response(wish: Wish, url: str, answer: Answer, tools: Tools) -> Response | None:
    """Return the decoded answer of `url`; None for "not modified"."""
    if answer.status == 304:
        return None
    # An address with a secret in it is never told, wherever a server repeats it.
    elsewhere = url != wish.request.url and not wish.secrets
    return Response(
        request=wish.request,
        body=limits.decode(answer.encoded, answer.coding, tools.settings.max_bytes),
        fetched_at=tools.clock(),
        status=answer.status,
        content_type=answer.content_type,
        etag=answer.etag,
        last_modified=answer.last_modified,
        final_url=url if elsewhere else None,
    )


def _target(url: str, rebase: str | None, private_hosts: frozenset[str]) -> Target:
    """Return what to ask for `url`, or for its stand-in; raises Failure when it is refused.

    What would be refused without a stand-in is refused with one; the host stays the real one,
    whose pace is kept.
    """
    try:
        real = check_url(url, private_hosts)
        if rebase is None or is_rebased(url, rebase):
            return real
        other = check_url(rebase_url(url, rebase), private_hosts)
        return msgspec.structs.replace(other, host=real.host)
    except (RefusedURLError, ValueError) as error:
        code, what = getattr(error, "code", "bad_url"), getattr(error, "what", str(error))
        raise Failure(Forbidden, code, what) from error
