"""What one place line says: places, regions, workplace, and what is left open."""

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from jobtide.places import REGIONS, read
from jobtide.places.table import SUBDIVISIONS, countries


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Remote - US (EST hours)", ["US"]),
        ("US-CA-San Francisco", ["US"]),
        ("CA-Ontario", ["CA"]),
        ("CA-Ontario-Toronto", ["CA"]),
        ("US, CA, San Jose", ["US"]),
        ("US, CA, UK", ["US", "CA", "GB"]),
        ("US/CA", ["US", "CA"]),
        ("Berlin, CT", ["US"]),
        ("Berlin, DE", ["DE"]),
        ("Dover, DE", ["US"]),
        ("Lensby, DE", ["DE"]),
        ("Gunnerville, CO", ["US"]),
        ("Portland, OR or remote", ["US"]),
        ("Bangor, ME", ["US"]),
        ("Indianapolis, IN; Bengaluru, IN", ["US", "IN"]),
        ("Barcelona, CT", ["ES"]),
        ("Girona, CT, Spain", ["ES"]),
        ("Toronto, CA", ["CA"]),
        ("Remote, USA; Canada", ["US", "CA"]),
        ("DE, AT, CH", ["DE", "AT", "CH"]),
        ("Congo, The Democratic Republic of the", ["CD"]),
        ("Korea, Republic of; Japan", ["KR", "JP"]),
        ("Antigua and Barbuda", ["AG"]),
        ("🇵🇱 Poland, 🇨🇿 Czechia", ["PL", "CZ"]),
        ("🏴󠁧󠁢󠁳󠁣󠁴󠁿 Dundee", ["GB"]),
        ("EspaÃ±a", ["ES"]),
        ("Athens, Georgia", ["US"]),
        ("Tbilisi, Georgia", ["GE"]),
        ("Armenia, Georgia, Moldova", ["AM", "GE", "MD"]),
        ("Lebanon, NH", ["US"]),
        ("Lebanon", ["LB"]),
        ("Paris, Texas, USA", ["US"]),
        ("London, New York, Dublin", ["GB", "US", "IE"]),
        ("London; Remote - US", ["GB", "US"]),
        ("Mülheim an der Ruhr", ["DE"]),
        ("Greater Lyon Area", ["FR"]),
        ("DACH", ["DE", "AT", "CH"]),
        ("東京", ["JP"]),
    ],
)
def test_a_line_gives_its_countries_in_order(line, expected):
    """Codes, names in any language, cities and chains of them give alpha-2 codes."""
    assert expected == list(read(line).countries)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("Ontario, CA", "CA"),
        ("Georgia", "Georgia"),
        ("Remote - CA", "CA"),
        ("Cambridge", "Cambridge"),
    ],
)
def test_what_two_places_claim_is_refused(line, word):
    """A name or code that may mean two places gives none and is listed as ambiguous."""
    reading = read(line)

    assert reading.countries == ()
    assert word in reading.ambiguous


@pytest.mark.parametrize(
    "line",
    ["2 Locations", "53 Locations", "Multiple locations", "", "  ", ",", "How,", "Success, ",
     "REMOTE OR ONSITE", "Engineering, GTM", "AI/ML", "Multiple roles", "Contract-to-hire",
     "Rust/TypeScript", "HYBRID/ON-SITE", "2 days remote OK", "Data Platform Team"],
)  # fmt: skip
def test_words_are_no_places(line):
    """Counts, trades, terms of work and plain words name no country."""
    assert read(line).countries == ()


@pytest.mark.parametrize(
    ("line", "regions"),
    [
        ("LATAM", ["latam"]),
        ("EMEA / APAC", ["emea", "apac"]),
        ("Americas, Europe, Oceania", ["americas", "europe", "oceania"]),
        ("Union européenne", ["eu"]),
        ("Remote - Eastern Europe", ["europe"]),
        ("MENA", ["middle_east", "africa"]),
    ],
)
def test_region_words_are_read_in_the_wide_vocabulary(line, regions):
    """A narrow region is given as the one around it; its own word stands in the place."""
    assert regions == list(read(line).regions)


def test_a_narrow_region_keeps_its_own_word():
    """ "Eastern Europe" is Europe in `regions` and itself in `places`."""
    assert [place.region for place in read("Eastern Europe").places] == ["eastern_europe"]


