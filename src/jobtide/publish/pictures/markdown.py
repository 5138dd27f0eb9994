"""The pictures for a Markdown page: addresses, and words escaped for where they stand."""

from typing import Any

from minijinja import safe

from jobtide.publish.markdown import attribute, html, md
from jobtide.publish.pictures.figures import Figures
from jobtide.publish.pictures.kinds import pictures


def shown(figures: Figures) -> list[dict[str, Any]]:
    """Return what `readme/index.j2` says of each picture."""
    return [
        {
            "light": safe(one.path("light")),
            "dark": safe(one.path("dark")),
            "width": one.width,
            "title": html(one.title),
            "alt": attribute(f"{one.title}. {one.alt}"),
            "note": md(one.note),
            "head": [md(cell) for cell in one.table.head],
            # Numbers are ours, and `md` would make their thin spaces wide.
            "rows": [[md(name), *map(safe, numbers)] for name, *numbers in one.table.rows],
        }
        for one in pictures(figures)
    ]
