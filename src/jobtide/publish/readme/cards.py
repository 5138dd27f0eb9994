"""One opening as what a card shows: every value escaped, ready for a template."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from minijinja import safe
from msgspec import Struct

from jobtide.model import Opening, Posting
from jobtide.publish import facts, terms
from jobtide.publish.cut import cut_html
from jobtide.publish.markdown import attribute, href, html, md, url, visible
from jobtide.publish.readme import initials
from jobtide.publish.readme.settings import ReadmeSettings
from jobtide.query import age_note
from jobtide.text import fold

#: Longest title and company shown: a longer one is an attack on the page's size.
_MAX_TITLE = 200
_MAX_COMPANY = 100

#: Words with a number in them that tell an age or an amount of time: two cards that differ in
#: these alone look the same to a reader.
_TIME = re.compile(
    r"\b(?:ago|days?|hours?|minutes?|weeks?|months?|years?|today|yesterday)\b", re.I
)


class Card(Struct, kw_only=True):
    """One opening (or several that lead to the same link) on one page."""

    opening: Opening
    title: str
    company: str
    apply: str | None
    place: facts.Fact
    pay: facts.Fact
    arrangement: facts.Fact | None
    tags: list[str]
    age: str
    new: bool
    credit: terms.Link
    also: list[terms.Link]
    mark: str = ""  #: what tells it from a card that looks the same
    merged: int = 0  #: further openings behind the same link

    @property
    def key(self) -> tuple[str, str]:
        """Company and title, for finding cards a reader would take for one."""
        return self.company.casefold(), self.title.casefold()

    @property
    def look(self) -> tuple[str, ...]:
        """What a reader sees besides company, title, age and amounts."""
        parts = [self.place.text, *(self.tags), self.credit.text, str(self.place.inferred)]
        if self.arrangement is not None:
            parts.append(self.arrangement.text)
        return tuple(part.casefold() for part in parts if not _TIME.search(part))


class Maker:
    """Makes cards for one snapshot under one set of settings."""

    def __init__(self, settings: ReadmeSettings, taken_at: datetime) -> None:
        """Look up once what every card needs."""
        self.settings = settings
        self.taken_at = taken_at
        midnight = taken_at.replace(hour=0, minute=0, second=0, microsecond=0)
        self.new_since = midnight - timedelta(hours=settings.new_hours)
        self.terms_of = terms.reader()
        self.letters: set[str] = set()  #: initials to be drawn, gathered as cards are made
        self.words: Callable[[str], str] = md if settings.layout == "list" else html

    def is_new(self, opening: Opening) -> bool:
        """Say whether an opening was first seen lately; the same all day long."""
        return opening.first_seen_at >= self.new_since

    def credit_of(self, source: str) -> str:
        """Return the name of a source as its terms want it shown."""
        return terms.of_source(source).credit

    def card(self, opening: Opening) -> Card:
        """Gather what a card says about an opening."""
        posting = opening.posting
        own = self.terms_of(posting)
        credit = terms.credit(posting, own)
        others = [terms.credit(other, self.terms_of(other)) for other in terms.live(opening)[1:]]
        age = facts.age(opening, self.taken_at, self.settings.age)
        apply = next((link.apply for link in (credit, *others) if link.apply), None)
        return Card(
            opening=opening,
            title=_shown(posting.title, "title not stated", _MAX_TITLE),
            company=_shown(posting.hiring_organization, "company not stated", _MAX_COMPANY),
            apply=apply,
            place=facts.place(posting),
            pay=facts.pay(posting),
            arrangement=facts.arrangement(posting),
            tags=facts.tags(posting, self.settings.max_tags),
            age=", ".join(part for part in (age, age_note(opening)) if part),
            new=self.is_new(opening),
            credit=credit,
            also=list({link.url: link for link in others if link.url}.values()),
        )

    def values(self, card: Card, described: bool = True) -> dict[str, Any]:
        """Return the values of `card.j2`, escaped for the layout."""
        words = self.words
        posting = card.opening.posting
        logo = self.settings.logo_files.get(fold(card.company))
        if logo is None:
            letter = initials.initial(card.company)
            self.letters.add(letter)
            logo = initials.path(letter)
        return {
            "title": words(card.title),
            "company": words(card.company),
            "logo": attribute(logo),
            "logo_alt": attribute(f"{card.company} logo"),
            "place": _fact(card.place, words),
            "pay": _fact(card.pay, words),
            "arrangement": _fact(card.arrangement, words) if card.arrangement else None,
            "tags": [words(tag) for tag in card.tags],
            "age": card.age,
            "new": card.new,
            "mark": words(card.mark),
            "merged": card.merged,
            "credit": self._link(card.credit),
            "apply": card.apply and href(card.apply),
            "also": [self._link(link) for link in card.also],
            **(self._description(posting) if described else {"description": None, "cut": True}),
        }

    def _description(self, posting: Posting) -> dict[str, Any]:
        """Return as much of the description as the board allows and the page has room for."""
        settings = self.settings
        limit = terms.description_limit(
            self.terms_of(posting), settings.description_chars, settings.excerpt_chars
        )
        if limit <= 0 or not posting.description:
            return {"description": None, "cut": bool(posting.description)}
        cut = cut_html(posting.description, limit)
        complete = cut.complete and posting.description_complete
        return {"description": safe(cut.html) if cut.html else None, "cut": not complete}

    def _link(self, link: terms.Link) -> dict[str, Any]:
        return {
            "text": self.words(link.text),
            "url": link.url and href(link.url),
            "apply": link.apply and href(link.apply),
        }


def link_of(address: str) -> str | None:
    """Return an address of the settings: http(s), or a plain relative path."""
    if re.fullmatch(r"[\w./-]+(?:#[\w-]+)?", address) and not address.startswith("/"):
        return address
    return url(address)


def _shown(text: str | None, missing: str, most: int) -> str:
    """Return a name as shown: never empty, never a program's word for nothing, never endless."""
    words = visible(text or "")
    if facts.is_void(words):
        return missing
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _fact(fact: facts.Fact, words: Callable[[str], str]) -> dict[str, Any]:
    return {"text": words(fact.text), "stated": fact.stated, "inferred": fact.inferred}
