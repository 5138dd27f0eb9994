"""What the API answers: the types its description (OpenAPI) is written from."""

from datetime import datetime

from msgspec import Struct

from jobtide.model import Salary
from jobtide.publish.dataset import Row
from jobtide.web.evidence import Event, Evidence


class ForMe(Struct, frozen=True, kw_only=True):
    """Whether one may apply from the country that was asked for."""

    answer: str | None  #: "yes", "no"; null: not stated
    sentence: str  #: what it follows from


class Job(Struct, frozen=True, kw_only=True):
    """One job of a list; null and empty lists mean "not stated"."""

    id: str
    title: str
    hiring_organization: str | None
    status: str  #: "open", "closed" or "expired"
    category: str | None
    seniority: str | None
    employment_type: tuple[str, ...]
    arrangement: str | None  #: "remote", "hybrid" or "on_site"
    open_to: str | None  #: in words: "Germany or Austria only"
    for_me: ForMe | None  #: only when `me` is given
    base_salary: tuple[Salary, ...]
    skills: tuple[str, ...]
    language: str | None
    date_posted: datetime | None
    first_seen_at: datetime
    last_seen_at: datetime
    url: str  #: the posting's page on its board
    apply_url: str | None
    attribution: str  #: must be named beside the job
    attribution_url: str  #: must be linked from that name
    boards: tuple[str, ...]
    href: str  #: the whole job in this API
    page: str  #: its page for people


class Jobs(Struct, frozen=True, kw_only=True):
    """One page of the answer to a search."""

    query: str  #: the whole search, with what is narrowed unless asked otherwise
    jobs: tuple[Job, ...]
    next: str | None  #: the cursor of the next page; null: this was the last
    total: int
    at_least: bool  #: true: counting stopped at `total`, and there are more


class OneJob(Struct, frozen=True, kw_only=True):
    """One job with all its postings, under the terms of its boards."""

    job: Row
    for_me: ForMe | None
    signals: tuple[str, ...]  #: signs that nobody is hired for it any more, a sentence each


class Explanation(Struct, frozen=True, kw_only=True):
    """Why a job is read as it is."""

    id: str
    evidence: tuple[Evidence, ...]
    reasons: tuple[str, ...]  #: why its postings are one job
    history: tuple[Event, ...]
    mended: tuple[str, ...]
    signals: tuple[str, ...]


class Count(Struct, frozen=True, kw_only=True):
    """How many jobs of a search have one value."""

    value: str
    jobs: int


class Facets(Struct, frozen=True, kw_only=True):
    """The values of a search, the commonest first."""

    query: str
    total: int
    at_least: bool  #: true: counting stopped at `total`, and there are more
    facets: dict[str, tuple[Count, ...]]


class Changed(Struct, frozen=True, kw_only=True):
    """One thing that happened to one job."""

    at: datetime
    kind: str  #: "new", "closed", "reopened", "pay changed", "title changed" ...
    id: str
    title: str
    hiring_organization: str | None
    reason: str | None
    url: str
    href: str


class Changes(Struct, frozen=True, kw_only=True):
    """What happened since a moment, oldest first."""

    since: datetime
    query: str
    changes: tuple[Changed, ...]
    next: str | None  #: the cursor to go on with; null: nothing more has happened yet


class Company(Struct, frozen=True, kw_only=True):
    """An employer and its open remote jobs."""

    name: str
    jobs: int
    href: str


class Companies(Struct, frozen=True, kw_only=True):
    """Employers, those with the most jobs first."""

    query: str
    companies: tuple[Company, ...]


class SourceState(Struct, frozen=True, kw_only=True):
    """One source, how it does, and what its terms ask."""

    name: str
    state: str  #: "on", "off" or "needs a key"
    boards: int
    attribution: str
    read_at: datetime | None
    failing_boards: int
    terms: str


class Sources(Struct, frozen=True, kw_only=True):
    """All sources."""

    sources: tuple[SourceState, ...]


class Total(Struct, frozen=True, kw_only=True):
    """A number of jobs."""

    jobs: int
    at_least: bool  #: true: counting stopped there, and there are more


class Stats(Struct, frozen=True, kw_only=True):
    """Counts of the whole store."""

    open: Total
    open_remote: Total
    closed: Total
    boards_read: int
    boards_failing: int
    last_read_at: datetime | None
    facets: dict[str, tuple[Count, ...]]  #: of the open remote jobs
