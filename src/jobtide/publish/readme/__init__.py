"""
README pages: one Markdown page a search, and an index, for a repository that people browse.

`render` is pure: the same snapshot on the same day gives the same bytes, so a quiet day is an
empty diff. Every page stays below the size at which GitHub silently cuts it off.
"""

from collections.abc import Callable, Generator, Iterator

from jobtide.errors import ConfigError, PublishError
from jobtide.model import File, Opening, Snapshot
from jobtide.publish import facts, pictures
from jobtide.publish.markdown import attribute
from jobtide.publish.names import unique
from jobtide.publish.readme import regions
from jobtide.publish.readme.archive import months, write_month
from jobtide.publish.readme.cards import Maker
from jobtide.publish.readme.groups import KINDS, groups, write_list
from jobtide.publish.readme.index import (
    Entry,
    Index,
    Listed,
    index_values,
    write_index,
    write_parts,
)
from jobtide.publish.readme.initials import draw
from jobtide.publish.readme.pages import MARKER, Chooser, Sheet, ordered, write_page
from jobtide.publish.readme.settings import PageSettings, ReadmeSettings, default_pages
from jobtide.publish.readme.templates import Templates
from jobtide.publish.readme.values import words_for

__all__ = ["MARKER", "PageSettings", "ReadmeSettings", "default_pages", "render"]


def render(snapshot: Snapshot, settings: ReadmeSettings) -> Iterator[File]:
    """Yield the pages that have something to show, then the index and the pictures.

    Raises ConfigError for a layout, age, folder or template that does not exist, and PublishError
    when a file cannot be kept below `hard_bytes` or the regions of `own_index` are broken; the
    latter before anything is yielded.
    """
    _check(settings)
    templates = Templates(settings.templates)
    maker = Maker(settings, snapshot.taken_at)
    openings = ordered(snapshot)
    chooser = Chooser(openings)
    bases = unique([page.name for page in settings.pages])
    entries: list[Entry] = []
    seen: set[str] = set()
    for base, page in zip(bases, settings.pages, strict=True):
        chosen = chooser.of(page)
        names = _names(base, bases)
        path = f"{settings.folder}{names(1)}" if chosen else None
        new = sum(map(maker.is_new, chosen))
        entries.append(Entry(page=page, path=path, count=len(chosen), new=new))
        seen.update([opening.id for opening in chosen])
        if chosen:
            sheet = _sheet(page.title, page.query_text, chosen, maker, names)
            yield from write_page(sheet, maker.cards(chosen), maker, templates)
    listed = [opening for opening in openings if opening.id in seen]
    lists = yield from _groups(listed, maker, templates)
    archive = months(settings.closed, settings.folder)
    past = Maker(settings, snapshot.taken_at)  # of its own: an archive shows no initials
    for month, ended in archive:
        yield from write_month(month, ended, past, _home(settings, 1))
    index = Index(
        entries=entries,
        openings=listed,
        new=[opening for opening in listed if maker.is_new(opening)],
        lists=lists,
        months=[month for month, _ in archive],
    )
    yield _index(snapshot, maker, templates, index)
    for letter in sorted(maker.letters):
        drawing = draw(letter)
        yield File(path=f"{settings.folder}{drawing.path}", body=drawing.body)
    if settings.figures is not None:
        yield from pictures.files(settings.figures)


def _index(snapshot: Snapshot, maker: Maker, templates: Templates, index: Index) -> File:
    settings = maker.settings
    values = index_values(snapshot, maker, index)
    if settings.own_index is None:
        text = MARKER + write_index(values, templates)
    else:
        parts = write_parts(values, templates)
        text = regions.fill(settings.own_index, parts, settings.index)
    body = text.encode()
    if len(body) > settings.hard_bytes:
        raise PublishError(f"{settings.index} would have {len(body):,} bytes: list fewer pages")
    return File(path=settings.index, body=body)


def _groups(
    openings: list[Opening], maker: Maker, templates: Templates
) -> Generator[File, None, list[Listed]]:
    """Yield the pages of employers and countries; return what the index says of them."""
    settings = maker.settings
    found = groups(openings, settings)
    lists = []
    for kind in KINDS:
        members = [group for group in found if group.kind == kind]
        bases = [group.base for group in members]
        for group in members:
            sheet = _sheet(group.name, group.shown, group.openings, maker,
                           _names(group.base, bases), f"{kind}/")  # fmt: skip
            yield from write_page(sheet, maker.cards(group.openings), maker, templates)
        if members:
            path = f"{settings.folder}{kind}/README.md"
            lists.append(Listed(name=_SAID[kind], path=path, count=len(members)))
            yield from write_list(kind, members, MARKER, settings, settings.folder,
                                  _home(settings, 1))  # fmt: skip
    return lists


_SAID = {"companies": "employer", "countries": "country"}


def _sheet(
    title: str, query: str, openings: list[Opening], maker: Maker,
    names: Callable[[int], str], below: str = "",
) -> Sheet:  # fmt: skip
    """Return where a page is written and what stands above its cards."""
    settings = maker.settings
    words = words_for(settings.layout)
    depth = below.count("/")
    return Sheet(
        folder=f"{settings.folder}{below}",
        names=names,
        up="../" * depth,
        head={
            "heading": words(_heading(title)),
            "query": words(query),
            "count": len(openings),
            "new": sum(map(maker.is_new, openings)),
            # With dates on the cards nobody counts from today, and the page need not change.
            "day": facts.day(maker.taken_at) if settings.age == "relative" else None,
            "index": attribute(f"{_home(settings, depth)}{settings.index}"),
        },
    )


def _home(settings: ReadmeSettings, depth: int) -> str:
    """Return the way from a page, so deep below the folder of pages, to the output folder."""
    return "../" * (depth + settings.folder.count("/"))


def _names(base: str, bases: list[str]) -> Callable[[int], str]:
    """Return the file name of each numbered part of a page; none is another page's name."""
    taken = frozenset(bases)

    def name(number: int) -> str:
        if number == 1:
            return f"{base}.md"
        numbered = f"{base}-{number}"
        return f"{base}-page-{number}.md" if numbered in taken else f"{numbered}.md"

    return name


def _heading(title: str) -> str:
    """Return "BACKEND JOBS"; a title that speaks of jobs already is not made to repeat it."""
    words = title.upper()
    return words if "JOB" in words else f"{words} JOBS"


def _check(settings: ReadmeSettings) -> None:
    """Refuse words that name no layout, age or folder, and regions that are broken."""
    for name, value, allowed in (
        ("layout", settings.layout, ("cards", "list")),
        ("age", settings.age, ("relative", "date")),
    ):
        if value not in allowed:
            raise ConfigError(f"{name} is {value!r}; use {' or '.join(allowed)}")
    if settings.folder and not settings.folder.endswith("/"):
        raise ConfigError(f"folder is {settings.folder!r}; it ends with a slash")
    if settings.own_index is not None:
        regions.find(settings.own_index, settings.index)
