"""Publish: the snapshot of the store, through the publishers, into a folder."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

from msgspec.structs import replace

from jobtide import query
from jobtide.clean.salary import yearly
from jobtide.config import Config
from jobtide.errors import ConfigError
from jobtide.model import Opening, Snapshot
from jobtide.publish.pictures.figures import WINDOW_DAYS, counted
from jobtide.publish.readme import PageSettings, ReadmeSettings, default_pages, render
from jobtide.publish.site import REASONS
from jobtide.publish.write import Written, write_files
from jobtide.run.figures import Wanted
from jobtide.run.kept_pages import LIST, current_state, note, own_index, unchanged
from jobtide.run.logos import vendor
from jobtide.run.openings import snapshot
from jobtide.run.searching import understood
from jobtide.store import Store

#: Gives the snapshot of the store at the moment that is published.
Load = Callable[[], Snapshot]


def publish_readme(
    config: Config, store: Store, out: Path, now: datetime, load: Load | None = None
) -> Written:
    """Write the README pages into `out`; only what changed.

    While the day, the store, the settings and the files are as they were, nothing is even read.
    `load` gives the snapshot of the store at `now`, where it was made already.

    Raises:
        ConfigError: a page's query cannot be understood.
        PublishError: a file could not be written, or regions of a README are broken.
    """
    settings = readme_settings(config, now)
    own = own_index(out / settings.index)
    state = current_state(config, store, settings.templates, own, now)
    if kept := unchanged(out, state):
        return Written(unchanged=kept)
    found = load() if load is not None else snapshot(store, now)
    settings = _with_store(replace(settings, own_index=own), config, store, found, out)
    written = write_files(out, render(found, settings))
    if written.written or written.removed or not (out / LIST).is_file():
        note(out, current_state(config, store, settings.templates, own, now), written)
    return written


def _with_store(
    settings: ReadmeSettings, config: Config, store: Store, found: Snapshot, out: Path
) -> ReadmeSettings:
    """Return the settings with the jobs that ended, the pictures and the logos."""
    now = found.taken_at
    wanted = on_some_page(settings)
    first = _months_ago(now, config.publish.archive_months - 1)
    since = min(first, now - timedelta(days=WINDOW_DAYS)) if config.publish.pictures else first
    ended: tuple[Opening, ...] = ()
    if config.publish.pictures or config.publish.archive_months:
        closed = store.openings(status=["closed", "expired"], closed_since=since)
        ended = tuple(filter(wanted, closed))
    if config.publish.pictures:
        shown = chain(filter(wanted, found.openings), ended)
        settings = replace(settings, figures=counted(shown, now))
    if config.publish.archive_months:
        late = tuple(one for one in ended if one.closed_at and one.closed_at >= first)
        settings = replace(settings, closed=late, reasons=REASONS)
    if config.publish.logos:
        folder = out / settings.folder
        logo_files = vendor(config, tuple(filter(wanted, found.openings)), folder, now)
        settings = replace(settings, logo_files=logo_files)
    return settings


def _months_ago(now: datetime, months: int) -> datetime:
    """Return the first moment of the month so many months ago."""
    year, month = divmod(now.year * 12 + now.month - 1 - max(months, 0), 12)
    return datetime(max(year, 1), month + 1, 1, tzinfo=UTC)


def on_some_page(settings: ReadmeSettings) -> Wanted:
    """Return the predicate of what the pages list, so that pictures and pages speak of one set."""
    general = [page for page in settings.pages if page.categories is None]
    special: dict[str, list[PageSettings]] = {}
    for page in settings.pages:
        for word in page.categories or ():
            special.setdefault(word, []).append(page)

    def wanted(opening: Opening) -> bool:
        posting = opening.posting
        words = [one.value for one in (posting.category, *posting.other_categories) if one]
        asked = chain(general, (page for word in words for page in special.get(word, ())))
        return any(page.matches(opening) for page in asked)

    return wanted


def readme_settings(config: Config, now: datetime) -> ReadmeSettings:
    """Return what the publisher needs: the pages with their predicates, and the look."""
    chosen = [(page.name, page.title or page.name, page.query) for page in config.pages]
    return ReadmeSettings(
        title=config.publish.title,
        pages=tuple(page_settings(*one, now) for one in chosen or default_pages()),
        layout=config.publish.layout,
        age=config.publish.age,
        soft_bytes=config.publish.soft_bytes,
        description_chars=config.publish.description_chars,
        new_hours=config.publish.new_hours,
        templates=_templates(config.publish.templates),
        folder=f"{config.publish.pages_folder}/" if config.publish.pages_folder else "",
        companies=config.publish.company_pages,
        countries=config.publish.country_pages,
    )


def page_settings(name: str, title: str, text: str, now: datetime) -> PageSettings:
    """Return a page with its search ready to be asked; ConfigError for one it cannot be."""
    try:
        wanted = understood(text)
    except query.QueryError as error:
        raise ConfigError(f"page {name!r}: {error}") from None
    context = query.Context(now=now, yearly=yearly)

    def matches(opening: Opening) -> bool:
        return query.matches(wanted, opening, context)

    return PageSettings(
        name=name, title=title, query_text=text, matches=matches, categories=_categories(wanted)
    )


def _categories(wanted: query.Query) -> frozenset[str] | None:
    """Return the categories one of which a search asks for; None when it asks for none."""
    for group in wanted.groups:
        if all(term.field == "category" and not term.negated for term in group):
            return frozenset(term.value for term in group)
    return None


def _templates(folder: str | None) -> dict[str, str]:
    """Return the user's own templates: file name -> text."""
    if folder is None:
        return {}
    root = Path(folder)
    if not root.is_dir():
        raise ConfigError(f"publish.templates: {folder} is no folder")
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(root.glob("*.j2"))}
