"""Region words and the countries they hold."""

import pytest

from jobtide.places import BROADER, REGIONS, expand
from jobtide.places.regions import WORDS
from jobtide.places.table import countries

WIDE = (
    "europe eu eea emea apac asia africa latam south_america north_america americas oceania "
    "middle_east nordics benelux dach"
).split()


@pytest.mark.parametrize("word", WIDE)
def test_every_wide_region_holds_countries(word):
    """The closed vocabulary is complete, and every member is an ISO 3166-1 code."""
    assert expand(word)
    assert expand(word) <= set(countries())


def test_the_european_union_has_27_members():
    """EU and EEA follow their member lists: 27 and 30."""
    assert (len(expand("eu")), len(expand("eea"))) == (27, 30)
    assert expand("eu") < expand("eea")
    assert "GB" not in expand("eu")
    assert "CH" not in expand("eea")


@pytest.mark.parametrize(
    ("inner", "outer"),
    [("eu", "europe"), ("benelux", "eu"), ("europe", "emea"), ("africa", "emea"),
     ("south_america", "latam"), ("latam", "americas"), ("north_america", "americas"),
     ("oceania", "apac"), ("eastern_europe", "europe"), ("southeast_asia", "asia")],
)  # fmt: skip
def test_regions_lie_in_larger_ones(inner, outer):
    """What holds for the larger region holds for the smaller one inside it."""
    assert expand(inner) <= expand(outer)


def test_a_narrow_region_lies_in_what_stands_for_it():
    """Every narrow word is covered by its wide words and countries, when it has any."""
    for word, (wide, members) in BROADER.items():
        around = frozenset(members).union(*(expand(one) for one in wide))
        assert not around or expand(word) - around <= {"MX", "TR", "EG"}, word


def test_every_spelling_leads_to_a_region():
    """No spelling names a region the table lacks; an unknown word holds nothing."""
    assert set(WORDS.values()) <= set(REGIONS)
    assert frozenset() == expand("atlantis")
