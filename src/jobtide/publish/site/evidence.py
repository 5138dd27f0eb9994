"""What is known of an opening, fact by fact, each with the words that support it."""

from collections.abc import Iterable
from typing import Any

from babel import Locale

from jobtide.model import CATEGORIES, Label, Opening, Posting, Salary
from jobtide.publish import facts
from jobtide.publish.markdown import visible
from jobtide.publish.site.escaping import escaped
from jobtide.publish.site.rows import labels_of

#: A posting's field, as a reader would call it.
_FIELDS = {
    "title": "the title",
    "text": "the text",
    "description": "the text",
    "location_text": "the board's place line",
    "job_locations": "the board's places",
    "applicant_locations": "the board's list of places one may live in",
    "timezones_text": "the board's time zones",
    "arrangement_text": "the board's own field for remote work",
    "salary_text": "the board's pay line",
    "stated_salary": "the board's own fields for pay",
    "employment_type_text": "the board's own field for the type",
    "seniority_text": "the board's own field for the level",
    "tags": "the board's tags",
    "occupational_category": "the board's own category",
    "skills": "the board's skills",
}
_MAX_QUOTE = 240
_MOST = 6

NOT_STATED = "not stated"


def fact_rows(opening: Opening) -> list[dict[str, Any]]:
    """Return the facts of a job page in the order a reader asks for them, escaped."""
    posting = opening.posting
    return [
        _applicants(posting),
        _work(posting),
        _pay(posting),
        _row("Level", _words([posting.seniority]), [posting.seniority]),
        _row("Type", _words(posting.employment_type), posting.employment_type),
        _row("Category", _category(posting), [posting.category]),
        *_permit(posting),
        *_language(posting),
    ]


def _applicants(posting: Posting) -> dict[str, Any]:
    said = facts.open_to(posting)
    labels = labels_of(posting.eligibility)
    text = [said.text] if said else []
    return _row("Where you may live", text, labels, state="" if said else "unknown")


def _work(posting: Posting) -> dict[str, Any]:
    label = posting.arrangement
    text = [label.value.replace("_", " ")] if label else ["remote or not: not stated"]
    place = facts.work_place(posting)
    return _row("Where the work is", [*text, *([place] if place else [])], [label])


def _pay(posting: Posting) -> dict[str, Any]:
    stated = [one for one in posting.base_salary if facts.amounts(one)]
    row = _row("Pay", [facts.salary_words(one) for one in stated], [])
    row["why"] = _quotes(stated)
    row["inferred"] = any(one.currency_inferred or one.unit_inferred for one in stated)
    return row


def _category(posting: Posting) -> list[str]:
    labels = (posting.category, *posting.other_categories)
    return [CATEGORIES.get(one.value, one.value) for one in labels if one is not None]


def _permit(posting: Posting) -> list[dict[str, Any]]:
    stated = posting.eligibility
    rows = []
    if stated is not None and stated.work_permit is not None:
        text = "required" if stated.work_permit.value == "required" else "not required"
        rows.append(_row("Work permit", [text], [stated.work_permit]))
    if stated is not None and stated.visa_sponsorship is not None:
        text = "yes" if stated.visa_sponsorship.value == "yes" else "no"
        rows.append(_row("Visa sponsorship", [text], [stated.visa_sponsorship]))
    return rows


def _language(posting: Posting) -> list[dict[str, Any]]:
    label = posting.language
    if label is None or label.value == "en":
        return []
    name = str(Locale("en").languages.get(label.value, label.value))
    return [_row("Language of the text", [name], [])]


def _words(labels: Iterable[Label | None]) -> list[str]:
    return [label.value.replace("_", " ") for label in labels if label is not None]


def _row(
    name: str, said: list[str], labels: Iterable[Label | None], state: str = ""
) -> dict[str, Any]:
    known = [label for label in labels if label is not None]
    return {
        "name": name,
        "said": [escaped(one) for one in said] or [NOT_STATED],
        "stated": bool(said),
        "state": state,
        "inferred": bool(said) and any(label.inferred for label in known),
        "why": _quotes(known),
    }


def _quotes(found: Iterable[Label | Salary]) -> list[dict[str, str]]:
    """Return the supporting words, each once, and where they stand."""
    quotes = {}
    for one in found:
        words = visible(one.evidence)
        if words:
            cut = words if len(words) <= _MAX_QUOTE else words[: _MAX_QUOTE - 1] + "…"
            where = _FIELDS.get(one.field, one.field.replace("_", " "))
            quotes[cut, where] = {"words": escaped(cut), "where": escaped(where)}
    return list(quotes.values())[:_MOST]
