"""
Faults other programs were reported for when they merged postings, or did not.

The stories are theirs, the postings made up; ids and histories are the real store's.
"""

from datetime import timedelta

import pytest

from jobtide import pipeline, query
from jobtide.clean.url import canonical
from jobtide.dedupe.compare import compare
from jobtide.dedupe.groups import with_groups
from jobtide.run.openings import refresh_openings
from jobtide.store import NEWS, Reading, SqliteStore
from tests.unit.dedupe.made import GRAIN, SPOONS, START, elsewhere, posting

DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path):
    """Return an empty store in a file."""
    with SqliteStore(tmp_path / "jobs.db", create=True) as made:
        yield made


def read(store, day, *postings, **board):
    """Let a board list these postings as sent, processed as any; bring the openings up to date."""
    source = board.get("source", "greenhouse")
    token = board.get("board", "lorne")
    reading = Reading(source=source, board=token, read_at=START + day * DAY, complete=True)
    store.save_reading(reading, [pipeline.apply(one) for one in postings])
    refresh_openings(store)


def test_one_role_on_two_boards_is_one_job_with_two_links(store):
    """BL008: the same role from two boards, company spelled otherwise, is listed once."""
    one = elsewhere("Storage Engineer", "Corve Labs", location_text="Anywhere", source="remotive")
    other = elsewhere(
        "Storage engineer", "Corve Labs, Inc.", location_text="Worldwide", source="remoteok"
    )
    read(store, 0, one, source="remotive", board="main")
    read(store, 0, other, source="remoteok", board="main")

    (found,) = store.openings()

    assert {member.posting.source for member in found.postings} == {"remotive", "remoteok"}
    assert len({member.posting.apply_link for member in found.postings}) == 2


def test_an_address_that_changes_its_parameters_is_no_new_job(store):
    """BL015: who follows the reader changes daily, the job does not."""
    link = "https://boards.example/dunmore/101"
    read(store, 0, posting("Go Engineer", "Dunmore", number=101, url=f"{link}?utm_source=x"))
    read(store, 1, posting("Go Engineer", "Dunmore", number=101, url=f"{link}?gh_src=feed"))

    (found,) = store.openings()

    assert found.first_seen_at == START
    assert [change.kind for change in store.changes(kinds=NEWS)] == ["new"]


def test_a_posting_that_became_another_job_is_no_duplicate_of_itself(store):
    """BL016: an edit keeps the job; another title of another employer is another opening."""
    read(store, 0, posting("Support Engineer", "Elm & Co"))
    read(store, 1, posting("Senior Support Engineer", "Elm & Co"))
    assert len(list(store.openings())) == 1

    read(store, 2, posting("Accountant", "Fern Bank"))

    found = {one.posting.title: one for one in store.openings()}
    assert found["Senior Support Engineer"].status == "closed"
    assert found["Accountant"].status == "open"
    assert found["Accountant"].id != found["Senior Support Engineer"].id


def test_two_agencies_with_one_text_are_one_job_with_both_names(store):
    """BL018: bodies that differ in dashes and blanks only; both companies stay."""
    dashed = GRAIN.replace(":", " –").replace("and you", "and\nyou ")
    one = elsewhere(
        "Data Engineer",
        "Gable Staffing",
        text="",
        description=f"<p>{GRAIN}</p>",
        location_text="Remote US",
    )
    other = elsewhere(
        "Data Engineer",
        "Harrow Talent",
        number=2,
        description=f"<p>{dashed}</p>",
        location_text="Remote, US",
    )
    read(store, 0, one, source="remotive", board="main")
    read(
        store,
        0,
        elsewhere(
            **{"source": "remoteok"}
            | {
                "title": other.title,
                "company": other.hiring_organization,
                "description": other.description,
                "location_text": other.location_text,
            }
        ),
        source="remoteok",
        board="main",
    )

    (found,) = store.openings()

    names = {member.posting.hiring_organization for member in found.postings}
    assert names == {"Gable Staffing", "Harrow Talent"}


def test_one_role_in_two_cities_is_one_card_with_two_places(store):
    """BL019: neighbouring cards of one role are a group; each keeps its city."""
    cities = ("Oakland, California, United States", "Denver, Colorado, United States")
    read(
        store,
        0,
        *(
            posting(
                "Staff Engineer, Metadata",
                "Ivel",
                number=at,
                location_text=city,
                description=GRAIN,
            )
            for at, city in enumerate(cities)
        ),
    )

    found = with_groups(store.openings())

    assert len(found) == 2
    assert {one.group for one in found} == {"ivel/staff-engineer-metadata"}
    assert {one.posting.location_text for one in found} == set(cities)


def test_distinct_requisitions_stay_distinct():
    """BL022: same company, title and country, two teams with a number each: two jobs, no group."""
    one = posting("UI Designer", "Jarrow", location_text="France", requisition="R-10", text=GRAIN)
    other = posting(
        "UI Designer", "Jarrow", number=2, location_text="France", requisition="R-22", text=SPOONS
    )

    for verdict in (
        compare(one, other),
        compare(
            one, elsewhere("UI Designer", "Jarrow", location_text="France", requisition="R-22")
        ),
    ):
        assert not verdict.same
        assert not verdict.grouped
        assert "requisitions differ" in verdict.against


def test_a_functional_parameter_names_the_job():
    """BL029: two addresses that differ in it are two, and prove nothing about each other."""
    one, other = (f"https://careers.example/job?gh_jid={number}" for number in (100, 101))

    assert canonical(one) != canonical(other)
    verdict = compare(
        posting("Data Enigneer", apply_url=canonical(one)),
        elsewhere("Data Engineer", apply_url=canonical(other)),
    )
    assert not verdict.same


def test_a_repost_is_told_from_the_old_posting(store):
    """BL031: number 9 leaves the board, later number 88 offers the same role: posted again."""
    read(store, 0, posting("QA Engineer", "Nairn", number=9), posting("Nurse", "Nairn", number=1))
    read(store, 20, posting("Nurse", "Nairn", number=1))
    read(
        store, 40, posting("QA Engineer", "Nairn", number=88), posting("Nurse", "Nairn", number=1)
    )

    found = store.opening("greenhouse:lorne:88")

    assert found.id == "greenhouse:lorne:9"
    assert len(found.postings) == 2
    ((earlier, later),) = query.reposts(found)
    assert (earlier.posting.identifier, later.posting.identifier) == ("9", "88")
    assert query.repost_count(found) == 1
