"""The description, with what programs put into fields beside it."""

import html
import re
from typing import Any

from jobtide.schema_org.words import every
from jobtide.text import squeeze

#: Fields whose words belong to the advertisement, with the heading they get; in this order.
SECTIONS = {
    "responsibilities": "Responsibilities",
    "qualifications": "Qualifications",
    "experienceRequirements": "Experience",
    "educationRequirements": "Education",
    "skills": "Skills",
    "workHours": "Working hours",
    "specialCommitments": "Commitments",
    "incentiveCompensation": "Incentives",
    "incentives": "Incentives",
    "jobBenefits": "Benefits",
    "benefits": "Benefits",
    "employerOverview": "About the employer",
}
_TAG = re.compile(r"</?[a-z][a-z0-9]{0,10}(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ESCAPED_TAG = re.compile(r"&(?:amp;)*lt;/?[a-z][a-z0-9]{0,10}\b", re.IGNORECASE)
#: "\n" as two letters, printed beside a tag by a program that escaped its text twice.
_PRINTED_ESCAPE = re.compile(r"(?:\\[nrt])+(?=\s*(?:<|\Z))|(?<=>)(?:\\[nrt])+")
#: Words of a section that must stand in the description for it to be said already.
_SAID_ALREADY = 60
_LONGEST_NAME = 40  #: characters; longer ones are sentences
_SHORTEST_SECTION = 3


def description(node: dict[str, Any]) -> str:
    """Return the description as it is written, and below it the sections it does not hold."""
    main = _PRINTED_ESCAPE.sub("\n", "\n".join(every(node.get("description"))))
    plain = _plain(main)
    added: list[str] = []
    for field, heading in SECTIONS.items():
        words = every(node.get(field))
        if field == "skills" and skills(node):
            continue
        if field == "workHours":  # "Flexible" says nothing, "40 hours per week" does
            words = tuple(one for one in words if any(map(str.isdigit, one)))
        new = [one for one in words if len(one.strip()) >= _SHORTEST_SECTION]
        new = [one for one in new if _plain(one)[:_SAID_ALREADY] not in plain]
        if new and not all(one.isdigit() for one in new):
            added.append(f"<h3>{heading}</h3>\n{_listed(new)}")
            plain += _plain(" ".join(new))
    return "\n".join([as_html(main), *added]) if added else main


def skills(node: dict[str, Any]) -> tuple[str, ...]:
    """Return the skills that are names, from a list or a text with commas; () for sentences."""
    return names(node.get("skills"))


def names(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - any JSON
    """Return the short names in a list or in a text with commas; () when some are sentences."""
    parts = [part.strip() for text in every(value) for part in re.split("[,;]", text)]
    parts = [part for part in parts if part]
    if any(len(part) > _LONGEST_NAME or "<" in part for part in parts):
        return ()
    return tuple(dict.fromkeys(parts))


def as_html(text: str) -> str:
    """Return a text as HTML: markup escaped as text is resolved, line breaks are kept."""
    for _ in range(4):
        if _TAG.search(text):
            return text
        if not _ESCAPED_TAG.search(text):
            break
        text = html.unescape(text)
    plain = html.escape(html.unescape(text), quote=False).strip()
    blocks = re.split(r"\n[ \t\r]*\n", plain.replace("\r\n", "\n"))
    return "".join(f"<p>{block.replace(chr(10), '<br>')}</p>" for block in blocks if block.strip())


def _listed(texts: list[str]) -> str:
    if len(texts) == 1:
        return as_html(texts[0])
    return "<ul>" + "".join(f"<li>{_inline(as_html(text))}</li>" for text in texts) + "</ul>"


def _inline(text: str) -> str:
    """Return a single paragraph without its element."""
    alone = text.count("<p") == 1 and text.startswith("<p>") and text.endswith("</p>")
    return text[3:-4] if alone else text


def _plain(text: str) -> str:
    """Return the words of a text, to be compared: no markup, no case."""
    for _ in range(2):
        text = html.unescape(text)
    return squeeze(_TAG.sub(" ", text)).lower()
