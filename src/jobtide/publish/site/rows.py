"""One opening as a row of a list: the three answers a reader came for, and where it was found."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from minijinja import safe

from jobtide.model import Eligibility, Label, Opening
from jobtide.publish import facts, terms
from jobtide.publish.markdown import visible
from jobtide.publish.site import paths
from jobtide.publish.site.escaping import escaped, link
from jobtide.publish.site.frame import Frame
from jobtide.publish.site.groups import company_of, skill_name
from jobtide.publish.site.links import address
from jobtide.publish.site.page import digest
from jobtide.publish.site.when import moment, posted, updated
from jobtide.query import age_note

_MAX_TITLE = 200
_MAX_COMPANY = 100
_MAX_QUOTE = 60
_MAX_TAGS = 5


#: Words from these fields are the place line itself, which is then not told twice.
_PLACE_LINES = frozenset(["location_text", "job_locations"])


class Rows:
    """Makes rows, each once, however many lists it stands in."""

    def __init__(self, frame: Frame, pages: Mapping[str, str], folds: Mapping[str, int]) -> None:
        """Take the paths of skills that have a page, and how many openings each group has."""
        self.frame = frame
        self.skills = pages
        self.folds = folds
        self.terms_of = terms.reader()
        self._keys: dict[str, str] = {}
        self._made: dict[tuple[str, str], str] = {}
        self.short: dict[str, dict[str, Any]] = {}  #: id -> what other pages say of it
        self._updated: dict[str, datetime] = {}

    def key(self, opening: Opening) -> str:
        """Return a digest of all that a row or a page shows of an opening."""
        found = self._keys.get(opening.id)
        if found is None:
            found = self._keys[opening.id] = digest(
                _inputs(opening),
                age_note(opening),
                self.folds.get(opening.group or "", 1),
                [self.terms_of(one.posting) for one in opening.postings],
                [label.value in self.skills for label in opening.posting.skills],
            )
        return found

    def updated(self, opening: Opening) -> datetime:
        """Return the last moment at which something about an opening was new."""
        found = self._updated.get(opening.id)
        if found is None:
            found = self._updated[opening.id] = updated(opening)
        return found

    def html(self, opening: Opening, root: str) -> str:
        """Return the row, for a page from which `root` leads home."""
        made = self._made.get((opening.id, root))
        if made is None:
            values = self.values(opening)
            made = self.frame.templates.fill("row.j2", root=safe(root), **values)
            self._made[opening.id, root] = made
        return made

    def values(self, opening: Opening, most_tags: int = _MAX_TAGS) -> dict[str, Any]:
        """Return the values of `row.j2`, escaped."""
        posting = opening.posting
        when, stated = posted(opening)
        others = self.folds.get(opening.group or "", 1) - 1
        return {
            "path": link(paths.job(opening.id)),
            "title": escaped(title_of(opening)),
            "company": self.company(opening),
            "open_to": open_to(opening),
            "place": escaped(facts.work_place(posting)),
            "arrangement": fact(facts.arrangement(posting)),
            "pay": fact(facts.pay(posting)),
            "posted": moment(when) if stated else None,
            "seen": moment(opening.first_seen_at),
            "note": escaped(age_note(opening) or ""),
            "tags": self.tags(opening, most_tags),
            "credits": credits(opening, self.terms_of),
            "others": others,
        }

    def company(self, opening: Opening) -> dict[str, str | None]:
        """Return the employer's name, its letters and its list."""
        found = company_of(opening.posting)
        if found is None:
            return {"name": "company not stated", "letters": "?", "path": None}
        key, name = found
        return {
            "name": escaped(name[:_MAX_COMPANY]),
            "letters": escaped(letters(name)),
            "path": link(f"{paths.company(key)}.html"),
        }

    def tags(self, opening: Opening, most: int) -> list[dict[str, str | None]]:
        """Return skills and tags, with the list of those that have one."""
        paths_of = {
            label.value: link(f"{self.skills[label.value]}.html")
            for label in opening.posting.skills
            if label.value in self.skills
        }
        return [
            {"name": escaped(skill_name(tag)), "path": paths_of.get(tag)}
            for tag in facts.tags(opening.posting, most)
        ]


def title_of(opening: Opening) -> str:
    """Return the title as shown: never empty, never a program's word for nothing."""
    words = visible(opening.posting.title)
    if facts.is_void(words):
        return "title not stated"
    return words if len(words) <= _MAX_TITLE else words[: _MAX_TITLE - 1].rstrip() + "…"


def letters(name: str) -> str:
    """Return up to two letters that stand for an employer.

    >>> letters("Northwind Labs"), letters("acme")
    ('NL', 'A')
    """
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or "?"


def open_to(opening: Opening) -> dict[str, Any]:
    """Return from where one may apply, in one of three states, with the words that say so."""
    said = facts.open_to(opening.posting)
    if said is None:
        return {
            "is_place": False,
            "state": "unknown",
            "text": "eligibility not stated",
            "quote": "",
            "inferred": False,
        }
    stated = opening.posting.eligibility
    free = stated is not None and stated.anywhere is not None and not stated.excluded
    label = next((label for label in labels_of(stated) if label.evidence), None)
    words = visible(label.evidence) if label else ""
    return {
        "state": "yes" if free and not (stated and stated.utc_offsets) else "some",
        "text": escaped(said.text),
        "quote": escaped(words if len(words) <= _MAX_QUOTE else words[: _MAX_QUOTE - 1] + "…"),
        "inferred": said.inferred,
        "is_place": label is not None and label.field in _PLACE_LINES,
    }


def labels_of(stated: Eligibility | None) -> list[Label]:
    """Return every statement about who may apply."""
    if stated is None:
        return []
    single = (stated.anywhere, stated.timezone)
    lists = (*stated.countries, *stated.regions, *stated.subdivisions, *stated.excluded)
    return [label for label in (*single, *lists) if label is not None]


def fact(found: facts.Fact | None) -> dict[str, Any] | None:
    """Return a fact, escaped."""
    if found is None:
        return None
    return {"text": escaped(found.text), "stated": found.stated, "inferred": found.inferred}


def credits(opening: Opening, terms_of: terms.TermsOf) -> list[dict[str, str | None]]:
    """Return each board that lists it: its name, the posting's page there, where Apply leads.

    The place is told where it differs from board to board.
    """
    live = terms.live(opening)
    places = {posting.id: visible(posting.location_text or "")[:80] for posting in live}
    differ = len(set(places.values())) > 1
    found: dict[tuple[str, str | None], dict[str, str | None]] = {}
    for posting in live:
        link = terms.credit(posting, terms_of(posting))
        row = {
            "name": escaped(link.text),
            "url": address(link.url),
            "apply": address(link.apply),
            "place": escaped(places[posting.id]) if differ else "",
        }
        found.setdefault((link.text, link.url), row)
    return list(found.values())


def _inputs(opening: Opening) -> tuple[object, ...]:
    """Return what pages show of an opening; when it was last seen, which ticks, is not shown."""
    one = opening.posting
    histories = [
        (
            None if tracked.posting is one else tracked.posting,
            past.first_seen_at,
            past.status,
            past.missing_since,
            past.closed_at,
            past.closed_reason,
            past.changed_at,
            past.reopened,
            past.bumped,
        )
        for tracked in opening.postings
        for past in (tracked.history,)
    ]
    return (
        opening.id,
        one,
        histories,
        opening.reasons,
        opening.filled,
        opening.status,
        opening.first_seen_at,
        opening.closed_at,
        opening.changed_at,
    )
