"""The API: read without a key, described by OpenAPI 3.1 from the types it answers with."""

from functools import cache
from typing import Any

from litestar import Litestar, Router
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme, Server

from jobtide import __version__
from jobtide.web.api import alerts, jobs, lists

PATH = "/api/v1"
_ABOUT = """\
Jobs of many boards, each found once. Reading needs no key. What is `null` or empty is not stated \
by the posting. Errors are problem+json (RFC 9457). Each job names the board to credit \
(`attribution`) and where that credit must link to (`attribution_url`): whoever shows a job \
elsewhere owes both."""


_TOKEN = SecurityScheme(
    type="http", scheme="bearer", description="A token that `jobtide token` made."
)


def router() -> Router:
    """Return the routes of the API."""
    return Router(path=PATH, route_handlers=[*jobs.ROUTES, *lists.ROUTES, *alerts.ROUTES])


@cache
def description() -> dict[str, Any]:
    """Return the API as OpenAPI 3.1 has it.

    Made from the routes alone, so that the framework adds no pages of its own to the service.
    """
    config = OpenAPIConfig(
        title="jobtide",
        version=__version__,
        description=_ABOUT,
        servers=[Server(url="/")],
        components=Components(security_schemes={"token": _TOKEN}),
        use_handler_docstrings=True,
    )
    found = Litestar([router()], openapi_config=config, logging_config=None).openapi_schema
    return found.to_schema()
