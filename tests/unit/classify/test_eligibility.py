"""From where one may apply, on what terms, in which hours."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from jobtide.classify.arrangement import label_arrangement, read_places
from jobtide.classify.eligibility import read_eligibility
from jobtide.model import Eligibility, Posting


def posting(**fields):
    fields = {"title": "Platform Engineer", **fields}
    return Posting(
        source="demo", board="main", identifier="1", url="https://x.example/1", **fields
    )


def run(**fields):
    made = read_eligibility(label_arrangement(read_places(posting(**fields))))
    return made.eligibility or Eligibility()


def values(labels):
    return [label.value for label in labels]


def test_a_bare_remote_is_not_stated():
    """ "Remote" alone says nothing of who may apply, and never "worldwide"."""
    made = read_eligibility(label_arrangement(posting(location_text="Remote")))

    assert made.arrangement.value == "remote"
    assert made.eligibility is None


@pytest.mark.parametrize("line", ["Worldwide", "Anywhere in the World"])
def test_worldwide_is_said_in_so_many_words(line):
    """The whole world is stated, not concluded."""
    assert run(location_text=line).anywhere.value == "yes"
    assert run(applicant_locations=(line,), arrangement_text="remote").anywhere.value == "yes"


@pytest.mark.parametrize(
    ("title", "countries", "regions"),
    [
        ("Backend Engineer - USA Only (100% Remote)", ["US"], []),
        ("Platform Engineer [Remote-US]", ["US"], []),
        ("Designer (USA/EMEA - Remote)", ["US"], ["emea"]),
        ("Accountant, Canada", ["CA"], []),
        ("Accountant | LATAM", [], ["latam"]),
    ],
)
def test_a_title_beats_the_boards_region(title, countries, regions):
    """What the employer puts in the title narrows the board's "Anywhere in the World"."""
    made = run(
        title=title, applicant_locations=("Anywhere in the World",), arrangement_text="remote"
    )

    assert values(made.countries) == countries
    assert values(made.regions) == regions
    assert made.anywhere is None


@pytest.mark.parametrize(
    "title",
    ["Lead, AI", "Engineer (ML)", "Manager - HR", "Tester - QA", "Account Executive, US Market",
     "Translator - German", "Nurse, IT Systems"],
)  # fmt: skip
def test_a_title_without_a_place_says_nothing(title):
    """Trades, adjectives and markets are no places to live in."""
    assert run(title=title, arrangement_text="remote", location_text="Remote") == Eligibility()


def test_a_place_in_a_title_of_an_office_job_is_not_eligibility():
    """ "Baker, France" of a job that is not remote says where, not who."""
    assert run(title="Baker, France") == Eligibility()


def test_a_restriction_only_in_the_text_is_found_and_quoted():
    """The sentence restricts, and is the evidence."""
    sentence = "We are hiring in Iceland or New Zealand only for this position"
    made = run(location_text="Remote", text=f"About us.\n{sentence}. Apply now.")

    assert values(made.countries) == ["IS", "NZ"]
    assert sentence in made.countries[0].evidence
    assert made.anywhere is None


@pytest.mark.parametrize(
    ("sentence", "countries"),
    [
        ("Candidates must be based in Chile, Peru or the UK.", ["CL", "PE", "GB"]),
        ("You must reside in the U.S. and like bread.", ["US"]),
        ("This role is open to candidates located in Kenya.", ["KE"]),
        ("We can only hire in Denmark and Norway.", ["DK", "NO"]),
        ("Open to residents of Ireland only", ["IE"]),
        ("100% remote within Canada.", ["CA"]),
        ("Work from anywhere in Portugal.", ["PT"]),
        ("(UK only)", ["GB"]),
        ("We cannot consider applicants who live outside of Japan.", ["JP"]),
        ("Dein Wohnsitz ist in Österreich.", ["AT"]),
        ("Il faut résider en Suisse.", ["CH"]),
        ("Imprescindible residir en Colombia.", ["CO"]),
        ("Location: Remote (Vietnam)", ["VN"]),
        ("Headquarters: Remote - Bolivia", ["BO"]),
    ],
)
def test_sentences_that_say_where_one_must_live(sentence, countries):
    """Residence is read from the text, in several languages."""
    made = run(location_text="Remote", text=f"About us.\n{sentence}\nApply now.")

    assert values(made.countries) == countries


