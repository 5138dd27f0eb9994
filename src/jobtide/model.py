"""
The words of the program: what every other module takes and returns.

Field names are schema.org's JobPosting names in snake case (https://schema.org/JobPosting).
`None` and `()` always mean "not stated", never "no". Every datetime is aware and in UTC; every
money amount is in whole currency units per stated period; `_s` is seconds, `_at` a moment,
`_text` the words as the board wrote them. Everything here is a frozen value.

`gc=False`: a frozen tree of values holds no cycle, so the collector need not look at it; with
hundreds of thousands of labels alive that is a fifth of the time.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

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


class Board(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One list of postings as one source serves it: an employer's board or a whole aggregator."""

    source: str  #: "greenhouse"
    #: the source's own name of the board: "acme"
    token: str = "main"  # noqa: S105 - no password
    organization: str | None = None  #: the employer, when the board has only one
    homepage: str | None = None
    url: str | None = None  #: full address, for sources that are found by it (feed, jsonld)

    @property
    def key(self) -> str:
        """How the board is written everywhere: "greenhouse/acme"."""
        return f"{self.source}/{self.token}"


class Request(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What to ask. A source makes it; only `fetch` carries it out."""

    url: str  #: complete, with its query
    method: str = "GET"
    headers: dict[str, str] = {}
    body: bytes | None = None  #: for POST
    optional: bool = False  #: True: when it fails the board goes on without it (a detail page)
    context: dict[str, str] = {}  #: what `split` needs to know again: which posting, which page


class Response(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What came back with a 2xx status."""

    request: Request
    body: bytes  #: decoded of its content coding, at most 10 MiB
    fetched_at: datetime
    status: int = 200
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    final_url: str | None = None  #: where redirects led to; None: the request's own address


class Page(Struct, frozen=True, kw_only=True):
    """One response taken apart."""

    records: list[Any]  #: raw entries, one a posting
    follow: list[Request] = []  #: what belongs to the same board and must be asked next
    complete: bool = True  #: False: the answer itself says that it is only a part


class Posting(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """
    One publication of a job on one board.

    A source fills the first two blocks with the board's own words; `clean` says them better;
    `classify` fills the third. A step returns `msgspec.structs.replace(posting, ...)`.
    """

    source: str
    board: str  #: the board's token
    identifier: str  #: unique within (source, board), stable between runs
    url: str  #: the posting's page on the board: what credit and "link back" point to
    title: str
    hiring_organization: str | None = None
    organization_url: str | None = None
    logo_url: str | None = None
    apply_url: str | None = None  #: only when it differs from `url`
    description: str = ""  #: HTML; after `clean` only the allowed elements
    text: str = ""  #: the description as plain text; made by `clean`, read by `classify`
    description_complete: bool = True  #: False: an excerpt, or the detail page failed
    date_posted: datetime | None = None
    date_modified: datetime | None = None
    valid_through: datetime | None = None
    requisition: str | None = None  #: the employer's own number of the vacancy

    tags: tuple[str, ...] = ()  #: the board's tags
    occupational_category: tuple[str, ...] = ()  #: the board's categories, departments
    employment_type_text: str | None = None  #: "Full-Time", "full_time, contract"
    seniority_text: str | None = None
    location_text: str | None = None  #: the place line as a reader would see it
    job_locations: tuple[str, ...] = ()  #: where the work is, one string a place
    applicant_locations: tuple[str, ...] = ()  #: where one may live, one string a place
    timezones_text: str | None = None
    arrangement_text: str | None = None  #: the board's own field: "remote", "isRemote: true"
    salary_text: str | None = None
    stated_salary: Salary | None = None  #: when the board has separate fields for pay

    category: Label | None = None
    other_categories: tuple[Label, ...] = ()
    seniority: Label | None = None
    employment_type: tuple[Label, ...] = ()
    arrangement: Label | None = None  #: "remote" | "hybrid" | "on_site"
    job_location: tuple[Place, ...] = ()
    eligibility: Eligibility | None = None
    base_salary: tuple[Salary, ...] = ()
    skills: tuple[Label, ...] = ()
    language: Label | None = None  #: ISO 639-1

    mended: tuple[str, ...] = ()  #: what was repaired: "encoding:title", "pixel", "antibot"

    @property
    def id(self) -> str:
        """The key of the posting everywhere: "greenhouse:acme:127817"."""
        return f"{self.source}:{self.board}:{self.identifier}"

    @property
    def apply_link(self) -> str:
        """Where the Apply button leads."""
        return self.apply_url or self.url


class Reject(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A record that is no job or cannot be read, and why. Counted, never raised."""

    source: str
    board: str
    identifier: str | None
    step: str  #: the function that refused it: "read", "refuse_non_job"
    reason: str  #: one of a closed list of words: "bad_record", "not_a_job", "no_title"
    detail: str = ""  #: for people: "Expected `str`, got `int` - at `$.title`"


class Terms(Struct, frozen=True, kw_only=True):
    """What a source allows, where that was read, and when. Publishers and fetch obey it."""

    credit: str  #: the name to show beside each posting: "Remote OK"
    read_at: str  #: address or place where the terms stand
    read_on: str  #: ISO date of the reading
    link_back: bool = True  #: the credit must link to the posting's page on the board
    follow: bool = False  #: the link back must not carry rel=nofollow
    apply_via_board: bool = False  #: Apply must lead to the board's page, not past it
    logo: bool = True  #: logos may be shown
    description: str = "full"  #: "full" | "excerpt" | "none" of the description may be shown
    structured_data: bool = True  #: JobPosting markup may be published (Google Jobs)
    syndication: bool = True  #: may be passed on in bulk to other sites
    min_interval_s: float = 3600.0  #: least seconds between two reads of one board
    forbidden: str | None = None  #: why our use is not allowed: the source is off by default
    note: str = ""


class Reopening(Struct, frozen=True, kw_only=True, gc=False):
    """A posting came back: when, and from which state ("missing", "closed" or "expired")."""

    at: datetime
    was: str


class History(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What happened to a posting, as seen by our own reads of its board."""

    first_seen_at: datetime
    last_seen_at: datetime
    status: str = "open"  #: "open" | "missing" | "closed" | "expired"
    missing_since: datetime | None = None
    closed_at: datetime | None = None
    closed_reason: str | None = None
    """"absent", "gone" (404/410), "reused" (its number went to another job), "valid_through",
    "unseen", or what `Store.mark_gone` was told."""
    changed_at: datetime | None = None  #: the content last changed
    reopened: tuple[Reopening, ...] = ()
    bumped: int = 0  #: how often the board moved its date without changing the content


class Tracked(Struct, frozen=True, kw_only=True, gc=False):
    """A posting with its history, as the store keeps it."""

    posting: Posting
    history: History


class Opening(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The job behind one or more postings ("job" on the screen)."""

    id: str  #: id of its first posting; permanent
    posting: Posting  #: the canonical posting: the one nearest the employer
    postings: tuple[Tracked, ...]  #: all of them, the canonical one first
    reasons: tuple[str, ...] = ()  #: why they were merged, one sentence a link
    first_seen_at: datetime
    last_seen_at: datetime
    status: str = "open"  #: "open" while any posting is open or missing, else "closed"/"expired"
    closed_at: datetime | None = None
    changed_at: datetime | None = None
    #: fields of `posting` that it lacked, and the id of the posting that had them
    filled: dict[str, str] = {}
    #: employer and role, when other openings differ from it only in place: pages may fold them
    group: str | None = None


class BoardHealth(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the last reads of one board went."""

    source: str
    board: str
    read_at: datetime | None = None  #: last read that ended well
    tried_at: datetime | None = None
    error: str | None = None  #: of the last try, when it failed
    read: int = 0
    kept: int = 0
    rejected: int = 0
    new: int = 0
    closed: int = 0
    alarms: tuple[str, ...] = ()  #: what its last read did not give, against its own habit


class Snapshot(Struct, frozen=True, kw_only=True):
    """What was found at one moment: all that a publisher may know."""

    taken_at: datetime
    openings: tuple[Opening, ...]
    health: tuple[BoardHealth, ...] = ()


class File(Struct, frozen=True, kw_only=True):
    """One file a publisher wants to exist, below its output folder."""

    path: str  #: relative, "/" between parts: "backend.md"
    body: bytes
