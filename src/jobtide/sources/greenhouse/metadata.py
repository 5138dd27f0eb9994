"""
What employers say in fields of their own ("metadata"), as far as a reader can rely on it.

Every employer names these fields as it likes. Only those are read whose name says what they
hold; the words below are those of 61 boards' 78 field names, August 2026.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec import Struct, structs

from jobtide import dates
from jobtide.model import Salary
from jobtide.sources import amount, stated
from jobtide.sources.greenhouse.pay import period


class Field(Struct):
    """One field: {"name": "Location Type", "value": "Hybrid", "value_type": "single_select"}."""

    name: str | None = None
    value: Any = None
    value_type: str | None = None


class Own(Struct, frozen=True, kw_only=True):
    """What the fields state, in the words of `Posting`."""

    employment_type_text: str | None = None
    seniority_text: str | None = None
    arrangement_text: str | None = None  #: with the field's name: "Remote: true"
    salary_text: str | None = None
    stated_salary: Salary | None = None
    departments: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    date_posted: datetime | None = None


#: Fields that hold a person whatever their type says: a recruiter stood in short texts too.
_PERSON = re.compile(
    r"recruiter|sourcer|hiring (?:manager|lead|team)|\bHM\b|manager$|supervis|interviewer"
    r"|coordinator|contact|\bowner\b|approver|reports? to|e-?mail|phone|\buser\b|employee id",
    re.IGNORECASE,
)
#: What a field of that name holds; the first that fits. None: nothing for us.
_KINDS: tuple[tuple[re.Pattern[str], str | None], ...] = tuple(
    (re.compile(words, re.IGNORECASE), kind)
    for words, kind in (
        (r"budget|internal|\bsize\b|code|quota|\bband\b|\bgrade\b", None),
        (r"location type|work ?(?:style|place|model|mode|arrangement)|remote|hybrid|on-?site",
         "arrangement"),
        (r"(?:salary|pay|compensation) (?:period|frequency|interval)", "period"),
        (r"salary|compensation (?:range|amount)|\bpay (?:range|rate|amount)|\bwages?\b|\bOTE\b",
         "pay"),
        (r"(?:employment|contract|time|job|worker|position) type|type of (?:contract|employment)"
         r"|commitment", "employment"),
        (r"seniority|experience level", "seniority"),
        (r"department|\bdept\b|^(?:sub.?)?team$|job family|functional? area|^group$|job function"
         r"|posting category|discipline|division", "departments"),
        (r"posting date", "date_posted"),
        (r"search tag|keyword|skills", "tags"),
        (r"^(?:job |posting )*(?:location|country|state|estado|city|region|geo)\b", "places"),
    )
)  # fmt: skip
#: Types whose value is a choice or a line of text. Numbers and dates of other meaning stay out.
_WORDS = ("single_select", "multi_select", "short_text")


def is_person(field: object) -> bool:
    """Tell whether a field of a job speaks of a person: by its type or by its name."""
    if not isinstance(field, dict):
        return False
    return field.get("value_type") == "user" or bool(_PERSON.search(str(field.get("name") or "")))


def read_fields(fields: Iterable[Field]) -> Own:
    """Return what the fields state."""
    said: dict[str, list[str]] = {}
    salary = None
    for field in fields:
        name = (field.name or "").strip(" :")
        kind = next((kind for words, kind in _KINDS if words.search(name)), None)
        if kind is None or _PERSON.search(name):
            continue
        said.setdefault(kind, []).extend(_words(field, kind, name))
        if kind == "pay" and isinstance(field.value, dict):
            salary = salary or _salary(field.value, name)
    unit = said.get("period", [])
    if salary and unit:
        salary = structs.replace(salary, unit_text=period(unit[0]))
    return Own(
        employment_type_text=", ".join(said.get("employment", ())) or None,
        seniority_text=", ".join(said.get("seniority", ())) or None,
        arrangement_text="; ".join(said.get("arrangement", ())) or None,
        salary_text=" ".join([*said["pay"], *unit]) if said.get("pay") else None,
        stated_salary=salary,
        departments=tuple(said.get("departments", ())),
        places=tuple(said.get("places", ())),
        tags=tuple(said.get("tags", ())),
        date_posted=next(filter(None, map(dates.parse, said.get("date_posted", ()))), None),
    )


def _words(field: Field, kind: str, name: str) -> list[str]:
    """Return the words of the field's value; a tick box says something only about the place."""
    value = field.value
    if kind == "arrangement" and isinstance(value, bool):
        return [f"{name}: {str(value).lower()}"]
    if field.value_type not in _WORDS and kind != "date_posted":
        return []
    values = value if isinstance(value, list) else [value]
    words = [one for one in values if isinstance(one, str) and stated(one)]
    return [f"{name}: {one}" for one in words] if kind == "arrangement" else words


def _salary(value: dict[str, Any], name: str) -> Salary | None:
    """Read {"min_value": "116000.0", "max_value": ..., "unit": "USD"}, or one "amount"."""
    low = amount(value.get("min_value") or value.get("amount"))
    high = amount(value.get("max_value") or value.get("amount"))
    if low is None and high is None:
        return None
    unit = value.get("unit")
    shown = ", ".join(f"{key}: {one}" for key, one in value.items() if one)
    return Salary(
        currency=unit if isinstance(unit, str) and stated(unit) else None,
        min_value=low,
        max_value=high,
        rule="greenhouse.metadata",
        evidence=f"{name}: {shown}"[:200],
    )