@pytest.mark.parametrize(
    "sentence",
    [
        "We are based in Berlin and sell bread in France.",
        "Our customers live in Spain.",
        "The pay range for candidates based in Colorado is $50.",
        "For applicants residing in California, read our privacy notice.",
        "Experience with companies located in Japan is a plus.",
        "Headquarters: Oslo, Norway",
        "Dental insurance (US only)",
        "Parental leave for employees based in Canada.",
        "We participate in E-Verify for those residing in the United States.",
        "You will not need to live in Norway.",
        "Candidates from Peru are preferred, ideally based in Lima.",
        "Customers worldwide love us, and we hire people who love them.",
    ],
)
def test_sentences_that_only_name_a_place(sentence):
    """Offices, customers, pay zones, notices and preferences restrict nobody."""
    made = run(location_text="Remote", text=f"About us.\n{sentence}\nApply now.")

    assert (made.countries, made.subdivisions, made.anywhere) == ((), (), None)


def test_states_one_may_live_in():
    """A list of states gives ISO 3166-2 codes and their country."""
    made = run(
        location_text="Remote",
        text="You must reside in one of the following states: Ohio, New York, Georgia, or TX.",
    )

    assert values(made.subdivisions)[:3] == ["US-OH", "US-NY", "US-GA"]
    assert values(made.countries) == ["US"]


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("Remote across the U.S. except residents of CA, CO and NY.", ["US-CA", "US-CO", "US-NY"]),
        ("We cannot hire in California, Colorado or New York.", ["US-CA", "US-CO", "US-NY"]),
        ("We are not accepting applications from candidates residing in Alaska.", ["US-AK"]),
        ("Open to candidates in Canada (excluding Quebec).", ["CA-QC"]),
        ("This role is remote in Europe, with the exception of Spain.", ["ES"]),
    ],
)
def test_places_that_are_refused(sentence, codes):
    """Exclusions are read as such, and not as places one may live in."""
    made = run(location_text="Remote", text=f"About us.\n{sentence}\nApply.")

    assert values(made.excluded) == codes
    assert not set(codes) & set(values((*made.countries, *made.subdivisions)))


@pytest.mark.parametrize(
    ("sentence", "country"),
    [
        ("US citizens only.", "US"),
        ("U.S. citizenship is required.", "US"),
        ("You must be authorized to work in the United States.", "US"),
        ("Applicants must have the right to work in the UK.", "GB"),
        ("Legal authorization to work in Canada is required.", "CA"),
        ("Arbeitserlaubnis für die Schweiz erforderlich.", "CH"),
    ],
)
def test_a_permit_is_asked_for_and_names_its_country(sentence, country):
    """A permit is required, and one may conclude the country."""
    made = run(location_text="Remote", text=f"About us.\n{sentence}\nApply.")

    assert made.work_permit.value == "required"
    assert values(made.countries) == [country]
    assert made.countries[0].inferred


