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
    """Judge by the places, then by the hours; a country that is named itself needs no more."""
    answer = _states(stated, country, subdivision) or _country(stated, country)
    if answer is not None:
        return answer
    answer = _region(stated, country)
    if answer is None or answer.value != "yes":
        return answer
    timely = _by_time(stated, country, utc_offset)
    return timely if timely is not None and timely.value != "yes" else answer


def _states(stated: Eligibility, country: str, subdivision: str | None) -> Answer | None:
    """Judge by states and provinces, when some of the applicant's country are named."""
    named = [label for label in stated.subdivisions if label.value[:2] == country]
    if not named:
        return None
    if subdivision is None:
        return Answer(value=None, sentence=f"Only parts of {_name(country)} are named.")
    for label in named:
        if label.value == subdivision:
            return _answer("yes", "names", label)
    return _answer("no", "names only other parts:", named[0])


def _country(stated: Eligibility, country: str) -> Answer | None:
    for label in stated.countries:
        if label.value == country:
            return _answer("yes", "names", label)
    return None


def _region(stated: Eligibility, country: str) -> Answer | None:
    """Judge by regions and "anywhere"; other places named and not this one mean no."""
    for label in stated.regions:
        if country in expand(label.value):
            return _answer("yes", f"names a region with {_name(country)}:", label)
    restricted = (*stated.countries, *stated.regions, *stated.subdivisions)
    if restricted and all(_is_workplace(label) for label in restricted):
        sentence = (
            f"The posting lies in {restricted[0].evidence!r} and does not say who may apply."
        )
        return Answer(value=None, sentence=sentence, label=restricted[0])
    if restricted:
        return _answer("no", "names only other places:", restricted[0])
    if stated.anywhere is not None:
        return _answer("yes", "is open to the whole world:", stated.anywhere)
    return None


def _is_workplace(label: Label) -> bool:
    """Tell whether a place was only concluded from a line that says where the job is."""
    line = label.field in {"location_text", "job_locations"} or label.rule.endswith(".line")
    return label.inferred and line


def _by_time(stated: Eligibility, country: str, utc_offset: float | None) -> Answer | None:
    """Judge by the time zones asked for.

    Working hours can be kept from elsewhere ("EST hours"): there a far zone gets no answer,
    where zones are asked for ("CET ±2") it gets a no.
    """
    mine = (utc_offset,) if utc_offset is not None else country_offsets(country)
    if not stated.utc_offsets or not mine:
        return None
    slack = _NEAR_H
    if stated.overlap_h is not None:
        slack = max(slack, WORKING_DAY_H - stated.overlap_h)
    fits = [any(abs(one - offset) <= slack for offset in stated.utc_offsets) for one in mine]
    if all(fits):
        return _answer("yes", "names time zones that fit:", stated.timezone)
    hours = stated.timezone is not None and stated.timezone.rule.endswith(".hours")
    if not any(fits) and not hours:
        return _answer("no", "names other time zones:", stated.timezone)
    sentence = (
        f"The hours are those of another time zone than {_name(country)}'s."
        if hours
        else f"Only some time zones of {_name(country)} fit."
    )
    return Answer(value=None, sentence=sentence, label=stated.timezone)


def _answer(value: Literal["yes", "no"], verb: str, label: Label | None) -> Answer:
    words = label.evidence or label.value if label else ""
    sentence = f"The posting {verb} {words!r}." if words else f"The posting {verb.rstrip(':')}."
    return Answer(value=value, sentence=sentence, label=label)


def _name(country: str) -> str:
    fact = countries().get(country)
    return fact.name if fact else country
