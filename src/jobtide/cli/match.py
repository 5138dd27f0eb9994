"""match: which openings fit a CV, on this machine alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jobtide.cli import options, screen
from jobtide.cli.options import ConfigFile, Database, Json
from jobtide.model import Opening
from jobtide.store import Store

if TYPE_CHECKING:
    from jobtide.run.fitting import Fit

#: Openings looked at, the newest first, and how many are asked for at once.
MOST, PAGE = 20_000, 500


def add(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command()(match)


def match(
    cv: Annotated[Path, typer.Argument(metavar="CV", help="A file: .md, .txt, .pdf or .docx.")],
    text: Annotated[
        list[str] | None, typer.Argument(metavar="QUERY", help="Only among what answers this.")
    ] = None,
    country: Annotated[
        str | None, typer.Option("--from", metavar="PL", help="Where you live.")
    ] = None,
    level: Annotated[
        str | None, typer.Option(help="Your level, such as senior; default: what the CV says.")
    ] = None,
    meaning: Annotated[
        bool,
        typer.Option("--meaning/--no-meaning", help="Compare meanings too, when it is installed."),
    ] = True,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    config: ConfigFile = None,
    db: Database = None,
    as_json: Json = False,
) -> int:
    """Rank the openings that fit a CV, and say why; the CV is read here and kept nowhere."""
    from jobtide.run import fitting
    from jobtide.run.alerting import usual_query
    from jobtide.run.fitting import meaning as meanings
    from jobtide.run.searching import understood

    found, _ = options.settings(config, db)
    words = " ".join(text or []) + (f" from:{country}" if country else "")
    understood(words)  # a country that is none
    wanted = usual_query(" ".join(text or []))
    profile = fitting.profile_of(fitting.read_cv(cv), level=level, country=country)
    with options.opened(found) as store:
        likeness = meanings.likeness if meaning and meanings.available() else None
        fits = fitting.ranked(profile, _openings(store, wanted), likeness)[:limit]
    if as_json:
        rows = [_row(fit) for fit in fits]
        screen.print_json({"skills": profile.skills, "level": profile.level, "jobs": rows})
        return 0
    screen.err().print(
        f"read in the CV: level {profile.level or 'not stated'},"
        f" {len(profile.skills)} skills ({', '.join(profile.skills[:12]) or 'none'})"
    )
    for fit in fits:
        one = fit.opening.posting
        screen.out().print(
            f"{fit.score:.0%}  {one.title} - {one.hiring_organization or 'employer not stated'}"
            f"  [{fit.opening.id}]"
        )
        for reason in fit.reasons:
            screen.out().print(f"      {reason}")
    return 0


def _row(fit: "Fit") -> dict[str, object]:
    one = fit.opening.posting
    return {
        "id": fit.opening.id,
        "title": one.title,
        "hiring_organization": one.hiring_organization,
        "score": fit.score,
        "reasons": fit.reasons,
        "url": one.url,
        "apply_url": one.apply_link,
    }


def _openings(store: Store, text: str) -> Iterator[Opening]:
    from jobtide.run.searching import find, understood

    wanted, now, cursor = understood(text), options.now(), None
    for _ in range(MOST // PAGE):
        page = find(store, wanted, now, limit=PAGE, cursor=cursor)
        yield from page.openings
        cursor = page.next
        if cursor is None:
            return
