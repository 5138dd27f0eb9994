"""explain: the whole reading of one opening, with the words that support it."""

from collections.abc import Iterator
from typing import Annotated

import typer

from jobtide.cli import options, screen
from jobtide.cli.options import ConfigFile, Database, Json
from jobtide.errors import UsageError
from jobtide.model import Eligibility, Label, Opening, Posting, Salary
from jobtide.publish.facts import salary_words


def add(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command()(explain)


def explain(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="Of an opening or a posting.")],
    config: ConfigFile = None,
    db: Database = None,
    as_json: Json = False,
) -> int:
    """Say why jobtide reads an opening as it does: labels, evidence, merges, history, signs."""
    from jobtide.run.signals import as_dict, signals_of

    found, _ = options.settings(config, db)
    with options.opened(found) as store:
        opening = store.opening(identifier)
        signs = signals_of(opening, store, options.now()) if opening else ()
    if opening is None:
        raise UsageError(f"no opening or posting is called {identifier!r}. Try 'jobtide search'.")
    if as_json:
        screen.print_json(as_dict(opening, signs))
        return 0
    for line in lines(opening):
        screen.out().print(line)
    for sign in signs:
        screen.out().print(f"{sign.kind.replace('_', ' ')}: {sign.sentence}")
    return 0


def lines(opening: Opening) -> Iterator[str]:
    """Yield the explanation line by line."""
    one = opening.posting
    yield f"{one.title} - {one.hiring_organization or 'employer not stated'}  [{opening.id}]"
    yield from _labels(one)
    yield from _eligibility(one.eligibility)
    for salary in one.base_salary:
        yield _salary(salary)
    if not one.base_salary:
        yield _row(
            "pay", "not stated", f"the board wrote {one.salary_text!r}" * bool(one.salary_text)
        )
    if one.mended:
        yield _row("mended", ", ".join(one.mended), "")
    yield from _merges(opening)
    yield from _history(opening)


def _labels(one: Posting) -> Iterator[str]:
    yield _label("category", one.category)
    for label in one.other_categories:
        yield _label("also", label)
    yield _label("seniority", one.seniority)
    for kind in one.employment_type or (None,):
        yield _label("employment type", kind)
    yield _label("arrangement", one.arrangement)
    yield _label("language", one.language)
    for place in one.job_location:
        where = place.city or place.subdivision or place.country or place.region or ""
        yield _row("place", where, f"from {place.text!r}")
    for label in one.skills:
        yield _label("skill", label)


def _eligibility(found: Eligibility | None) -> Iterator[str]:
    if found is None:
        yield _row("eligibility", "not stated", "")
        return
    for name in ("anywhere", "work_permit", "visa_sponsorship", "timezone"):
        label = getattr(found, name)
        if label is not None:
            yield _label(name.replace("_", " "), label)
    for name in ("countries", "regions", "subdivisions", "excluded"):
        for label in getattr(found, name):
            yield _label("not from" if name == "excluded" else "open to", label)
    if found.utc_offsets:
        yield _row("UTC offsets", ", ".join(f"{one:+g}" for one in found.utc_offsets), "")


def _label(name: str, label: Label | None) -> str:
    if label is None:
        return _row(name, "not stated", "")
    said = f"{label.field}: {label.evidence!r}" if label.evidence else ""
    how = "inferred" if label.inferred else "stated"
    return _row(name, label.value, f"{how} by {label.rule}  {said}".strip())


def _salary(salary: Salary) -> str:
    inferred = [
        word
        for word, holds in (
            ("currency", salary.currency_inferred),
            ("period", salary.unit_inferred),
        )
        if holds
    ]
    how = f"{' and '.join(inferred)} inferred" if inferred else "stated"
    said = f"{salary.field}: {salary.evidence!r}" if salary.evidence else ""
    return _row("pay", salary_words(salary), f"{how} by {salary.rule}  {said}".strip())


def _merges(opening: Opening) -> Iterator[str]:
    if len(opening.postings) > 1:
        yield f"merged from {len(opening.postings)} postings, because"
        for reason in opening.reasons:
            yield f"  {reason}"


def _history(opening: Opening) -> Iterator[str]:
    for tracked in opening.postings:
        past = tracked.history
        line = f"{tracked.posting.id}: {past.status}, seen {past.first_seen_at:%Y-%m-%d}"
        line += f" to {past.last_seen_at:%Y-%m-%d}"
        if past.bumped:
            line += f", date moved {past.bumped} times"
        if past.closed_at:
            line += f", closed {past.closed_at:%Y-%m-%d} ({past.closed_reason})"
        yield line


def _row(name: str, value: str, why: str) -> str:
    return f"  {name:<16} {value:<24} {why}".rstrip()
