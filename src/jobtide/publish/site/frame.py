"""What every page shares: head, navigation, foot."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from minijinja import safe

from jobtide.publish.markdown import visible
from jobtide.publish.site import paths
from jobtide.publish.site.escaping import escaped, link
from jobtide.publish.site.links import address
from jobtide.publish.site.page import digest
from jobtide.publish.site.settings import SiteSettings
from jobtide.publish.site.templates import Templates, code

#: How much of a description search engines and previews show.
_MAX_DESCRIPTION = 160
#: Longest title that search engines show whole (html-validate, rule long-title).
_MAX_TITLE = 70

_FEEDS = (
    (".atom", "application/atom+xml", "Atom"),
    (".rss", "application/rss+xml", "RSS"),
    (".json", "application/feed+json", "JSON Feed"),
)


class Frame:
    """Puts pages into the frame of one site."""

    def __init__(self, settings: SiteSettings) -> None:
        """Look up once what every page needs."""
        self.settings = settings
        self.templates = Templates(settings.templates)
        home = address(settings.base_url)
        self.base = f"{home.rstrip('/')}/" if home else None
        #: From the root of the host: a page that is shown anywhere cannot use relative links.
        self.root = urlsplit(self.base).path if self.base else "/"
        #: What every page depends on.
        self.key = digest(
            settings.version,
            code(),
            self.templates.sources,
            self.base,
            settings.title,
            settings.tagline,
            settings.search,
            settings.feeds_at,
            settings.excerpt_chars,
        )

    def page(
        self,
        template: str,
        path: str,
        title: str,
        description: str,
        values: Mapping[str, Any],
        *,
        index: bool = True,
        feed: str = "",
        kind: str = "website",
        root: str | None = None,
    ) -> bytes:
        """Return one page: its template filled with `values`, in the frame.

        `title` and `description` are plain words; `root` leads home.
        """
        settings = self.settings
        shared = {
            "root": safe(paths.root(path) if root is None else root),
            "path": link(path),
            "head": {
                "title": escaped(self.title(title)),
                "short": escaped(_cut(title, _MAX_TITLE)),
                "description": escaped(_cut(description, _MAX_DESCRIPTION)),
                "index": index,
                "address": self.address(path) if root is None and index else None,
                "kind": kind,
                "card": self.address(paths.CARD),
                "feeds": self.feeds(feed),
            },
            "site": escaped(settings.title),
            "navigation": paths.NAVIGATION,
            "search": settings.search,
            "searched": "descriptions" if settings.search_text else "skills",
        }
        body = self.templates.fill(template, **shared, **values)
        # Half surrogate pairs cannot be written; `attribute` drops them, markup may hold some.
        return body.encode("utf-8", "replace")

    def title(self, title: str) -> str:
        """Return the title of a page with the site's name, when there is room for both."""
        name = self.settings.title
        both = f"{visible(title)} · {name}"
        if len(escaped(both)) <= _MAX_TITLE and title != name:
            return both
        most = _MAX_TITLE  # validators count "&amp;" as five
        while len(escaped(_cut(title, most))) > _MAX_TITLE:
            most -= 4
        return _cut(title, most)

    def address(self, path: str) -> str | None:
        """Return the whole address of a page, as an attribute; None without a base."""
        if self.base is None:
            return None
        return safe(self.base + ("" if path == "index.html" else path))

    def feeds(self, feed: str) -> list[dict[str, Any]]:
        """Return the links by which a reader of feeds finds the one of this page."""
        at = self.settings.feeds_at
        if at is None or feed not in self.settings.feeds:
            return []
        outside = "://" in at
        return [
            {
                "href": escaped(f"{at}{feed}{suffix}"),
                "type": safe(kind),
                "name": name,
                "out": outside,
            }
            for suffix, kind, name in _FEEDS
        ]


def _cut(text: str, most: int) -> str:
    words = visible(text)
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