@pytest.mark.parametrize(
    "sentence",
    [
        "We hire regardless of citizenship or age.",
        "You are able to work in a team.",
        "Be a good corporate citizen.",
        "Right to work checks are part of hiring.",
    ],
)
def test_talk_of_citizens_and_work_asks_for_no_permit(sentence):
    """Notices of equal treatment and plain talk are no requirement."""
    assert run(text=f"About us.\n{sentence}\nApply.").work_permit is None


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("Visa sponsorship is available.", "yes"),
        ("We can sponsor visas for this role.", "yes"),
        ("Relocation and visa support", "yes"),
        ("We are unable to sponsor visas at this time.", "no"),
        ("Visa sponsorship is not available for our bakers.", "no"),
        ("You must be able to work here without sponsorship, now or later, by visa.", "no"),
        ("Wir unterstützen dich beim Visum.", "yes"),
        ("Ein Visum können wir leider nicht unterstützen.", "no"),
        ("Nous proposons le parrainage de visa.", "yes"),
        ("Nous ne proposons pas de sponsoring de visa.", "no"),
        ("Ofrecemos patrocinio de visa.", "yes"),
        ("No ofrecemos patrocinio de visado.", "no"),
        ("You find sponsors for our events.", None),
        ("Will you now or in the future require visa sponsorship?", None),
    ],
)
def test_visas_are_sponsored_refused_or_not_spoken_of(sentence, answer):
    """Sentences in English, German, French and Spanish."""
    label = run(text=f"About us.\n{sentence}\nApply.").visa_sponsorship

    assert (label.value if label else None) == answer


@pytest.mark.parametrize(
    ("sentence", "low", "high", "rule"),
    [
        ("You live within 3 hours of CET.", -2, 4, "zone"),
        ("Candidates must be located in UTC-3 to UTC+1.", -3, 1, "zone"),
        ("Time zone: CET (+/- 2 hours)", -1, 3, "zone"),
        ("You must be located in the Pacific, Mountain, or Central time zones.", -8, -6, "zone"),
        ("Working hours are 9am-5pm EST.", -5, -5, "hours"),
        ("You work US business hours.", -8, -5, "hours"),
    ],
)
def test_hours_of_the_text(sentence, low, high, rule):
    """A zone one must sit in and hours one must keep are told apart."""
    made = run(location_text="Remote", text=f"About us.\n{sentence}\nApply.")

    assert (made.utc_offsets[0], made.utc_offsets[-1]) == (low, high)
    assert made.timezone.rule.endswith(rule)


@pytest.mark.parametrize(
    "sentence",
    ["You work across time zones with many teams.", "Applications close at 5pm EST.",
     "We answer customers around the clock.", "Flexible working hours for bakers."],
)  # fmt: skip
def test_talk_of_hours_is_no_zone(sentence):
    """Deadlines, customers and other teams ask for no zone."""
    assert run(text=f"About us.\n{sentence}\nApply.").utc_offsets == ()


def test_an_overlap_is_kept_in_hours():
    """Hours to share stand beside the zone they are shared with."""
    made = run(text="We need at least 4 hours of overlap with Pacific time, so work early.")

    assert (made.utc_offsets, made.overlap_h) == ((-8.0,), 4.0)


def test_the_boards_zones_and_places_are_read():
    """A list of offsets and a list of countries, "Georgia" among countries being one."""
    made = run(
        timezones_text="-3.5, 4, 3",
        applicant_locations=("Armenia", "Georgia"),
        arrangement_text="remote",
    )

    assert made.utc_offsets == (-3.5, 3.0, 4.0)
    assert values(made.countries) == ["AM", "GE"]


def test_each_country_of_a_list_is_its_own_evidence():
    """Of a list of countries each label quotes the entry that names it, not the list."""
    made = run(applicant_locations=("Kenya", "Uganda", "Europe"), arrangement_text="remote")

    assert [(one.value, one.evidence) for one in made.countries] == [
        ("KE", "Kenya"),
        ("UG", "Uganda"),
    ]
    assert made.regions[0].evidence == "Europe"


def test_the_remote_part_of_a_place_line_counts():
    """ "Ghent; Remote - US" lets people from the US apply, not those of Ghent."""
    assert values(run(location_text="Ghent; Oslo; Remote - US").countries) == ["US"]
    assert values(run(location_text="Ghent or REMOTE (Kenya)").countries) == ["KE"]
    assert run(location_text="Ghent or Remote").countries == ()


def test_a_city_on_a_remote_board_is_only_inferred():
    """Where the board does not say whose place it is, the country is marked as concluded."""
    (label,) = run(location_text="Lyon, France", arrangement_text="remote").countries

    assert (label.value, label.inferred) == ("FR", True)


