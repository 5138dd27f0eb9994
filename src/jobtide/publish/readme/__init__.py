"""
README pages: one Markdown page a search, and an index, for a repository that people browse.

`render` is pure: the same snapshot on the same day gives the same bytes, so a quiet day is an
empty diff. Every page stays below the size at which GitHub silently cuts it off.
"""

from collections.abc import Callable, Iterator

from jobtide.errors import ConfigError, PublishError
from jobtide.model import File, Snapshot
from jobtide.publish import facts, pictures
from jobtide.publish.markdown import html, md
from jobtide.publish.names import unique
from jobtide.publish.readme.cards import Maker
from jobtide.publish.readme.index import Entry, index_values
from jobtide.publish.readme.initials import draw
from jobtide.publish.readme.pages import MARKER, select, write_page
from jobtide.publish.readme.settings import PageSettings, ReadmeSettings, default_pages
from jobtide.publish.readme.templates import Templates

__all__ = ["PageSettings", "ReadmeSettings", "default_pages", "render"]


def render(snapshot: Snapshot, settings: ReadmeSettings) -> Iterator[File]:
    """Yield the pages that have something to show, then the index and the drawn initials.

    Raises ConfigError for a layout, age or template that does not exist, and PublishError when
    a file cannot be kept below `hard_bytes`.
    """
    _check(settings)
    templates = Templates(settings.templates)
    maker = Maker(settings, snapshot.taken_at)
    words = md if settings.layout == "list" else html
    bases = unique([page.name for page in settings.pages])
    entries: list[Entry] = []
    seen: set[str] = set()
    new: set[str] = set()
    for base, page in zip(bases, settings.pages, strict=True):
        openings = select(page, snapshot)
        fresh = {opening.id for opening in openings if maker.is_new(opening)}
        names = _names(base, bases)
        if openings:
            shared = {
                "heading": words(_heading(page.title)),
                "query": words(page.query_text),
                "count": len(openings),
                "new": len(fresh),
                "day": facts.day(snapshot.taken_at),
                "index": settings.index,
            }
            cards = maker.cards(openings)
            yield from write_page(page, names, cards, maker, templates, shared)
        entries.append(
            Entry(
                page=page,
                path=names(1) if openings else None,
                count=len(openings),
                new=len(fresh),
            )
        )
        seen.update(opening.id for opening in openings)
        new |= fresh
    values = index_values(snapshot, maker, entries, total=len(seen), new=len(new))
    body = (MARKER + templates.render("index.j2", **values)).encode()
    if len(body) > settings.hard_bytes:
        raise PublishError(f"{settings.index} would have {len(body):,} bytes: list fewer pages")
    yield File(path=settings.index, body=body)
    for letter in sorted(maker.letters):
        yield draw(letter)
    if settings.figures is not None:
        yield from pictures.files(settings.figures)


def _names(base: str, bases: list[str]) -> Callable[[int], str]:
    """Return the file name of each numbered part of a page; none is another page's name."""

    def name(number: int) -> str:
        if number == 1:
            return f"{base}.md"
        numbered = f"{base}-{number}"
        return f"{base}-page-{number}.md" if numbered in bases else f"{numbered}.md"

    return name


def _heading(title: str) -> str:
    """Return "BACKEND JOBS"; a title that speaks of jobs already is not made to repeat it."""
    words = title.upper()
    return words if "JOB" in words else f"{words} JOBS"


def _check(settings: ReadmeSettings) -> None:
    """Refuse words that name no layout and no age."""
    for name, value, allowed in (
        ("layout", settings.layout, ("cards", "list")),
        ("age", settings.age, ("relative", "date")),
    ):
        if value not in allowed:
            raise ConfigError(f"{name} is {value!r}; use {' or '.join(allowed)}")
