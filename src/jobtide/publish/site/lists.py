"""Lists of openings, cut into pages, and the lists of lists."""

from collections.abc import Iterator, Sequence
from typing import Any

from minijinja import safe

from jobtide.model import Opening
from jobtide.publish.site import paths
from jobtide.publish.site.escaping import escaped, link
from jobtide.publish.site.groups import Group
from jobtide.publish.site.page import Page, digest
from jobtide.publish.site.rows import Rows
from jobtide.publish.site.similar import folded

#: What a list says about itself, by its kind; "{name}" is its name.
_LEADS = {
    "all": "",
    "category": "Openings of this category, the newest first.",
    "company": "Everything open at {name}, the newest first.",
    "country": "Openings that name {name}, or a region it lies in, as a place to live in.",
    "skill": "Openings that ask for {name} or name it, the newest first.",
    "page": "{key}",
}


def list_pages(group: Group, rows: Rows, notes: Sequence[dict[str, Any]]) -> Iterator[Page]:
    """Yield the pages of one list; `notes` are links to what it leaves out."""
    frame = rows.frame
    settings = frame.settings
    shown = list(folded(group.openings))
    size = settings.per_page
    parts = [shown[at : at + size] for at in range(0, len(shown), size)] or [[]]
    numbers = min(len(parts), settings.max_pages)
    index = len(group.openings) > settings.thin or group.path == "all/newest"
    for number, part in enumerate(parts[:numbers], 1):
        path = paths.numbered(group.path, number)
        yield Page(
            path=path,
            key=digest(
                "list",
                frame.key,
                (group.name, group.title, group.key, len(group.openings), len(shown)),
                (number, numbers, group.feed in settings.feeds, settings.thin),
                notes,
                [rows.key(one) for one in part],
            ),
            make=_maker(group, rows, part, number, numbers, len(shown), notes, index=index),
            changed=max((rows.updated(one) for one in part), default=None),
            sitemap=index,
        )


def _maker(
    group: Group,
    rows: Rows,
    part: list[Opening],
    number: int,
    numbers: int,
    count: int,
    notes: Sequence[dict[str, Any]],
    *,
    index: bool,
) -> Any:  # noqa: ANN401 - a closure without arguments
    frame = rows.frame
    path = paths.numbered(group.path, number)
    size = frame.settings.per_page

    def make() -> bytes:
        root = paths.root(path)
        more = "" if number == 1 else f", page {number}"
        total = len(group.openings)
        return frame.page(
            "list.j2",
            path,
            group.title + more,
            f"{total} open remote jobs: {group.title}{more}. Each says where one may live, what "
            "it pays and since when it is open.",
            {
                "heading": escaped(group.title),
                "lead": escaped(_LEADS[group.kind].format(name=group.name, key=group.key)),
                "is_search": group.kind == "page",
                "count": total,
                "roles": count,
                "feeds": frame.feeds(group.feed),
                "first": (number - 1) * size + 1,
                "last": (number - 1) * size + len(part),
                "left_out": max(count - numbers * size, 0) if number == numbers else 0,
                "rows": safe("".join(rows.html(one, root) for one in part)),
                "number": number,
                "numbers": numbers,
                "previous": _at(group, number - 1) if number > 1 else None,
                "next": _at(group, number + 1) if number < numbers else None,
                "notes": notes,
            },
            index=index,
            feed=group.feed,
        )

    return make


def _at(group: Group, number: int) -> str:
    return link(paths.numbered(group.path, number))


def index_page(path: str, title: str, lead: str, groups: Sequence[Group], rows: Rows) -> Page:
    """Return a list of lists, with what each holds."""
    frame = rows.frame
    entries = [
        {
            "path": link(f"{group.path}.html"),
            "name": escaped(group.name),
            "count": len(group.openings),
        }
        for group in groups
    ]
    return Page(
        path=path,
        key=digest("index", frame.key, title, lead, entries),
        make=lambda: frame.page(
            "index.j2",
            path,
            title,
            lead,
            {"heading": title, "lead": lead, "sections": _sections(entries)},
        ),
        changed=max(
            (rows.updated(one) for group in groups for one in group.openings), default=None
        ),
        sitemap=True,
    )


#: So many entries need no letters above them.
_FEW = 60


def _sections(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return entries under their first letters, when there are many."""
    ordered = sorted(entries, key=lambda one: (str(one["name"]).casefold(), one["path"]))
    if len(ordered) <= _FEW:
        return [{"letter": "", "id": "", "found": ordered}]
    sections: dict[str, list[dict[str, Any]]] = {}
    for entry in ordered:
        first = str(entry["name"])[:1].upper()
        letter = first if first.isascii() and first.isalpha() else "0 to 9 and others"
        sections.setdefault(letter, []).append(entry)
    return [
        {"letter": letter, "id": f"letter-{letter[:1].lower()}", "found": found}
        for letter, found in sorted(sections.items())
    ]
