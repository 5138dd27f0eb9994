"""Which feeds there are, and which openings stand in each."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from msgspec import Struct

from jobtide.model import CATEGORIES, Eligibility, Label, Opening, Posting, Snapshot
from jobtide.places.eligible import eligible
from jobtide.publish import facts
from jobtide.publish.feeds.items import published
from jobtide.publish.feeds.settings import FeedSettings
from jobtide.publish.markdown import visible
from jobtide.publish.names import slug, unique
from jobtide.text import company_key


class Channel(Struct, frozen=True, kw_only=True):
    """One feed, before it is written in a format."""

    path: str  #: below the folder of feeds, without suffix: "category/backend"
    kind: str  #: "all" | "category" | "company" | "country" | "page"
    title: str
    query: str  #: the search it stands for, so that no filter is hidden
    openings: tuple[Opening, ...]  #: newest first, cut to the length of a feed


def channels(snapshot: Snapshot, settings: FeedSettings) -> Iterator[Channel]:
    """Yield every feed: all, categories, countries, employers, and the user's own searches."""
    going = [opening for opening in snapshot.openings if opening.status == "open"]
    going.sort(key=lambda one: one.id)
    going.sort(key=published, reverse=True)
    chosen = [opening for opening in going if settings.everything.matches(opening)]

    def channel(path: str, kind: str, title: str, query: str, found: list[Opening]) -> Channel:
        most = tuple(recent(found, settings))
        return Channel(path=path, kind=kind, title=title, query=query, openings=most)

    shared = settings.everything.query_text
    yield channel("all", "all", settings.title, shared, chosen)
    yield from _categories(chosen, shared, settings.title, channel)
    yield from _countries(chosen, shared, settings, channel)
    yield from _companies(chosen, shared, settings, channel)
    for name, page in zip(
        unique([page.name for page in settings.pages]), settings.pages, strict=True
    ):
        found = [opening for opening in going if page.matches(opening)]
        title = f"{settings.title}: {visible(page.title)}"
        yield channel(f"page/{name}", "page", title, page.query_text, found)


_Make = Callable[[str, str, str, str, list[Opening]], Channel]


def recent(openings: list[Opening], settings: FeedSettings) -> list[Opening]:
    """Return the first `min_items`, and further ones found in the `days` before the newest.

    Counted from the newest opening and not from today, so that a feed in which nothing happens
    stays as it is, byte for byte.
    """
    if not openings:
        return []
    appeared = [max(published(one), one.first_seen_at) for one in openings]
    since = max(appeared) - timedelta(days=settings.days)
    kept = [
        opening
        for number, opening in enumerate(openings)
        if number < settings.min_items or appeared[number] >= since
    ]
    return kept[: settings.max_items]


def _categories(
    chosen: list[Opening], shared: str, title: str, channel: _Make
) -> Iterator[Channel]:
    """Yield one feed a category, also where it is empty: whoever follows it waits for more."""
    by_word: dict[str, list[Opening]] = defaultdict(list)
    for opening in chosen:
        labels = (opening.posting.category, *opening.posting.other_categories)
        for word in {label.value for label in labels if label is not None}:
            by_word[word].append(opening)
    for word, name in CATEGORIES.items():
        query = f"category:{word} {shared}".strip()
        yield channel(f"category/{word}", "category", f"{title}: {name}", query, by_word[word])


def _countries(
    chosen: list[Opening], shared: str, settings: FeedSettings, channel: _Make
) -> Iterator[Channel]:
    """Yield one feed for each country some opening names: what may be applied for from there."""
    candidates = sorted({code for opening in chosen for code in _named(opening.posting)})
    by_code: dict[str, list[Opening]] = defaultdict(list)
    answers: dict[Any, list[str]] = {}
    for opening in chosen:
        stated = opening.posting.eligibility
        if stated is None:
            continue
        key = _statement(stated)
        if key not in answers:
            answers[key] = [one for one in candidates if eligible(stated, one).value == "yes"]
        for code in answers[key]:
            by_code[code].append(opening)
    for code in candidates:
        if by_code[code]:
            title = f"{settings.title} from {facts.country(code)}"
            query = f"from:{code} {shared}".strip()
            yield channel(f"country/{code.lower()}", "country", title, query, by_code[code])


def _named(posting: Posting) -> Iterator[str]:
    """Yield the countries a posting names, as places to apply from or to work in."""
    if posting.eligibility is not None:
        yield from (label.value for label in posting.eligibility.countries)
    yield from (place.country for place in posting.job_location if place.country)


def _statement(stated: Eligibility) -> tuple[Any, ...]:
    """Return all that an answer depends on, so that each statement is judged once."""

    def said(labels: tuple[Label, ...]) -> tuple[Any, ...]:
        return tuple((one.value, one.rule, one.field, one.inferred) for one in labels)

    return (
        stated.anywhere is not None,
        said(stated.countries),
        said(stated.regions),
        said(stated.subdivisions),
        said(stated.excluded),
        stated.utc_offsets,
        stated.overlap_h,
        stated.timezone.rule if stated.timezone else None,
    )


def _companies(
    chosen: list[Opening], shared: str, settings: FeedSettings, channel: _Make
) -> Iterator[Channel]:
    """Yield one feed an employer with several openings; one that was published stays."""
    by_key: dict[str, list[Opening]] = defaultdict(list)
    for opening in chosen:
        name = visible(opening.posting.hiring_organization or "")
        if name and not facts.is_void(name):
            by_key[company_key(name)].append(opening)
    for key in sorted(by_key):
        path = f"company/{company_file(key)}"
        found = by_key[key]
        if len(found) < settings.min_company and path not in settings.kept:
            continue
        names = Counter(visible(one.posting.hiring_organization or "") for one in found)
        name = min(names, key=lambda one: (-names[one], one))
        quoted = name.replace('"', "")
        query = f'company:"{quoted}" {shared}'.strip()
        yield channel(path, "company", f"{settings.title} at {name}"[:200], query, found)


def company_file(key: str) -> str:
    """Return the file name of an employer's feed, from its `company_key`.

    It depends on this employer alone, so a feed keeps its address whoever else comes and goes.
    """
    name = slug(key)
    return name if name == key else slug(key, key)
