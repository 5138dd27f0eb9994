"""Pages by employer and country, the archive, what is new, and where the files lie."""

import re
from datetime import timedelta

import pytest
from msgspec.structs import replace

from jobtide.errors import ConfigError
from jobtide.model import Eligibility
from jobtide.publish.pictures import counted
from jobtide.publish.readme import PageSettings, render
from tests.unit.publish import builders as make
from tests.unit.publish.sanitiser import lost, rendered
from tests.unit.publish.test_readme import words

LAYOUTS = ("cards", "list")


def pages(snapshot, **more):
    """Return the bodies of all files by path, as text."""
    return {file.path: file.body.decode() for file in render(snapshot, make.settings(**more))}


def ended(number, day, **fields):
    """Return an opening that ended on a day of November, or so many days around it."""
    at = make.NOW.replace(day=24) + timedelta(days=day)
    one = make.opening(make.posting(f"x{number}", **fields), status="closed", closed_at=at)
    (tracked,) = one.postings
    history = replace(tracked.history, status="closed", closed_at=at, closed_reason="absent")
    return replace(one, postings=(replace(tracked, history=history),))


def table(page):
    """Return the rows of the first table of a page, as a reader sees them."""
    return [[words(cell) for cell in row] for row in rendered(page).findall(".//tbody/tr")]


def open_to(*codes):
    return Eligibility(countries=tuple(make.label(code) for code in codes))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_employers_and_countries_have_pages(layout):
    """Each with enough openings has one, and a page lists them; the index leads there."""
    found = pages(
        make.snapshot(
            make.opening(make.posting("1", eligibility=open_to("DE", "PL"))),
            make.opening(make.posting("2", hiring_organization="LARKSPUR Inc.",
                                      title="Other", eligibility=open_to("DE"))),
            make.opening(make.posting("3", hiring_organization="Fenwick")),
        ),
        companies=2, countries=1, layout=layout,
    )  # fmt: skip

    assert {path for path in found if "/" in path and path.endswith(".md")} == {
        "companies/README.md", "companies/larkspur.md",
        "countries/README.md", "countries/germany.md", "countries/poland.md",
    }  # fmt: skip
    assert table(found["countries/README.md"]) == [["Germany", "2"], ["Poland", "1"]]
    assert "By employer (1) · country (2)" in words(rendered(found["README.md"]))
    assert found["companies/larkspur.md"].count("We move parcels by night.") == 2
    assert "LARKSPUR JOBS" in found["companies/larkspur.md"]
    assert "../initials/l.svg" in found["companies/larkspur.md"]
    assert "../README.md" in found["companies/larkspur.md"]


def test_no_such_pages_unless_asked():
    """Without the settings there is no page of an employer or a country."""
    assert not [path for path in pages(make.example()) if path.startswith(("comp", "count"))]


def test_what_ended_is_listed_by_month():
    """One page a month, the latest first; rows a reader takes for one are counted."""
    closed = (
        ended(1, 0, title="Night | Planner"),
        ended(2, -1),
        ended(3, -1),
        ended(4, -30, url="https://remoteok.com/remote-jobs/x4?a=1&copy=2"),
        make.opening(make.posting("9")),
    )
    reasons = {"absent": "its board no longer lists it"}
    found = pages(make.example(), closed=closed, reasons=reasons)
    via = "Larkspur, via Remote OK"
    nowhere, why = "place not stated", "its board no longer lists it"

    assert [path for path in found if "archive" in path] == [
        "archive/2026-11.md",
        "archive/2026-10.md",
    ]
    assert table(found["archive/2026-11.md"]) == [
        [f"Night | Planner{nowhere}", via, f"14 Nov 2026 to 24 Nov 2026{why}"],
        [f"Senior Backend Engineer{nowhere}", via, f"14 Nov 2026 to 23 Nov 2026{why}, 2 times"],
    ]
    assert "November 2026 (3) · October 2026 (1)" in words(rendered(found["README.md"]))
    assert found["archive/2026-11.md"].startswith("<!-- jobtide: readme archive 2026-11 -->\n")
    assert "[All pages](../README.md)" in found["archive/2026-11.md"]


