"""One opening as what a card shows, and cards of one look told apart."""

import re
from collections.abc import Callable
from copy import copy
from datetime import datetime, timedelta

from msgspec import Struct

from jobtide.model import Opening
from jobtide.publish import facts, terms
from jobtide.publish.markdown import visible
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


class Card(Struct, kw_only=True, gc=False):
    """One opening (or several that lead to the same link) on one page."""

    opening: Opening
    title: str
    company: str
    key: tuple[str, str]  #: company and title, for finding cards a reader would take for one
    logo: str  #: path of a picture, from the folder of the pages
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
    def look(self) -> tuple[str, ...]:
        """What a reader sees besides company, title, age and amounts."""
        parts = [self.place.text, *(self.tags), self.credit.text, str(self.place.inferred)]
        if self.arrangement is not None:
            parts.append(self.arrangement.text)
        return tuple(part.casefold() for part in parts if not _TIME.search(part))


class Maker:
    """Makes the cards of one snapshot under one set of settings, each opening's once."""

    def __init__(self, settings: ReadmeSettings, taken_at: datetime) -> None:
        """Look up once what every card needs."""
        self.settings = settings
        self.taken_at = taken_at
        midnight = taken_at.replace(hour=0, minute=0, second=0, microsecond=0)
        self.new_since = midnight - timedelta(hours=settings.new_hours)
        self.terms_of = terms.reader()
        full, excerpt = settings.description_chars, settings.excerpt_chars
        #: how much of a description may be shown, by what its board allows
        self.limits = {"full": full, "excerpt": min(full, excerpt)}
        self.letters: set[str] = set()  #: initials to be drawn, gathered as cards are made
        self._made: dict[str, Card] = {}
        self._pictures: dict[str, str] = {}

    def is_new(self, opening: Opening) -> bool:
        """Say whether an opening was first seen lately; the same all day long."""
        return opening.first_seen_at >= self.new_since

    def credit_of(self, source: str) -> str:
        """Return the name of a source as its terms want it shown."""
        return terms.of_source(source).credit

    def cards(self, openings: list[Opening]) -> list[Card]:
        """Return the cards of a page, each distinct to a reader."""
        made, found = self._made, []
        for opening in openings:
            card = made.get(opening.id)
            if card is None:
                card = made[opening.id] = self.card(opening)
            found.append(card)
        return distinct(found)

    def card(self, opening: Opening) -> Card:
        """Gather what a card says about an opening."""
        posting = opening.posting
        credit = terms.credit(posting, self.terms_of(posting))
        others: list[terms.Link] = []
        apply = credit.apply
        if len(opening.postings) > 1:
            others = [terms.credit(one, self.terms_of(one)) for one in terms.live(opening)[1:]]
            apply = apply or next((link.apply for link in others if link.apply), None)
            others = list({link.url: link for link in others if link.url}.values())
        title = _name(posting.title, "title not stated", _MAX_TITLE)
        company = _name(posting.hiring_organization, "company not stated", _MAX_COMPANY)
        age = facts.age(opening, self.taken_at, self.settings.age)
        note = age_note(opening)
        return Card(
            opening=opening,
            title=title,
            company=company,
            key=(company.casefold(), title.casefold()),
            logo=self._pictures.get(company) or self._picture(company),
            apply=apply,
            place=facts.place(posting),
            pay=facts.pay(posting),
            arrangement=facts.arrangement(posting),
            tags=facts.tags(posting, self.settings.max_tags),
            age=f"{age}, {note}" if note else age,
            new=opening.first_seen_at >= self.new_since,
            credit=credit,
            also=others,
        )

    def _picture(self, company: str) -> str:
        """Return the path of a company's logo, or of its initial, which will be drawn."""
        found = self.settings.logo_files.get(fold(company))
        if found is None:
            letter = initials.initial(company)
            self.letters.add(letter)
            found = initials.path(letter)
        self._pictures[company] = found
        return found


def distinct(cards: list[Card]) -> list[Card]:
    """Return cards no reader takes for each other.

    Cards of one company and title that lead to one link become one; those that lead to several
    links but look the same get a line that tells them apart. What was given is left as it is.
    """
    by_key: dict[tuple[str, str], list[int]] = {}
    for at, card in enumerate(cards):
        by_key.setdefault(card.key, []).append(at)
    if len(by_key) == len(cards):
        return cards
    found: list[Card | None] = list(cards)
    for places in by_key.values():
        if len(places) > 1:
            alike = [copy(cards[at]) for at in places]
            gone = {id(card) for card in _merge(alike)}
            _mark([card for card in alike if id(card) not in gone])
            for at, card in zip(places, alike, strict=True):
                found[at] = None if id(card) in gone else card
    return [card for card in found if card is not None]


def _name(text: str | None, missing: str, most: int) -> str:
    """Return a name as shown: never empty, never a program's word for nothing, never endless."""
    words = visible(text or "")
    if facts.is_void(words):
        return missing
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _merge(alike: list[Card]) -> list[Card]:
    """Merge cards that lead to one link into the first of them; return those that go."""
    first: dict[str | None, Card] = {}
    gone = []
    for card in alike:
        kept = first.setdefault(card.apply, card)
        if kept is card:
            continue
        gone.append(card)
        kept.merged += 1
        links = [link for link in (card.credit, *card.also) if link.url]
        more = [link for link in links if link not in kept.also]
        kept.also = kept.also + more
        if card.place.stated and card.place.text not in kept.place.text:
            both = f"{kept.place.text} / {card.place.text}" if kept.place.stated else ""
            if len(both) <= 160:
                kept.place = facts.Fact(
                    text=both or card.place.text,
                    inferred=kept.place.inferred or card.place.inferred,
                )
    return gone


#: What tells two cards of one look apart: the first of these that differs among them.
_DISTINCTIONS: tuple[Callable[[Opening], str], ...] = (
    lambda opening: f"place as written: {visible(opening.posting.location_text or '')[:80]}",
    lambda opening: f"requisition {visible(opening.posting.requisition or '')[:60]}",
    lambda opening: f"posting {visible(opening.posting.identifier)[:60]}",
    lambda opening: f"opening {visible(opening.id)[:200]}",
)


def _mark(alike: list[Card]) -> None:
    """Give cards of one look a line that differs."""
    by_look: dict[tuple[str, ...], list[Card]] = {}
    for card in alike:
        by_look.setdefault(card.look, []).append(card)
    for same in by_look.values():
        if len(same) < 2:
            continue
        for say in _DISTINCTIONS:
            said = [say(card.opening) for card in same]
            if len({text.casefold() for text in said}) == len(said):
                for card, text in zip(same, said, strict=True):
                    card.mark = text
                break
