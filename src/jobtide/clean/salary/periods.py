"""For which period a figure is paid: stated beside it, or concluded from its size; and bounds."""

import re
from functools import cache

from jobtide.clean.salary import tables
from jobtide.model import UnitText

#: What a person is paid at most and at least for a period, in US dollars; other currencies scale
#: by rates.toml. Low ends: half the lowest pay seen on boards for remote work in low-wage
#: countries; high ends: twice the top pay of published ranges (executives, trading firms).
#: Figures beyond are typing errors, fillers or another currency, so they are not shown as pay.
BOUNDS = {
    UnitText.HOUR: (2.0, 1_000.0),
    UnitText.DAY: (15.0, 6_000.0),
    UnitText.WEEK: (60.0, 20_000.0),
    UnitText.MONTH: (100.0, 100_000.0),
    UnitText.YEAR: (1_500.0, 1_500_000.0),
}
#: A range wider than this factor says nothing; boards write such fillers ("25 - 350,700").
WIDEST = 12.0

#: How far behind a figure its period may stand, in characters: "$5,000 gross in USD per month".
_REACH = 48
_FILLER = (
    r"gross|brutto|brutos?|bruts?|bruti|lordi|netto|netos?|nets?|netti|base|salary|total|cash|pay|ote|vat|\+\s?vat|pre-?tax|"
    r"before\s+tax|b2b|plus|usd|cad|eur|gbp|equiv\w*|est\.?|comp\w*|circa|guaranteed|fixed|pln|"
    r"dollars|euros?|tax-free|f/t|ft|w2|1099|all-in|€|\$"
)


def _period_words(unit: UnitText, kind: str) -> str:
    return tables.alternation(tables.words("period", unit.lower(), kind))


@cache
def _behind() -> re.Pattern[str]:
    """Return what finds a period right behind a figure: "/hr", "gross per month", "annually"."""
    per = tables.alternation(tables.words("period", "per"))
    joint = rf"(?:/\s?(?:per\s)?|{per}\s|(?:l|all|de l)['’])"
    nouns = "|".join(f"(?P<{unit}_>{_period_words(unit, 'noun')})" for unit in UnitText)
    alone = "|".join(f"(?P<{unit}>{_period_words(unit, 'alone')})" for unit in UnitText)
    filler = rf"(?:(?:{_FILLER})(?!\w)[,;()|\u00a0 ]*){{0,4}}"
    return re.compile(
        rf"[^\S\n]*[,;()*\[\]:.+ ]*{filler}(?:/?\s?(?:{alone})|{joint}(?:{nouns}))(?!\w)",
        re.IGNORECASE,
    )


@cache
def _before() -> re.Pattern[str]:
    """Return what finds a period in the words before a figure: "annual", "Monatsgehalt"."""
    groups = []
    for unit in UnitText:
        groups.append(f"(?P<{unit}>{_period_words(unit, 'label')})")
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)(?!\s(?:bonus|leave|review|increase|budget|day))",
        re.IGNORECASE,
    )


def stated_behind(text: str, end: int) -> tuple[UnitText, int] | None:
    """Return the period written right behind a figure that ends at `end`, and where it ends."""
    match = _behind().match(text, end, end + _REACH)
    if match is None or match.lastgroup is None:
        return None
    return UnitText(match.lastgroup.removesuffix("_")), match.end()


def stated_before(clause: str) -> UnitText | None:
    """Return the period the words before a figure name, the nearest one."""
    found = [match.lastgroup for match in _before().finditer(clause)]
    return UnitText(found[-1]) if found and found[-1] else None


def by_size(high: float, currency: str | None) -> UnitText:
    """Return the period whose usual pay has this size, by currencies.toml."""
    row = tables.currencies().get(currency or "USD") or tables.currencies()["USD"]
    if high <= row.hour:
        return UnitText.HOUR
    if high <= row.day:
        return UnitText.DAY
    return UnitText.MONTH if high <= row.month else UnitText.YEAR


def credible(
    low: float | None, high: float | None, unit: UnitText | None, currency: str | None
) -> bool:
    """Say whether someone is paid this: within `BOUNDS`, and no range wider than `WIDEST`."""
    ends = [end for end in (low, high) if end is not None]
    if not ends or min(ends) <= 0:
        return False
    if low is not None and high is not None and not low <= high <= low * WIDEST:
        return False
    if unit is None:
        return True
    plain = tables.SHARED.get(currency or "", currency) or "USD"
    scale = tables.rates().get(plain, tables.rates()["USD"]) / tables.rates()["USD"]
    least, most = BOUNDS[unit]
    return least * scale <= min(ends) and max(ends) <= most * scale
