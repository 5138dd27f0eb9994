"""Read pay out of fields, titles and prose, without guessing.

The rules and their order are told in docs/explanation/how-pay-is-read.md.
"""

from jobtide.clean.salary.comparing import PERIODS_A_YEAR, yearly
from jobtide.clean.salary.posting import read_salary
from jobtide.clean.salary.reading import parse_salaries, read_pay
from jobtide.clean.salary.tables import rates, rates_as_of

__all__ = [
    "PERIODS_A_YEAR",
    "parse_salaries",
    "rates",
    "rates_as_of",
    "read_pay",
    "read_salary",
    "yearly",
]
