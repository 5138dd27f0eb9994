"""RSS 2.0, Atom and OPML: written by feedgenerator, with what we ask of XML on top."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from io import StringIO
from typing import Any

from feedgenerator import Atom1Feed, Rss201rev2Feed
from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator
from msgspec import Struct

from jobtide.publish.feeds.items import Item

#: What XML 1.0 cannot hold (section 2.2, "Char"), and C1 controls, which nobody sees.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: Numeric, because some readers take a title for HTML and others for text: "&#x26;" is right for
#: both (RSS Advisory Board, "RSS Best Practices Profile", section on title).
_TITLE = {"&": "&#x26;", "<": "&#x3C;", ">": "&#x3E;"}


class Head(Struct, frozen=True, kw_only=True):
    """What stands above the items of a feed."""

    id: str
    title: str
    link: str | None  #: the page a reader may read instead
    url: str | None  #: of the feed itself
    description: str
    author: str
    updated: datetime


class _Generator(SimplerXMLGenerator):  # type: ignore[misc]  # feedgenerator has no types
    """Writes elements on lines of their own; drops what XML cannot hold, and empty links."""

    def addQuickElement(
        self, name: str, contents: str | None = None, attrs: dict[str, str] | None = None
    ) -> None:
        if name == "link" and not contents and not (attrs or {}).get("href"):
            return
        self.startElement(name, attrs or {})
        if contents is not None and name == "title":
            self.ignorableWhitespace(escape_title(contents))  # writes it as it is
        elif contents is not None:
            self.characters(contents)
        self.endElement(name)

    def startElement(self, name: str, attrs: dict[str, str]) -> None:
        self.ignorableWhitespace("\n")
        super().startElement(name, {key: clean(value) for key, value in attrs.items()})

    def characters(self, content: str) -> None:
        super().characters(clean(content))


class _Rss(Rss201rev2Feed):  # type: ignore[misc]  # feedgenerator has no types
    """RSS whose moment is given to it: an empty one would ask the clock."""

    moment: datetime

    def latest_post_date(self) -> datetime:
        return self.moment

    def fill(self, handler: _Generator) -> None:
        """Write all elements."""
        handler.startElement("rss", self.rss_attributes())
        handler.startElement("channel", self.root_attributes())
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("channel")
        handler.endElement("rss")


class _Atom(Atom1Feed):  # type: ignore[misc]  # feedgenerator has no types
    """Atom whose moment is given to it: an empty one would ask the clock."""

    moment: datetime

    def latest_post_date(self) -> datetime:
        return self.moment

    def fill(self, handler: _Generator) -> None:
        """Write all elements."""
        handler.startElement("feed", self.root_attributes())
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")


def rss(head: Head, items: Sequence[Item]) -> bytes:
    """Return the feed as RSS 2.0."""
    return _filled(_Rss, head, items, whole="description")


def atom(head: Head, items: Sequence[Item]) -> bytes:
    """Return the feed as Atom (RFC 4287)."""
    return _filled(_Atom, head, items, whole="content")


def _filled(
    kind: type[_Rss] | type[_Atom], head: Head, items: Iterable[Item], *, whole: str
) -> bytes:
    """Return the feed; the item's HTML goes into the field `whole`."""
    # A channel must have a link (RSS 2.0): the id is an address too, if nobody's home.
    link = head.link or (head.id if kind is _Rss else "")
    feed = kind(
        title=head.title,
        link=link,
        description=head.description,
        feed_url=head.url,
        feed_guid=head.id,
        author_name=head.author,
    )
    feed.moment = head.updated
    for item in items:
        words: dict[str, Any] = {"description": None} | {whole: item.html}
        feed.add_item(
            title=item.title,
            link=item.link or "",
            author_name=item.author,
            pubdate=item.published,
            updateddate=item.updated,
            unique_id=item.id,
            unique_id_is_permalink=False,
            categories=item.tags,
            **words,
        )
    return _written(feed.fill)


def opml(title: str, groups: dict[str, list[Head]]) -> bytes:
    """Return the list of all feeds as OPML 2.0, for a reader to take in at once."""

    def fill(handler: _Generator) -> None:
        handler.startElement("opml", {"version": "2.0"})
        handler.startElement("head", {})
        handler.addQuickElement("title", title)
        handler.endElement("head")
        handler.startElement("body", {})
        for name, heads in groups.items():
            handler.startElement("outline", {"text": name, "title": name})
            for head in heads:
                handler.addQuickElement("outline", None, _outline(head))
            handler.endElement("outline")
        handler.endElement("body")
        handler.endElement("opml")

    return _written(fill)


def _written(fill: Callable[[_Generator], None]) -> bytes:
    """Return a document: its declaration, and what `fill` writes."""
    stream = StringIO()
    handler = _Generator(stream, "utf-8", short_empty_elements=True)
    handler.startDocument()
    fill(handler)
    return (stream.getvalue().replace("?>\n\n", "?>\n", 1) + "\n").encode()


def _outline(head: Head) -> dict[str, str]:
    said = {"text": head.title, "title": head.title, "type": "rss", "xmlUrl": head.url or ""}
    return said | ({"htmlUrl": head.link} if head.link else {})


def clean(text: str) -> str:
    """Return `text` without the characters that no XML document can hold."""
    return _FORBIDDEN.sub("", text)


def escape_title(text: str) -> str:
    """Return `text` for a title element, with numeric references."""
    return "".join(_TITLE.get(letter, letter) for letter in clean(text))
