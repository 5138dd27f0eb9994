"""Pages by employer and by country, beside those of the settings."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from jobtide.model import File, Opening
from jobtide.publish import facts
from jobtide.publish.markdown import md_text, visible
from jobtide.publish.names import unique
from jobtide.publish.readme.settings import ReadmeSettings
from jobtide.publish.readme.tables import write_table
from jobtide.text import company_key


class Group(Struct, frozen=True, kw_only=True):
    """The openings of one employer, or of one country."""

    kind: str  #: "companies" | "countries": the folder of its page
    name: str
    base: str  #: file name without suffix
    shown: str  #: what is on the page, in words
    openings: list[Opening]


#: Folder -> what its list is called, and the head of its first column.
KINDS = {"companies": ("Employers", "Employer"), "countries": ("Countries", "Country")}


def groups(openings: Iterable[Opening], settings: ReadmeSettings) -> list[Group]:
    """Return the employers and countries that have enough openings, each in its order."""
    companies: dict[str, list[Opening]] = {}
    countries: dict[str, list[Opening]] = {}
    for opening in openings:
        if settings.companies and (key := company_key(opening.posting.hiring_organization or "")):
            companies.setdefault(key, []).append(opening)
        if settings.countries and opening.posting.eligibility is not None:
            for code in {label.value for label in opening.posting.eligibility.countries}:
                countries.setdefault(code, []).append(opening)
    return [
        *_named("companies", {_employer(found): found for found in companies.values()}, settings),
        *_named(
            "countries",
            {facts.country(code): found for code, found in countries.items()},
            settings,
        ),
    ]


def _employer(openings: list[Opening]) -> str:
    """Return an employer's name as the first of its postings, by id, writes it."""
    first = min(openings, key=lambda one: one.id)
    return visible(first.posting.hiring_organization or "")[:100]


def _named(
    kind: str, found: dict[str, list[Opening]], settings: ReadmeSettings
) -> Iterator[Group]:
    least = settings.companies if kind == "companies" else settings.countries
    names = sorted(
        (name for name, openings in found.items() if len(openings) >= least),
        key=lambda name: (name.casefold(), name),
    )
    for name, base in zip(names, unique(names), strict=True):
        words = "employer" if kind == "companies" else "the posting names"
        yield Group(
            kind=kind, name=name, base=base, shown=f"{words}: {name}", openings=found[name]
        )


def write_list(kind: str, found: list[Group], marker: str, settings: ReadmeSettings, folder: str,
               up: str) -> Iterator[File]:  # fmt: skip
    """Yield the page that lists the employers, or the countries, that have a page."""
    title, column = KINDS[kind]
    least = settings.companies if kind == "companies" else settings.countries
    note = f"All with at least {least} open jobs." if least > 1 else "All with an open job."
    yield from write_table(
        f"{folder}{kind}/README",
        title,
        f"{note} [All pages]({up}{settings.index})",
        (column, "Open"),
        [f"| [{md_text(one.name)}]({one.base}.md) | {len(one.openings)} |" for one in found],
        marker,
        settings,
    )
