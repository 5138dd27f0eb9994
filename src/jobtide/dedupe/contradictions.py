"""What makes two postings two openings, whatever speaks for one."""

from collections.abc import Iterator

from jobtide.dedupe.facts import Facts
from jobtide.dedupe.spots import agree
from jobtide.dedupe.texts import OTHER_TEXT, Texts

#: Titles that one board would not list twice by mistake.
_NOT_QUITE = ("title holds the other", "title but for a slip")


def contradictions(
    one: Facts, other: Facts, *, title: str, company: str | None, texts: Texts
) -> Iterator[str]:
    """Yield what makes two postings two openings, whatever speaks for one."""
    equal = texts.relation in ("identical words", "same words")
    if differ(one.level, other.level) and not equal:
        yield "levels differ"
    if _requisitions_differ(one, other):
        yield "requisitions differ"
    if texts.relation == "other words":
        yield "the texts speak of different jobs"
    if company is None and texts.overlap < OTHER_TEXT and set(one.links).isdisjoint(other.links):
        yield "employers and texts differ"
    alike = (one.source, one.board) == (other.source, other.board) and not reposted(one, other)
    if not alike and one.url == other.url and one.url in one.links:
        return  # one page, whatever two boards make of it
    if not _places_agree(one, other):
        yield "places differ"
    apart = set(one.kinds).isdisjoint(other.kinds) and one.kinds and other.kinds
    if apart and (one.kind_in_title or other.kind_in_title or not equal):
        yield "kinds of employment differ"
    if alike:
        yield from _listed_apart(one, other, title, equal=equal)


def _listed_apart(one: Facts, other: Facts, title: str, *, equal: bool) -> Iterator[str]:
    """Yield why two postings that one board lists at one time are two openings.

    Only what differs in nothing is one opening that was put in twice.
    """
    if set(one.spots) != set(other.spots) or set(one.role.spots) != set(other.role.spots):
        yield "the board lists them apart, for other places"
    elif one.departments and other.departments and one.departments != other.departments:
        yield "the board lists them apart, for other departments"
    elif not equal or one.kinds != other.kinds or title in _NOT_QUITE:
        yield "the board lists them apart"


def reposted(one: Facts, other: Facts) -> bool:
    """Say whether one posting came only when the other was no longer listed."""
    return _before(one, other) or _before(other, one)


def _before(one: Facts, other: Facts) -> bool:
    return one.until is not None and other.since is not None and one.until < other.since


def differ(one: str | None, other: str | None) -> bool:
    """Say whether both are stated, and not the same."""
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
