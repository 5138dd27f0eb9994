"""Blocking keys: what two copies share, and where an engine sends them."""

from hypothesis import given

from jobtide.dedupe import facts_of
from jobtide.dedupe.keys import blocking_keys, pack, unpack
from tests.unit.dedupe.made import GRAIN, SPOONS, elsewhere, posting, worlds

LONG = f"{GRAIN} {SPOONS}"


def keys(one):
    return set(blocking_keys(facts_of(one)))


@given(worlds)
def test_keys_are_numbers_of_63_bits_in_order(world):
    """Every database has a column for them; packed and unpacked they are the same."""
    for one in world:
        found = blocking_keys(facts_of(one))

        assert list(found) == sorted(set(found))
        assert all(0 <= key < 2**63 for key in found)
        assert unpack(pack(found)) == found
        assert facts_of(one).keys == pack(found)


def test_copies_meet_whatever_one_thing_differs():
    """The title by a slip, the employer, the place: something else brings them together."""
    one = posting("Data Engineer", "Lorne", city="Berlin", text=LONG)

    for other in (
        elsewhere("Data Enigneer", "Lorne GmbH"),
        elsewhere("Data Engineer", "Birch Staffing", text=LONG),
        elsewhere("Engineer of Data (m/f/d)", "Lorne", city="Oslo"),
        elsewhere("Timetable Keeper", "Lorne", text=LONG),
    ):
        assert keys(one) & keys(other)
    assert not keys(one) & keys(elsewhere("Nurse", "Pell", city="Berlin", text=SPOONS))


def test_keys_of_one_title_go_to_one_worker():
    """With two, four, eight or sixteen workers a posting is sent to few of them."""
    one = keys(posting("Data Engineer", "Lorne", city="Berlin", text=LONG))

    for workers in (2, 4, 8, 16):
        assert len({key % workers for key in one}) <= 3
    assert len(one) > 8


def test_no_worker_gets_much_more_than_the_others():
    """Titles, employers and texts spread the keys over them all."""
    many = [
        key
        for number in range(300)
        for key in keys(posting(f"Engineer {number}", f"Lorne {number}", text=f"{LONG} {number}"))
    ]
    loads = [sum(key % 8 == worker for key in many) for worker in range(8)]

    assert max(loads) < 1.5 * len(many) / 8
