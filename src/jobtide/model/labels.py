"""What a posting is found to be: a value with the words that support it."""

from enum import StrEnum

from msgspec import Struct

#: The categories: the word of the label, and its title on a page.
CATEGORIES: dict[str, str] = {
    "backend": "Backend",
    "frontend": "Frontend",
    "fullstack": "Full-stack",
    "mobile": "Mobile",
    "devops": "DevOps and infrastructure",
    "data": "Data and analytics",
    "ml": "Machine learning and AI",
    "security": "Security",
    "qa": "Quality assurance",
    "design": "Design",
    "product": "Product",
    "management": "Engineering and general management",
    "support": "Customer support",
    "sales": "Sales",
    "marketing": "Marketing",
    "writing": "Writing and translation",
    "finance": "Finance",
    "hr": "People and recruiting",
    "legal": "Legal",
    "healthcare": "Healthcare",
    "education": "Education and research",
    "operations": "Operations and projects",
    "other": "Other",
}


class UnitText(StrEnum):
    """The period a salary is paid for: schema.org's `unitText`."""

    HOUR = "HOUR"
    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"
    YEAR = "YEAR"


class Label(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A value with the rule that gave it and the words that support it."""

    value: str  #: a word of a closed list: "backend", "remote", "PL", "python"
    rule: str  #: name of the rule: "category.title.backend"
    evidence: str = ""  #: the supporting words as they stand in `field`
    field: str = ""  #: the posting's field they stand in: "title", "text", "location_text"
    start: int | None = None  #: position of the words in that field, in characters
    inferred: bool = False  #: False: stated in so many words; True: concluded from them


class Salary(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One stated range of pay: schema.org's `MonetaryAmount`, flattened, with its evidence."""

    currency: str | None = None  #: ISO 4217: "EUR"; None: no currency was written
    min_value: float | None = None  #: None: open below ("up to ...")
    max_value: float | None = None  #: None: open above ("from ...", "...+")
    unit_text: UnitText | None = None
    kind: str = "base"  #: "base", or "ote" for on-target earnings
    zone: str | None = None  #: the place or level the range is for, when several are stated
    currency_inferred: bool = False  #: True: from context ("$" beside a country), not written
    unit_inferred: bool = False  #: True: the period is concluded from the size of the numbers
    rule: str = ""
    evidence: str = ""
    field: str = ""
    start: int | None = None


class Place(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A place a posting names; the narrowest level that was stated, and what follows from it."""

    country: str | None = None  #: ISO 3166-1 alpha-2: "DE"
    subdivision: str | None = None  #: ISO 3166-2: "US-CA"
    city: str | None = None  #: its name in the table: "Berlin"
    region: str | None = None  #: a word of places.REGIONS: "emea"
    text: str = ""  #: the words that name it


class Eligibility(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """From where one may apply, as far as it is stated; an empty one says nothing at all."""

    anywhere: Label | None = None  #: value "yes": stated open to the whole world
    countries: tuple[Label, ...] = ()  #: ISO 3166-1 alpha-2 codes one may live in
    regions: tuple[Label, ...] = ()  #: words of places.REGIONS one may live in
    subdivisions: tuple[Label, ...] = ()  #: ISO 3166-2 codes one may live in (US states)
    excluded: tuple[Label, ...] = ()  #: countries and ISO 3166-2 codes that are refused
    utc_offsets: tuple[float, ...] = ()  #: UTC offsets in hours, standard time, one may work from
    timezone: Label | None = None  #: the sentence the offsets were read from
    overlap_h: float | None = None  #: hours a day one must overlap with those offsets
    work_permit: Label | None = None  #: "required" | "not_required"
    visa_sponsorship: Label | None = None  #: "yes" | "no"
