"""
JobPosting markup (https://schema.org/JobPosting, as JSON-LD) for the page of one opening.

Only what the employer itself states, on the employer's own board, and where its terms allow it:
others forbid that their jobs reach Google Jobs. What is concluded rather than read is left out.
What must be there, by Google's "Job posting structured data" (title, description, datePosted,
hiringOrganization, and a place or TELECOMMUTE with the places one may live in), decides whether
there is any markup at all.
"""

from typing import Any

import msgspec

from jobtide import sources
from jobtide.model import Eligibility, Label, Opening, Place, Posting, Salary
from jobtide.places.regions import expand
from jobtide.publish import terms
from jobtide.publish.facts import country
from jobtide.publish.markdown import url, visible
from jobtide.publish.subdivisions import subdivision

#: Kinds of sources that are the employer's own.
_OWN = frozenset(["employer", "ats"])

#: Our words -> Google's `employmentType`; a type it has no word for is OTHER.
_EMPLOYMENT = {
    "full_time": "FULL_TIME",
    "part_time": "PART_TIME",
    "contract": "CONTRACTOR",
    "freelance": "CONTRACTOR",
    "temporary": "TEMPORARY",
    "internship": "INTERN",
    "working_student": "PART_TIME",
    "apprenticeship": "OTHER",
    "volunteer": "VOLUNTEER",
}

#: Written as escapes, so that no text can end the script element, begin a comment in it, or end a
#: line where it is read as JavaScript (HTML Standard, 4.12.1.3; ECMA-262 before 2019).
_UNSAFE = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def job_posting(opening: Opening) -> dict[str, Any] | None:
    """Return the markup of an opening, or None when it may not or cannot have any.

    None: not open; the canonical posting is not on the employer's own board, or its terms keep
    markup or the description back; or something Google asks for is not stated.
    """
    one = _unfilled(opening)
    allowed = terms.reader()(one)
    if opening.status != "open" or not _is_own(one):
        return None
    if not allowed.structured_data or allowed.description != "full":
        return None
    place = _place(one)
    title, name = visible(one.title), visible(one.hiring_organization or "")
    whole = one.description if one.description_complete else ""
    if not (place and title and name and whole and one.date_posted):
        return None
    found: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": title,
        "description": whole,
        "datePosted": one.date_posted.isoformat(),
        "hiringOrganization": _organization(one, name, logo=allowed.logo),
        "identifier": {
            "@type": "PropertyValue",
            "name": name,
            "value": one.requisition or one.identifier,
        },
        "directApply": False,
        **place,
    }
    if one.valid_through is not None:
        found["validThrough"] = one.valid_through.isoformat()
    if types := _employment(one.employment_type):
        found["employmentType"] = types
    if (pay := _pay(one.base_salary)) is not None:
        found["baseSalary"] = pay
    return found


def script_text(markup: dict[str, Any]) -> str:
    """Return markup as the text of a `<script type="application/ld+json">` element.

    It holds no "<", ">" or "&", so it needs no further escaping; a template must mark it safe.
    """
    text = msgspec.json.encode(_whole(markup)).decode()
    for letter, escape in _UNSAFE.items():
        text = text.replace(letter, escape)
    return text


def _unfilled(opening: Opening) -> Posting:
    """Return the canonical posting as its own board has it, without what others say of the job."""
    if not opening.filled:
        return opening.posting
    own = (each.posting for each in opening.postings if each.posting.id == opening.posting.id)
    return next(own, opening.posting)


def _is_own(posting: Posting) -> bool:
    try:
        return sources.load(posting.source).kind in _OWN
    except KeyError:
        return False


def _organization(posting: Posting, name: str, *, logo: bool) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": "Organization", "name": name}
    if home := url(posting.organization_url):
        found["sameAs"] = home
    if logo and (picture := url(posting.logo_url)):
        found["logo"] = picture
    return found


def _place(posting: Posting) -> dict[str, Any] | None:
    """Return where the job is: from home with the places that are stated, or at stated places."""
    label = posting.arrangement
    if label is not None and label.value == "remote":
        homes = _homes(posting.eligibility) if not label.inferred else []
        if not homes:
            return None
        return {"jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": homes}
    places = [_address(place) for place in posting.job_location if place.country]
    # One place stands alone: not every reader of markup expects a list of one.
    return {"jobLocation": places if len(places) > 1 else places[0]} if places else None


def _homes(eligibility: Eligibility | None) -> list[dict[str, Any]]:
    """Return the places one may live in, as far as they are stated; "anywhere" has no word."""
    if eligibility is None:
        return []
    refused = {label.value for label in eligibility.excluded}
    states = _stated(eligibility.subdivisions)
    codes = dict.fromkeys(_stated(eligibility.countries))
    for region in _stated(eligibility.regions):
        codes |= dict.fromkeys(sorted(expand(region)))
    for state in states:
        codes.pop(state.partition("-")[0], None)  # the state narrows its country
    homes = [{"@type": "Country", "name": country(code)} for code in codes if code not in refused]
    return homes + [
        {"@type": "State", "name": f"{subdivision(state)}, {country(state.partition('-')[0])}"}
        for state in states
        if state not in refused
    ]


def _stated(labels: tuple[Label, ...]) -> list[str]:
    return [label.value for label in labels if not label.inferred]


def _address(place: Place) -> dict[str, Any]:
    address = {"@type": "PostalAddress", "addressCountry": place.country}
    if place.city:
        address["addressLocality"] = place.city
    if place.subdivision:
        address["addressRegion"] = place.subdivision.partition("-")[2]
    return {"@type": "Place", "address": address}


def _employment(labels: tuple[Label, ...]) -> list[str]:
    return list(dict.fromkeys(_EMPLOYMENT.get(value, "OTHER") for value in _stated(labels)))


def _pay(ranges: tuple[Salary, ...]) -> dict[str, Any] | None:
    """Return the one stated range; of several, which differ by place or level, none."""
    if len(ranges) != 1:
        return None
    one = ranges[0]
    inferred = one.currency_inferred or one.unit_inferred
    if inferred or one.kind != "base" or one.currency is None or one.unit_text is None:
        return None
    ends = {"minValue": one.min_value, "maxValue": one.max_value}
    stated = {name: end for name, end in ends.items() if end is not None}
    if not stated:
        return None
    if len(set(stated.values())) == 1 and len(stated) == 2:
        stated = {"value": stated["minValue"]}
    value = {"@type": "QuantitativeValue", **stated, "unitText": one.unit_text.value}
    return {"@type": "MonetaryAmount", "currency": one.currency, "value": value}


def _whole(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return a value that UTF-8 can hold: half surrogate pairs become "?"."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: _whole(inner) for key, inner in value.items()}
    return [_whole(inner) for inner in value] if isinstance(value, list) else value
