"""What the canonical posting lacks, from the best of the others, and which one it came from."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from jobtide.model import Label, Opening, Posting, Salary, Tracked

#: Fields that are filled together: the board's words and what was read from them belong to each
#: other. The first names the set; it is empty when all are.
FIELDS: tuple[tuple[str, ...], ...] = (
    ("hiring_organization",),
    ("organization_url",),
    ("logo_url",),
    ("text", "description", "description_complete"),
    ("date_posted",),
    ("valid_through",),
    ("requisition",),
    ("base_salary", "salary_text", "stated_salary"),
    ("employment_type", "employment_type_text"),
    ("seniority", "seniority_text"),
    (
        "eligibility",
        "job_location",
        "location_text",
        "job_locations",
        "applicant_locations",
        "timezones_text",
    ),
    ("arrangement", "arrangement_text"),
    ("category", "other_categories"),
    ("skills",),
    ("language",),
)


def fill(
    opening: Opening,
    rank: Callable[[Tracked], Any],
    may: Callable[[str, str], bool] = lambda source, field: True,
) -> Opening:
    """
    Return the opening with what its canonical posting does not state, from the others.

    `rank` puts the best posting first; `may(source, field)` says whether a source lets a field
    be shown beside another's posting. `Opening.filled` names, for each field, the posting it came
    from; `Opening.postings` stay as their boards wrote them.
    """
    if len(opening.postings) < 2:
        return opening
    posting, filled = opening.posting, dict[str, str]()
    others = [one.posting for one in sorted(opening.postings, key=rank)]
    for together in FIELDS:
        if _states(posting, together):
            continue
        for other in others:
            if _states(other, together) and may(other.source, together[0]):
                values = {field: getattr(other, field) for field in together}
                posting = _with(posting, values)
                filled |= {field: other.id for field, value in values.items() if value}
                break
    return replace(opening, posting=posting, filled=filled) if filled else opening


def _states(posting: Posting, together: tuple[str, ...]) -> bool:
    """Say whether the posting states any of these; that a text is whole says nothing alone."""
    return any(getattr(posting, field) for field in together if field != "description_complete")


def _with(posting: Posting, values: dict[str, Any]) -> Posting:
    """Return the posting with values of another; their positions are those of other texts."""
    if "text" not in values:
        values = {field: _unplaced(value) for field, value in values.items()}
    return replace(posting, **values)


def _unplaced(value: Any) -> Any:  # noqa: ANN401 - any field of a posting
    if isinstance(value, tuple):
        return tuple(_unplaced(one) for one in value)
    if isinstance(value, Label | Salary) and value.start is not None:
        return replace(value, start=None)
    return value
