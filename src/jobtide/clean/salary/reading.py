"""Read pay out of text: find money, keep what is pay, say for which period and place."""

import re
from collections.abc import Iterator
from itertools import islice

from msgspec import structs

from jobtide.clean.salary import tables
from jobtide.clean.salary.amounts import amounts
from jobtide.clean.salary.context import Around, around, continues, kind, open_end
from jobtide.clean.salary.deciding import is_pay
from jobtide.clean.salary.gate import worth_reading
from jobtide.clean.salary.periods import by_size, credible, stated_before, stated_behind
from jobtide.clean.salary.ranges import Range, ranges
from jobtide.clean.salary.zones import with_zones
from jobtide.model import Salary, UnitText

#: Texts this short are a field: the money in them is pay unless they say otherwise.
_FIELD_LENGTH = 80
#: Pay fields up to this length are read whole: no sign of money is needed to look at them.
_BARE_LENGTH = 300
#: More ranges than this are a table of something else; also bounds the work on hostile text.
_MOST = 64

_DIGIT = re.compile("[0-9]")
_OR = re.compile(r"\s*(?:/|\(|or|oder|lub|ou|o)\s*", re.IGNORECASE)
_CODE_BEHIND = re.compile(
    rf"\s*[(\[]?\s*(?:in\s+)?({tables.exact(list(tables.currencies()))})(?!\w)"
)
_CODE_BEFORE = re.compile(
    rf"(?<!\w)({tables.exact(list(tables.currencies()))}|usd|cad|aud|eur|gbp)[)\]]?\s*(?:base|salary|range|pay|:|-|–|is|of|\s)*$"
)


def parse_salaries(
    text: str, *, field: str = "text", country: str | None = None
) -> tuple[Salary, ...]:
    """Return every range of pay stated in `text`, in order, each with its words and position.

    `field` names the posting's field the text is; in "salary_text" money is pay by default, in
    prose only what its sentence calls pay, or what can be nothing else. `country` (ISO 3166-1)
    says which dollar, krone or rupee a bare sign means; a bare "$" elsewhere is the US dollar,
    marked as inferred.
    """
    if not _DIGIT.search(text):
        return ()  # most titles
    found: list[Salary] = []
    seen: set[tuple[float | None, float | None, str | None, str]] = set()
    bare = field == "salary_text"
    for one, near, unit, rest in _pay(text, field):
        salary = _salary(text, one, near, unit, rest, field=field, country=country)
        if salary.unit_text is None and not (bare and one.low >= 1):
            continue  # no period makes this a pay: "$0.07 per word"
        key = (salary.min_value, salary.max_value, salary.currency, salary.kind)
        if key not in seen:
            seen.add(key)
            found.append(salary)
    return with_zones(text, _same_period(text, found))


def _same_period(text: str, found: list[Salary]) -> list[Salary]:
    """Give "45-70 USD or 180-280 PLN per hour" one period: the one that is written."""
    for at in range(len(found) - 2, -1, -1):
        one, other = found[at], found[at + 1]
        end = (one.start or 0) + len(one.evidence)
        if (
            one.unit_inferred
            and not other.unit_inferred
            and _OR.fullmatch(text, end, other.start or 0)
        ):
            found[at] = structs.replace(one, unit_text=other.unit_text, unit_inferred=False)
    return found


def read_pay(text: str) -> Salary | None:
    """Return the one statement of pay that says most, or None: no pay is stated.

    The first range of base pay; levels stated one figure each are taken together.
    """
    field = "salary_text" if len(text) <= _FIELD_LENGTH else "text"
    found = parse_salaries(text, field=field)
    base = [salary for salary in found if salary.kind == "base"] or list(found)
    return _levels_together(base) if base else None


def _levels_together(found: list[Salary]) -> Salary:
    """Return the first; when it is one figure of several levels ("Mid: 75k Senior: 85k"), all."""
    first = found[0]
    figures = [
        one.min_value
        for one in found
        if one.zone and one.min_value is not None and one.min_value == one.max_value
        and (one.currency, one.unit_text) == (first.currency, first.unit_text)
    ]  # fmt: skip
    if len(figures) < 2 or first.min_value not in figures:
        return first
    return structs.replace(first, min_value=min(figures), max_value=max(figures), zone=None)


def _pay(text: str, field: str) -> Iterator[tuple[Range, Around, UnitText | None, int]]:
    """Yield the figures of `text` that are pay, with their context and stated period."""
    bare = field == "salary_text"
    count, end = 0, 0
    last: Range | None = None
    stretches = [(0, len(text))] if bare and len(text) <= _BARE_LENGTH else worth_reading(text)
    for low, high in stretches:
        for one in ranges(text, list(islice(amounts(text, low, high), 4 * _MOST))):
            count += 1
            if count > _MOST:
                return
            if one.big and _scale(one.currency) < 20:
                continue
            if one.currency is None and not (bare or one.whole or one.two):
                continue  # most numbers of a text: ages, years, counts
            behind = stated_behind(text, one.end)
            unit, rest = behind if behind else (None, one.end)
            near = around(text, one.start, rest)
            goes_on = last is not None and one.two is last.two and continues(text[end : one.start])
            tail = text[rest : rest + 24]
            if is_pay(one, near, unit, field=field, goes_on=goes_on, rest=tail):
                last, end = one, rest
                yield one, near, unit, rest


def _scale(currency: str | None) -> float:
    """Return how many units of a currency one euro is: a million is pay where it is many."""
    return tables.rates().get(currency or "", 1.0)


def _salary(
    text: str,
    one: Range,
    near: Around,
    unit: UnitText | None,
    rest: int,
    *,
    field: str,
    country: str | None,
) -> Salary:
    """Put together what was read of one figure."""
    currency, inferred = _currency(text, one, near, rest, country)
    stated = unit
    if stated is None:
        stated = stated_before(near.before)
        if stated is not None and not credible(one.low, one.high, stated, currency):
            stated = None
    size = by_size(one.high, currency)
    if stated is None and not credible(one.low, one.high, size, currency):
        size = None  # type: ignore[assignment]
    end = None if one.two else open_end(text, near, one.end)
    return Salary(
        currency=currency,
        min_value=None if end == "below" else one.low,
        max_value=None if end == "above" else one.high,
        unit_text=stated or size,
        kind=kind(near),
        currency_inferred=inferred,
        unit_inferred=stated is None and size is not None,
        rule=f"salary.{field}.{'range' if one.two else 'figure'}",
        evidence=text[one.start : rest].rstrip(" .,;:"),
        field=field,
        start=one.start,
    )


def _currency(
    text: str, one: Range, near: Around, rest: int, country: str | None
) -> tuple[str | None, bool]:
    """Return the currency of a range and whether it had to be concluded."""
    written = one.currency
    if written is not None and written not in tables.SHARED:
        return written, False
    match = _CODE_BEHIND.match(text, rest, rest + 16)
    match = match or _CODE_BEHIND.match(text, one.end, one.end + 16)
    match = match or _CODE_BEFORE.search(near.before[-32:])
    if match:
        return match[1].upper(), False
    if written is None:
        return None, False
    return tables.by_country().get(country or "", tables.SHARED[written]), True
