"""How one is employed: full time, contract, working student, ...; in the order of what says most.

The words stand in rules/employment.toml. The board's own field counts first, then the title; the
description only where both are silent, and only phrases that can speak of nothing but this job.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from msgspec import structs

from jobtide.model import Label, Posting
from jobtide.text import Hit, Phrasebook, remembered

#: The closed list of types, the most telling first.
TYPES = (
    "volunteer", "apprenticeship", "working_student", "internship", "temporary", "freelance",
    "contract", "part_time", "full_time",
)  # fmt: skip
#: These say who the job is for, wherever they stand; the others say for how long and how much.
_LEARNERS = frozenset(TYPES[:4])
_GENERIC = frozenset(("full_time", "part_time"))
#: Weekly hours in a title: up to 32 are part time (OECD counts usual hours below 30; boards write
#: 32 for four days).
_HOURS = re.compile(
    r"(?<![\d.,/+-])(1\d|2\d|3[0-2])\s?(?:h|hrs?|hours|std\.?|stunden|uur|uren|heures)\b(?!\s?(?:/|a\s)?(?:day|support|pflege|tag|service|betreuung|7))",
    re.IGNORECASE,
)
#: Between the name of a line and what it says, and the end of that.
_COLON = re.compile(r"(?:\s?\([^()\n]{1,20}\))?[ *]{0,2}[:|*]+\s*")
_NEXT_LINE = re.compile(r"[ *]*\n\s*")
_VALUE = re.compile(r"[^\n.;•|]{2,48}")
#: How much of a description is read: what says the type stands at its head or foot.
_READ = 20_000
_READ_TITLE = 300


class _Books(NamedTuple):
    field: Phrasebook
    title: Phrasebook
    text: Phrasebook


@cache
def _books() -> _Books:
    raw = files("jobtide.classify.rules").joinpath("employment.toml").read_text("utf-8")
    rules: dict[str, Any] = tomllib.loads(raw)
    field = [{**row, "words": [*row["words"], *row.get("field", ())]} for row in rules["type"]]
    text = [{**row, "words": row["text"]} for row in rules["type"]]
    return _Books(
        Phrasebook([*rules["silent"], *field]),
        Phrasebook([*rules["silent"], *rules["type"]]),
        Phrasebook([*rules["silent"], *text, {**rules["header"][0], "header": True}]),
    )


def employment_types(type_field: str | None, title: str, text: str = "") -> tuple[Label, ...]:
    """Return the types of employment that are stated, the primary one first; () is not stated.

    >>> [label.value for label in employment_types("Full-Time, Contract", "Engineer")]
    ['contract', 'full_time']
    """
    stated = (type_field or "")[:_READ_TITLE]
    found = _ordered(
        [*_labels(_books().field, stated, "employment_type_text"), *_from_title(title)]
    )
    if not found or all(label.inferred for label in found):
        found = _ordered([*found, *_from_text(text)])
    return tuple(found)


def label_employment(posting: Posting) -> Posting:
    """Fill `employment_type` from the board's field, the title, and the description."""
    labels = employment_types(posting.employment_type_text, posting.title, posting.text)
    return structs.replace(posting, employment_type=labels) if labels else posting


def _from_title(title: str) -> list[Label]:
    title = title[:_READ_TITLE]
    found = _labels(_books().title, title, "title")
    if not any(label.value in _GENERIC and not label.inferred for label in found):
        match = _HOURS.search(title)
        if match and (match[1] != "24" or "w" in title[match.end() : match.end() + 4].lower()):
            hours = _label("part_time", title, match.start(), match.end(), "title", inferred=True)
            found = [hours, *(label for label in found if label.value != "full_time")]
    return found


@remembered
def _from_text(text: str) -> tuple[Label, ...]:
    """Return what a line "Job type: ..." says, else what phrases say."""
    text = text[:_READ]
    headed: list[Label] = []
    free: list[Label] = []
    for hit in _books().text.find(text):
        if "label" in hit.table:
            free.append(_of_hit(hit, text, "text"))
        elif "header" in hit.table and (value := _value_behind(text, hit)):
            labels = _labels(_books().field, value[0], "text")
            headed += [
                structs.replace(label, start=(label.start or 0) + value.start())
                for label in labels
            ]
    return tuple(headed or free)


def _value_behind(text: str, name: Hit) -> re.Match[str] | None:
    """Return what a line says behind its name; a name of two words may be a heading above it."""
    colon = _COLON.match(text, name.end, name.end + 32)
    if colon is None and " " in text[name.start : name.end]:
        colon = _NEXT_LINE.match(text, name.end, name.end + 32)
    return _VALUE.match(text, colon.end()) if colon else None


def _labels(book: Phrasebook, words: str, field: str) -> list[Label]:
    return [_of_hit(hit, words, field) for hit in book.find(words) if "label" in hit.table]


def _of_hit(hit: Hit, words: str, field: str) -> Label:
    inferred = bool(hit.table.get("inferred", False))
    return _label(hit.table["label"], words, hit.start, hit.end, field, inferred=inferred)


def _label(
    value: str, words: str, start: int, end: int, field: str, inferred: bool = False
) -> Label:
    return Label(
        value=value,
        rule=f"employment.{field}.{value}",
        evidence=words[start:end],
        field=field,
        start=start,
        inferred=inferred,
    )


def _ordered(found: list[Label]) -> list[Label]:
    """Return one label a type: learners first, then in the order found.

    A board's own "full time" says less than a contract that is named anywhere.
    """
    kept: dict[str, Label] = {}
    for label in found:
        known = kept.get(label.value)
        if known is None or (known.inferred and not label.inferred) or label.field == "title":
            kept[label.value] = label
    if "part_time" in kept and "full_time" in kept and kept["full_time"].inferred:
        del kept["full_time"]

    def rank(label: Label) -> int:
        if label.value in _LEARNERS:
            return TYPES.index(label.value) - len(TYPES) * (label.field == "title")
        return len(TYPES) + (label.value in _GENERIC and label.field != "title")

    return sorted(kept.values(), key=rank)
