"""One opening as a card: can I apply, what does it pay, how old is it really."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from jobtide.model import CATEGORIES, Opening, Posting
from jobtide.places.eligible import Answer, eligible
from jobtide.publish import facts, terms
from jobtide.publish.markdown import visible
from jobtide.publish.readme.initials import initial
from jobtide.query import age_note
from jobtide.web import links
from jobtide.web.me import Me

#: Longest title and company shown: a longer one is an attack on the page.
_MAX_TITLE = 200
_MAX_COMPANY = 100
NOT_STATED = "eligibility not stated"
#: Skills and tags on a card.
_MAX_TAGS = 6


class Badge(Struct, frozen=True, kw_only=True):
    """The answer to "can I apply?", in words and in one of three looks."""

    look: str  #: "yes", "some" (not everywhere), "no" or "unknown"
    text: str
    why: str = ""


class Maker:
    """Makes cards for one reader at one moment."""

    def __init__(
        self,
        me: Me,
        now: datetime,
        new_hours: int,
        logo_of: Callable[[str], str | None] = lambda _: None,
    ) -> None:
        """Look up once what every card needs; `logo_of` gives the address of a company's logo."""
        self.me, self.now, self.logo_of = me, now, logo_of
        self.new_since = now - timedelta(hours=new_hours)
        self.terms_of = terms.reader()

    def card(self, opening: Opening) -> dict[str, Any]:
        """Return what a card says; plain words, which the template escapes."""
        one = opening.posting
        company = shown(one.hiring_organization, "", _MAX_COMPANY)
        when, _ = facts.posted(opening, self.now)
        pay = facts.pay(one)
        return {
            "id": opening.id,
            "href": links.job(opening.id) + self.me.query,
            "title": shown(one.title, "title not stated", _MAX_TITLE),
            "language": one.language.value if one.language else None,
            "company": company,
            "company_href": links.company(company) + self.me.query if company else None,
            "initial": initial(company),
            "logo": self.logo_of(company) if company else None,
            "badge": badge(one, self.me),
            "place": facts.place(one),
            "pay": pay,
            "arrangement": facts.arrangement(one),
            "category": category(one),
            "tags": tags(one),
            "posted": when.date().isoformat(),
            "first_seen": opening.first_seen_at.isoformat(),
            "age": facts.age(opening, self.now, "relative"),
            "note": age_note(opening),
            "new": opening.status == "open" and opening.first_seen_at >= self.new_since,
            "status": opening.status,
            "boards": self.boards(opening),
        }

    def boards(self, opening: Opening) -> list[str]:
        """Return the names of the boards it is on, the one nearest the employer first."""
        credits = [self.terms_of(one).credit for one in terms.live(opening)]
        return list(dict.fromkeys(credits))


def badge(posting: Posting, me: Me) -> Badge:
    """Return whether the reader may apply, as far as the posting says."""
    where = facts.place(posting)
    if not me.country:
        free = posting.eligibility is not None and posting.eligibility.anywhere is not None
        return Badge(
            look=("yes" if free else "some") if where.stated else "unknown",
            text=where.text if where.stated else NOT_STATED,
        )
    answer = answer_for(posting, me)
    if answer.value == "yes":
        return Badge(look="yes", text=f"open to {me.name}", why=answer.sentence)
    if answer.value == "no":
        text = where.text if where.text.endswith(" only") else f"not open to {me.name}"
        return Badge(look="no", text=text, why=answer.sentence)
    return Badge(look="unknown", text=f"open to {me.name}: not stated", why=answer.sentence)


def tags(posting: Posting) -> list[tuple[str, str | None]]:
    """Return skills, then the board's tags, each with the search for it when it is a skill."""
    skills = {label.value.casefold() for label in posting.skills}
    named = [visible(tag) for tag in facts.tags(posting, _MAX_TAGS)]
    return [(tag, links.skill(tag) if tag.casefold() in skills else None) for tag in named]


def answer_for(posting: Posting, me: Me) -> Answer:
    """Return whether one may apply from where the reader lives."""
    return eligible(posting.eligibility, me.country, me.offset)


def category(posting: Posting) -> str | None:
    """Return the title of the category; None when it has none."""
    label = posting.category
    return CATEGORIES.get(label.value, label.value) if label else None


def shown(text: str | None, missing: str, most: int) -> str:
    """Return a name as shown: never a program's word for nothing, never endless."""
    words = visible(text or "")
    if facts.is_void(words):
        return missing
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
