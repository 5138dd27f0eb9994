"""Leaving: the page behind the unsubscribe link of a mail (RFC 8058)."""

from litestar import Response, get, post
from litestar.params import FromPath

from jobtide.run.alerting import unsubscribe
from jobtide.web.desk import Asked, desk_of, page


@get("/unsubscribe/{token:str}", include_in_schema=False)
async def ask(request: Asked, token: FromPath[str]) -> Response[bytes]:
    """Show a button: programs that look at every link of a mail must not end anything."""
    return page(request, "leaving.j2", "Unsubscribe", index=False, token=token[:200], done=None)


@post("/unsubscribe/{token:str}", sync_to_thread=True, status_code=200, include_in_schema=False)
def leave(request: Asked, token: FromPath[str]) -> Response[bytes]:
    """End the alert; asked twice it does no harm. The token is the permission, so no log-in."""
    ended = unsubscribe(desk_of(request).store, token)
    done = ended.title if ended is not None else ""
    return page(request, "leaving.j2", "Unsubscribe", index=False, token="", done=done)


ROUTES = (ask, leave)
