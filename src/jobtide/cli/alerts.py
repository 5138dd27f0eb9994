"""alerts add|list|remove|resume|test|send: saved searches, and who is told."""

from random import Random
from secrets import token_hex
from typing import Annotated

import typer
from rich.table import Table

from jobtide.alert import read_address
from jobtide.cli import options, screen
from jobtide.cli.options import ConfigFile, Database, Json, Quiet
from jobtide.config import Config
from jobtide.errors import UsageError
from jobtide.model import Subscription
from jobtide.run.alerting import Sender, Sent
from jobtide.store import Store

Name = Annotated[str, typer.Argument(metavar="ID", help="As `jobtide alerts list` shows it.")]


def add(app: typer.Typer) -> None:
    """Add the commands of this group."""
    group = typer.Typer(help="Save searches, and be told of what changes.", no_args_is_help=True)
    group.command(name="add")(add_alert)
    group.command(name="list")(list_alerts)
    group.command()(remove)
    group.command()(resume)
    group.command(name="test")(try_out)
    group.command()(send)
    app.add_typer(group, name="alerts")


def add_alert(
    text: Annotated[list[str], typer.Argument(metavar="QUERY", help="In the search language.")],
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="ADDRESS",
            help="mailto:ana@example.org, https://... or a service of apprise: tgram://...",
        ),
    ],
    every: Annotated[
        str, typer.Option(help="At most one digest a day, an hour, or at each change.")
    ] = "day",
    also: Annotated[
        list[str] | None, typer.Option(help="More to be told of: closed. Repeatable.")
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(help="Only this: new, fits, reopened, pay or closed. Repeatable."),
    ] = None,
    name: Annotated[str | None, typer.Option(help="What to call it; default: the query.")] = None,
    backlog: Annotated[
        bool, typer.Option("--backlog", help="Also send what is open already.")
    ] = False,
    everywhere: Annotated[bool, typer.Option("--all", help="Also what is not remote.")] = False,
    quiet_hours: Annotated[
        str | None, typer.Option(metavar="22:00-07:00", help="Send nothing then.")
    ] = None,
    timezone: Annotated[
        str | None, typer.Option(metavar="ZONE", help="Such as Europe/Warsaw.")
    ] = None,
    config: ConfigFile = None,
    db: Database = None,
    as_json: Json = False,
) -> int:
    """Save a search; what is open already is sent only with --backlog."""
    from jobtide.run.alerting import Wish, check_wish, subscribe

    found, _ = options.settings(config, db)
    wish = Wish(
        query=" ".join(text),
        to=to,
        every=every,
        also=tuple(also or ()),
        only=tuple(only or ()),
        name=name,
        quiet_hours=quiet_hours or found.alerts.quiet_hours,
        timezone=timezone or found.alerts.timezone,
        backlog=backlog,
        everywhere=everywhere,
    )
    check_wish(wish)  # a wrong word must not leave a database behind
    with options.opened(found, create=True) as store:
        made = subscribe(store, wish, options.now())
        _say_added(found, made, len(store.waiting(made.id)), as_json=as_json)
    return 0


def _say_added(found: Config, made: Subscription, waiting: int, *, as_json: bool) -> None:
    address = read_address(made.to)
    signed = address.kind == "webhook"
    if as_json:
        row = {"id": made.id, "query": made.query, "to": address.shown, "waiting": waiting}
        screen.print_json(row | ({"key": made.key} if signed else {}))
        return
    screen.out().print(f"{made.id}  {made.query} -> {address.shown}, every {made.every}")
    if signed:
        screen.out().print(f"key of its signatures, shown only now: {made.key}")
    if address.kind == "email" and not (found.smtp.host and found.smtp.sender):
        screen.err().print("no mail server is set yet: put host and sender under [smtp]")
    wait = f"{waiting} jobs wait. " if waiting else ""
    screen.err().print(f"{wait}`jobtide run` sends; `jobtide alerts test {made.id}` tries it.")


def list_alerts(config: ConfigFile = None, db: Database = None, as_json: Json = False) -> int:
    """List saved searches: how often, what waits, what failed and why."""
    found, _ = options.settings(config, db)
    with options.opened(found) as store:
        rows = [_row(one, store) for one in store.subscriptions()]
    if as_json:
        screen.print_json({"alerts": rows})
        return 0
    if not rows:
        screen.err().print('no search is saved. `jobtide alerts add "QUERY" --to ...` saves one.')
    table = Table(box=None, pad_edge=False)
    for column in ("id", "search", "to", "every", "waiting", "told", "last sent", "state"):
        table.add_column(column)
    for row in rows:
        table.add_row(*(str(row[key] or "") for key in _COLUMNS))
    if rows:
        screen.print_table(screen.out(), table)
    return 0


