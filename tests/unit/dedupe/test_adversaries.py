"""
What boards do to tie two openings together, and what clusters must hold against.

A posting belongs to a vacancy with a level, a team, a city and a number of its own; its board
states some of them and leaves others out. Whatever is left out, and whatever texts, addresses and
names are shared, what is stated never differs within one cluster.
"""

from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from jobtide.dedupe import dedupe
from jobtide.dedupe.compare import compare
from jobtide.engine.local import LocalEngine
from tests.unit.dedupe.made import GRAIN, SPOONS, elsewhere, posting, tracked

LEVELS = ("", "Senior ", "Junior ", "Lead ", "Staff ", "Principal ", "Head of ")
TEAMS = ("", "Marks", "Marts", "Payments", "Search")
CITIES = ("Berlin", "Munich", "Paris")
BOARDS = ("greenhouse", "remotive", "remoteok", "jobicy")

stated = st.fixed_dictionaries(
    {
        "level": st.sampled_from(LEVELS),
        "team": st.sampled_from(TEAMS),
        "city": st.none() | st.sampled_from(CITIES),
        "requisition": st.none() | st.sampled_from(("R-10", "R-22")),
        "text": st.sampled_from(("", GRAIN, GRAIN, SPOONS, f"{GRAIN} {SPOONS}", GRAIN[:150])),
        "company": st.sampled_from(("Lorne", "Lorne GmbH", None)),
        "page": st.sampled_from(("jobs.example", "jobs.example/4711", None)),
        "titled": st.booleans(),  # the city stands in the title
        "source": st.sampled_from(BOARDS),
    }
)


def made(number, told):
    """Return the posting of what a board tells."""
    title = f"{told['level']}Data Engineer"
    if told["team"]:
        title += f", {told['team']}"
    if told["titled"] and told["city"]:
        title += f" - {told['city']}"
    return posting(
        title,
        told["company"],
        source=told["source"],
        board="main",
        number=number,
        city=told["city"],
        requisition=told["requisition"],
        text=told["text"],
        url=f"https://{told['page'] or f'{number}.example/{number}'}",
        apply_url="https://jobs.example/apply",
    )


@settings(max_examples=300, deadline=None)
@given(st.lists(stated, min_size=2, max_size=9))
def test_what_is_stated_never_differs_within_a_cluster(world):
    """Level, team, number, and city where no page of its own says that two boards mean one."""
    told = {made(number, one).id: one for number, one in enumerate(world)}
    postings = [made(number, one) for number, one in enumerate(world)]

    for found in dedupe(LocalEngine(), iter(postings)):
        values = defaultdict(set)
        for name in found.posting_ids:
            for field in ("level", "team", "city", "requisition"):
                values[field].add(told[name][field])
        assert len(values["level"]) == 1
        assert len(values["team"] - {""}) <= 1
        assert len(values["requisition"] - {None}) <= 1
        pages = {told[name]["page"] for name in found.posting_ids}
        if "jobs.example/4711" not in pages:
            assert len(values["city"] - {None}) <= 1


@settings(max_examples=200, deadline=None)
@given(st.lists(stated, min_size=2, max_size=6), st.integers(0, 5), st.integers(0, 5))
def test_one_more_posting_never_joins_two_that_contradict(world, one, other):
    """Two that contradict each other alone do so in any company."""
    postings = [made(number, told) for number, told in enumerate(world)]
    left, right = postings[one % len(postings)], postings[other % len(postings)]
    if not compare(left, right).against:
        return

    for found in dedupe(LocalEngine(), iter(postings)):
        assert not {left.id, right.id} <= set(found.posting_ids) or left.id == right.id


def test_one_board_lists_two_teams_that_differ_by_a_letter():
    """On one board a slip would be mended, not listed beside the right one."""
    one = posting("Data Engineer, Ledgers", number=1, text=GRAIN)
    other = posting("Data Engineer, Lodgers", number=2, text=GRAIN)

    assert compare(one, other).against == ("the board lists them apart",)
    assert compare(one, elsewhere("Data Engineer, Lodgers", text=GRAIN)).same


def test_a_slip_needs_the_words_besides():
    """Production and prediction are two letters apart, and so are two jobs of one pay."""
    one = posting("Production Planner", city="Berlin")

    assert not compare(one, elsewhere("Prediction Planner", city="Berlin")).same
    assert compare(
        posting("Data Enigneer", text=GRAIN), elsewhere("Data Engineer", text=GRAIN)
    ).same


def test_two_departments_of_one_board_are_two_openings():
    """One text for two teams, told apart by nothing but the department."""
    one = posting(number=1, text=GRAIN, occupational_category=("Payments",))
    other = posting(number=2, text=GRAIN, occupational_category=("Search",))
    copy = elsewhere(text=GRAIN, occupational_category=("IT",))

    assert compare(one, other).against == ("the board lists them apart, for other departments",)
    (found,) = dedupe(LocalEngine(), iter((one, other, copy)))
    assert len(found.posting_ids) == 2
    assert compare(one, posting(number=3, text=GRAIN, occupational_category=("PAYMENTS ",))).same


def test_a_page_that_is_the_employers_front_door_proves_nothing():
    """Postings of one address are one page only when the address names the job."""
    door = {"url": "https://lorne.example/jobs"}
    page = {"url": "https://lorne.example/jobs/4711"}

    for here, there in ((posting, elsewhere), (elsewhere, posting)):
        assert (
            "places differ"
            in compare(here(city="Berlin", **door), there(city="Paris", **door)).against
        )
        assert compare(here(city="Berlin", **page), there(city="Paris", **page)).same


def test_one_thread_that_offers_two_cities_offers_two_jobs():
    """One board, one page, one title, two cities: the board says that they are two."""
    page = {"url": "https://thread.example/item/90210", "source": "hackernews", "board": "main"}
    one, other = posting(number=1, city="Berlin", **page), posting(number=2, city="Paris", **page)

    assert not compare(one, other).same
    assert compare(one, other).grouped


def test_two_employers_are_never_tied_by_one_without_a_name():
    """Nothing shared but a title: a third that gives no name cannot make them one."""
    one = posting("Nurse", "Pell", text=GRAIN)
    other = elsewhere("Nurse", "Lorne", text=SPOONS)
    between = elsewhere("Nurse", None, source="remoteok", text=f"{GRAIN} {SPOONS}")

    assert compare(one, other).against == ("employers and texts differ",)
    for found in dedupe(LocalEngine(), iter((one, other, between))):
        assert not {one.id, other.id} <= set(found.posting_ids)


def test_posted_again_in_another_city_is_another_opening():
    """That the earlier one is gone excuses no contradiction but the board's own two lines."""
    gone = tracked(posting(number=1, city="Berlin", text=GRAIN), 0, 3, status="closed")

    assert compare(gone, tracked(posting(number=2, city="Berlin", text=GRAIN), 9)).same
    for changed in (
        posting(number=2, city="Paris", text=GRAIN),
        posting("Senior Data Engineer", number=2, city="Berlin", text=GRAIN),
        posting(number=2, city="Berlin", text=SPOONS),
    ):
        assert not compare(gone, tracked(changed, 9)).same
