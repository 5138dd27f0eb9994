"""Alerts: saved searches whose news are sent. All of it needs a token."""

from datetime import datetime
from typing import Annotated, Any

from litestar import HttpMethod, Request, Response, delete, get, post, route
from litestar.exceptions import NotFoundException
from litestar.params import JSONBody, PathParameter
from msgspec import Struct

from jobtide.alert import read_address
from jobtide.model import Subscription
from jobtide.run.alerting import Wish, subscribe
from jobtide.web.api.answers import MISSING, WRONG, refuse_unknown, spec
from jobtide.web.desk import desk_of
from jobtide.web.tokens import needs_token

#: May be wrong with a write, beside what may be wrong with any request.
_WRITING = {
    **WRONG,
    401: spec("The token is missing or wrong."),
    403: spec("Another site made the browser send this."),
    413: spec("The body is too long."),
}
_SECURED: dict[str, Any] = {
    "guards": [needs_token],
    "security": [{"token": []}],
    "tags": ["alerts"],
}


Name = Annotated[str, PathParameter(description="Id of an alert.", max_length=100)]


class NewAlert(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A search to save, and who is to be told."""

    query: str  #: in the search language
    to: str  #: "mailto:ana@example.org", "https://..." or a service of apprise
    every: str = "day"  #: at most one digest a "day", an "hour", or at each "change"
    also: tuple[str, ...] = ()  #: kinds beside the usual ones: "closed"
    only: tuple[str, ...] = ()  #: these kinds in place of the usual ones
    name: str | None = None
    quiet_hours: str | None = None  #: "22:00-07:00"
    timezone: str | None = None  #: IANA name
    backlog: bool = False  #: also what is open already
    everywhere: bool = False  #: also what is not remote


class Alert(Struct, frozen=True, kw_only=True):
    """A saved search; where it goes is shown without secrets."""

    id: str
    query: str
    name: str | None
    to: str
    every: str
    kinds: tuple[str, ...]
    created_at: datetime
    sent_at: datetime | None
    error: str | None
    paused: str | None
    key: str | None = None  #: of the signatures of a webhook; told once, as it is made


class Alerts(Struct, frozen=True, kw_only=True):
    """All saved searches."""

    alerts: tuple[Alert, ...]


@get("/alerts", sync_to_thread=True, responses=_WRITING, operation_id="listAlerts", **_SECURED)
def list_alerts(request: Request[Any, Any, Any]) -> Alerts:
    """List the saved searches."""
    refuse_unknown(request, ())
    return Alerts(alerts=tuple(map(_alert, desk_of(request).store.subscriptions())))


@post("/alerts", sync_to_thread=True, responses=_WRITING, operation_id="addAlert", **_SECURED)
def add_alert(request: Request[Any, Any, Any], data: JSONBody[NewAlert]) -> Alert:
    """Save a search; what is open already is sent only with `backlog`."""
    refuse_unknown(request, ())
    desk = desk_of(request)
    usual = desk.config.alerts
    wish = Wish(
        query=data.query,
        to=data.to,
        every=data.every,
        also=data.also,
        only=data.only,
        name=data.name,
        quiet_hours=data.quiet_hours or usual.quiet_hours,
        timezone=data.timezone or usual.timezone,
        backlog=data.backlog,
        everywhere=data.everywhere,
    )
    return _alert(subscribe(desk.store, wish, desk.clock()), told=True)


@delete(
    "/alerts/{name:str}",
    sync_to_thread=True,
    responses={**_WRITING, 404: MISSING[404]},
    operation_id="removeAlert",
    **_SECURED,
)
def remove_alert(request: Request[Any, Any, Any], name: Name) -> None:
    """Forget a saved search with all that was to be sent."""
    refuse_unknown(request, ())
    if not desk_of(request).store.remove_subscription(name):
        raise NotFoundException


@route("/alerts", http_method=[HttpMethod.OPTIONS], include_in_schema=False, status_code=204)
async def alert_methods() -> Response[None]:
    """Say what may be done here; the framework would name one of the two only."""
    return Response(None, status_code=204, headers={"Allow": "GET, OPTIONS, POST"})


def _alert(one: Subscription, *, told: bool = False) -> Alert:
    address = read_address(one.to)
    return Alert(
        id=one.id,
        query=one.query,
        name=one.name,
        to=address.shown,
        every=one.every,
        kinds=one.kinds,
        created_at=one.created_at,
        sent_at=one.sent_at,
        error=one.error,
        paused=one.paused,
        key=one.key if told and address.kind == "webhook" else None,
    )


#: The methods come first: the framework adds its own where it finds none.
ROUTES = (alert_methods, list_alerts, add_alert, remove_alert)
