"""One role in several cities may be shown as one; two jobs in one city never."""

from hypothesis import given

from jobtide.dedupe.compare import compare
from jobtide.dedupe.groups import with_groups
from tests.unit.dedupe.made import GRAIN, SPOONS, posting, worlds
from tests.unit.dedupe.test_merge import opening


def groups(*postings):
    return [one.group for one in with_groups(map(opening, postings))]


def test_only_the_place_sets_a_group_apart():
    """Three cities of one role are a group; another level, employer or text is not in it."""
    cities = [
        posting(city=city, number=at, text=GRAIN)
        for at, city in enumerate(("Berlin", "Paris", "Oslo"))
    ]
    others = [
        posting("Senior Data Engineer", city="London", number=7, text=GRAIN),
        posting(company="Pell", city="London", number=8, text=GRAIN),
        posting(city="London", number=9, text=SPOONS),
    ]

    assert groups(*cities, *others) == ["lorne/data-engineer"] * 3 + [None] * 3


def test_two_requisitions_of_one_city_are_never_one_group():
    """Each of two jobs in Berlin may be offered in Paris too: two groups, not one."""
    one, other = posting(city="Berlin", text=GRAIN), posting(city="Berlin", number=2, text=SPOONS)
    paris = posting(city="Paris", number=3, text=GRAIN)
    oslo = posting(city="Oslo", number=4, text=SPOONS)

    assert groups(one, other) == [None, None]
    assert groups(one, other, paris, oslo) == [
        "lorne/data-engineer",
        "lorne/data-engineer/2",
        "lorne/data-engineer",
        "lorne/data-engineer/2",
    ]


@given(worlds)
def test_all_of_a_group_belong_together(world):
    """Each two openings of a group differ in place alone; their order stays."""
    found = with_groups(map(opening, world))

    assert [one.id for one in found] == [one.id for one in world]
    for one in found:
        alike = [other for other in found if other.group == one.group and other.id != one.id]
        assert one.group is None or alike
        if one.group:
            assert all(compare(one.posting, other.posting).grouped for other in alike)
