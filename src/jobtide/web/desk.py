"""What every handler works with: the store, the settings, the clock."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock, Thread
from typing import Any

from litestar import Request, Response

from jobtide import __version__
from jobtide.config import Config
from jobtide.errors import StoreError
from jobtide.publish.pictures import Picture, pictures
from jobtide.run.figures import figures
from jobtide.store import Store
from jobtide.web import assets
from jobtide.web.logos import Logos, folder_of
from jobtide.web.me import Me, me_of
from jobtide.web.settings import WebSettings
from jobtide.web.templating import fill

_LOG = logging.getLogger("jobtide.web")

Asked = Request[Any, Any, Any]

#: Pictures may be so old, and a page waits so long for the first ones.
_REDRAWN, _PATIENCE_S = timedelta(minutes=10), 2.0

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
        self.logos = Logos(folder_of(config))
        self._drawn: tuple[datetime, list[Picture]] | None = None
        self._drawing: Thread | None = None
        self._lock = Lock()

    def pictures(self) -> list[Picture] | None:
        """Return the pictures of the numbers as they were drawn last; None before the first time.

        They read every opening, which takes minutes of a million: so now and then only, in the
        background, and nobody waits longer than a moment.
        """
        with self._lock:
            old = self._drawn is None or self.clock() - self._drawn[0] > _REDRAWN
            if old and (self._drawing is None or not self._drawing.is_alive()):
                self._drawing = Thread(target=self._draw, name="pictures", daemon=True)
                self._drawing.start()
            drawing = self._drawing
        if self._drawn is None and drawing is not None:
            drawing.join(_PATIENCE_S)
        return None if self._drawn is None else self._drawn[1]

    def _draw(self) -> None:
        now = self.clock()
        try:
            self._drawn = now, list(pictures(figures(self.store, now)))
        except StoreError as error:
            _LOG.warning("the pictures were not drawn: %s", error)


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
