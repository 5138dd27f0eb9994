"""What those who run the service ask of it: does it live, is it ready, how does it do."""

import time
from typing import Any

from litestar import Response, get
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from jobtide.errors import StoreError
from jobtide.run.measures import StoreMeasures
from jobtide.web.answering import App, Message, Receive, Scope, Send
from jobtide.web.desk import Asked, Desk, desk_of
from jobtide.web.problems import missing, problem

#: Where `routed` writes the route for `Measures`: layers between the two copy the scope.
_ROUTE = "jobtide.route"
#: The route of what no route answered: unknown addresses, and what the guard refused. The address
#: itself is no label: whoever asks for a million of them would fill the memory.
_NONE = "none"
#: Seconds; most pages take 2 to 50 ms, a search of a million openings up to a second.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Measures:
    """The counts of one service. No label holds anything of who asks, or of what is looked for."""

    def __init__(self, desk: Desk) -> None:
        """Begin to count."""
        self.registry = CollectorRegistry()
        self.registry.register(StoreMeasures(desk.store, desk.clock))
        self._requests = Counter(
            "jobtide_http_requests", "Requests.", ["route", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "jobtide_http_request_seconds",
            "Seconds from a request to the end of its answer.",
            ["route"],
            registry=self.registry,
            buckets=_BUCKETS,
        )

    def around(self, app: App) -> App:
        """Return `app` with every request counted."""

        async def counted(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            route, status, began = [_NONE], [500], time.perf_counter()

            async def watch(message: Message) -> None:
                if message["type"] == "http.response.start":
                    status[0] = message["status"]
                await send(message)

            try:
                await app({**scope, _ROUTE: route}, receive, watch)
            finally:
                self._requests.labels(route[0], str(status[0])).inc()
                self._seconds.labels(route[0]).observe(time.perf_counter() - began)

        return counted


def routed(app: App) -> App:
    """Return the framework so that it says which route answered: "/jobs/{key}"."""

    async def noted(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await app(scope, receive, send)
        finally:
            if _ROUTE in scope and scope.get("path_template"):
                scope[_ROUTE][0] = scope["path_template"]

    return noted


@get("/healthz", include_in_schema=False)
async def healthz() -> Response[bytes]:
    """Say that the process lives, whatever the store does."""
    return Response(b"ok\n", media_type="text/plain")


@get("/readyz", sync_to_thread=True, include_in_schema=False)
def readyz(request: Asked) -> Response[bytes]:
    """Say whether the store answers a query; 503 with a problem when not."""
    try:
        desk_of(request).store.last_change()
    except StoreError:  # its words may name a path or a host, which is nobody's business
        return problem(503, "The database does not answer.")
    return Response(b"ready\n", media_type="text/plain")


@get("/metrics", sync_to_thread=True, include_in_schema=False)
def metrics(request: Asked) -> Response[bytes]:
    """Return the counts in the text format of Prometheus; 404 when they are switched off."""
    measures: Any = request.app.state.measures
    if measures is None:
        return missing(request, "page")
    return Response(generate_latest(measures.registry), media_type=CONTENT_TYPE_LATEST)


ROUTES = (healthz, readyz, metrics)
