"""How full postings are: which share of them states each thing a reader came for."""

from collections.abc import Callable, Sequence

from jobtide.model import Posting

#: Field -> whether a posting states it, after cleaning. In the order they are shown.
FIELDS: dict[str, Callable[[Posting], bool]] = {
    "title": lambda one: bool(one.title.strip()),
    "organization": lambda one: bool(one.hiring_organization),
    "url": lambda one: bool(one.url),
    "description": lambda one: bool((one.text or one.description).strip()),
    "whole text": lambda one: one.description_complete,
    "date": lambda one: one.date_posted is not None,
    "place": lambda one: bool(one.job_location or one.eligibility or one.location_text),
    "pay": lambda one: bool(one.base_salary),
    "skills": lambda one: bool(one.skills),
    "tags": lambda one: bool(one.tags),
    "type": lambda one: bool(one.employment_type),
}


def fill_rates(postings: Sequence[Posting]) -> dict[str, float]:
    """Return field -> share of the postings that state it, 0 to 1; {} when there are none.

    >>> one = Posting(source="s", board="b", identifier="1", url="https://a.example", title="Dev")
    >>> rates = fill_rates([one])
    >>> rates["title"], rates["pay"]
    (1.0, 0.0)
    """
    if not postings:
        return {}
    return {
        name: round(sum(states(one) for one in postings) / len(postings), 4)
        for name, states in FIELDS.items()
    }
