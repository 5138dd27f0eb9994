"""The step `read_salary`: from a posting's fields for pay, its title and text to `base_salary`."""

from msgspec import structs

from jobtide.clean.salary import tables
from jobtide.clean.salary.periods import by_size, credible
from jobtide.clean.salary.reading import parse_salaries
from jobtide.model import Posting, Salary
from jobtide.text import remembered

_in_prose = remembered(parse_salaries)


def read_salary(posting: Posting) -> Posting:
    """Fill `base_salary` from the first of these that states pay: fields, pay text, title, text.

    Figures no one is paid (`periods.credible`) are not pay. When the board's own fields hold such,
    they are kept as words in `salary_text`, and `mended` gets "pay".
    """
    country = dollar_country(posting)
    if posting.stated_salary is not None:
        stated = _stated(posting.stated_salary, country)
        if stated is not None:
            return structs.replace(posting, base_salary=(stated,))
        posting = _set_aside(posting)
    for field in ("salary_text", "title", "text"):
        text = getattr(posting, field)
        read = _in_prose if field == "text" else parse_salaries
        found = read(text, field=field, country=country) if text else ()
        shown = tuple(one for one in found if _credible(one))
        if shown:
            return structs.replace(posting, base_salary=shown)
    return posting


def dollar_country(posting: Posting) -> str | None:
    """Return the country whose dollar, krone or rupee a bare sign means here, if only one can be.

    The workplaces stated, else the countries one may live in; the United States among them win.
    """
    countries = [place.country for place in posting.job_location if place.country]
    if not countries and posting.eligibility is not None:
        countries = [label.value for label in posting.eligibility.countries]
    known = tables.by_country()
    meant = {known[country] for country in countries if country in known}
    if len(meant) == 1:
        return next(country for country in countries if country in known)
    return None


def _stated(salary: Salary, country: str | None) -> Salary | None:
    """Return the board's own figures made whole, or None when no one can be paid that."""
    low, high = _filled(salary.min_value), _filled(salary.max_value)
    if low is not None and high is not None and low > high:
        low, high = high, low
    unit, inferred = salary.unit_text, salary.unit_inferred
    if low is None and high is None:
        return None
    if unit is None:
        unit, inferred = by_size(high or low or 0.0, salary.currency), True
    if not credible(low, high, unit, salary.currency):
        return None
    currency = salary.currency
    currency_inferred = salary.currency_inferred
    if currency in tables.SHARED:
        currency = tables.by_country().get(country or "", tables.SHARED[currency])
        currency_inferred = True
    return structs.replace(
        salary,
        currency=currency,
        min_value=low,
        max_value=high,
        unit_text=unit,
        unit_inferred=inferred,
        currency_inferred=currency_inferred,
        rule=salary.rule or "salary.stated_salary",
        field=salary.field or "stated_salary",
    )


def _filled(end: float | None) -> float | None:
    """Return an end, or None for what boards write for "not stated": 0, -1, not a number."""
    return end if end is not None and end > 0 else None


def _credible(salary: Salary) -> bool:
    return salary.unit_text is not None and credible(
        salary.min_value, salary.max_value, salary.unit_text, salary.currency
    )


def _set_aside(posting: Posting) -> Posting:
    """Return the posting with its unusable figures as words only."""
    stated = posting.stated_salary
    ends = [_filled(end) for end in (stated.min_value, stated.max_value)] if stated else []
    figures = [f"{end:.2f}".removesuffix(".00") for end in ends if end is not None]
    if stated is None or not figures:
        return structs.replace(posting, stated_salary=None)
    period = f"per {stated.unit_text.lower()}" if stated.unit_text else None
    words = " ".join(filter(None, (" - ".join(figures), stated.currency, period)))
    return structs.replace(
        posting,
        stated_salary=None,
        salary_text=posting.salary_text or words,
        mended=(*posting.mended, "pay"),
    )
