"""Employer, title and place that a feed wrote into one line."""

import html
import re

from jobtide.text import company_key, fold, squeeze, tokens

_AT = re.compile(r"\s+(?:[aA][tT]|@)\s+(?=[^\Wa-z_])")
_BREAK = re.compile(r"<br\s*/?>|\n", re.IGNORECASE)
_PIN = re.compile(r"\s*[⚲📍]\s*")
_MARKUP = re.compile(r"<[^<>]{0,200}>")
#: Marks between a title and an employer that is known already.
_MARKS = (" at ", " @ ", " - ", " – ", " — ", " | ", ": ")
#: Longest name of an employer before a colon: the longest met has 63 characters.
_LONGEST_NAME = 80

#: Last words of titles, so that "Senior Engineer: Payments" names no employer: the most frequent
#: heads of job titles in English, with German, French and Spanish ones.
ROLES = frozenset(
    """
    accountant administrator advisor advocate agent analyst architect artist assistant
    associate attorney auditor bookkeeper buyer ceo cfo chef clerk coach cook consultant
    controller coordinator copywriter counsel cto dba designer developer devops director editor
    educator engineer engineering estimator evangelist executive expert freelancer generalist
    head instructor intern internship lawyer lead leader machinist manager marketer marketing
    mechanic moderator nurse officer operations operator owner partner pharmacist physician
    planner president principal producer professional programmer psychologist recruiter
    representative researcher sales salesperson scientist secretary sdet specialist sre
    strategist supervisor support teacher technician technologist tester therapist trainer
    translator tutor vp writer entwickler entwicklerin ingenieur ingenieurin leiter leiterin
    berater beraterin werkstudent développeur développeuse ingénieur responsable chargé
    stagiaire desarrollador ingeniero gerente
    """.split()
)
#: What stands before a colon without being a name.
LABELS = frozenset(
    (
        "remote", "hiring", "now hiring", "we are hiring", "we're hiring", "job", "jobs",
        "new job", "job opening", "job offer", "vacancy", "urgent", "new", "update", "updated",
        "featured", "full time", "part time", "contract", "freelance", "internship", "position",
        "role", "opportunity", "wanted", "stellenangebot", "100% remote", "fully remote",
        "hybrid", "on site", "volunteer", "temporary", "apply now", "closed", "re", "reposted",
    )
)  # fmt: skip


def parted(line: str, known: str | None) -> tuple[str | None, str]:
    """Return (employer, title) of a line that may hold both.

    "Company: Title" is cut at the first ": ", "Title at Company" at the first " at ". What stands
    before a colon must not read like a title itself; what stands after " at " must begin with a
    capital or a digit. An employer that is known is only taken off the title.

    >>> parted("Orkney Ltd: Senior Engineer: Payments", None)
    ('Orkney Ltd', 'Senior Engineer: Payments')
    >>> parted("Product Designer at Look at Me Studios", None)
    ('Look at Me Studios', 'Product Designer')
    >>> parted("Senior Engineer: Payments", None), parted("Chef at Orkney Ltd.", "Orkney")
    ((None, 'Senior Engineer: Payments'), ('Orkney', 'Chef'))
    """
    if known:
        return known, _without(line, known)
    before, colon, after = line.partition(": ")
    if colon and _is_name(before) and after.strip():
        return before.strip(), after.strip()
    parts = _AT.split(line, maxsplit=1)
    if len(parts) == 2 and parts[0].strip():
        return parts[1].strip(), parts[0].strip()
    return None, line


def creator_parts(creator: str) -> tuple[str | None, str | None]:
    """Return (employer, place) of a creator that holds both; (None, None) for any other one.

    Job themes of WordPress write "Company<br>⚲ Place" there. Elsewhere it names who wrote the
    entry, a person or "admin": nobody's employer.

    >>> creator_parts("Pell &amp; Co<br>⚲&nbsp;Europe")
    ('Pell & Co', 'Europe')
    """
    text = html.unescape(html.unescape(creator))
    first, _, rest = _BREAK.sub("\n", text.strip()).partition("\n")
    if not rest and not _PIN.search(first):
        return None, None
    if _PIN.search(first):
        first, _, more = _PIN.sub("\n", first, count=1).partition("\n")
        rest = rest or more
    company = squeeze(_MARKUP.sub(" ", first))
    place = squeeze(_MARKUP.sub(" ", _PIN.sub(" ", rest)))
    return company or None, place or None


def _without(line: str, known: str) -> str:
    """Return the title without the employer at one of its ends."""
    key = company_key(known)
    for mark in _MARKS:
        before, found, after = line.partition(mark)
        if found and after.strip() and company_key(before) == key:
            return after.strip()
        before, found, after = line.rpartition(mark)
        if found and before.strip() and company_key(after) == key:
            return before.strip()
    return line


def _is_name(text: str) -> bool:
    """Tell whether what stands before a colon may be a name."""
    words = tokens(text)
    label = squeeze(fold(text).replace("-", " ")).strip("[]()!")
    if not words or len(text) > _LONGEST_NAME or label in LABELS:
        return False
    return words[-1] not in ROLES and not text.rstrip().endswith((")", "]"))
