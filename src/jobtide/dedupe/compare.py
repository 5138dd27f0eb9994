"""Are two postings one opening? A verdict with its score and its reasons."""

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct

from jobtide.dedupe.company import related
from jobtide.dedupe.facts import Facts
from jobtide.dedupe.reading import facts_of
from jobtide.dedupe.sketch import FEW, likeness
from jobtide.dedupe.spots import agree
from jobtide.dedupe.title import holds, same_but_for_a_slip
from jobtide.model import Posting, Tracked

#: Points, of a hundred, for what speaks for one opening. The weights follow from which evidence
#: must do alone: company and title do, when nothing contradicts (65); a title and the same words
#: do without the company (60); no other two do. Tuned on labelled pairs.
POINTS = {
    "company": 30, "related company": 15, "company not stated": 10,
    "title": 35, "title reordered": 20, "title but for a slip": 20, "title with a place": 20,
    "title holds the other": -5,
    "identical words": 30, "same words": 25,
    "link": 30, "requisition": 30, "place": 8, "places meet": 5,
    "pay": 3, "pay differs": -10, "level differs": -5,
}  # fmt: skip
#: Points that make two postings one opening.
ENOUGH = 60

#: Shares of the shorter text that the longer one must have. Measured on pairs of recorded
#: postings with one company and title: other vacancies share 0.0 to 0.66 (what is common is the
#: employer's own praise), one vacancy 0.89 to 1.0; between lies next to nothing.
SAME_TEXT = 0.85
OTHER_TEXT = 0.7
#: Up to here when each text has as many runs of words for itself as a long paragraph has.
OTHER_TEXT_LONG, LONG_PARAGRAPH = 0.8, 80
#: An excerpt of a text is in it; one that hardly is belongs to another.
OTHER_EXCERPT = 0.3
#: Two employers: their texts must be nearly equal, or equal and at least this many runs of words.
SAME_TEXT_OF_STRANGERS, FEW_OF_STRANGERS = 0.9, 8
#: Fewer runs of words are no description: they speak neither for nor against.
NO_TEXT = 5
#: A text several times as long as the other is a whole beside a summary, not another job.
SUMMARY = 3


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
    text, overlap = _texts(one, other, strangers=company in (None, "company not stated"))
    against = tuple(_contradictions(one, other, title, text))
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


class _Texts(NamedTuple):
    """How two texts agree, and the share of the shorter that the longer one has."""

    relation: str | None
    overlap: float = 0.0


def _texts(one: Facts, other: Facts, *, strangers: bool) -> _Texts:
    """Return "identical words", "same words", "other words", or None when nothing can be said.

    What an employer's postings have in common says nothing: only what each text has for itself
    parts them, so praise and legal notes count neither for nor against.
    """
    here, there = one.text, other.text
    least = min(here.runs, there.runs)
    if least < NO_TEXT:
        return _Texts(None)
    if here == there and (least >= FEW_OF_STRANGERS or not strangers):
        return _Texts("identical words", 1.0)
    found = likeness(here, there)
    if strangers:
        enough = least >= FEW and found.overlap >= SAME_TEXT_OF_STRANGERS
        return _Texts("same words" if enough else None, found.overlap)
    if found.overlap >= SAME_TEXT:
        return _Texts("same words", found.overlap)
    if _differ(one.language, other.language):
        return _Texts(None)  # one job in two languages
    if not (one.whole and other.whole):
        limit = OTHER_EXCERPT if least >= FEW else 0.0
    elif least < FEW and least * SUMMARY < max(here.runs, there.runs):
        limit = 0.0
    else:
        for_itself = min(here.runs * (1 - found.of_one), there.runs * (1 - found.of_other))
        limit = OTHER_TEXT_LONG if for_itself >= LONG_PARAGRAPH else OTHER_TEXT
    return _Texts("other words" if found.overlap < limit else None, found.overlap)


def _contradictions(one: Facts, other: Facts, title: str, text: str | None) -> Iterator[str]:
    """Yield what makes two postings two openings, whatever speaks for one."""
    equal = text in ("identical words", "same words")
    if _differ(one.level, other.level) and not equal:
        yield "levels differ"
    if _requisitions_differ(one, other):
        yield "requisitions differ"
    if text == "other words":
        yield "the texts speak of different jobs"
    if one.url == other.url:
        return  # one page, whatever two boards make of it
    if not _places_agree(one, other):
        yield "places differ"
    apart = set(one.kinds).isdisjoint(other.kinds) and one.kinds and other.kinds
    if apart and (one.kind_in_title or other.kind_in_title or not equal):
        yield "kinds of employment differ"
    if (one.source, one.board) == (other.source, other.board) and not reposted(one, other):
        if set(one.spots) != set(other.spots) or set(one.role.spots) != set(other.role.spots):
            yield "the board lists them apart, for other places"
        elif not equal or title == "title holds the other" or one.kinds != other.kinds:
            yield "the board lists them apart"


def reposted(one: Facts, other: Facts) -> bool:
    """Say whether one posting came only when the other was no longer listed."""
    return _before(one, other) or _before(other, one)


def _before(one: Facts, other: Facts) -> bool:
    return one.until is not None and other.since is not None and one.until < other.since


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _requisitions_differ(one: Facts, other: Facts) -> bool:
    """Say whether both name numbers of one shape, and none in common.

    "R-10" and "R-22" are two vacancies; "R-10" and "4017723" may be two systems' names of one.
    """
    here, there = set(one.requisitions), set(other.requisitions)
    if not here or not there or here & there:
        return False
    return not {_shape(number) for number in here}.isdisjoint(_shape(n) for n in there)


def _shape(number: str) -> str:
    """Return the letters of a number before its figures."""
    return "".join("9" if letter.isdigit() else letter for letter in number).rstrip("9")


def _places_agree(one: Facts, other: Facts) -> bool:
    """Say whether place lines agree, places of titles too, and each with the other's.

    A title that contradicts its own line ("(Remote, UK)" of a job in Paris) is held against no
    other line. Where both titles name a place, theirs counts.
    """
    here, there = one.role.spots, other.role.spots
    if not (agree(one.spots, other.spots) and agree(here, there)):
        return False
    if here and there:
        return True
    titled, line, own = (here, other.spots, one.spots) if here else (there, one.spots, other.spots)
    return agree(titled, line) or not agree(titled, own)


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
    if _differ(one.level, other.level):
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
