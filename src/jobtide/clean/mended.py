"""What can be mended in a posting: the closed list of words, and how a step notes one."""

from typing import Any

import msgspec

from jobtide.model import Posting

#: Fields that hold a board's own words, one string each.
TEXT_FIELDS = (
    "title",
    "hiring_organization",
    "description",
    "location_text",
    "employment_type_text",
    "seniority_text",
    "timezones_text",
    "arrangement_text",
    "salary_text",
    "requisition",
)

#: Fields that hold a board's own words, several strings each.
LIST_FIELDS = ("tags", "occupational_category", "job_locations", "applicant_locations")

#: Fields that hold an address.
URL_FIELDS = ("url", "apply_url", "organization_url", "logo_url")

#: Every word `Posting.mended` may hold, and what was done.
#: `docs/explanation/cleaning.md` shows it.
WORDS: dict[str, str] = {
    **{
        f"encoding:{field}": f"UTF-8 read as another encoding was repaired in `{field}`"
        for field in (*TEXT_FIELDS, *LIST_FIELDS)
    },
    **{
        f"control:{field}": f"control or invisible characters were taken out of `{field}`"
        for field in (*TEXT_FIELDS, *LIST_FIELDS, *URL_FIELDS)
    },
    **{
        f"entities:{field}": f"HTML entities were resolved in `{field}`"
        for field in (*TEXT_FIELDS, *LIST_FIELDS)
    },
    "title": "the title was squeezed, or lost a job number, markup or ornaments at its ends",
    "organization": "the employer's name was squeezed, or was no name",
    "location": "a line of places was squeezed, lost a hanging comma or a repeated city",
    "tags": "tags were squeezed, or were empty or repeated",
    "antibot": "the sentence that asks applicants to mention a word was taken out",
    "pixel": "an image that reports each view was taken out",
    "escaped": "the description's HTML was escaped as text",
    "cut": "the description was longer or deeper nested than the limit",
    "tracking": "parameters that follow the reader were taken out of an address",
    "url": "an address was written in its usual form, or was none",
    "dates": "a date that cannot be was taken out, or a missing zone was read as UTC",
}


def mend(posting: Posting, words: list[str], changes: dict[str, Any]) -> Posting:
    """Return `posting` with `changes` made and `words` noted, each word once."""
    if not changes:
        return posting
    new = [word for word in words if word not in posting.mended]
    if new:
        changes["mended"] = (*posting.mended, *dict.fromkeys(new))
    return msgspec.structs.replace(posting, **changes)
