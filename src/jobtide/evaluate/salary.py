"""Pay: found where it is stated, with every field right, and not found where it is not."""

from collections.abc import Sequence
from typing import Any

from jobtide.clean.salary import read_pay
from jobtide.evaluate.records import Miss, Pay, SalaryRecord
from jobtide.model import Salary

_CENT = 0.005


def score(records: Sequence[SalaryRecord]) -> tuple[dict[str, Any], list[Miss]]:
    """Return n, all_right, pay_right (of the texts with pay) and null_kept (of those without)."""
    right = {True: 0, False: 0}  # by whether pay is stated
    count = {True: 0, False: 0}
    misses: list[Miss] = []
    for record in records:
        got = read_pay(record.text)
        stated = record.expected is not None
        count[stated] += 1
        if is_right(got, record):
            right[stated] += 1
        else:
            misses.append(_miss(record, got))
    return {
        "n": len(records),
        "all_right": round(sum(right.values()) / len(records), 4),
        "pay_right": round(right[True] / count[True], 4) if count[True] else None,
        "null_kept": round(right[False] / count[False], 4) if count[False] else None,
    }, misses


def is_right(got: Salary | None, record: SalaryRecord) -> bool:
    """Compare one answer: any one of the alternatives is right; nothing for nothing."""
    if got is None or record.expected is None:
        return got is None and record.expected is None
    wanted = (record.expected, *record.expected_alternatives)
    return any(_agree(got, pay, record.period_stated is not False) for pay in wanted)


def _agree(got: Salary, pay: Pay, period_stated: bool) -> bool:
    return (
        _equal(got.min_value, pay.min)
        and _equal(got.max_value, pay.max)
        and _currency_agrees(got, pay.currency)
        and _period_agrees(got, pay.period, period_stated)
    )


def _equal(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) < _CENT


def _currency_agrees(got: Salary, currency: str | None) -> bool:
    """No currency written: none, or one that is marked as concluded."""
    if currency is None:
        return got.currency is None or got.currency_inferred
    return got.currency == currency


def _period_agrees(got: Salary, period: str | None, stated: bool) -> bool:
    """None in the set: not scored. Not stated: the guess of the set, or no answer."""
    if period is None:
        return True
    if got.unit_text is None:
        return not stated
    return got.unit_text.value.lower() == period


def _miss(record: SalaryRecord, got: Salary | None) -> Miss:
    return Miss(
        set="salary",
        id=record.id,
        input=record.text,
        expected=record.expected,
        got=got
        and Pay(
            min=got.min_value,
            max=got.max_value,
            currency=got.currency,
            period=got.unit_text and got.unit_text.value.lower(),
        ),
        rule=got.rule if got else "",
        evidence=got.evidence if got else "",
    )
