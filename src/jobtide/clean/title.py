"""Tidy a title without rewording it, and split titles that hold the employer too."""

import re

from jobtide.clean.mended import mend
from jobtide.model import Posting
from jobtide.text import squeeze

#: Longest title kept, in characters. The longest on file has 205; longer ones are bodies that
#: slipped into the field.
MAX_TITLE = 300

#: Formatting that some boards leave in titles. Other "<...>" stay: "C++ <Template> Engineer".
_MARKUP = re.compile(r"</?(?:b|i|u|em|strong|span|font|small|sup|sub|p|div|br)\b[^<>]*>", re.I)
#: "Job 23799 Senior Java Developer", "Req #123 - ...": the number says nothing to a reader.
_NUMBER = re.compile(
    r"^(?:job|req|requisition|vacancy|position|ref)\s*(?:id|no\.?|number)?\s*[:#]?\s*"
    r"\d{3,10}\s*[-–—:|,.]*\s+(?=\S)",
    re.IGNORECASE,
)
#: Ornaments at the ends. "+", "#", ".", "&", brackets, quotes and "!" may belong to the title.
_ENDS = "-–—|*•·~_,;:★☆➤►▶✅ \t"

_AT = re.compile(r"\s+at\s+", re.IGNORECASE)


def tidy(title: str) -> str:
    """Return `title` on one line, without markup, job number or ornaments around it.

    >>> tidy("  ** Senior <b>Go</b>  Engineer - ")
    'Senior Go Engineer'
    >>> tidy("C++ / .NET Developer (m/f/d)!")
    'C++ / .NET Developer (m/f/d)!'
    """
    text = squeeze(_MARKUP.sub(" ", title))
    for _ in range(4):
        before = text
        text = _NUMBER.sub("", text.strip(_ENDS)) if text else text
        if text == before:
            break
    if len(text) > MAX_TITLE:
        text = text[:MAX_TITLE].rsplit(" ", 1)[0].rstrip(_ENDS) + "…"
    return text


def tidy_title(posting: Posting) -> Posting:
    """Tidy the posting's title."""
    title = tidy(posting.title)
    return posting if title == posting.title else mend(posting, ["title"], {"title": title})


def split_company_title(text: str) -> tuple[str | None, str]:
    """Return (employer, title) of a line that holds both, (None, line) when it does not.

    "Company: Title" is We Work Remotely's form, cut at the first ": " (a title may hold more).
    "Title at Company" is NoDesk's, cut at the first " at " (an employer may hold more).

    >>> split_company_title("Orkney Ltd: Senior Engineer: Payments")
    ('Orkney Ltd', 'Senior Engineer: Payments')
    >>> split_company_title("Product Designer at Look at Me Studios")
    ('Look at Me Studios', 'Product Designer')
    """
    line = squeeze(text)
    before, colon, after = line.partition(": ")
    if colon and before.strip() and after.strip():
        return before.strip(), after.strip()
    parts = _AT.split(line, maxsplit=1)
    if len(parts) == 2 and parts[0] and parts[1]:
        return parts[1], parts[0]
    return None, line
