"""A row as a line of a table: one plain value a column, the same columns in every format."""

from collections.abc import Callable
from datetime import datetime
from math import isfinite

from msgspec import Struct

from jobtide.model import Label, Place, Salary
from jobtide.publish.dataset.row import Row

#: What a cell may hold.
Value = str | float | bool | datetime | tuple[str, ...] | None


class Column(Struct, frozen=True):
    """One column: its name, what it holds, how it is read from a row, and what it means."""

    name: str
    kind: str  #: "text" | "list" | "number" | "flag" | "moment" | "link"
    read: Callable[[Row], Value]
    about: str


def _values(labels: tuple[Label, ...]) -> tuple[str, ...]:
    return tuple(label.value for label in labels)


def _value(label: Label | None) -> str | None:
    return label.value if label else None


def _open_to(name: str) -> Callable[[Row], tuple[str, ...]]:
    return lambda row: _values(getattr(row.eligibility, name)) if row.eligibility else ()


def _stated(name: str) -> Callable[[Row], str | None]:
    return lambda row: _value(getattr(row.eligibility, name)) if row.eligibility else None


def _anywhere(row: Row) -> bool | None:
    """Return True when it is stated; nothing states the contrary of it."""
    return True if row.eligibility and row.eligibility.anywhere else None


def _offset(which: Callable[[tuple[float, ...]], float]) -> Callable[[Row], float | None]:
    def read(row: Row) -> float | None:
        offsets = row.eligibility.utc_offsets if row.eligibility else ()
        return which(offsets) if offsets else None

    return read


def _pay(read: Callable[[Salary], Value]) -> Callable[[Row], Value]:
    return lambda row: read(row.base_salary[0]) if row.base_salary else None


def _amount(value: float | None) -> float | None:
    """Return an end of a range; nobody is paid without end."""
    return value if value is not None and isfinite(value) else None


def _place(place: Place) -> str:
    parts = (place.city, place.subdivision or place.country or place.region)
    return ", ".join(part for part in parts if part) or place.text


def _codes(row: Row) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.country for place in row.job_location if place.country))


def _boards(row: Row) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{one.source}/{one.board}" for one in row.postings))


COLUMNS: tuple[Column, ...] = (
    Column("id", "text", lambda row: row.id, "permanent id of the opening"),
    Column("title", "text", lambda row: row.title, "title, cleaned"),
    Column("hiring_organization", "text", lambda row: row.hiring_organization, "the employer"),
    Column("url", "link", lambda row: row.url, "the posting's page on its board"),
    Column("apply_url", "link", lambda row: row.apply_url, "where to apply, as the terms ask"),
    Column("status", "text", lambda row: row.status, "open, closed or expired"),
    Column("category", "text", lambda row: row.category, "one of the categories"),
    Column("other_categories", "list", lambda row: row.other_categories, "further categories"),
    Column("seniority", "text", lambda row: row.seniority, "level"),
    Column("employment_type", "list", lambda row: row.employment_type, "full_time, contract ..."),
    Column("arrangement", "text", lambda row: row.arrangement, "remote, hybrid or on_site"),
    Column("job_location", "list", lambda row: tuple(map(_place, row.job_location)), "places"),
    Column("job_countries", "list", _codes, "countries of these places, ISO 3166-1 alpha-2"),
    Column("location_text", "text", lambda row: row.location_text, "the board's place line"),
    Column("open_to_anywhere", "flag", _anywhere, "true: stated open to the whole world"),
    Column("open_to_countries", "list", _open_to("countries"), "countries one may live in"),
    Column("open_to_regions", "list", _open_to("regions"), "regions one may live in"),
    Column("open_to_subdivisions", "list", _open_to("subdivisions"), "states, ISO 3166-2"),
    Column("closed_to", "list", _open_to("excluded"), "countries and states that are refused"),
    Column("utc_offset_min", "number", _offset(min), "westernmost time zone, hours from UTC"),
    Column("utc_offset_max", "number", _offset(max), "easternmost time zone, hours from UTC"),
    Column("work_permit", "text", _stated("work_permit"), "required or not_required"),
    Column("visa_sponsorship", "text", _stated("visa_sponsorship"), "yes or no"),
    Column("salary_currency", "text", _pay(lambda pay: pay.currency), "ISO 4217"),
    Column("salary_min", "number", _pay(lambda pay: _amount(pay.min_value)), "least pay a period"),
    Column("salary_max", "number", _pay(lambda pay: _amount(pay.max_value)), "most pay a period"),
    Column(
        "salary_period",
        "text",
        _pay(lambda pay: pay.unit_text.value if pay.unit_text else None),
        "HOUR, DAY, WEEK, MONTH or YEAR",
    ),
    Column("salary_kind", "text", _pay(lambda pay: pay.kind), "base, or ote (on target)"),
    Column(
        "salary_inferred",
        "flag",
        _pay(lambda pay: pay.currency_inferred or pay.unit_inferred),
        "true: currency or period is concluded, not written",
    ),
    Column("salary_text", "text", lambda row: row.salary_text, "the board's pay line"),
    Column("skills", "list", lambda row: row.skills, "skills found"),
    Column("tags", "list", lambda row: row.tags, "the board's tags"),
    Column("language", "text", lambda row: row.language, "of the text, ISO 639-1"),
    Column("date_posted", "moment", lambda row: row.date_posted, "as the board states it"),
    Column("date_modified", "moment", lambda row: row.date_modified, "as the board states it"),
    Column("valid_through", "moment", lambda row: row.valid_through, "as the board states it"),
    Column("first_seen_at", "moment", lambda row: row.first_seen_at, "first seen by us"),
    Column("last_seen_at", "moment", lambda row: row.last_seen_at, "last seen by us"),
    Column("changed_at", "moment", lambda row: row.changed_at, "the content last changed"),
    Column("closed_at", "moment", lambda row: row.closed_at, "when it ended"),
    Column("boards", "list", _boards, "every board it was found on"),
    Column("attribution", "text", lambda row: row.attribution, "who must be named beside it"),
    Column("attribution_url", "link", lambda row: row.attribution_url, "where that must link to"),
    Column("syndication", "flag", lambda row: row.syndication, "false: not for other job sites"),
    Column("description", "text", lambda row: row.description, "HTML, where terms allow it"),
)
