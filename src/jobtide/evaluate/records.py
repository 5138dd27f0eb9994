"""The records of labelled sets, as they stand in the files: one JSON object a line."""

from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from jobtide.errors import UsageError

#: Figures by set: shares from 0 to 1, counts, and lists for the report.
Scores = dict[str, dict[str, Any]]

Record = TypeVar("Record", bound=Struct)


class CategoryRecord(Struct, frozen=True, kw_only=True):
    """A posting and its category: the first choice, and all that can be defended."""

    id: str
    title: str
    label: str
    accept: tuple[str, ...]
    tags: tuple[str, ...] = ()
    description_snippet: str = ""


class SeniorityRecord(Struct, frozen=True, kw_only=True):
    """A title and its level; "unspecified" when it names none."""

    id: str
    title: str
    label: str
    accept: tuple[str, ...]


class EmploymentRecord(Struct, frozen=True, kw_only=True):
    """The board's own field, the title and some text, and the kind of employment they say."""

    id: str
    label: str
    accept: tuple[str, ...]
    type_field: str = ""
    title: str = ""
    snippet: str = ""


class Pay(Struct, frozen=True, kw_only=True):
    """A range of pay; an open end or an unwritten currency or period is None."""

    min: float | None = None
    max: float | None = None
    currency: str | None = None
    period: str | None = None  #: "hour" | "day" | "week" | "month" | "year"


class SalaryRecord(Struct, frozen=True, kw_only=True):
    """A field or sentence and the pay it states; None: no pay for this job in the text."""

    id: str
    text: str
    expected: Pay | None
    period_stated: bool | None = True  #: None: nothing is stated at all
    expected_alternatives: tuple[Pay, ...] = ()


class Location(Struct, frozen=True, kw_only=True):
    """What a place line says."""

    anywhere: bool
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    workplace: str = "unknown"  #: "remote" | "hybrid" | "onsite" | "unknown"
    timezones: tuple[float, ...] | None = None  #: lowest and highest UTC offset, hours


class LocationRecord(Struct, frozen=True, kw_only=True):
    """A place line and what it says."""

    id: str
    text: str
    expected: Location
    workplace_accept: tuple[str, ...] = ()
    regions_scored: bool = True


class Side(Struct, frozen=True, kw_only=True):
    """One posting of a pair."""

    title: str
    company: str
    location: str = ""
    board: str = ""
    description_snippet: str = ""


class PairRecord(Struct, frozen=True, kw_only=True):
    """Two postings, and whether they are one vacancy."""

    id: str
    a: Side
    b: Side
    same: bool
    synthetic: bool = False  #: made by decorating or changing one real posting
    same_role_other_location: bool = False


class Miss(Struct, frozen=True, kw_only=True):
    """One record we got wrong, with the words that misled us."""

    set: str
    id: str
    input: str
    expected: Any
    got: Any
    rule: str = ""
    evidence: str = ""


def load(file: Path, kind: type[Record]) -> list[Record]:
    """Read one set; raise UsageError with file and line when one cannot be read."""
    records: list[Record] = []
    decoder = msgspec.json.Decoder(kind)
    for number, line in enumerate(file.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            records.append(decoder.decode(line))
        except msgspec.DecodeError as error:
            raise UsageError(f"{file}:{number}: {error}") from error
    if not records:
        raise UsageError(f"{file}: holds no record")
    return records
