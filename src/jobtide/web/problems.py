"""What is said when something is wrong: problem+json (RFC 9457), or a page for people."""

import logging
from http import HTTPStatus

import msgspec
from litestar import Response
from litestar.exceptions import HTTPException
from msgspec import Struct

from jobtide.errors import StoreError, UsageError
from jobtide.web.desk import Asked, page

_LOG = logging.getLogger("jobtide.web")
MEDIA_TYPE = "application/problem+json"
#: Headings of the pages people meet most.
_TITLES = {400: "Not understood", 404: "Not found", 500: "Something broke", 503: "Not now"}


class Problem(Struct, frozen=True, kw_only=True):
    """What is wrong with a request (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


def answer(request: Asked, status: int, detail: str) -> Response[bytes]:
    """Return an error as the asker reads it."""
    title = _TITLES.get(status) or HTTPStatus(status).phrase
    if request.url.path.startswith("/api/"):
        return problem(status, detail)
    return page(request, "problem.j2", title, status=status, detail=detail, words=_words(request))


def problem(status: int, detail: str) -> Response[bytes]:
    """Return an error for a program."""
    return Response(as_json(status, detail), status_code=status, media_type=MEDIA_TYPE)


def as_json(status: int, detail: str) -> bytes:
    """Return an error as JSON."""
    found = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail)
    return msgspec.json.encode(found)


def _words(request: Asked) -> str:
    return str(request.query_params.get("q") or "")[:200]


def missing(request: Asked, what: str) -> Response[bytes]:
    """Return "not found", which never repeats what was asked for."""
    return answer(request, 404, f"There is no such {what} here. It may have gone.")


def on_usage(request: Asked, error: UsageError) -> Response[bytes]:
    """Say what of a search, or of anything else that was asked, is not understood."""
    return answer(request, 400, str(error))


def on_store(request: Asked, error: StoreError) -> Response[bytes]:
    """Say that the database cannot be read now; where it lies is nobody's business."""
    _LOG.error("%s", error)
    return answer(request, 503, "The database cannot be read now. Try again in a moment.")


def on_http(request: Asked, error: HTTPException) -> Response[bytes]:
    """Say what the framework found wrong."""
    status = error.status_code
    if status == HTTPStatus.NOT_FOUND:
        return missing(request, "page")
    detail = error.detail if status < HTTPStatus.INTERNAL_SERVER_ERROR else "A fault of ours."
    extra = getattr(error, "extra", None)
    if isinstance(extra, list) and extra and isinstance(extra[0], dict):
        one = extra[0]
        detail = f"{one.get('key', 'parameter')}: {one.get('message', detail)}"
    response = answer(request, status, detail)
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


def on_fault(request: Asked, error: Exception) -> Response[bytes]:
    """Say that the fault is ours, and write it down for whoever runs the service."""
    _LOG.error("%s %s", request.method, request.url.path, exc_info=error)
    return answer(request, 500, "A fault of jobtide. It was written to the log.")
