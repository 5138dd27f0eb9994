"""Places agree when one lies in the other; two cities do not."""

import pytest

from jobtide.dedupe.spots import Spot, agree, spots_stated
from jobtide.model import Eligibility, Place
from tests.unit.dedupe.made import label, posting

BERLIN, MUNICH = Spot("DE", "DE-BE", "Berlin"), Spot("DE", "DE-BY", "Munich")
GERMANY, FRANCE = Spot("DE"), Spot("FR")
EMEA, LATAM = Spot(region="emea"), Spot(region="latam")


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (BERLIN, BERLIN, True),
        (BERLIN, GERMANY, True),
        (BERLIN, Spot("DE", "DE-BE"), True),
        (BERLIN, EMEA, True),
        (Spot("DE", None, "Berlin"), BERLIN, True),
        (EMEA, Spot(region="europe"), True),
        (BERLIN, MUNICH, False),
        (BERLIN, FRANCE, False),
        (EMEA, LATAM, False),
        (Spot("US", "US-OR", "Portland"), Spot("US", "US-ME", "Portland"), False),
    ],
)
def test_levels_of_one_place_meet(one, other, meet):
    """City, state, country and region meet when one holds the other, in either order."""
    assert one.meets(other) is other.meets(one) is meet


def test_one_common_place_is_enough_and_nothing_stated_contradicts_nothing():
    """A board shows the first of several places; "anywhere" may be each of them."""
    assert agree((BERLIN, FRANCE), (FRANCE,))
    assert agree((), (BERLIN,))
    assert not agree((BERLIN,), (MUNICH, FRANCE))


def test_the_place_line_is_read_where_no_place_was():
    """A posting before its steps has only its line; "anywhere" binds to nothing."""
    assert spots_stated(posting(location_text="Berlin, Germany"))[0].city == "Berlin"
    assert spots_stated(posting(location_text="Anywhere in the World")) == ()
    assert spots_stated(posting()) == ()


def test_an_unknown_town_is_a_town():
    """Two towns of one state that no table holds are two places."""
    one, other = (
        spots_stated(posting(location_text=line)) for line in ("Buckhead, GA", "Austell, GA")
    )

    assert not agree(one, other)
    assert agree(one, (Spot("US", "US-GA"),))


def test_what_the_text_says_of_eligibility_is_left_out():
    """An excerpt says less than the whole; fields count where no place of work is named."""
    from_text = Eligibility(countries=(label("US", "text"),))
    from_field = Eligibility(countries=(label("US", "applicant_locations"),))
    anywhere = Eligibility(anywhere=label("yes", "location_text"))

    assert spots_stated(posting(eligibility=from_text)) == ()
    assert spots_stated(posting(eligibility=from_field)) == (Spot("US"),)
    assert spots_stated(posting(city="Berlin", eligibility=anywhere)) == ()
    place = (Place(country="DE", city="Berlin"),)
    assert spots_stated(posting(job_location=place, eligibility=from_field)) == (
        Spot("DE", None, "Berlin"),
    )
