"""One publication of a job on one board, or why a record is none."""

from datetime import datetime

from msgspec import Struct

from jobtide.model.labels import Eligibility, Label, Place, Salary


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
