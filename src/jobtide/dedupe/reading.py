"""From a posting to its facts."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from msgspec.structs import replace

from jobtide.dedupe.company import employer_key
from jobtide.dedupe.facts import Facts
from jobtide.dedupe.keys import blocking_keys, pack
from jobtide.dedupe.sketch import NOTHING, sketch
from jobtide.dedupe.spots import spots_stated
from jobtide.dedupe.title import Role, role_of
from jobtide.model import Posting, Salary, Tracked
from jobtide.text import fold, squeeze

#: Postings that go through one part before the next part begins: its tables and code stay in the
#: cache of the processor meanwhile. Measured a fifth faster.
BATCH = 64
#: Kinds of employment that exclude each other; a contract may be called freelance or temporary.
_KINDS = {
    "contract": "contract",
    "freelance": "contract",
    "temporary": "contract",
    "internship": "learner",
    "apprenticeship": "learner",
    "working_student": "learner",
}
_TAG = re.compile(r"<[^<>]*>")
_WEB = re.compile(r"^https?://(?:www\.)?")
_TELLING_NUMBER = re.compile(r"\d{3,}|[0-9a-f]{8}-[0-9a-f]{4}")
_WORD = re.compile(r"[a-z0-9]+")
_REQUISITION = re.compile(r"[^\s,;|/]+")
#: Words of an address that lead to any job of an employer, so they name none.
_LISTING = frozenset(
    "jobs job careers career apply positions openings vacancies work join".split()
)


def facts_of(one: Posting | Tracked | Facts) -> Facts:
    """Return the facts of a posting, with those of its history when it comes with one."""
    return next(facts_of_each((one,)))


def facts_of_each(postings: Iterable[Posting | Tracked | Facts]) -> Iterator[Facts]:
    """Yield the facts of postings, in their order; facts are passed on as they are."""
    rest = iter(postings)
    while batch := list(islice(rest, BATCH)):
        unread = [one for one in batch if not isinstance(one, Facts)]
        read = iter(_read(unread))
        yield from (one if isinstance(one, Facts) else next(read) for one in batch)


def _read(batch: list[Posting | Tracked]) -> list[Facts]:
    """Return the facts of some postings, one part after the other."""
    postings = [one.posting if isinstance(one, Tracked) else one for one in batch]
    companies = [employer_key(one.hiring_organization or "") for one in postings]
    roles = [role_of(one.title, company) for one, company in zip(postings, companies, strict=True)]
    texts = [one.text or _TAG.sub(" ", one.description) for one in postings]
    sketches = [sketch(text) if text else NOTHING for text in texts]
    spots = [spots_stated(one) for one in postings]
    found = [
        _facts(
            one, posting, company=company, role=role, spots=where, text=words, fullness=len(text)
        )
        for one, posting, company, role, where, words, text in zip(
            batch, postings, companies, roles, spots, sketches, texts, strict=True
        )
    ]
    keys = [pack(blocking_keys(facts)) for facts in found]
    return [replace(facts, keys=own) for facts, own in zip(found, keys, strict=True)]


def _facts(one: Posting | Tracked, posting: Posting, *, role: Role, **known: Any) -> Facts:  # noqa: ANN401 - fields of Facts
    history = one.history if isinstance(one, Tracked) else None
    kinds, in_title = _kinds(posting)
    return Facts(
        id=posting.id,
        source=posting.source,
        board=posting.board,
        role=role,
        level=_level(posting),
        kinds=kinds,
        kind_in_title=in_title,
        departments=tuple(sorted({squeeze(fold(name)) for name in posting.occupational_category})),
        requisitions=requisitions(posting.requisition, role.numbers),
        url=_WEB.sub("", posting.url).rstrip("/"),
        links=links(posting),
        pay=_pay(posting.base_salary),
        whole=posting.description_complete,
        language=posting.language.value if posting.language else None,
        ended=history is not None and history.status in ("closed", "expired"),
        since=history.first_seen_at if history else None,
        until=history.last_seen_at if history else None,
        **known,
    )


def _level(posting: Posting) -> str | None:
    label = posting.seniority
    return label.value if label and label.field == "seniority_text" else None


def _kinds(posting: Posting) -> tuple[tuple[str, ...], bool]:
    """Return the kinds of employment that fields and title state; the title's say the most."""
    stated = [one for one in posting.employment_type if one.field != "text" and not one.inferred]
    titled = [one for one in stated if one.field == "title"]
    found = {_KINDS.get(one.value, one.value) for one in titled or stated}
    return tuple(sorted(found)), bool(titled)


def requisitions(stated: str | None, in_title: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the employer's numbers of a vacancy, each in one form; a field may hold several.

    >>> requisitions("R-10, r_22"), requisitions("See Opening ID")
    (('R10', 'R22'), ())
    """
    found = [word for text in (stated or "", *in_title) for word in _REQUISITION.findall(text)]
    plain = (re.sub(r"[^0-9A-Za-z]", "", word).upper() for word in found if _has_digit(word))
    return tuple(sorted(set(plain)))


def _has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


def links(posting: Posting) -> tuple[str, ...]:
    """Return the addresses that name the posting's job, scheme and "www." left out.

    An address names a job when it holds a number of three digits, or two words of the title:
    the employer's list of all jobs is no such address.
    """
    found: dict[str, None] = {}
    for address in (posting.url, posting.apply_url):
        if address:
            host, slash, path = _WEB.sub("", address).rstrip("/").partition("/")
            if _TELLING_NUMBER.search(path) or _tells(path, posting.title):
                found[host.lower() + slash + path] = None
    return tuple(found)


def _tells(path: str, title: str) -> bool:
    words = set(_WORD.findall(title.lower())).intersection(_WORD.findall(path.lower()))
    return len(words - _LISTING) >= 2


def _pay(stated: tuple[Salary, ...]) -> tuple[str, float, float] | None:
    """Return the one range of pay that is stated whole; None when there are several."""
    known = [one for one in stated if one.kind == "base" and one.currency and one.unit_text]
    if len(known) != 1 or known[0].currency_inferred or known[0].unit_inferred:
        return None
    low, high = known[0].min_value, known[0].max_value
    if low is None or high is None:
        return None
    return f"{known[0].currency} {known[0].unit_text}", low, high
