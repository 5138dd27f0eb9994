"""Keys: a page that is not made again would have had the same bytes."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from jobtide.model import BoardHealth, Eligibility, Salary, UnitText
from jobtide.publish.site import Happening, pages
from tests.unit.publish import builders as make
from tests.unit.publish.site.building import settings, snapshot


def keys(found, told):
    """Return path -> (key, bytes)."""
    return {page.path: (page.key, page.make()) for page in pages(found, told)}


BEFORE = keys(snapshot(), settings())
LATER = make.NOW + timedelta(hours=30)


def with_first(**fields):
    """Return the example with something else about the posting of its first opening."""
    found = snapshot()
    first, *rest = found.openings
    posting = replace(first.posting, **fields)
    tracked = (replace(first.postings[0], posting=posting), *first.postings[1:])
    changed = replace(first, posting=posting, postings=tracked)
    return replace(found, openings=(changed, *rest))


def with_history(**fields):
    """Return the example with another history of its first opening's first posting."""
    found = snapshot()
    first, *rest = found.openings
    past = replace(first.postings[0].history, **fields)
    tracked = (replace(first.postings[0], history=past), *first.postings[1:])
    return replace(found, openings=(replace(first, postings=tracked), *rest))


CHANGES = {
    "title": (with_first(title="Other"), {}),
    "description": (with_first(description="<p>Other words.</p>"), {}),
    "pay": (
        with_first(base_salary=(Salary(currency="EUR", min_value=9, unit_text=UnitText.HOUR),)),
        {},
    ),
    "place": (with_first(eligibility=Eligibility(anywhere=make.label("yes"))), {}),
    "evidence": (with_first(seniority=make.label("senior", evidence="Senior", field="title")), {}),
    "skill": (with_first(skills=(make.label("go"), make.label("rust"))), {}),
    "employer": (with_first(hiring_organization="Larkspur Two"), {}),
    "category": (with_first(category=make.label("data")), {}),
    "day": (with_first(date_posted=make.NOW - timedelta(days=4)), {}),
    "link": (with_first(apply_url="https://larkspur.example/apply"), {}),
    "bumped": (with_history(bumped=2), {}),
    "changed": (with_history(changed_at=make.NOW - timedelta(days=1)), {}),
    "missing": (with_history(status="missing", missing_since=make.NOW), {}),
    "gone": (replace(snapshot(), openings=snapshot().openings[1:]), {}),
    "later": (replace(snapshot(), taken_at=LATER), {}),
    "health": (
        replace(snapshot(), health=(BoardHealth(source="remoteok", board="main", error="no"),)),
        {},
    ),
    "signals": (snapshot(), {"signals": {"remoteok:main:104": ("Bumped once.",)}}),
    "moved": (snapshot(), {"moved": {}}),
    "feeds": (snapshot(), {"feeds": frozenset()}),
    "base": (snapshot(), {"base_url": "https://other.example/"}),
    "name": (snapshot(), {"title": "Other jobs"}),
    "search": (snapshot(), {"search": True}),
    "texts": (snapshot(), {"search_text": False}),
    "pages": (snapshot(), {"per_page": 2}),
    "skills": (snapshot(), {"min_skill": 1}),
    "thin": (snapshot(), {"thin": 0}),
    "excerpt": (snapshot(), {"excerpt_chars": 20}),
    "template": (snapshot(), {"templates": {"row.j2": "<li>{{ title }}</li>"}}),
    "news": (
        snapshot(),
        {"changes": (Happening(at=make.NOW, kind="new", opening_id="x", title="New"),)},
    ),
    "days of news": (snapshot(), {"change_days": 0}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_pages_of_one_key_have_the_same_bytes(change):
    """Whatever changes in the world: where the key stays, so do the bytes."""
    found, told = CHANGES[change]
    after = keys(found, settings(**told))
    common = BEFORE.keys() & after.keys()

    assert {path for path in common if BEFORE[path][0] == after[path][0]} <= {
        path for path in common if BEFORE[path][1] == after[path][1]
    }
    assert after != BEFORE


def test_a_reading_that_finds_nothing_new_changes_nothing():
    """When a job was last seen ticks with every reading, and no page depends on it."""
    found = snapshot()
    seen = make.NOW + timedelta(hours=5)
    openings = tuple(
        replace(
            one,
            last_seen_at=seen,
            postings=tuple(
                replace(each, history=replace(each.history, last_seen_at=seen))
                for each in one.postings
            ),
        )
        for one in found.openings
    )

    assert keys(replace(found, openings=openings), settings()) == BEFORE


def test_the_next_day_rewrites_no_page_of_a_job():
    """Ages are days that a script counts: a quiet day changes the first page, and not the jobs."""
    after = keys(replace(snapshot(), taken_at=LATER), settings())
    changed = {path for path in after if after[path] != BEFORE.get(path)}

    assert changed <= {"index.html", "sources.html"}


def test_a_new_job_leaves_the_pages_of_most_others_alone():
    """Beside a job stand its neighbours in time, so a new one changes the few next to it."""
    category = make.label("backend")
    many = [
        make.opening(
            make.posting(
                str(number),
                title=f"Engineer {number}",
                category=category,
                date_posted=make.NOW - timedelta(days=number),
            ),
            seen=make.NOW - timedelta(days=1),
        )
        for number in range(1, 60)
    ]
    new = make.opening(make.posting("0", title="Engineer 0", category=category))
    before = keys(make.snapshot(*many), settings())
    after = keys(make.snapshot(new, *many), settings())
    jobs = [path for path in before if path.startswith("job/")]

    assert sum(before[path] != after[path] for path in jobs) <= 6
