"""The lists of the site: everything, categories, employers, countries, skills, own searches."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from jobtide.model import CATEGORIES, Eligibility, Label, Opening, Posting
from jobtide.places.eligible import eligible
from jobtide.places.regions import expand
from jobtide.publish import facts
from jobtide.publish.markdown import visible
from jobtide.publish.names import unique
from jobtide.publish.site import paths
from jobtide.publish.site.settings import SiteSettings
from jobtide.publish.site.when import posted
from jobtide.text import company_key


class Group(Struct, frozen=True, kw_only=True):
    """One list, before it is cut into pages."""

    kind: str  #: "all" | "category" | "company" | "country" | "skill" | "page"
    path: str  #: without suffix: "category/backend"; also the path of its feed
    name: str  #: "Backend"
    title: str  #: "Backend jobs"
    openings: tuple[Opening, ...]  #: newest first
    key: str = ""  #: "country": its code; "page": its query

    @property
    def feed(self) -> str:
        """Return the path of its feed, should it have one."""
        return "all" if self.path == "all/newest" else self.path


def newest(openings: Iterable[Opening]) -> list[Opening]:
    """Return openings by the day they were posted, the newest first."""
    ordered = sorted(openings, key=lambda one: one.id)
    return sorted(ordered, key=lambda one: posted(one)[0], reverse=True)


def groups(
    listed: Sequence[Opening], going: Sequence[Opening], settings: SiteSettings
) -> list[Group]:
    """Return every list of open openings, which are given newest first.

    `going` are all that have a page; `listed` those of them that stand in more than the user's
    own searches.
    """
    return [
        _group("all", "all/newest", "All", "All jobs, the newest first", list(listed)),
        *_by_answer(listed),
        *_categories(listed),
        *_companies(listed),
        *_countries(listed),
        *_skills(listed, settings.min_skill),
        *_searches(going, settings),
    ]


def _by_answer(listed: Sequence[Opening]) -> Iterator[Group]:
    """Yield the openings that are open to the whole world, and those that do not say."""
    for path, name, title, wanted in _ANSWERS:
        found = [one for one in listed if wanted(one.posting.eligibility)]
        if found:
            yield _group("all", path, name, title, found)


def _is_anywhere(stated: Eligibility | None) -> bool:
    return stated is not None and stated.anywhere is not None


def _is_silent(stated: Eligibility | None) -> bool:
    return stated is None or not (
        stated.anywhere
        or stated.countries
        or stated.regions
        or stated.subdivisions
        or stated.excluded
        or stated.utc_offsets
    )


#: Path, name and title of the lists by what is stated about applicants.
_ANSWERS: tuple[tuple[str, str, str, Callable[[Eligibility | None], bool]], ...] = (
    ("all/anywhere", "Anywhere", "Jobs open to the whole world", _is_anywhere),
    ("all/not-stated", "Not stated", "Jobs that do not say from where one may apply", _is_silent),
)


def company_of(posting: Posting) -> tuple[str, str] | None:
    """Return the key and the name of an employer; None when it is not stated."""
    return _company(posting.hiring_organization or "")


@lru_cache(maxsize=16_384)
def _company(written: str) -> tuple[str, str] | None:
    name = visible(written)
    return None if not name or facts.is_void(name) else (company_key(name), name)


def categories_of(posting: Posting) -> list[str]:
    """Return the words of the categories that have a page, the first one first."""
    labels = (posting.category, *posting.other_categories)
    return [label.value for label in labels if label is not None and label.value in CATEGORIES]


def _categories(going: Sequence[Opening]) -> Iterator[Group]:
    by_word: dict[str, list[Opening]] = defaultdict(list)
    for opening in going:
        for word in dict.fromkeys(categories_of(opening.posting)):
            by_word[word].append(opening)
    for word, name in CATEGORIES.items():
        if by_word[word]:
            yield _group("category", f"category/{word}", name, f"{name} jobs", by_word[word])


def _companies(going: Sequence[Opening]) -> Iterator[Group]:
    by_path: dict[str, list[Opening]] = defaultdict(list)
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for opening in going:
        if (found := company_of(opening.posting)) is not None:
            path = paths.company(found[0])
            by_path[path].append(opening)
            names[path][found[1]] += 1
    for path in sorted(by_path):
        name = min(names[path], key=lambda one: (-names[path][one], one))
        yield _group("company", path, name, f"Jobs at {name}", by_path[path])


def _countries(listed: Sequence[Opening]) -> Iterator[Group]:
    """Yield one list for each country that is named, or lies in a region that is.

    What is open to the whole world has a list of its own and is not repeated in each of these.
    """
    by_code: dict[str, list[Opening]] = defaultdict(list)
    answers: dict[Eligibility, list[str]] = {}
    for opening in listed:
        if (stated := opening.posting.eligibility) is None:
            continue
        key = _bare(stated)
        if key not in answers:
            answers[key] = [
                code for code in _named(stated) if eligible(stated, code).value == "yes"
            ]
        for code in answers[key]:
            by_code[code].append(opening)
    for code in sorted(by_code):
        name = facts.country(code)
        yield _group(
            "country", paths.country(code), name, f"Jobs open to {name}", by_code[code], code
        )


def _named(stated: Eligibility) -> list[str]:
    codes = {label.value for label in stated.countries}
    for label in stated.regions:
        codes |= expand(label.value)
    return sorted(codes)


def _bare(stated: Eligibility) -> Eligibility:
    """Return a statement without its words, so that each is judged once."""

    def bare(label: Label) -> Label:
        return Label(
            value=label.value, rule=label.rule, field=label.field, inferred=label.inferred
        )

    return Eligibility(
        anywhere=stated.anywhere and bare(stated.anywhere),
        countries=tuple(map(bare, stated.countries)),
        regions=tuple(map(bare, stated.regions)),
        subdivisions=tuple(map(bare, stated.subdivisions)),
        excluded=tuple(map(bare, stated.excluded)),
        utc_offsets=stated.utc_offsets,
        timezone=stated.timezone and bare(stated.timezone),
        overlap_h=stated.overlap_h,
    )


def _skills(going: Sequence[Opening], least: int) -> Iterator[Group]:
    by_path: dict[str, list[Opening]] = defaultdict(list)
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for opening in going:
        once = {paths.skill(label.value): label.value for label in opening.posting.skills}
        for path, word in once.items():
            by_path[path].append(opening)
            names[path][skill_name(visible(word))] += 1
    for path in sorted(by_path):
        if len(by_path[path]) >= least:
            name = min(names[path], key=lambda one: (-names[path][one], one))
            yield _group("skill", path, name, f"{name} jobs", by_path[path])


#: Skills whose names alone tell a reader of links nothing (Lighthouse, audit link-text).
_TOO_SHORT = {"go": "Go (language)"}


def skill_name(word: str) -> str:
    """Return a skill as a link names it."""
    return _TOO_SHORT.get(word, word)


def _searches(going: Sequence[Opening], settings: SiteSettings) -> Iterator[Group]:
    names = unique([page.name for page in settings.pages])
    for name, page in zip(names, settings.pages, strict=True):
        found = [opening for opening in going if page.matches(opening)]
        yield _group("page", f"page/{name}", page.title, page.title, found, page.query_text)


def _group(
    kind: str, path: str, name: str, title: str, openings: list[Opening], key: str = ""
) -> Group:
    return Group(kind=kind, path=path, name=name, title=title, openings=tuple(openings), key=key)
