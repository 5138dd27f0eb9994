"""search, show, changes: questions to the store."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from jobtide import query, sources
from jobtide.cli import options, screen
from jobtide.cli.asking import Asking, asked
from jobtide.cli.options import ConfigFile, Database, Json
from jobtide.errors import UsageError
from jobtide.model import Found
from jobtide.publish.facts import age, pay, place


def add(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command(cls=Asking)(search)
    app.command()(show)
    app.command(cls=Asking)(changes)
    app.command()(export)


def search(
    text: Annotated[
        list[str] | None, typer.Argument(metavar="QUERY", help="In the search language.")
    ] = None,
    from_country: Annotated[
        str | None, typer.Option("--from", metavar="PL", help="Only what is open to this country.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="3d", help="First seen within this time.")
    ] = None,
    everywhere: Annotated[
        bool, typer.Option("--all", help="Also what is not remote, and what is closed.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    cursor: Annotated[
        str | None, typer.Option("--cursor", help="Go on where a page ended, as it says.")
    ] = None,
    config: ConfigFile = None,
    db: Database = None,
    as_json: Json = False,
) -> int:
    """Find openings; without --all only remote and open ones, as the first line says."""
    from jobtide.run.searching import find, understood

    parts = [asked(text)]
    parts += [f"from:{from_country}"] if from_country else []
    parts += [f"since:{since}"] if since else []
    if not everywhere:
        parts += _usual(understood(" ".join(parts)))
    wanted = understood(" ".join(parts))
    found, _ = options.settings(config, db)
    with options.opened(found) as store:
        page = find(store, wanted, options.now(), limit=limit, cursor=cursor)
    if as_json:
        screen.print_json(
            {
                "query": wanted.text,
                "total": page.total,
                "at_least": page.at_least,
                "jobs": page.openings,
                "next": page.next,
            }
        )
    else:
        _print(page, wanted.text)
    return 0


def _usual(wanted: query.Query) -> list[str]:
    """Return what holds unless the search says otherwise: remote, and open."""
    terms = [term for group in wanted.groups for term in group]
    parts = [] if any(term.field == "arrangement" for term in terms) else ["arrangement:remote"]
    stated = {"open", "closed"} & {term.value for term in terms if term.field == "is"}
    return parts if stated else [*parts, "is:open"]


def _print(page: Found, text: str) -> None:
    console = screen.out()
    more = " or more" if page.at_least else ""
    screen.err().print(f"{page.total}{more} openings for: {text}")
    table = screen.rows_with_id(6)
    now = options.now()
    for opening in page.openings:
        one = opening.posting
        table.add_row(
            one.title,
            one.hiring_organization or "",
            place(one).text,
            pay(one).text,
            age(opening, now, "relative"),
            opening.id,
        )
    screen.print_table(console, table)
    if page.next:
        screen.err().print(f"more: the same with --cursor {page.next}")


def show(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="Of an opening or a posting.")],
    config: ConfigFile = None,
    db: Database = None,
    as_json: Json = False,
) -> int:
    """Show one opening: its facts, every apply link, its history, signs of a ghost."""
    from jobtide.run.signals import as_dict, signals_of

    found, _ = options.settings(config, db)
    with options.opened(found) as store:
        opening = store.opening(identifier)
        signs = signals_of(opening, store, options.now()) if opening else ()
    if opening is None:
        raise UsageError(
            f"no opening or posting is called {identifier!r}. 'jobtide search' shows ids."
        )
    if as_json:
        screen.print_json(as_dict(opening, signs))
        return 0
    one, console = opening.posting, screen.out()
    console.print(f"{one.title}\n{one.hiring_organization or 'employer not stated'}")
    console.print(f"{place(one).text} · {pay(one).text} · {opening.status}")
    console.print(
        f"first seen {opening.first_seen_at:%Y-%m-%d}, last seen {opening.last_seen_at:%Y-%m-%d}"
    )
    for tracked in opening.postings:
        credit = sources.load(tracked.posting.source).terms.credit
        console.print(f"apply ({credit}): {tracked.posting.apply_link}")
    for sign in signs:
        console.print(f"{sign.kind.replace('_', ' ')}: {sign.sentence}")
    console.print(f"\n{one.text}")
    return 0


def changes(
    text: Annotated[
        list[str] | None, typer.Argument(metavar="QUERY", help="In the search language.")
    ] = None,
    since: Annotated[
        str, typer.Option("--since", metavar="DATE", help="First day that counts.")
    ] = "",
    config: ConfigFile = None,
    db: Database = None,
    as_json: Json = False,
) -> int:
    """List what happened: new, closed, reopened; pay, title, place or text changed."""
    from jobtide.run.news import news
    from jobtide.run.searching import understood

    first = options.day(since or None, "--since")
    if first is None:
        raise UsageError("--since is missing. Write it like --since 2026-11-20.")
    wanted = understood(asked(text))
    found, _ = options.settings(config, db)
    with options.opened(found) as store:
        moment = datetime(first.year, first.month, first.day, tzinfo=UTC)
        items = list(news(store, moment, wanted, options.now()))
    if as_json:
        screen.print_json({"since": first, "query": wanted.text, "changes": items})
        return 0
    table = screen.rows_with_id(6)
    for one in items:
        what = f"{one.earlier} -> {one.now}" if one.kind.endswith("changed") else one.reason or ""
        table.add_row(
            f"{one.at:%Y-%m-%d}", one.kind, one.title, one.hiring_organization or "", what[:80],
            one.opening_id,
        )  # fmt: skip
    screen.print_table(screen.out(), table)
    return 0


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The suffix says which kind.")],
    everything: Annotated[
        bool, typer.Option("--all", help="Closed and expired openings too.")
    ] = False,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin CSV with the mark by which Excel sees UTF-8.")
    ] = False,
    config: ConfigFile = None,
    db: Database = None,
) -> int:
    """Write the openings as one file: .jsonl, .csv, .parquet, .xlsx or .sqlite."""
    from jobtide.run.exports import export as write

    found, _ = options.settings(config, db)
    with options.opened(found) as store:
        number = write(store, file, everything=everything, bom=bom)
    screen.err().print(f"{file}: {number} openings")
    return 0