def test_a_long_archive_goes_on():
    """A month of many endings is spread over files below the limit, linked both ways."""
    closed = tuple(ended(number, 0, title=f"Engineer {number}") for number in range(300))
    found = pages(make.example(), closed=closed, soft_bytes=10_000)
    parts = [path for path in found if path.startswith("archive/")]
    shown = [number for path in parts for number in re.findall(r"\[Engineer (\d+)\]", found[path])]

    assert len(parts) > 3
    assert parts[1] == "archive/2026-11-2.md"
    assert sorted(map(int, shown)) == list(range(300))
    assert all(len(found[path].encode()) <= 10_000 for path in parts)
    assert "[older](2026-11-2.md)" in found[parts[0]]
    assert "[newer](2026-11.md)" in found[parts[1]]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_everything_leads_somewhere_from_a_folder_of_its_own(layout):
    """With the pages in a folder every relative link and picture is a file that is written."""
    figures = counted(make.example().openings, make.NOW)
    found = pages(
        make.example(), folder="jobs/all/", companies=1, countries=1, closed=(ended(1, 0),),
        figures=figures, layout=layout, soft_bytes=4_000,
    )  # fmt: skip

    for path, page in found.items():
        if not path.endswith(".md"):
            continue
        assert lost(rendered(page)) <= {"picture", "source", "source[media]", "source[srcset]"}
        links = re.findall(r'(?:href|src|srcset)="([^":]+)"|\]\(([^):]+)\)', page)
        for one, other in links:
            parts = [*path.split("/")[:-1], *(one or other).split("/")]
            while ".." in parts:
                at = parts.index("..")
                del parts[at - 1 : at + 1]
            assert "/".join(parts) in found, path


def test_only_so_many_new_ones_are_listed():
    """The index lists the newest few, and says how many there are."""
    openings = [
        make.opening(make.posting(str(number), title=f"Engineer {number}"), seen=make.NOW)
        for number in range(30)
    ]
    index = words(rendered(pages(make.snapshot(*openings))["README.md"]))

    assert "The newest 25 of 30" in index
    assert index.count("Engineer") == 25


def test_a_page_of_categories_asks_only_about_them():
    """An opening of another category is not looked at; the page is the same as without."""
    asked = []

    def matches(opening):
        asked.append(opening.posting.title)
        return opening.posting.category.value == "data"

    openings = [
        make.opening(make.posting(word, title=word, category=make.label(word)))
        for word in ("data", "design")
    ]
    page = PageSettings(name="data", title="Data", query_text="x", matches=matches)
    narrow = PageSettings(name="data", title="Data", query_text="x", matches=matches,
                          categories=frozenset({"data"}))  # fmt: skip
    wide = {file.path: file.body for file in render(make.snapshot(*openings),
                                                    make.settings(page))}  # fmt: skip
    asked.clear()

    assert wide == {
        file.path: file.body for file in render(make.snapshot(*openings), make.settings(narrow))
    }
    assert asked == ["data"]


def test_a_quiet_day_changes_no_byte():
    """With dates on the cards nothing changes from day to day but the marks of new ones."""
    opening = make.opening(make.posting("1"))
    health = make.example().health[:1]
    today = make.snapshot(opening, health=health)
    later = [replace(one, read_at=one.read_at + timedelta(days=1)) for one in health]
    tomorrow = make.snapshot(opening, health=later, taken_at=make.NOW + timedelta(days=1))

    assert pages(today, age="date") == pages(tomorrow, age="date")


def test_a_folder_without_its_slash_is_named():
    """A folder that would run into the file's name is refused."""
    with pytest.raises(ConfigError, match="slash"):
        pages(make.example(), folder="jobs")
