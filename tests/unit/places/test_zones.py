"""Time zones as postings write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.places import country_offsets, read
from jobtide.places.zones import find_zones


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("CET +/- 3 hours", -2, 4),
        ("CET/CEST +/– 3 hours", -2, 4),
        ("Remote( +-4 EU EET)", -2, 6),
        ("CET ±2h", -1, 3),
        ("within 4 hours of CET", -3, 5),
        ("within ±2 hrs of London", -2, 2),
        ("UTC+2 +/- 2", 0, 4),
        ("UTC-5 to UTC+1", -5, 1),
        ("UTC −8 to −3", -8, -3),
        ("UTC-5/-8", -8, -5),
        ("GMT+1 – GMT+3", 1, 3),
        ("+3 GMT", 3, 3),
        ("GMT+5:30", 5.5, 5.5),
        ("EST hours", -5, -5),
        ("PST - EST", -8, -5),
        ("ET or CT hours", -6, -5),
        ("PT (Pacific)", -8, -8),
        ("Pacific Time Zone", -8, -8),
        ("Pacific, Mountain or Central time zones", -8, -6),
        ("East Coast/ET", -5, -5),
        ("US time zones", -8, -5),
        ("LATAM/EU time zones", -6, 2),
        ("European timezones", 0, 2),
        ("IST", 5.5, 5.5),
        ("AEST ±2", 8, 12),
    ],
)
def test_zones_are_read_as_offsets(text, low, high):
    """The least and greatest offset named are found, in hours of standard time."""
    offsets = find_zones(text).offsets

    assert (low, high) == (offsets[0], offsets[-1])


def test_a_range_holds_every_hour_and_a_list_only_its_own():
    """ "CET ±2" gives five offsets, "EST/PST" two."""
    assert find_zones("CET ±2").offsets == (-1, 0, 1, 2, 3)
    assert find_zones("EST/PST").offsets == (-8, -5)


def test_an_overlap_is_hours_and_a_zone():
    """ "4h overlap with Pacific" names the zone and the hours to share."""
    zones = find_zones("4h overlap with Pacific")

    assert (zones.offsets, zones.overlap_h) == ((-8.0,), 4.0)


@pytest.mark.parametrize(
    "text",
    ["Hartford, CT", "Helena, MT", "Lisbon, PT", "at the best time", "24 hours", "C-3 to C-5",
     "Senior role, 5-8 years", "across time zones", "Central Park", "Atlantic City"],
)  # fmt: skip
def test_states_words_and_numbers_are_no_zones(text):
    """Codes of states, plain words and ranges of years give no offset."""
    assert find_zones(text).offsets == ()


def test_a_zone_names_no_country():
    """ "US time zones" and "EST" are hours, not places."""
    assert read("Remote (US time zones)").countries == ()
    assert read("Remote, EST").countries == ()


@pytest.mark.parametrize(
    ("country", "offsets"),
    [("DE", (1.0,)), ("PT", (-1.0, 0.0)), ("IN", (5.5,)), ("NP", (5.75,)), ("XX", ())],
)
def test_a_country_has_standard_offsets(country, offsets):
    """The table gives winter offsets; an unknown code gives none."""
    assert offsets == country_offsets(country)


def test_the_united_states_reach_from_hawaii_to_the_east_coast():
    """A wide country has all its offsets, ascending."""
    offsets = country_offsets("US")

    assert (offsets[0], offsets[-1]) == (-10.0, -5.0)
    assert sorted(offsets) == list(offsets)


@given(st.text(alphabet="UTCGMESPA+-−–±/.:0123456789h ()to", max_size=40))
def test_anything_like_a_zone_can_be_read(text):
    """Nothing raises, spans lie in the text, offsets lie on earth."""
    zones = find_zones(text)

    assert all(-12 <= offset <= 14 for offset in zones.offsets)
    assert all(0 <= start <= end <= len(text) for start, end in zones.spans)


@pytest.mark.parametrize(
    "text", ["European timezones", "US time zones", "GMT to GMT+2", "EST hours", "CET ±2h"]
)
def test_offsets_are_floats(text):
    """0 and 0.0 are written differently, so a posting read back must hold what was written."""
    assert {type(offset) for offset in find_zones(text).offsets} == {float}
