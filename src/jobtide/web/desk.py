"""What every handler works with: the store, the settings, the clock."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from litestar import Request, Response

from jobtide import __version__
from jobtide.config import Config
from jobtide.publish.pictures import Picture, pictures
from jobtide.run.figures import figures
from jobtide.store import Store
from jobtide.web import assets
from jobtide.web.me import Me, me_of
from jobtide.web.settings import WebSettings
from jobtide.web.templating import fill

Asked = Request[Any, Any, Any]

#: Pictures may be so old.
_REDRAWN = timedelta(minutes=10)

#: The pages of the navigation.
NAVIGATION = (
    ("/", "Jobs"),
    ("/companies", "Companies"),
    ("/changes", "Changes"),
    ("/stats", "Numbers"),
    ("/saved", "Saved"),
)


class Desk:
    """One service: a store may be used from any thread, so one is enough."""

    def __init__(
        self, store: Store, config: Config, settings: WebSettings, clock: Callable[[], datetime]
    ) -> None:
        """Take what the service works with."""
        self.store, self.config, self.settings, self.clock = store, config, settings, clock
        self._drawn: tuple[datetime, list[Picture]] | None = None
        self._drawing = Lock()

    def pictures(self) -> list[Picture]:
        """Return the pictures of the numbers; they read every opening, so now and then only."""
        with self._drawing:
            now = self.clock()
            if self._drawn is None or now - self._drawn[0] > _REDRAWN:
                self._drawn = now, list(pictures(figures(self.store, now)))
            return self._drawn[1]


def desk_of(request: Asked) -> Desk:
    """Return the service that a request came to."""
    desk: Desk = request.app.state.desk
    return desk


def me_asking(request: Asked) -> Me:
    """Return who asks."""
    return me_of(dict(pairs_of(request)), request.cookies)


def pairs_of(request: Asked) -> list[tuple[str, str]]:
    """Return the parameters of a request's address, in order."""
    return [(name, str(value)) for name, value in request.query_params.multi_items()]


def page(
    request: Asked, template: str, title: str, /, *, status: int = 200, **values: object
) -> Response[bytes]:
    """Return one page in the frame that all share."""
    settings = desk_of(request).settings
    path = request.url.path
    here = "/" if path == "/" or path.startswith("/jobs") else f"/{path.split('/')[1]}"
    shared: dict[str, object] = {
        "title": title,
        "site": settings.title,
        "me": me_asking(request),
        "navigation": [(at, name, at == here) for at, name in NAVIGATION],
        "asset": assets.address,
        "version": __version__,
        "feeds": None,
        "index": status == 200,
        "markup": None,
    }
    body = fill(template, **(shared | values))
    return Response(
        body.encode("utf-8", "replace"),
        status_code=status,
        media_type="text/html",
    )
