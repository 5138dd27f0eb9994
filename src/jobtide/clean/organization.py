"""Tidy the employer's name; drop what is no name."""

import re

from jobtide.clean.mended import mend
from jobtide.model import Posting
from jobtide.text import squeeze

#: What programs write when they have no name (seen on boards and on their readers' pages).
NOTHING = frozenset(
    (
        "undefined", "null", "none", "nan", "n/a", "na", "[object object]", "company not found",
        "company name", "company", "not found", "not specified", "not provided", "unknown",
        "unknown company", "anonymous company", "-", "--", "?", ".",
    )
)  # fmt: skip

_PIN = re.compile(r"\s*[⚲📍]\s*")
_BREAK = re.compile(r"<br\s*/?>|\n", re.IGNORECASE)


def tidy(name: str) -> str | None:
    """Return `name` on one line, None when it is no name.

    >>> tidy(" Orkney  Ltd., ")
    'Orkney Ltd.'
    >>> tidy("undefined") is None
    True
    """
    text = squeeze(name).strip(",;:| ")
    return None if text.lower() in NOTHING else text or None


def tidy_organization(posting: Posting) -> Posting:
    """Tidy the name of the posting's employer."""
    before = posting.hiring_organization
    if before is None or (after := tidy(before)) == before:
        return posting
    return mend(posting, ["organization"], {"hiring_organization": after})


def split_organization_place(text: str) -> tuple[str | None, str | None]:
    """Return (employer, place) of a feed's creator that holds both, marked by a pin.

    >>> split_organization_place("Pell & Co<br>⚲ Europe")
    ('Pell & Co', 'Europe')
    """
    first, _, rest = _BREAK.sub("\n", text).partition("\n")
    if not rest and _PIN.search(first):
        first, rest = _PIN.split(first, maxsplit=1)
    return tidy(first), squeeze(_PIN.sub(" ", rest)) or None
