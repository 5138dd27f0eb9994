"""The wire format: the fields we read. Unknown ones are ignored on purpose."""

from typing import Any

import msgspec


class Choice(msgspec.Struct):
    """A value of a list: the id is the same in every language, the label is not."""

    id: str | int | None = None
    label: str | None = None


class Company(msgspec.Struct):
    identifier: str | None = None  #: as the postings' pages spell the board
    name: str | None = None


class Location(msgspec.Struct):
    city: str | None = None
    region: str | None = None
    country: str | None = None  #: ISO 3166-1 in lower case
    fullLocation: str | None = None  #: "Szczecin, , Poland"
    remote: bool | None = None
    hybrid: bool | None = None
    hybridDescription: str | None = None


class CustomField(msgspec.Struct):
    fieldLabel: str | None = None
    valueLabel: str | None = None


class Section(msgspec.Struct):
    title: str | None = None
    text: str | None = None  #: HTML


class JobAd(msgspec.Struct):
    sections: dict[str, Section | None] = {}


class Compensation(msgspec.Struct):
    min: int | float | str | None = None
    max: int | float | str | None = None
    currency: str | None = None
    period: str | None = None  #: "HOURLY"


class Job(msgspec.Struct):
    """A head, or a posting."""

    id: str | int
    name: str
    company: Company = msgspec.field(default_factory=Company)
    refNumber: str | None = None
    releasedDate: str | None = None
    active: bool | None = None
    visibility: str | None = None
    location: Location = msgspec.field(default_factory=Location)
    department: Choice | None = None  #: {} when there is none
    function: Choice | None = None
    typeOfEmployment: Choice | None = None
    experienceLevel: Choice | None = None
    customField: list[CustomField] | None = None
    jobAd: JobAd | None = None  #: only of a posting, as are the fields below
    compensation: Compensation | None = None
    postingUrl: str | None = None
    applyUrl: str | None = None


class Envelope(msgspec.Struct):
    content: list[Any]
    totalFound: int
    offset: int | None = None
