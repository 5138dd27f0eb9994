"""What each field finds an opening by: one table for asking, counting and indexing."""

from collections.abc import Callable, Iterable
from functools import lru_cache

from jobtide.model import Eligibility, Label, Opening
from jobtide.places.eligible import eligible
from jobtide.places.table import countries
from jobtide.query.again import bumps, reposts
from jobtide.query.fields import NONE
from jobtide.text import fold, squeeze

#: Minutes between two offsets that are told apart; all of the time zone database are multiples
#: (https://www.iana.org/time-zones).
QUARTER = 15


def _of(labels: Iterable[Label | None]) -> frozenset[str]:
    """Return the values of labels; "none" when nothing is stated."""
    stated = frozenset(label.value for label in labels if label is not None)
    return stated or frozenset((NONE,))


def _countries(opening: Opening) -> frozenset[str]:
    posting = opening.posting
    allowed = posting.eligibility.countries if posting.eligibility else ()
    stated = {place.country for place in posting.job_location if place.country}
    return frozenset(stated | {label.value for label in allowed})


def _regions(opening: Opening) -> frozenset[str]:
    stated = opening.posting.eligibility
    return frozenset(label.value for label in stated.regions) if stated else frozenset()


def _visa(opening: Opening) -> frozenset[str]:
    stated = opening.posting.eligibility
    return _of((stated.visa_sponsorship if stated else None,))


def _states(opening: Opening) -> frozenset[str]:
    """Return "open" or "closed", and "reposted"; "new" depends on the moment of asking."""
    state = "open" if opening.status == "open" else "closed"
    return frozenset((state, "reposted") if bumps(opening) or reposts(opening) else (state,))


def _quarters(opening: Opening) -> frozenset[str]:
    """Return the UTC offsets one may work from, in minutes, as whole quarters of an hour."""
    stated = opening.posting.eligibility
    return frozenset(str(quarter(one)) for one in stated.utc_offsets) if stated else frozenset()


def quarter(hours: float) -> int:
    """Return an offset in minutes, rounded to a quarter of an hour.

    >>> quarter(5.5), quarter(-3.5)
    (330, -210)
    """
    return round(hours * 60 / QUARTER) * QUARTER


def _from(opening: Opening) -> frozenset[str]:
    return open_to(opening.posting.eligibility)


def open_to(stated: Eligibility | None) -> frozenset[str]:
    """Return the countries from which one may apply, as far as that is stated."""
    return frozenset() if stated is None else _open_to(_bare(stated))


@lru_cache(maxsize=4096)
def _open_to(stated: Eligibility) -> frozenset[str]:
    return frozenset(code for code in countries() if eligible(stated, code).value == "yes")


def _bare(stated: Eligibility) -> Eligibility:
    """Return what decides eligibility, without the words it was read from: few differ in that."""

    def bare(label: Label | None) -> Label | None:
        if label is None:
            return None
        line = label.field in {"location_text", "job_locations"}
        return Label(
            value=label.value,
            rule="".join(label.rule.rpartition(".")[1:]),
            field="location_text" if line else "",
            inferred=label.inferred,
        )

    def all_bare(labels: tuple[Label, ...]) -> tuple[Label, ...]:
        return tuple(one for label in labels if (one := bare(label)) is not None)

    return Eligibility(
        anywhere=bare(stated.anywhere),
        countries=all_bare(stated.countries),
        regions=all_bare(stated.regions),
        subdivisions=all_bare(stated.subdivisions),
        excluded=all_bare(stated.excluded),
        utc_offsets=stated.utc_offsets,
        timezone=bare(stated.timezone),
        overlap_h=stated.overlap_h,
    )


def _company(opening: Opening) -> frozenset[str]:
    name = squeeze(opening.posting.hiring_organization or "")
    return frozenset((name,)) if name else frozenset()


#: Field -> all values by which it finds an opening. Not here: fields that compare (salary, since,
#: posted) and those that look for words (title, company).
VALUES: dict[str, Callable[[Opening], frozenset[str]]] = {
    "category": lambda one: _of((one.posting.category, *one.posting.other_categories)),
    "skill": lambda one: frozenset(fold(label.value) for label in one.posting.skills),
    "country": _countries,
    "region": _regions,
    "source": lambda one: frozenset(tracked.posting.source for tracked in one.postings),
    "seniority": lambda one: _of((one.posting.seniority,)),
    "type": lambda one: _of(one.posting.employment_type),
    "arrangement": lambda one: _of((one.posting.arrangement,)),
    "language": lambda one: _of((one.posting.language,)),
    "from": _from,
    "tz": _quarters,
    "visa": _visa,
    "is": _states,
}

#: What can be counted, in the order in which pages show it.
FACETS = ("category", "skill", "country", "seniority", "type", "arrangement", "company", "source")
#: All that can be counted: those, and what is only counted when asked for by name.
COUNTED = (*FACETS, "region", "language", "visa", "from")


def counted(opening: Opening, name: str) -> frozenset[str]:
    """Return the values an opening counts for in a facet; what is not stated is not counted."""
    if name == "company":
        return _company(opening)
    return VALUES[name](opening) - {NONE}
