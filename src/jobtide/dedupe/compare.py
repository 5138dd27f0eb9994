"""Are two postings one opening? A verdict with its score and its reasons."""

from collections.abc import Iterator

from msgspec import Struct

from jobtide.dedupe.company import related
from jobtide.dedupe.contradictions import contradictions, differ, reposted
from jobtide.dedupe.facts import Facts
from jobtide.dedupe.reading import facts_of
from jobtide.dedupe.spots import agree
from jobtide.dedupe.texts import texts_agree
from jobtide.dedupe.title import holds, same_but_for_a_slip
from jobtide.model import Posting, Tracked

#: Points, of a hundred, for what speaks for one opening. The weights follow from which evidence
#: must do alone: company and title do, when nothing contradicts (65); a title and the same words
#: do without the company (60); no other two do. A slip in the title of one company needs the words
#: or a link besides: place and pay make 59. Tuned on labelled pairs.
POINTS = {
    "company": 30, "related company": 15, "company not stated": 10,
    "title": 35, "title reordered": 20, "title but for a slip": 18, "title with a place": 20,
    "title holds the other": -5,
    "identical words": 30, "same words": 25,
    "link": 30, "requisition": 30, "place": 8, "places meet": 5,
    "pay": 3, "pay differs": -10, "level differs": -5,
}  # fmt: skip
#: Points that make two postings one opening.
ENOUGH = 60


class Verdict(Struct, frozen=True, kw_only=True):
    """Whether two postings are one opening, and why or why not."""

    same: bool
    reasons: tuple[str, ...]  #: what speaks for it when `same`, else what speaks against it
    score: float = 0.0  #: 0 to 1; `ENOUGH` of 100 and nothing against it make one opening
    grouped: bool = False  #: the same role in another place: shown together, never merged
    against: tuple[str, ...] = ()  #: contradictions: such two may never share a cluster


_OTHER_TITLE = Verdict(same=False, reasons=("titles differ",), against=("titles differ",))
_WEAK = ("too little speaks for one opening",)
#: Contradictions that leave two postings the same role.
_OF_PLACE = {"places differ", "the board lists them apart, for other places"}


def compare(one: Posting | Tracked, other: Posting | Tracked) -> Verdict:
    """Return whether two postings are the same opening, in either order."""
    return judge(facts_of(one), facts_of(other))


def judge(one: Facts, other: Facts) -> Verdict:
    """Return whether two postings are the same opening; see `compare`.

    Nothing that contradicts may be outweighed: title, level, team, place, requisition, kind of
    employment, and what one board lists twice.
    """
    title = title_relation(one, other)
    if title is None:
        return _OTHER_TITLE
    company = _company_relation(one, other)
    texts = texts_agree(one, other, strangers=company in (None, "company not stated"))
    text, overlap = texts
    against = tuple(contradictions(one, other, title=title, company=company, texts=texts))
    speaks_for = [
        *filter(None, (company, title)),
        *([text] if text in POINTS else []),
        *_numbers_and_links(one, other, company),
        *_place(one, other),
        *_pay(one, other),
    ]
    points = sum(POINTS[name] for name in speaks_for)
    enough = points >= ENOUGH
    if title == "title holds the other" and not enough:
        against = (*against, "titles differ")
    same = enough and not against
    return Verdict(
        same=same,
        reasons=tuple(_sentences(one, other, speaks_for, overlap)) if same else against or _WEAK,
        score=max(0, min(points, 99)) / 100,
        grouped=bool(against) and _is_same_role(company, title, text, against),
        against=against,
    )


def _is_same_role(
    company: str | None, title: str, text: str | None, against: tuple[str, ...]
) -> bool:
    """Say whether only the place sets the two apart."""
    return (
        company == "company"
        and title in ("title", "title reordered", "title with a place")
        and text != "other words"
        and set(against) <= _OF_PLACE
    )


def title_relation(one: Facts, other: Facts) -> str | None:
    """Return how two titles agree: a key of POINTS, or None when they do not."""
    here, there = one.role, other.role
    if here.key == there.key:
        if bool(here.spots) != bool(there.spots) and not _confirmed(one, other):
            return "title with a place"
        return "title" if here.words == there.words else "title reordered"
    if same_but_for_a_slip(here, there):
        return "title but for a slip"
    return "title holds the other" if holds(here, there) else None


def _confirmed(one: Facts, other: Facts) -> bool:
    """Say whether the place that only one title names is a place of the other posting."""
    if not one.role.spots:
        one, other = other, one
    return bool(other.spots) and agree(one.role.spots, other.spots)


def _company_relation(one: Facts, other: Facts) -> str | None:
    if not one.company or not other.company:
        return "company not stated"
    if one.company == other.company:
        return "company"
    return "related company" if related(one.company, other.company) else None


def _numbers_and_links(one: Facts, other: Facts, company: str | None) -> Iterator[str]:
    if not set(one.links).isdisjoint(other.links):
        yield "link"
    if company in ("company", "related company") and not set(one.requisitions).isdisjoint(
        other.requisitions
    ):
        yield "requisition"


def _place(one: Facts, other: Facts) -> Iterator[str]:
    here, there = one.spots or one.role.spots, other.spots or other.role.spots
    if here and there:
        yield "place" if set(here) == set(there) else "places meet"


def _pay(one: Facts, other: Facts) -> Iterator[str]:
    if differ(one.level, other.level):
        yield "level differs"
    if one.pay and other.pay and one.pay[0] == other.pay[0]:
        if one.pay == other.pay:
            yield "pay"
        elif one.pay[1] > other.pay[2] or other.pay[1] > one.pay[2]:
            yield "pay differs"


def _sentences(one: Facts, other: Facts, speaks_for: list[str], overlap: float) -> Iterator[str]:
    """Yield the reasons in words."""
    said = list(speaks_for)
    if "company" in said and "title" in said:
        yield "same company and title"
        said = [name for name in said if name not in ("company", "title")]
    shared = sorted(set(one.links) & set(other.links))
    numbers = sorted(set(one.requisitions) & set(other.requisitions))
    words = {
        "company": "same company",
        "title": "same title",
        "title reordered": "the same words in the title",
        "title with a place": "same title, one with its place",
        "identical words": "identical texts",
        "same words": f"{overlap:.0%} of the shorter text is in the longer one",
        "link": f"same link {shared[0]}" if shared else "",
        "requisition": f"same requisition {numbers[0]}" if numbers else "",
        "place": "same place",
        "pay": "same pay",
    }
    for name in said:
        yield words.get(name, name)
    if not (one.spots and other.spots):
        yield "places do not contradict"
    if (one.source, one.board) == (other.source, other.board) and reposted(one, other):
        yield "posted again when the earlier one was gone"
