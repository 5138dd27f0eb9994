"""Jobs that ended, one page a month: what they were, how long they were open, why they ended."""

from collections.abc import Iterator

from msgspec import Struct

from jobtide.model import File, Opening
from jobtide.publish import facts, terms
from jobtide.publish.markdown import href_text, md_text
from jobtide.publish.names import slug
from jobtide.publish.readme.cards import Maker
from jobtide.publish.readme.tables import write_table

FOLDER = "archive"
#: Three columns: more of them do not fit on a phone.
_HEAD = ("Job", "Employer", "Open")


class Month(Struct, frozen=True, kw_only=True):
    """A month's page, as the index lists it."""

    name: str  #: "November 2026"
    path: str
    count: int


def months(closed: tuple[Opening, ...], folder: str) -> list[tuple[Month, list[Opening]]]:
    """Return the openings that ended by month, the newest first."""
    by_month: dict[str, list[Opening]] = {}
    for opening in closed:
        if opening.closed_at is not None and opening.status != "open":
            by_month.setdefault(opening.closed_at.strftime("%Y-%m"), []).append(opening)
    found = []
    for word in sorted(by_month, reverse=True):
        ended = sorted(by_month[word], key=lambda one: one.id)
        ended.sort(key=_ended, reverse=True)
        first = ended[0].closed_at
        name = facts.month(first) if first is not None else word
        month = Month(name=name, path=f"{folder}{FOLDER}/{slug(word)}.md", count=len(ended))
        found.append((month, ended))
    return found


def write_month(month: Month, ended: list[Opening], maker: Maker, up: str) -> Iterator[File]:
    """Yield the pages of a month.

    Jobs of one title, employer and place are one line, with how many they were. Each month has a
    marker of its own, so that an old month stays when it is written no more.
    """
    rows: dict[tuple[str, ...], list[str]] = {}
    for opening in ended:
        card = maker.card(opening)
        key = (*card.key, card.credit.text, card.place.text.casefold())
        rows.setdefault(key, []).append(_row(opening, maker))
    marker = f"<!-- jobtide: readme archive {month.path.rpartition('/')[2][:-3]} -->\n"
    yield from write_table(
        month.path.removesuffix(".md"),
        f"Jobs that ended in {month.name}",
        f"{month.count:,} jobs, the latest first. [All pages]({up}{maker.settings.index})",
        _HEAD,
        [_times(same[0], len(same)) for same in rows.values()],
        marker,
        maker.settings,
    )


def _ended(opening: Opening) -> str:
    return opening.closed_at.date().isoformat() if opening.closed_at is not None else ""


def _row(opening: Opening, maker: Maker) -> str:
    """Return one line of the table."""
    card = maker.card(opening)
    posting = opening.posting
    credit = terms.credit(posting, maker.terms_of(posting))
    shown = md_text(card.title)
    if credit.url:
        shown = f"[{shown}]({href_text(credit.url)})"
    closed = facts.day(opening.closed_at) if opening.closed_at is not None else "not known"
    why = maker.settings.reasons.get(_reason(opening), "")
    since = facts.day(facts.posted(opening, opening.closed_at or maker.taken_at)[0])
    employer = f"{md_text(card.company)}, via {md_text(credit.text)}"
    time = f"{since} to {closed}" + (f"<br>{md_text(why)}" if why else "")
    return f"| {shown}<br>{md_text(card.place.text)} | {employer} | {time} |"


def _reason(opening: Opening) -> str:
    """Return why the posting that ended last ended."""
    ended = [one.history for one in opening.postings if one.history.closed_at is not None]
    ended.sort(key=lambda one: str(one.closed_at))
    return (ended[-1].closed_reason or "") if ended else ""


def _times(row: str, count: int) -> str:
    return row if count == 1 else row.removesuffix(" |") + f", {count} times |"
