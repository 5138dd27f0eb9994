"""May somebody apply from there? Yes, no, or not stated."""

import pytest

from jobtide.model import Eligibility, Label
from jobtide.places import eligible


def label(value, **more):
    return Label(value=value, rule="eligibility.test", evidence=f"said {value}", **more)


def ask(country, utc_offset=None, subdivision=None, **stated):
    return eligible(Eligibility(**stated), country, utc_offset, subdivision).value


@pytest.mark.parametrize(
    "stated", [None, Eligibility(), Eligibility(work_permit=label("required"))]
)
def test_silence_is_not_stated(stated):
    """Nothing said about places or hours gives no answer, never yes or no."""
    assert eligible(stated, "FR").value is None


def test_a_named_country_may_and_others_may_not():
    """Countries named are in, all others out, and the evidence comes along."""
    stated = Eligibility(countries=(label("DE"),))

    assert eligible(stated, "DE").value == "yes"
    assert eligible(stated, "FR").value == "no"
    assert eligible(stated, "FR").label.evidence == "said DE"
    assert "said DE" in eligible(stated, "DE").sentence


def test_a_small_letter_code_is_understood():
    """ "de" is asked as "DE"."""
    assert ask("de", countries=(label("DE"),)) == "yes"


def test_a_region_holds_its_countries():
    """A region allows its members and nobody else."""
    assert ask("PT", regions=(label("eu"),)) == "yes"
    assert ask("GB", regions=(label("eu"),)) == "no"


def test_anywhere_is_yes_but_an_exclusion_is_no():
    """The whole world, except what is refused."""
    assert ask("NP", anywhere=label("yes")) == "yes"
    assert ask("NP", anywhere=label("yes"), excluded=(label("NP"),)) == "no"
    assert ask("IT", anywhere=label("yes"), excluded=(label("europe"),)) == "no"


def test_an_excluded_state_refuses_only_its_people():
    """Residents of a refused state may not, other parts of the country may."""
    stated = {"countries": (label("US"),), "excluded": (label("US-CO"),)}

    assert ask("US", subdivision="US-CO", **stated) == "no"
    assert ask("US", subdivision="US-UT", **stated) == "yes"
    assert ask("US", **stated) == "yes"


def test_named_states_need_the_applicants_state():
    """Open to some states: without one there is no answer."""
    stated = {"countries": (label("US"),), "subdivisions": (label("US-TX"),)}

    assert ask("US", **stated) is None
    assert ask("US", subdivision="US-TX", **stated) == "yes"
    assert ask("US", subdivision="US-OK", **stated) == "no"


def test_zones_answer_where_no_place_is_named():
    """Only zones are stated: the offset decides, else the country's own offsets."""
    stated = {"utc_offsets": (0.0, 1.0, 2.0)}

    assert ask("DE", **stated) == "yes"
    assert ask("JP", **stated) == "no"
    assert ask("JP", utc_offset=1.0, **stated) == "yes"
    assert ask("RU", utc_offsets=(2.0, 3.0)) is None


def test_half_hours_fit_between_named_offsets():
    """An offset half an hour from a named one counts as named."""
    assert ask("IN", utc_offsets=(5.0, 6.0)) == "yes"


def test_an_overlap_widens_the_zones():
    """Four of eight hours shared reach four zones away."""
    stated = {"utc_offsets": (-8.0,), "overlap_h": 4.0}

    assert ask("US", utc_offset=-5.0, **stated) == "yes"
    assert ask("DE", **stated) == "no"


def test_working_hours_refuse_nobody():
    """Hours of a far zone can be kept from elsewhere: no answer, not a no."""
    hours = Label(value="UTC-5", rule="eligibility.timezone.hours", evidence="EST hours")

    assert ask("PH", utc_offsets=(-5.0,), timezone=hours) is None
    assert ask("PE", utc_offsets=(-5.0,), timezone=hours) == "yes"


def test_a_region_and_zones_must_both_fit():
    """Inside the region but in a far zone is a no; a country named itself is a yes."""
    stated = {"regions": (label("emea"),), "utc_offsets": (0.0, 1.0)}

    assert ask("DE", **stated) == "yes"
    assert ask("AE", **stated) == "no"
    assert ask("AE", countries=(label("AE"),), **stated) == "yes"


def test_where_the_job_lies_refuses_nobody():
    """A place only concluded from the place line says yes to its people and no to none."""
    place = label("GB", inferred=True, field="location_text")

    assert ask("GB", countries=(place,)) == "yes"
    assert ask("FR", countries=(place,)) is None