_COLUMNS = ("id", "name", "to", "every", "waiting", "told", "sent", "state")


def _row(one: Subscription, store: Store) -> dict[str, object]:
    tally = store.tallies().get(one.id)
    state = "ok"
    if one.paused is not None:
        state = f"paused: {one.paused}"
    elif one.error is not None:
        again = f"; again after {one.retry_at:%Y-%m-%d %H:%M} UTC" if one.retry_at else ""
        state = f"failed {one.failures} times: {one.error}{again}"
    return {
        "id": one.id,
        "name": one.title,
        "query": one.query,
        "to": read_address(one.to).shown,
        "every": one.every,
        "kinds": one.kinds,
        "quiet_hours": one.quiet_hours,
        "timezone": one.timezone,
        "waiting": tally.waiting if tally else 0,
        "told": tally.told if tally else 0,
        "sent_at": one.sent_at,
        "sent": f"{one.sent_at:%Y-%m-%d %H:%M}" if one.sent_at else "never",
        "failures": one.failures,
        "error": one.error,
        "retry_at": one.retry_at,
        "paused": one.paused,
        "state": state,
    }


def remove(name: Name, config: ConfigFile = None, db: Database = None) -> int:
    """Forget a saved search and what it was still to be told."""
    found, _ = options.settings(config, db)
    with options.opened(found) as store:
        one = _one(store, name)
        store.remove_subscription(one.id)
    screen.err().print(f"removed {one.id}: {one.title}")
    return 0


def resume(name: Name, config: ConfigFile = None, db: Database = None) -> int:
    """Send again to a channel that was paused because it was gone."""
    found, _ = options.settings(config, db)
    with options.opened(found) as store:
        one = _one(store, name)
        store.pause_subscription(one.id, None)
    screen.err().print(f"{one.id} is sent to again: {one.title}")
    return 0


def try_out(name: Name, config: ConfigFile = None, db: Database = None) -> int:
    """Send up to three jobs that fit now, marked as a test; it changes nothing else."""
    from jobtide.run.alerting import send_test

    found, _ = options.settings(config, db)
    with options.opened(found) as store:
        one = _one(store, name)
        message = send_test(store, _sender(found), one)
    shown = read_address(one.to).shown
    screen.err().print(f"sent to {shown}: a test with {len(message.items)} jobs")
    return 0


def send(
    force: Annotated[
        bool, typer.Option("--now", help="Whatever the hour, and before the next try is due.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be sent; send and change nothing.")
    ] = False,
    config: ConfigFile = None,
    db: Database = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Send what is due; `jobtide run` does it at its end."""
    from jobtide.run import alerting

    found, _ = options.settings(config, db)
    with options.opened(found) as store:
        if dry_run:
            results: tuple[Sent, ...] | None = alerting.dry_run(store, _sender(found))
        else:
            results = alerting.send_alerts(store, _sender(found), force=force)
    if as_json:
        screen.print_json({"alerts": results or (), "busy": results is None})
    elif dry_run:
        for one in results or ():
            for text in one.text or ("nothing\n",):
                screen.out().print(f"to {one.to}: {text}")
    return report(results, quiet=quiet or dry_run)


def send_due(found: Config, store: Store, *, quiet: bool) -> int:
    """Send alerts at the end of a run; 3 when a channel failed."""
    from jobtide.run import alerting

    if not store.subscriptions():
        return 0
    return report(alerting.send_alerts(store, _sender(found)), quiet=quiet)


def report(results: tuple[Sent, ...] | None, *, quiet: bool) -> int:
    """Say on standard error how it went with each channel; return 3 when one failed."""
    console = screen.err()
    if results is None:
        console.print("alerts: another jobtide is sending at this moment")
        return 0
    for one in results:
        if one.error:
            console.print(f"alert {one.subscription} failed: {one.error}")
        if one.paused:
            hint = f"`jobtide alerts resume {one.subscription}` sends again"
            console.print(f"alert {one.subscription} is paused: {one.paused}. {hint}")
        elif one.messages and not quiet:
            console.print(f"alert {one.subscription}: {one.jobs} jobs to {one.to}")
    return 3 if any(one.error for one in results) else 0


def _sender(found: Config) -> Sender:
    return Sender(config=found, clock=options.now, random=Random(), fresh=token_hex)


def _one(store: Store, name: str) -> Subscription:
    """Return a subscription by its id, or the beginning of it."""
    found = [one for one in store.subscriptions() if one.id.startswith(name)]
    if len(found) != 1:
        raise UsageError(f"no saved search is called {name!r}. `jobtide alerts list` shows ids.")
    return found[0]
