"""Every field of the search language: one row a field, with the values it takes."""

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from msgspec import Struct

from jobtide.errors import UsageError
from jobtide.model import CATEGORIES
from jobtide.places.names import key
from jobtide.places.table import countries, meanings

SENIORITIES = (
    "intern", "junior", "mid", "senior", "staff", "lead", "manager", "director", "executive",
)  # fmt: skip
EMPLOYMENT_TYPES = (
    "full_time", "part_time", "contract", "freelance", "temporary", "internship",
    "working_student", "apprenticeship", "volunteer",
)  # fmt: skip
ARRANGEMENTS = ("remote", "hybrid", "on_site")
#: How "not stated" is asked for, in every field with closed values.
NONE = "none"

_SALARY = re.compile(r"^(>=|<=|>|<)?(\d+(?:\.\d+)?)(k)?([a-z]{3})?$", re.IGNORECASE)
_SINCE = re.compile(r"^(\d{1,4})([hdwm])$")
_RANGE = re.compile(r"^(\d{4}-\d\d-\d\d)?(\.\.)?(\d{4}-\d\d-\d\d)?$")
_OFFSET = re.compile(r"^[+-]?\d{1,2}(?::?[0-5]\d|\.\d+)?$")


class QueryError(UsageError):
    """The query cannot be understood; the message names the part and the nearest valid one."""


class Field(Struct, frozen=True, kw_only=True):
    """One field: its name, one sentence of help, and how its value is checked."""

    name: str
    help: str
    values: tuple[str, ...] = ()  #: the closed list, when there is one
    read: Callable[[str], str | None] | None = None  #: returns the normal form, None: not valid
    example: str = ""


def _country(value: str) -> str | None:
    """Return the alpha-2 code of a code or a name in any language the table knows."""
    code = {"UK": "GB"}.get(value.upper(), value.upper())
    if code in countries():
        return code
    found = (one.country for one in meanings(key(value)) if one.kind == "country")
    return next(found, None)


def _free(value: str) -> str | None:
    return value or None


def _language(value: str) -> str | None:
    return value.lower() if re.fullmatch(r"[A-Za-z]{2}", value) else None


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    def read(value: str) -> str | None:
        return value.lower() if value and pattern.match(value.lower()) else None

    return read


#: One row a field. `docs/reference/query.md` is written from this table.
FIELDS: dict[str, Field] = {
    row.name: row
    for row in (
        Field(
            name="category",
            help="Primary or other category.",
            values=(*CATEGORIES, NONE),
            example="category:backend",
        ),
        Field(
            name="skill",
            help="A skill found in title, tags or text.",
            read=_free,
            example="skill:python",
        ),
        Field(
            name="title", help="Words of the title.", read=_free, example='title:"data engineer"'
        ),
        Field(
            name="company",
            help="Words of the employer's name.",
            read=_free,
            example="company:acme",
        ),
        Field(
            name="country",
            help="Country the work is in.",
            read=_country,
            example="country:DE",
        ),
        Field(
            name="region",
            help="Region one may apply from.",
            read=_free,
            example="region:europe",
        ),
        Field(name="source", help="Where it was read.", read=_free, example="source:remotive"),
        Field(
            name="seniority",
            help="Level.",
            values=(*SENIORITIES, NONE),
            example="seniority:senior",
        ),
        Field(
            name="type",
            help="Employment type.",
            values=(*EMPLOYMENT_TYPES, NONE),
            example="type:contract",
        ),
        Field(
            name="arrangement",
            help="Remote, hybrid or on site.",
            values=(*ARRANGEMENTS, NONE),
            example="arrangement:remote",
        ),
        Field(
            name="language",
            help="Language of the posting, ISO 639-1.",
            read=_language,
            example="language:en",
        ),
        Field(
            name="from",
            help="One may apply from this country (stated; anywhere counts).",
            read=_country,
            example="from:PL",
        ),
        Field(
            name="tz",
            help="One may work from this UTC offset.",
            read=_matching(_OFFSET),
            example="tz:+1",
        ),
        Field(
            name="salary",
            help="Comparable yearly pay.",
            read=_matching(_SALARY),
            example="salary:>60000EUR",
        ),
        Field(
            name="visa",
            help="Visa sponsorship stated.",
            values=("yes", "no", NONE),
            example="visa:yes",
        ),
        Field(
            name="since",
            help="First seen within this time.",
            read=_matching(_SINCE),
            example="since:3d",
        ),
        Field(
            name="posted",
            help="Posted between two days.",
            read=_matching(_RANGE),
            example="posted:2026-11-01..",
        ),
        Field(
            name="is",
            help="State of the opening.",
            values=("new", "open", "closed", "reposted"),
            example="is:new",
        ),
        Field(
            name="sort",
            help="Order of the results.",
            values=("new", "pay", "relevance"),
            example="sort:pay",
        ),
    )
}


def check(name: str, value: str, known: Mapping[str, Any]) -> str:
    """Return the normal form of a field's value.

    Args:
        name: the field, as written.
        value: as written, without quotes.
        known: closed lists only the caller knows, such as `{"source": ("remoteok", ...)}`.

    Raises:
        QueryError: the field or the value is unknown; the message names the nearest.
    """
    field = FIELDS.get(name)
    if field is None:
        raise QueryError(f"unknown field {name!r}.{_nearest(name, FIELDS)}")
    allowed = tuple(known.get(name, ())) or field.values
    if allowed:
        normal = value.lower().replace("-", "_") if field.values else value.lower()
        if normal not in allowed:
            raise QueryError(f"{name}: has no value {value!r}.{_nearest(normal, allowed)}")
        return normal
    result = field.read(value) if field.read else value
    if result is None:
        raise QueryError(f"{name}: cannot read {value!r}. Write it like {field.example}.")
    return result


def _nearest(word: str, allowed: Mapping[str, Any] | tuple[str, ...]) -> str:
    near = get_close_matches(word, list(allowed), n=1, cutoff=0.5)
    return f" Did you mean {near[0]!r}?" if near else f" Known: {', '.join(allowed)}."
