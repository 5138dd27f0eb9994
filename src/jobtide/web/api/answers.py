"""Answers and parameters that several routes share."""

from collections.abc import Sequence
from typing import Annotated

from litestar.openapi import ResponseSpec
from litestar.params import PathParameter, QueryParameter

from jobtide.model import Label, Opening
from jobtide.places.table import countries
from jobtide.publish import facts
from jobtide.publish.terms import TermsOf, credit, live
from jobtide.query import QueryError
from jobtide.web import links
from jobtide.web.api.types import Count, ForMe, Job
from jobtide.web.asking import Search, nearest, search_of
from jobtide.web.cards import answer_for
from jobtide.web.desk import Asked, pairs_of
from jobtide.web.me import Me
from jobtide.web.problems import MEDIA_TYPE, Problem

#: Most openings on one page of the API.
MAX_LIMIT = 100

Q = Annotated[
    str,
    QueryParameter(
        description="A search in the search language. Only remote and open jobs are found unless "
        "it says otherwise: `arrangement:`, `is:`.",
        max_length=1_000,
    ),
]
Cursor = Annotated[
    str | None,
    QueryParameter(description="`next` of the page before.", max_length=1_000),
]
Limit = Annotated[int, QueryParameter(ge=1, le=MAX_LIMIT, description="Most jobs on one page.")]
Country = Annotated[
    str | None,
    QueryParameter(
        description="Where you live, ISO 3166-1 alpha-2: each job then says whether it is open "
        "to you.",
        enum=sorted(countries()),
    ),
]
Offset = Annotated[
    float | None,
    QueryParameter(
        description="Your UTC offset in hours of standard time, such as 1 or -3.5.", ge=-12, le=14
    ),
]
Key = Annotated[
    str,
    PathParameter(
        description="Id of a job; an id with `/` or `%` is written as in `href`.", max_length=2_000
    ),
]


def spec(words: str) -> ResponseSpec:
    """Return how an error is described."""
    return ResponseSpec(Problem, generate_examples=False, description=words, media_type=MEDIA_TYPE)


#: What may be wrong with any request, and with one for a single job.
WRONG: dict[int, ResponseSpec] = {
    400: spec("A parameter, field or value is unknown or wrong; names the nearest."),
    414: spec("The address is too long."),
    429: spec("Too many requests; `Retry-After` says for how long to wait."),
    503: spec("The database cannot be read now."),
}
MISSING: dict[int, ResponseSpec] = {**WRONG, 404: spec("No such job.")}


def refuse_unknown(request: Asked, allowed: Sequence[str]) -> None:
    """Raise QueryError for a parameter the route does not take, or takes once and got twice."""
    seen = set()
    for name, _ in pairs_of(request):
        if name not in allowed:
            raise QueryError(f"unknown parameter {name!r}.{nearest(name, allowed)}")
        if name in seen:
            raise QueryError(f"parameter {name!r} is given twice")
        seen.add(name)


def asked_for(q: str, *, narrow: bool = True) -> Search:
    """Return the search of a `q`."""
    return search_of([("q", q)], narrow=narrow)


def me_stated(me: str | None, offset: float | None) -> Me:
    """Return the reader of `me` and `offset`.

    Raises:
        QueryError: no such country.
    """
    if me is not None and me not in countries():
        raise QueryError(f"me: {me!r} is no country. Write ISO 3166-1 alpha-2, such as PL.")
    return Me(country=me or "", offset=offset)


def for_me(opening: Opening, me: Me) -> ForMe | None:
    """Return whether the reader may apply; None when nobody said where the reader lives."""
    if not me.country:
        return None
    found = answer_for(opening.posting, me)
    return ForMe(answer=found.value, sentence=found.sentence)


def job(opening: Opening, me: Me, terms_of: TermsOf) -> Job:
    """Return an opening as one of a list."""
    one = opening.posting
    terms = terms_of(one)
    link = credit(one, terms)
    where = facts.place(one)
    return Job(
        id=opening.id,
        title=one.title,
        hiring_organization=one.hiring_organization,
        status=opening.status,
        category=_value(one.category),
        seniority=_value(one.seniority),
        employment_type=tuple(label.value for label in one.employment_type),
        arrangement=_value(one.arrangement),
        open_to=where.text if where.stated else None,
        for_me=for_me(opening, me),
        base_salary=one.base_salary,
        skills=tuple(label.value for label in one.skills),
        language=_value(one.language),
        date_posted=one.date_posted,
        first_seen_at=opening.first_seen_at,
        last_seen_at=opening.last_seen_at,
        url=one.url,
        apply_url=link.apply,
        attribution=terms.credit,
        attribution_url=link.url or one.url,
        boards=tuple(dict.fromkeys(terms_of(each).credit for each in live(opening))),
        href=f"/api/v1{links.job(opening.id)}",
        page=links.job(opening.id),
    )


def _value(label: Label | None) -> str | None:
    return label.value if label else None


def counts(found: Sequence[tuple[str, int]]) -> tuple[Count, ...]:
    """Return counted values."""
    return tuple(Count(value=value, jobs=n) for value, n in found)
