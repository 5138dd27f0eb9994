"""
Faults other programs were reported for when they merged postings, or did not.

The stories are theirs, the postings made up; ids and histories are the real store's.
"""

from datetime import timedelta

import pytest

from jobtide import pipeline, query
from jobtide.clean.url import canonical
from jobtide.config import Config, PublishConfig
from jobtide.dedupe.compare import compare
from jobtide.dedupe.groups import with_groups
from jobtide.run import pages
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
    """The same role from two boards, company spelled otherwise, is listed once."""
    one = elsewhere(
        "Payroll Developer", "Quillon Works", location_text="Anywhere", source="remotive"
    )
    other = elsewhere(
        "Payroll developer", "Quillon Works, Inc.", location_text="Worldwide", source="remoteok"
    )
    read(store, 0, one, source="remotive", board="main")
    read(store, 0, other, source="remoteok", board="main")

    (found,) = store.openings()

    assert {member.posting.source for member in found.postings} == {"remotive", "remoteok"}
    assert len({member.posting.apply_link for member in found.postings}) == 2


def test_an_address_that_changes_its_parameters_is_no_new_job(store):
    """Who follows the reader changes daily, the job does not."""
    link = "https://boards.example/lorne/101"
    read(store, 0, posting("Rust Engineer", "Lorne", number=101, url=f"{link}?utm_campaign=may"))
    read(store, 1, posting("Rust Engineer", "Lorne", number=101, url=f"{link}?gh_src=list9"))

    (found,) = store.openings()

    assert found.first_seen_at == START
    assert [change.kind for change in store.changes(kinds=NEWS)] == ["new"]


def test_a_posting_that_became_another_job_is_no_duplicate_of_itself(store):
    """An edit keeps the job; another title of another employer is another opening."""
    read(store, 0, posting("Test Engineer", "Tarn & Sons"))
    read(store, 1, posting("Senior Test Engineer", "Tarn & Sons"))
    (told,) = store.changes(kinds=["changed"])
    assert told.fields["title"] == ("Test Engineer", "Senior Test Engineer")
    assert len(list(store.openings())) == 1

    read(store, 2, posting("Florist", "Lock Savings"))

    found = {one.posting.title: one for one in store.openings()}
    assert found["Senior Test Engineer"].status == "closed"
    assert found["Florist"].status == "open"
    assert found["Florist"].id != found["Senior Test Engineer"].id


def test_two_agencies_with_one_text_are_one_job_with_both_names(store):
    """Bodies that differ in dashes and blanks only; both companies stay."""
    dashed = GRAIN.replace(":", " –").replace("and you", "and\nyou ")
    one = elsewhere(
        "Rail Planner",
        "Birch Staffing",
        text="",
        description=f"<p>{GRAIN}</p>",
        location_text="Remote US",
    )
    other = elsewhere(
        "Rail Planner",
        "Otter Talent",
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
    assert names == {"Birch Staffing", "Otter Talent"}


def test_one_role_in_two_cities_is_one_card_with_two_places(store):
    """Neighbouring cards of one role are a group; each keeps its city."""
    cities = ("Austin, Texas, United States", "Boise, Idaho, United States")
    read(
        store,
        0,
        *(
            posting(
                "Lead Tester, Signals",
                "Wend",
                number=at,
                location_text=city,
                description=GRAIN,
            )
            for at, city in enumerate(cities)
        ),
    )

    found = with_groups(store.openings())

    assert len(found) == 2
    assert {one.group for one in found} == {"wend/lead-tester-signal"}
    assert {one.posting.location_text for one in found} == set(cities)


def test_distinct_requisitions_stay_distinct():
    """Same company, title and country, two teams with a number each: two jobs, no group."""
    one = posting(
        "Sound Designer", "Pell", location_text="France", requisition="REQ-71", text=GRAIN
    )
    other = posting(
        "Sound Designer",
        "Pell",
        number=2,
        location_text="France",
        requisition="REQ-93",
        text=SPOONS,
    )

    for verdict in (
        compare(one, other),
        compare(
            one, elsewhere("Sound Designer", "Pell", location_text="France", requisition="REQ-93")
        ),
    ):
        assert not verdict.same
        assert not verdict.grouped
        assert "requisitions differ" in verdict.against


def test_a_functional_parameter_names_the_job():
    """Two addresses that differ in it are two, and prove nothing about each other."""
    one, other = (f"https://work.example/vacancy?gh_jid={number}" for number in (7301, 7302))

    assert canonical(one) != canonical(other)
    verdict = compare(
        posting("Rail Plannre", apply_url=canonical(one)),
        elsewhere("Rail Planner", apply_url=canonical(other)),
    )
    assert not verdict.same


def test_a_repost_is_told_from_the_old_posting(store):
    """Number 9 leaves the board, later number 88 offers the same role: posted again."""
    read(store, 0, posting("Map Drawer", "Brack", number=9), posting("Nurse", "Brack", number=1))
    read(store, 20, posting("Nurse", "Brack", number=1))
    read(store, 40, posting("Map Drawer", "Brack", number=88), posting("Nurse", "Brack", number=1))

    found = store.opening("greenhouse:lorne:88")

    assert found.id == "greenhouse:lorne:9"
    assert len(found.postings) == 2
    ((earlier, later),) = query.reposts(found)
    assert (earlier.posting.identifier, later.posting.identifier) == ("9", "88")
    assert query.repost_count(found) == 1


def test_a_run_in_which_every_board_failed_changes_no_page(store, tmp_path):
    """Two refusals are no two empty boards: nothing is closed, parted or written."""
    out, config, now = tmp_path / "out", Config(publish=PublishConfig()), START + DAY
    boards = {"remotive": "Corn Miller", "remoteok": "Barge Captain"}
    for source, title in boards.items():
        listed = [
            elsewhere(title, source=source, number=at, location_text="Anywhere", description=GRAIN)
            for at in range(12)
        ]
        read(store, 0, *listed, source=source, board="main")
    assert pages.publish_readme(config, store, out, now).written
    before = [one.id for one in store.openings(status=["open"])]

    for source in boards:
        failed = Reading(
            source=source,
            board="main",
            read_at=now,
            outcome="failed",
            error="HTTP 500",
            complete=False,
        )
        store.save_reading(failed, [])

    assert refresh_openings(store) == 0
    assert [one.id for one in store.openings(status=["open"])] == before
    assert pages.publish_readme(config, store, out, now).written == ("README.md",)
    assert "**2 open jobs**" in (out / "README.md").read_text()
    assert "0 of 2 sources read well" in (out / "README.md").read_text()
