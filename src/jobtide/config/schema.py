"""
Every setting: one row a setting, with its type, its default and its help.

A table of `jobtide.toml` is a struct, a key is a field.
"""

from typing import Annotated, Any

from msgspec import Meta, Struct

from jobtide.model import Board


def _says(text: str, **limits: Any) -> Meta:  # noqa: ANN401 - handed on to Meta as it is
    return Meta(description=text, **limits)


class FetchConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How boards are asked."""

    timeout_s: Annotated[float, _says("Seconds one request may take in all.", gt=0)] = 30.0
    max_bytes: Annotated[int, _says("Largest decoded answer, in bytes.", gt=0)] = 10_485_760
    host_delay_s: Annotated[
        float, _says("Least seconds between two requests to one host.", ge=0)
    ] = 1.0
    retries: Annotated[int, _says("How often a failed request is tried again.", ge=0, le=10)] = 3
    max_redirects: Annotated[int, _says("Redirects followed, each one checked.", ge=0)] = 5
    concurrency: Annotated[int, _says("Boards read at the same time.", ge=1, le=1000)] = 64
    allow_private_hosts: Annotated[
        tuple[str, ...], _says("Hosts that may have a private address, such as 127.0.0.1.")
    ] = ()
    base_url: Annotated[
        str | None,
        _says("Ask this address in place of every source's own; {host} is the original host."),
    ] = None


class UpdateConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is read, and how postings are kept."""

    sources: Annotated[
        tuple[str, ...],
        _says("Sources that are read, and boards of [[boards]]; empty: all that terms allow."),
    ] = ()
    expire_after_days: Annotated[
        int, _says("Days unseen after which a posting of a rolling window expires.", ge=1)
    ] = 30
    check_links: Annotated[
        int, _says("Pages of postings asked at each run whether the job is still there.", ge=0)
    ] = 0
    decisions: Annotated[
        str, _says("File that says which postings to merge or keep apart, and why.")
    ] = "decisions.toml"


class PublishConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the published pages look like."""

    out: Annotated[str, _says("Folder the published files are written to.")] = "public"
    title: Annotated[str, _says("Title of the index page.")] = "Remote jobs"
    home: Annotated[
        str | None,
        _says(
            "Address the published folder is served from, such as https://jobs.example/;"
            " feeds name themselves by it.",
        ),
    ] = None
    site: Annotated[
        str | None,
        _says("Address of the folder `site`, where it is served from one of its own."),
    ] = None
    layout: Annotated[str, _says("`cards` or `list`.", pattern="^(cards|list)$")] = "cards"
    age: Annotated[
        str,
        _says("`relative` (10 days ago) or `date` (24 Nov 2026).", pattern="^(relative|date)$"),
    ] = "relative"
    description_chars: Annotated[
        int, _says("Longest description on a card, in characters.", ge=0)
    ] = 600
    soft_bytes: Annotated[int, _says("Size a page should not pass.", ge=10_000)] = 400_000
    new_hours: Annotated[int, _says("Hours an opening is marked as new.", ge=0)] = 24
    pictures: Annotated[bool, _says("Draw pictures of the numbers on the index page.")] = True
    templates: Annotated[str | None, _says("Folder of your own templates.")] = None
    logos: Annotated[
        int, _says("Logos fetched a run for the README pages; 0: initials are drawn.", ge=0)
    ] = 0
    pages_folder: Annotated[
        str,
        _says(
            "Folder of all README pages but the index, below the output folder.",
            pattern=r"^(?:[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*)?$",
        ),
    ] = ""
    company_pages: Annotated[
        int, _says("Open jobs an employer needs for a README page of its own; 0: none.", ge=0)
    ] = 0
    country_pages: Annotated[
        int, _says("Open jobs that must name a country for a page of it; 0: none.", ge=0)
    ] = 0
    archive_months: Annotated[
        int, _says("Months whose ended jobs are listed, a page a month; 0: none.", ge=0, le=120)
    ] = 3


class WebConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `jobtide serve` serves."""

    title: Annotated[str, _says("Name of the service, in titles and feeds.")] = "Remote jobs"
    hosts: Annotated[
        tuple[str, ...], _says("Host names the service answers to, beside those of the machine.")
    ] = ()
    base_url: Annotated[
        str, _says("Address of the service, such as https://jobs.example; feeds name it.")
    ] = ""
    per_page: Annotated[int, _says("Jobs on one page.", ge=5, le=100)] = 25
    rate_per_minute: Annotated[
        int, _says("Requests one address may make in a minute; 0: any number.", ge=0)
    ] = 600
    trusted_proxies: Annotated[
        tuple[str, ...], _says("Addresses of proxies whose X-Forwarded-For is believed.")
    ] = ()
    metrics: Annotated[
        bool, _says("Answer /metrics, for Prometheus; numbers only, nothing private.")
    ] = True
    tokens: Annotated[
        tuple[str, ...], _says("SHA-256 of tokens that may write; `jobtide token` makes one.")
    ] = ()


class AlertsConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is told of what changed; `jobtide alerts add` says of what."""

    timezone: Annotated[
        str, _says("Time zone of new subscriptions: days and quiet hours are counted in it.")
    ] = "UTC"
    quiet_hours: Annotated[
        str | None, _says("Hours of new subscriptions when nothing is sent, such as 22:00-07:00.")
    ] = None


class LogConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `serve` and `worker` write on standard error."""

    format: Annotated[
        str,
        _says("`text` for people, `json`: one object a line.", pattern="^(text|json)$"),
    ] = "text"


class SmtpConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The mail server alerts are sent through; its password is in SMTP_PASSWORD."""

    host: Annotated[str | None, _says("Name of the mail server.")] = None
    port: Annotated[int, _says("Port; 465 speaks TLS from the start.", ge=1, le=65535)] = 587
    starttls: Annotated[
        bool, _says("Refuse to send before the connection is encrypted (STARTTLS).")
    ] = True
    user: Annotated[str | None, _says("User name, when the server asks for one.")] = None
    sender: Annotated[
        str | None, _says("Mail address alerts come from, such as jobs@example.org.")
    ] = None
    timeout_s: Annotated[float, _says("Seconds one answer of the server may take.", gt=0)] = 20.0


class SourceConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One source: `[sources.NAME]`."""

    enabled: Annotated[bool | None, _says("Read it or not; default: what its terms allow.")] = None
    base_url: Annotated[
        str | None, _says("Ask this address in place of the source's own; {host} is the original.")
    ] = None
    min_interval_s: Annotated[
        float | None, _says("Least seconds between two reads of a board.")
    ] = None


class PageConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One published page: `[[pages]]`."""

    name: Annotated[str, _says("File name without suffix.", pattern=r"^[a-z0-9][a-z0-9-]{0,60}$")]
    query: Annotated[str, _says("What is on the page, in the search language.")]
    title: Annotated[str | None, _says("Heading; default: the name.")] = None


class BoardConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One more board: `[[boards]]`."""

    source: Annotated[str, _says("Name of a source.")]
    token: Annotated[str, _says("The source's own name of the board.")] = "main"  # noqa: S105
    organization: Annotated[str | None, _says("The employer, when there is one.")] = None
    homepage: Annotated[str | None, _says("The employer's site.")] = None
    url: Annotated[str | None, _says("Address, for feeds and pages.")] = None

    def board(self) -> Board:
        """Return it as the rest of the program knows it."""
        return Board(
            source=self.source,
            token=self.token,
            organization=self.organization,
            homepage=self.homepage,
            url=self.url,
        )


class Config(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings, checked."""

    database: Annotated[str, _says("File or postgresql:// address of the store.")] = "jobtide.db"
    contact: Annotated[
        str | None, _says("Mail or web address named in the user agent, so boards can reach you.")
    ] = None
    fetch: FetchConfig = FetchConfig()
    update: UpdateConfig = UpdateConfig()
    publish: PublishConfig = PublishConfig()
    web: WebConfig = WebConfig()
    alerts: AlertsConfig = AlertsConfig()
    log: LogConfig = LogConfig()
    smtp: SmtpConfig = SmtpConfig()
    sources: dict[str, SourceConfig] = {}
    boards: tuple[BoardConfig, ...] = ()
    pages: tuple[PageConfig, ...] = ()
