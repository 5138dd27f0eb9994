"""Whether a sum of money is the pay for the job: the rules, from the plain case to the last."""

import re

from jobtide.clean.salary import tables
from jobtide.clean.salary.context import Around
from jobtide.clean.salary.periods import credible
from jobtide.clean.salary.ranges import Range
from jobtide.model import UnitText

#: How near a refusing word must stand to count, in characters before the figure: in a field or
#: title, behind a pay word, beside a stated period, and with nothing else to go by.
_NEAR, _NEAR_LABEL, _NEAR_PERIOD, _NEAR_ALONE = 10, 16, 12, 64
#: A pay word this far before a figure, in its sentence, speaks of it; a figure without a currency
#: must have it nearer.
_LABEL_REACH, _LABEL_REACH_PLAIN = 100, 24
#: A figure this high, in whole units and credible for a year, is of the size of yearly pay.
_YEARLY = 12_000
#: A single one that has a column of a line to itself.
_YEARLY_ALONE = 20_000
_PURPOSE = re.compile(
    rf"\s*(?:{tables.alternation(tables.words('purpose', 'words'))})(?!\w)", re.IGNORECASE
)


def is_pay(
    one: Range, near: Around, unit: UnitText | None, *, field: str, goes_on: bool, rest: str
) -> bool:
    """Say whether a figure is pay.

    `field`: in "salary_text" money is pay by default, in "title" when it is of the size of pay.
    `goes_on`: it is the next line of a list of pay. `rest` is what stands behind the period.
    """
    if field in ("salary_text", "title"):
        return _in_field(one, near, unit, titled=field == "title")
    labelled = near.far(near.label) <= _LABEL_REACH
    sized = one.two and _of_size(one, unit)
    if _refused_behind(near, sized=sized, labelled=labelled and not near.taken):
        return False
    if one.currency is None:
        numeric = one.whole or (one.two and unit is not None)
        return numeric and near.refusal < 0 and near.far(near.label) <= _LABEL_REACH_PLAIN
    if unit is not None and not credible(one.low, one.high, unit, one.currency):
        return False
    weaker = near.weak > near.label and near.far(near.weak) <= 40
    if near.taken and weaker and not near.pay_behind:
        return False
    nearer = near.refusal > near.label
    if goes_on and not nearer and not weaker:
        return True
    if sized:
        return not nearer or near.far(near.refusal) > _reach(one, unit, labelled=labelled)
    return not nearer and _single(one, near, unit, labelled=labelled, weaker=weaker, rest=rest)


def _refused_behind(near: Around, *, sized: bool, labelled: bool) -> bool:
    """Say whether what follows refuses; a range of the size of pay is harder to refuse."""
    if sized:
        return near.refused_at_once and not labelled
    return near.refused_behind or near.piece


def _in_field(one: Range, near: Around, unit: UnitText | None, *, titled: bool) -> bool:
    """Decide for a pay field or a title, where only the nearest words count."""
    if near.refused_behind or near.piece:
        return False
    if near.refusal > near.label and near.far(near.refusal) <= _NEAR:
        return False
    if titled:
        return one.currency is not None and (unit is not None or _yearly(one, _YEARLY))
    if one.currency is not None or unit is not None:
        return True
    alone = not near.before.strip() and not near.after.strip()
    return one.whole and (one.two or one.scaled or alone)


def _reach(one: Range, unit: UnitText | None, *, labelled: bool) -> int:
    """Return how near a refusing word must stand to a range of the size of pay."""
    if labelled:
        return _NEAR_LABEL
    return _NEAR_PERIOD if unit is not None and _yearly(one, _YEARLY) else _NEAR_ALONE


def _single(
    one: Range, near: Around, unit: UnitText | None, *, labelled: bool, weaker: bool, rest: str
) -> bool:
    """Decide for one figure, or a range too small to speak for itself."""
    if weaker and not one.two and not near.pay_behind:
        return False
    if labelled or near.pay_behind:
        return True
    if unit is not None:
        small = unit in (UnitText.YEAR, UnitText.MONTH) and one.low < _YEARLY and not one.two
        return not small and _PURPOSE.match(rest) is None
    return near.barred and one.whole and one.low >= _YEARLY_ALONE


def _of_size(one: Range, unit: UnitText | None) -> bool:
    """Say whether a range is of the size of pay: for its period, or for a year."""
    if unit is not None and credible(one.low, one.high, unit, one.currency):
        return True
    return _yearly(one, _YEARLY)


def _yearly(one: Range, least: int) -> bool:
    return one.low >= least and credible(one.low, one.high, UnitText.YEAR, one.currency)
