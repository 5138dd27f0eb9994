"""Publish: the snapshot of the store, through the publishers, into a folder."""

from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from jobtide import query
from jobtide.clean.salary import yearly
from jobtide.config import Config
from jobtide.errors import ConfigError
from jobtide.model import Opening
from jobtide.publish.readme import PageSettings, ReadmeSettings, default_pages, render
from jobtide.publish.write import Written, write_files
from jobtide.run.figures import Wanted, figures
from jobtide.run.openings import snapshot
from jobtide.run.searching import understood
from jobtide.store import Store


def publish_readme(config: Config, store: Store, out: Path, now: datetime) -> Written:
    """Write the README pages into `out`; only what changed.

    Raises:
        ConfigError: a page's query cannot be understood.
        PublishError: a file could not be written.
    """
    settings = readme_settings(config, now)
    if config.publish.pictures:
        settings = replace(settings, figures=figures(store, now, on_some_page(settings)))
    return write_files(out, render(snapshot(store, now), settings))


def on_some_page(settings: ReadmeSettings) -> Wanted:
    """Return the predicate of what the pages list, so that pictures and pages speak of one set."""
    return lambda opening: any(page.matches(opening) for page in settings.pages)


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

    return PageSettings(name=name, title=title, query_text=text, matches=matches)


def _templates(folder: str | None) -> dict[str, str]:
    """Return the user's own templates: file name -> text."""
    if folder is None:
        return {}
    root = Path(folder)
    if not root.is_dir():
        raise ConfigError(f"publish.templates: {folder} is no folder")
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(root.glob("*.j2"))}
