"""One opening as an item of a feed: the same words for every format."""

import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from msgspec import Struct

from jobtide.model import CATEGORIES, Opening, Posting
from jobtide.publish import facts, terms
from jobtide.publish.cut import cut_html
from jobtide.publish.feeds.settings import FeedSettings
from jobtide.publish.markdown import attribute, href, visible

#: Tags of an item beside its category.
_MAX_TAGS = 10
_MAX_TITLE = 300

_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


class Item(Struct, frozen=True, kw_only=True):
    """What a reader of a feed is shown of one opening."""

    id: str  #: permanent: a tag URI of the opening's id
    title: str
    link: str | None  #: the posting's page on its board: what credit must link to
    apply: str | None  #: where Apply leads, as far as the board's terms allow
    author: str  #: the employer; where it is not stated, the board
    summary: str  #: plain text: place, pay, day
    html: str  #: the whole item: facts, description as far as allowed, credit
    tags: tuple[str, ...]
    published: datetime  #: when it was posted, or first seen
    updated: datetime  #: its last real change; never the moment of building
    language: str | None
    credit: terms.Link


class Maker:
    """Makes items, each once a length, however many feeds it stands in."""

    def __init__(self, settings: FeedSettings) -> None:
        """Look up once what every item needs."""
        self.settings = settings
        self.terms_of = terms.reader()
        self._made: dict[tuple[str, bool], Item] = {}

    def items(self, openings: Sequence[Opening], whole: int) -> list[Item]:
        """Return the items of one feed; those beyond the first `whole` with an excerpt only."""
        return [self._item(one, whole=number < whole) for number, one in enumerate(openings)]

    def _item(self, opening: Opening, *, whole: bool) -> Item:
        made = self._made.get((opening.id, whole))
        if made is None:
            made = self._made[opening.id, whole] = self._make(opening, whole=whole)
        return made

    def _make(self, opening: Opening, *, whole: bool) -> Item:
        posting = opening.posting
        links = [_exact(terms.credit(one, self.terms_of(one))) for one in terms.live(opening)]
        credit = links[0]
        apply = next((link.apply for link in links if link.apply), None)
        company = _named(posting.hiring_organization)
        summary = " · ".join(_facts(opening, company))
        return Item(
            id=f"tag:{self.settings.authority}:{_uri(opening.id)}",
            title=_named(posting.title)[:_MAX_TITLE] or "title not stated",
            link=credit.url or apply,
            apply=apply,
            author=company or credit.text,
            summary=summary,
            html=_body(summary, self._description(posting, whole=whole), apply, links),
            tags=tuple(_tags(posting)),
            published=published(opening),
            updated=updated(opening),
            language=posting.language.value if posting.language else None,
            credit=credit,
        )

    def _description(self, posting: Posting, *, whole: bool) -> str:
        """Return as much of the description as the board allows, as HTML."""
        excerpt = self.settings.excerpt_chars
        full = self.settings.full_chars if whole else excerpt
        limit = terms.description_limit(self.terms_of(posting), full, excerpt)
        if limit <= 0 or not posting.description:
            return ""
        cut = cut_html(posting.description, limit)
        return f"{cut.html}\n" if cut.html else ""


def published(opening: Opening) -> datetime:
    """Return when it was posted; when it was first seen if that is not stated or yet to come."""
    stated = opening.posting.date_posted
    if stated is None or stated > opening.last_seen_at:
        return opening.first_seen_at
    return stated


def updated(opening: Opening) -> datetime:
    """Return the last moment at which something about it was new."""
    moments = [published(opening), opening.first_seen_at]
    moments += [opening.changed_at] if opening.changed_at else []
    return max(moments)


def _facts(opening: Opening, company: str) -> list[str]:
    posting = opening.posting
    arrangement = facts.arrangement(posting)
    said = [facts.place(posting), facts.pay(posting), *([arrangement] if arrangement else [])]
    words = [f"{fact.text} (inferred)" if fact.inferred else fact.text for fact in said]
    lead = "posted" if published(opening) == posting.date_posted else "first seen"
    words.append(f"{lead} {facts.day(published(opening))}")
    return [visible(word) for word in (company or "company not stated", *words)]


def _body(summary: str, description: str, apply: str | None, links: list[terms.Link]) -> str:
    """Return the item as HTML; every board it was found on is named, with its link."""
    credits = {_credit(link): None for link in links}
    lead = f'<a href="{href(apply)}">Apply</a> · ' if apply else ""
    return (
        f"<p>{attribute(summary)}</p>\n{description}<p>{lead}via {', also on '.join(credits)}</p>"
    )


def _credit(link: terms.Link) -> str:
    words = attribute(link.text)
    return f'<a href="{href(link.url)}">{words}</a>' if link.url else str(words)


def _tags(posting: Posting) -> list[str]:
    label = posting.category
    title = [CATEGORIES.get(label.value, label.value)] if label else []
    found = [visible(tag) for tag in (*title, *facts.tags(posting, _MAX_TAGS))]
    return list({tag.casefold(): tag for tag in reversed(found)}.values())[::-1]


def _named(text: str | None) -> str:
    words = visible(text or "")
    return "" if facts.is_void(words) else words


def _exact(link: terms.Link) -> terms.Link:
    """Return a link whose addresses are URIs to the letter (RFC 3986), as Atom asks.

    A browser forgives a "%" that escapes nothing and a second "#"; validators do not.
    """
    return terms.Link(link.text, _address(link.url), _address(link.apply))


def _address(url: str | None) -> str | None:
    if url is None:
        return None
    before, mark, fragment = _LONE_PERCENT.sub("%25", url).partition("#")
    return before + mark + fragment.replace("#", "%23")


def _uri(text: str) -> str:
    """Return an id as the specific part of a tag URI (RFC 4151): other characters in percent."""
    return quote(text, safe=":/~!$&'()*+,;=@-._", errors="replace")