@pytest.mark.parametrize(
    ("line", "anywhere"),
    [
        ("Worldwide", True),
        ("Remote (Anywhere)", True),
        ("Anywhere in the World", True),
        ("Worldwide, Europe, Asia", True),
        ("Anywhere in the US", False),
        ("Remote - Anywhere - USA", False),
        ("Anywhere in Country", False),
        ("Remote", False),
        ("Global City, Manila", False),
    ],
)
def test_anywhere_is_said_in_so_many_words(line, anywhere):
    """Only a word for the whole world is "anywhere", and a place beside it takes it back."""
    assert anywhere == read(line).anywhere


@pytest.mark.parametrize(
    ("line", "workplace"),
    [
        ("Remote", "remote"),
        ("Remote or Hybrid", "remote"),
        ("Hybrid remote", "hybrid"),
        ("Lisbon (Hybrid)", "hybrid"),
        ("NYC (3 days in office)", "hybrid"),
        ("Oslo (On-site)", "on_site"),
        ("Bern, no remote", "on_site"),
        ("Télétravail", "remote"),
        ("Berlin", None),
        ("Remote Sensing Centre, Berlin", None),
    ],
)
def test_the_workplace_is_read_from_the_line(line, workplace):
    """The freest of several choices counts, a denial is on site, a bare city says nothing."""
    assert workplace == read(line).workplace


def test_exclusions_are_no_places():
    """What a line excepts is excluded, and not counted among its places."""
    reading = read("Worldwide except France and US-CA")

    assert reading.anywhere
    assert reading.countries == ()
    assert "FR" in reading.excluded


def test_levels_of_one_place_are_joined():
    """City, state and country of one chain are one place, with the words that name it."""
    (place,) = read("San Jose, CA, USA").places

    assert (place.country, place.subdivision, place.city) == ("US", "US-CA", "San Jose")
    assert place.text == "San Jose, CA, USA"


@pytest.mark.parametrize("code", sorted(SUBDIVISIONS["US"]))
def test_every_state_is_read_after_a_town(code):
    """ "Town, ST" is in that state, also where ST is a country's code; but for Delaware."""
    reading = read(f"Quibbletown, {code}")

    assert (("DE",) if code == "DE" else ("US",)) == reading.countries
    assert code == "DE" or f"US-{code}" in reading.subdivisions


@pytest.mark.parametrize("code", sorted(SUBDIVISIONS["CA"]))
def test_every_province_is_read_beside_its_country(code):
    """ "Canada (XX)" is the province."""
    assert (f"CA-{code}",) == read(f"Remote, Canada ({code})").subdivisions


#: Georgia is a state too; "Island" is German for Iceland; two islands share Saint Martin.
_CLASHES = {"GE", "IS", "SX"}


@pytest.mark.parametrize("locale", ["en", "de", "fr", "es", "pt", "it", "nl"])
def test_names_of_countries_are_read_in_major_languages(locale):
    """Every name CLDR gives for a country is read as that country."""
    names = Locale.parse(locale).territories
    wrong = {
        code: (names[code], read(names[code]).countries)
        for code in countries()
        if code in names and len(names[code]) > 3 and read(names[code]).countries != (code,)
    }

    assert set(wrong) <= _CLASHES, wrong


@given(st.text(max_size=120))
def test_any_text_can_be_read(text):
    """Nothing raises; every code exists; offsets are sorted and on earth."""
    reading = read(text)

    assert all(code in countries() for code in reading.countries)
    assert all(region in REGIONS for region in reading.regions)
    assert sorted(set(reading.utc_offsets)) == list(reading.utc_offsets)
    assert all(-12 <= offset <= 14 for offset in reading.utc_offsets)


_WORDS = st.sampled_from(
    "Remote Berlin CA US , ; - ( ) / or and EST UTC+2 ± 3 Georgia Ontario EU EMEA anywhere except "
    "New York Paris TX 🇩🇪 Congo, hours to Hybrid on-site IN OR 10001 Ã± São Paulo".split(" ")
)


@given(st.lists(_WORDS, max_size=12))
def test_any_mixture_of_place_words_can_be_read(words):
    """Nothing raises on what lines are made of, and blanks around a line change nothing."""
    line = " ".join(words)

    assert read(line) == read(f"  {line} ")


@pytest.mark.parametrize(
    "line", ["Southeast", "Northeast", "Northwest Region", "South East", "North Central"]
)
def test_a_direction_alone_is_no_place(line):
    """A part of a country nobody named is no province of Haiti, Botswana or Burkina Faso."""
    assert not read(line).places
