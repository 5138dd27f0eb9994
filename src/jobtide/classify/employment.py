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
from jobtide.text import Phrasebook

#: The closed list of types, the most telling first.
TYPES = (
    "volunteer", "apprenticeship", "working_student", "internship", "temporary", "freelance",
    "contract", "part_time", "full_time",
)  # fmt: skip
#: These say who the job is for, wherever they stand; the others say for how long and how much.
_LEARNERS = frozenset(TYPES[:4])
_GENERIC = frozenset(("full_time", "part_time"))
#: One-letter codes of public employers' systems.
_CODES = {"f": "full_time", "p": "part_time"}
#: Weekly hours in a title: up to 32 are part time (OECD counts usual hours below 30; boards write
#: 32 for four days).
_HOURS = re.compile(
    r"(?<![\d.,/+-])(1\d|2\d|3[0-2])\s?(?:h|hrs?|hours|std\.?|stunden|uur|uren|heures)\b(?!\s?(?:/|a\s)?(?:day|support|pflege|tag|service|betreuung|7))",
    re.IGNORECASE,
)
#: A line of the description that names the type: what follows is read like the board's own field.
_HEADED = re.compile(
    r"(?:(?:job|employment|position|role|work|contract|engagement)\s?(?:type|status|schedule|basis)|(?:type|nature) of (?:employment|contract|position)|"
    r"anstellung(?:sart)?|arbeitszeit(?:modell)?|beschäftigung(?:sart|sverhältnis)?|vertragsart|dienstverband|type de contrat|contrat|tipo de contrat[oa]|contratação|regime|"
    r"rodzaj umowy|wymiar pracy|forma zatrudnienia|tipo de vaga|jornada|contratto|contract|anställningsform|ansættelsesform)\s?[:|]\s*(?P<value>[^\n.;]{2,48})",
    re.IGNORECASE,
)
#: How much of a description is read: what says the type stands at its head or foot.
_READ = 20_000


class _Books(NamedTuple):
    words: Phrasebook
    text: Phrasebook


@cache
def _books() -> _Books:
    raw = files("jobtide.classify.rules").joinpath("employment.toml").read_text("utf-8")
    rules: dict[str, Any] = tomllib.loads(raw)
    text = [{**row, "words": row["text"]} for row in rules["type"]]
    return _Books(
        Phrasebook([*rules["silent"], *rules["type"]]), Phrasebook([*rules["silent"], *text])
    )


def employment_types(type_field: str | None, title: str, text: str = "") -> tuple[Label, ...]:
    """Return the types of employment that are stated, the primary one first; () is not stated.

    >>> [label.value for label in employment_types("Full-Time, Contract", "Engineer")]
    ['contract', 'full_time']
    """
    found = _ordered([*_from_field(type_field or ""), *_from_title(title)])
    if not found or all(label.inferred for label in found):
        found = _ordered([*found, *_from_text(text)])
    return tuple(found)


def label_employment(posting: Posting) -> Posting:
    """Fill `employment_type` from the board's field, the title, and the description."""
    labels = employment_types(posting.employment_type_text, posting.title, posting.text)
    return structs.replace(posting, employment_type=labels) if labels else posting


def _from_field(words: str) -> list[Label]:
    if code := _CODES.get(words.strip().lower()):
        return [_label(code, words, 0, len(words), "employment_type_text")]
    return _labels(_books().words, words, "employment_type_text")


def _from_title(title: str) -> list[Label]:
    found = _labels(_books().words, title, "title")
    if not any(label.value in _GENERIC and not label.inferred for label in found):
        match = _HOURS.search(title)
        if match and (match[1] != "24" or "w" in title[match.end() : match.end() + 4].lower()):
            hours = _label("part_time", title, match.start(), match.end(), "title", inferred=True)
            found = [hours, *(label for label in found if label.value != "full_time")]
    return found


def _from_text(text: str) -> list[Label]:
    text = text[:_READ]
    found = []
    for match in _HEADED.finditer(text):
        for label in _labels(_books().words, match["value"], "text"):
            found.append(structs.replace(label, start=(label.start or 0) + match.start("value")))
    return found or _labels(_books().text, text, "text")


def _labels(book: Phrasebook, words: str, field: str) -> list[Label]:
    return [
        _label(
            hit.table["label"], words, hit.start, hit.end, field, hit.table.get("inferred", False)
        )
        for hit in book.find(words)
        if "label" in hit.table
    ]


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
    """Return one label a type: learners first, then in the order found, the generic ones last."""
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
        return len(TYPES) if label.value not in _GENERIC else len(TYPES) + 1

    return sorted(kept.values(), key=rank)
