"""One yearly figure to sort and filter by: a view of a salary, never what is stored or shown."""

from jobtide.clean.salary import tables
from jobtide.model import Salary, UnitText

#: How often each period is paid in a year of full-time work: 52 weeks of five eight-hour days are
#: 260 days and 2,080 hours, the hours the US Bureau of Labor Statistics multiplies hourly wages by
#: to make them annual (https://www.bls.gov/oes/oes_doc.htm).
PERIODS_A_YEAR = {
    UnitText.HOUR: 2080.0,
    UnitText.DAY: 260.0,
    UnitText.WEEK: 52.0,
    UnitText.MONTH: 12.0,
    UnitText.YEAR: 1.0,
}


def yearly(
    salary: Salary, currency: str = "USD", per_euro: dict[str, float] | None = None
) -> float | None:
    """Return the middle of a salary as a whole year's pay in `currency`, or None.

    An open range counts with the end that is stated. None: the period or currency is not known,
    or there is no rate. `per_euro` holds units of each currency for one euro; without it the
    dated table rates.toml is used.

    >>> yearly(Salary(currency="USD", min_value=50, max_value=50, unit_text=UnitText.HOUR))
    104000.0
    """
    known = tables.rates() if per_euro is None else per_euro
    ends = [end for end in (salary.min_value, salary.max_value) if end is not None]
    if not ends or salary.unit_text is None or salary.currency is None:
        return None
    amount = sum(ends) / len(ends) * PERIODS_A_YEAR[salary.unit_text]
    if salary.currency == currency:
        return round(amount, 2)
    if salary.currency not in known or currency not in known:
        return None
    return round(amount / known[salary.currency] * known[currency], 2)