def test_a_place_in_the_zone_field_line_gives_hours_too():
    """A place line with a zone gives both."""
    made = run(location_text="Remote in the United States or Canada (East Coast/ET)")

    assert values(made.countries) == ["US", "CA"]
    assert made.utc_offsets == (-5.0,)


def test_the_text_narrows_a_region_but_a_larger_one_does_not_widen():
    """A country inside the region wins; a region around the country changes nothing."""
    text = "You must be based in Spain."
    wide = run(applicant_locations=("Europe",), arrangement_text="remote", text=text)
    near = run(
        applicant_locations=("Spain",),
        arrangement_text="remote",
        text="Candidates must be located in Europe.",
    )

    assert (values(wide.countries), values(wide.regions)) == (["ES"], [])
    assert (values(near.countries), values(near.regions)) == (["ES"], [])


def test_every_label_shows_its_evidence():
    """The words stand in the named field at the named position."""
    text = (
        "Über uns – seit 1900.\nYou must reside in Kenya. We cannot hire in Uganda.\n"
        "Visa sponsorship is available."
    )
    made = read_eligibility(label_arrangement(posting(location_text="Remote", text=text)))
    stated = made.eligibility
    labels = (*stated.countries, *stated.excluded, stated.visa_sponsorship)

    assert values(labels) == ["KE", "UG", "yes"]
    for label in labels:
        assert getattr(made, label.field)[label.start :].startswith(label.evidence)


def test_nothing_stated_leaves_the_posting_as_it_is():
    """The step returns the same posting when it learns nothing."""
    before = posting(text="We bake bread.", location_text="Ghent")

    assert read_eligibility(before) is before


_PIECES = st.sampled_from(
    "must be based in|the US|U.S. |Georgia|only|except|residents of|CA, CO|cannot hire in|visa|"
    "sponsorship|not|authorized to work in|EST|UTC-3 to|hours of|overlap|worldwide|Location: |"
    "Remote (|)|.|\n|İ|’|citizens|anywhere in|Wohnsitz in|Ukraine".split("|")
)


@given(st.lists(_PIECES, max_size=16), st.sampled_from([None, "remote", "hybrid"]))
def test_any_mixture_of_such_words_can_be_read(pieces, field):
    """No text raises, and reading twice gives the same."""
    before = posting(text=" ".join(pieces), arrangement_text=field, title=" ".join(pieces[:3]))
    once = read_eligibility(label_arrangement(before))
    again = read_eligibility(label_arrangement(structs.replace(once)))

    assert once == again


@given(
    text=st.text(max_size=200),
    title=st.text(max_size=60),
    places=st.lists(st.text(max_size=30), max_size=3),
    zones=st.none() | st.text(max_size=30),
)
def test_anything_can_be_read(text, title, places, zones):
    """No input raises; offsets lie on earth."""
    made = run(text=text, title=title, applicant_locations=tuple(places), timezones_text=zones)

    assert all(-12 <= offset <= 14 for offset in made.utc_offsets)


@pytest.mark.parametrize(
    "word", ["remote ", "UTC+1 ", "EST/", "must be based in ", "not ", "a", "("]
)
@pytest.mark.parametrize("field", ["text", "title", "location_text", "arrangement_text"])
def test_a_hostile_length_is_read_in_time(word, field):
    """Twenty thousand repeated words cost a fraction of a second of this process in any field."""
    start = time.process_time()
    run(**{field: word * 20_000})

    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Vous pouvez travailler de partout dans le monde.", True),
        ("Nous recrutons partout dans le monde.", True),
        ("Partout dans le monde, des ateliers comptent sur nos machines.", False),
    ],
)
def test_partout_dans_le_monde_is_about_who_works(text, stated):
    """Where a firm's buyers are is no word about where its people may live."""
    assert bool(run(text=text).anywhere) == stated
