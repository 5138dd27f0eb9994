"""The application: routes, and what stands around them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from litestar import Litestar, Response, get
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.params import FromPath

from jobtide.config import Config
from jobtide.errors import StoreError, UsageError
from jobtide.store import Store
from jobtide.web import api, assets, feeds, leaving, lists, numbers, operations, pages, problems
from jobtide.web.answering import Answering, App
from jobtide.web.desk import Asked, Desk, desk_of
from jobtide.web.guarding import Guard
from jobtide.web.problems import missing
from jobtide.web.settings import WebSettings

#: A file under an address with its mark may be kept for ever.
_A_DAY = "public, max-age=86400"
_FOR_EVER = "public, max-age=31536000, immutable"


@get("/static/{name:str}", include_in_schema=False)
async def static(request: Asked, name: FromPath[str]) -> Response[bytes]:
    """Return one file of the closed list."""
    found = assets.assets().get(name)
    if found is None:
        return missing(request, "file")
    return Response(
        found.body, media_type=found.content_type, headers={"Cache-Control": _FOR_EVER}
    )


@get("/logos/{name:str}", sync_to_thread=True, include_in_schema=False)
def logo(request: Asked, name: FromPath[str]) -> Response[bytes]:
    """Return one logo of those that are kept."""
    file = desk_of(request).logos.files().get(name)
    if file is None:
        return missing(request, "logo")
    return Response(file.read_bytes(), media_type="image/webp", headers={"Cache-Control": _A_DAY})


@get("/api/v1/openapi.json", include_in_schema=False)
async def openapi(request: Asked) -> Response[dict[str, Any]]:
    """Return the description of the API."""
    return Response(api.description(), media_type="application/vnd.oai.openapi+json")


ROUTES = (
    *pages.ROUTES,
    *lists.ROUTES,
    *numbers.ROUTES,
    *feeds.ROUTES,
    *leaving.ROUTES,
    *operations.ROUTES,
)


def application(
    store: Store, config: Config, settings: WebSettings, clock: Callable[[], datetime]
) -> App:
    """Return the whole service as an ASGI application.

    Args:
        store: stays open while the service runs; may be used from any thread.
        config: the settings of the program, for the page of sources.
        settings: those of the service.
        clock: returns the present moment.
    """
    desk = Desk(store, config, settings, clock)
    measures = operations.Measures(desk) if config.web.metrics else None
    app: App = Guard(Answering(operations.routed(framework(desk, measures))), settings)
    return measures.around(app) if measures else app


def framework(desk: Desk, measures: operations.Measures | None = None) -> Litestar:
    """Return the routes, without what stands around them."""
    handlers: dict[type[Exception] | int, Any] = {
        UsageError: problems.on_usage,
        StoreError: problems.on_store,
        HTTPException: problems.on_http,
        Exception: problems.on_fault,
    }
    return Litestar(
        route_handlers=[static, logo, openapi, *ROUTES, api.router()],
        exception_handlers=handlers,
        openapi_config=None,
        state=State({"desk": desk, "measures": measures}),
        logging_config=None,
        request_max_body_size=desk.settings.max_body,
        debug=False,
    )
