"""May somebody who lives there apply? Answered from what a posting states, or not at all."""

from typing import Final, Literal

import msgspec

from jobtide.model import Eligibility, Label
from jobtide.places.regions import expand
from jobtide.places.table import countries, country_offsets

#: Hours of a working day: who must share h of them may live up to 8 - h zones away.
WORKING_DAY_H: Final = 8.0
#: An offset counts as named when it is this near one that is: half-hour zones lie between.
_NEAR_H: Final = 0.5


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer with its reason."""

    value: Literal["yes", "no"] | None  #: None: not stated
    sentence: str  #: for people: what it follows from
    label: Label | None = None  #: the evidence, when one statement decides


NOT_STATED: Final = Answer(
    value=None, sentence="The posting does not say from where one may apply."
)


def eligible(
    stated: Eligibility | None,
    country: str,
    utc_offset: float | None = None,
    subdivision: str | None = None,
) -> Answer:
    """Return whether one may apply from `country` (ISO 3166-1 alpha-2).

    `utc_offset` is the applicant's, in hours of standard time; without it the country's own are
    used. `subdivision` is ISO 3166-2 ("US-CO"): without it a posting open to some states only
    gets no answer.
    """
    if stated is None:
        return NOT_STATED
    country = country.upper()
    return (
        _excluded(stated, country, subdivision)
        or _by_place(stated, country, subdivision, utc_offset)
        or _by_time(stated, country, utc_offset)
        or NOT_STATED
    )


def _excluded(stated: Eligibility, country: str, subdivision: str | None) -> Answer | None:
    for label in stated.excluded:
        if label.value in {country, subdivision} or country in expand(label.value):
            return _answer("no", "refuses applicants from", label)
    return None


def _by_place(
    stated: Eligibility, country: str, subdivision: str | None, utc_offset: float | None
) -> Answer | None:
    answer = _named(stated, country, subdivision)
    if answer is None or answer.value != "yes":
        return answer
    timely = _by_time(stated, country, utc_offset)
    return timely if timely is not None and timely.value != "yes" else answer


def _named(stated: Eligibility, country: str, subdivision: str | None) -> Answer | None:
    """Judge by the places a posting names."""
    states = [label for label in stated.subdivisions if label.value[:2] == country]
    if states and subdivision is None:
        return Answer(value=None, sentence=f"Only parts of {_name(country)} are named.")
    for label in states:
        if label.value == subdivision:
            return _answer("yes", "names", label)
    if states:
        return _answer("no", "names only other parts:", states[0])
    for label in stated.countries:
        if label.value == country:
            return _answer("yes", "names", label)
    for label in stated.regions:
        if country in expand(label.value):
            return _answer("yes", f"names a region with {_name(country)}:", label)
    restricted = (*stated.countries, *stated.regions, *stated.subdivisions)
    if restricted:
        return _answer("no", "names only other places:", restricted[0])
    if stated.anywhere is not None:
        return _answer("yes", "is open to the whole world:", stated.anywhere)
    return None


def _by_time(stated: Eligibility, country: str, utc_offset: float | None) -> Answer | None:
    """Judge by the hours a posting asks for."""
    if not stated.utc_offsets:
        return None
    mine = (utc_offset,) if utc_offset is not None else country_offsets(country)
    if not mine:
        return None
    slack = _NEAR_H
    if stated.overlap_h is not None:
        slack = max(slack, WORKING_DAY_H - stated.overlap_h)
    fits = [any(abs(one - offset) <= slack for offset in stated.utc_offsets) for one in mine]
    if all(fits):
        return _answer("yes", "names time zones that fit:", stated.timezone)
    if not any(fits):
        return _answer("no", "names other time zones:", stated.timezone)
    return Answer(
        value=None,
        sentence=f"Only some time zones of {_name(country)} fit.",
        label=stated.timezone,
    )


def _answer(value: Literal["yes", "no"], verb: str, label: Label | None) -> Answer:
    words = label.evidence or label.value if label else ""
    sentence = f"The posting {verb} {words!r}." if words else f"The posting {verb.rstrip(':')}."
    return Answer(value=value, sentence=sentence, label=label)


def _name(country: str) -> str:
    fact = countries().get(country)
    return fact.name if fact else country
