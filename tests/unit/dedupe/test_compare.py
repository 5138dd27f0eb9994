"""When two postings are one opening, and when they never are."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from jobtide.dedupe.compare import compare
from jobtide.model import Salary, UnitText
from tests.unit.dedupe.made import GRAIN, SPOONS, elsewhere, label, posting, tracked, worlds

PRAISE = " ".join(
    f"we believe in value number {number} and act on it daily" for number in range(30)
)


def same(one, other):
    """Return whether the two are one opening; it must not matter which comes first."""
    verdict = compare(one, other)
    assert verdict.same == compare(other, one).same
    assert verdict.reasons
    return verdict.same


def test_one_job_on_two_boards():
    """Company and title in other spellings, "anywhere" for the city: one opening, and why."""
    verdict = compare(
        posting("Data Engineer", "Lorne", city="Berlin"),
        elsewhere("🚀 Data Engineer (m/f/d) - Remote", "Lorne, Inc.", location_text="Worldwide"),
    )

    assert verdict.same
    assert verdict.score >= 0.6
    assert "same company and title" in verdict.reasons


def test_what_contradicts_is_never_outweighed():
    """Level, team, city, requisition, language of work: each parts two otherwise equal jobs."""
    one = posting(city="Berlin", requisition="R-10", text=GRAIN)
    for other in (
        elsewhere("Senior Data Engineer", city="Berlin", text=GRAIN),
        elsewhere("Data Engineer II", city="Berlin", text=GRAIN),
        elsewhere("Data Engineer, Maps", city="Berlin", text=GRAIN + " On the team Maps."),
        elsewhere(city="Munich", text=GRAIN),
        elsewhere("Data Engineer - Munich", text=GRAIN),
        elsewhere(city="Berlin", requisition="R-22", text=GRAIN),
        elsewhere("Data Engineer (R-22)", city="Berlin", text=GRAIN),
        elsewhere("Data Engineer (German)", city="Berlin", text=GRAIN + " You speak German."),
    ):
        assert not same(one, other), other.title


def test_the_same_role_in_another_city_is_grouped():
    """Shown together, never merged; another requisition in the same city is neither."""
    berlin = posting(city="Berlin", text=GRAIN, number=1)
    munich = posting(city="Munich", text=GRAIN, number=2)
    other = posting(city="Berlin", text=SPOONS, number=3)

    assert compare(berlin, munich).grouped
    assert compare(berlin, elsewhere(city="Paris")).grouped
    assert not compare(berlin, munich).same
    assert not compare(berlin, other).same
    assert not compare(berlin, other).grouped


def test_praise_in_common_says_nothing():
    """Two texts of one employer that share two thirds speak of two jobs all the same."""
    one = posting(city="Berlin", text=f"{PRAISE} {GRAIN * 2}")
    other = elsewhere(city="Berlin", text=f"{PRAISE} {SPOONS * 2}")
    framed = elsewhere(
        city="Berlin", text=f"Headquarters: Berlin. {GRAIN * 2} {PRAISE} Apply here."
    )

    assert not same(one, other)
    assert "the texts speak of different jobs" in compare(one, other).against
    assert same(one, framed)


def test_an_excerpt_belongs_to_its_text():
    """The beginning of a text is that job's; one that hardly is in it is another's."""
    whole = posting(text=f"{GRAIN} {PRAISE}")

    assert same(whole, elsewhere(text=GRAIN, description_complete=False))
    assert not same(whole, elsewhere(text=SPOONS, description_complete=False))


def test_one_job_in_two_languages():
    """Texts of two languages have no word in common and may well be one job."""
    english = posting(text=GRAIN, language=label("en"))

    assert same(english, elsewhere(text=SPOONS, language=label("de")))
    assert not same(english, elsewhere(text=SPOONS, language=label("en")))


def test_agencies_with_one_text():
    """The same words under two names are one job, when title and place agree."""
    gable = posting("Data Engineer", "Gable Staffing", city="Berlin", text=GRAIN)
    harrow = elsewhere("Data Engineer", "Harrow Talent", city="Berlin", text=GRAIN + " ")

    assert same(gable, harrow)
    assert not same(gable, replace(harrow, text=SPOONS))
    assert not same(gable, replace(harrow, text=""))
    assert not same(gable, elsewhere("Data Engineer", "Harrow Talent", city="Paris", text=GRAIN))


def test_a_link_that_names_the_job_speaks_for_it():
    """The same address proves much, an employer's list of all jobs nothing, another title all."""
    link = "https://lorne.example/jobs/4711"
    slip = elsewhere("Data Enigneer", apply_url=link)

    assert same(posting(apply_url=link), slip)
    assert not same(posting(), elsewhere("Data Enigneer"))
    listing = "https://lorne.example/careers"
    assert not same(posting(apply_url=listing), elsewhere("Data Enigneer", apply_url=listing))
    assert not same(posting(apply_url=link), elsewhere("Accountant", apply_url=link))


def test_a_requisition_speaks_for_a_longer_title():
    """A number in common joins a title and its shortened form, only within one employer."""
    one = posting("Data Engineer, Maps", requisition="R-10", city="Berlin")

    assert same(one, elsewhere("Data Engineer", requisition="R10, R-9", city="Berlin"))
    assert not same(one, elsewhere("Data Engineer", city="Berlin"))
    assert not same(one, elsewhere("Data Engineer", "Pell", requisition="R-10", city="Berlin"))


def test_numbers_of_two_systems_do_not_contradict():
    """ "R-10" and "4017723" may be two systems' names of one vacancy."""
    assert same(posting(requisition="R-10"), elsewhere(requisition="4017723"))


def test_what_one_board_lists_twice():
    """One board's two postings are one only with the same words, place and kind of employment."""
    one = posting(number=1, city="Berlin", text=GRAIN)
    full = (label("full_time", "employment_type_text"),)

    assert same(one, posting(number=2, city="Berlin", text=GRAIN))
    assert not same(one, posting(number=2, city="Berlin", text=SPOONS))
    assert not same(one, posting(number=2, text=GRAIN))
    assert not same(one, posting("Data Engineer, Maps", number=2, city="Berlin", text=GRAIN))
    assert not same(posting(number=1), posting(number=2))
    assert not same(one, posting(number=2, city="Berlin", text=GRAIN, employment_type=full))


def test_posted_again_when_the_first_was_gone():
    """The next posting of a role on one board follows the first when that had left the list."""
    first, again = posting(number=9), posting(number=88)

    gone = compare(tracked(first, 0, 3, "closed"), tracked(again, 10))
    assert gone.same
    assert any("posted again" in reason for reason in gone.reasons)
    assert not same(tracked(first, 0, 10), tracked(again, 10))


def test_kinds_of_employment():
    """A contract of the title is another job than a permanent one; a board's default is not."""
    contract = posting(
        "Data Engineer (Contract)", text=GRAIN, employment_type=(label("contract"),)
    )
    full = (label("full_time", "employment_type_text"),)
    field = (label("contract", "employment_type_text"),)

    assert not same(contract, elsewhere(text=GRAIN, employment_type=full))
    assert same(contract, elsewhere(text=GRAIN, employment_type=(label("freelance"),)))
    assert same(
        posting(text=GRAIN, employment_type=field), elsewhere(text=GRAIN, employment_type=full)
    )
    assert not same(posting(employment_type=field), elsewhere(employment_type=full))


def test_a_place_in_one_title_only():
    """A title with its place needs the other's place, or its words, to confirm it."""
    named = posting("Counsel, EMEA")

    assert same(named, elsewhere("Counsel", city="Berlin"))
    assert not same(named, elsewhere("Counsel"))
    assert same(posting("Counsel, EMEA", text=GRAIN), elsewhere("Counsel", text=GRAIN))


def test_pay_and_related_names_tip_the_balance():
    """Alone they prove nothing; with the same words a name that goes on is the same employer."""
    pay = Salary(currency="EUR", unit_text=UnitText.YEAR, min_value=60_000, max_value=70_000)
    less = replace(pay, min_value=30_000, max_value=40_000)
    one = posting(company="Grafana Labs", text=GRAIN, base_salary=(pay,))

    assert same(one, elsewhere(company="Grafana", text=GRAIN))
    assert not same(one, elsewhere(company="Grafana"))
    paid = compare(posting(base_salary=(pay,)), elsewhere(base_salary=(pay,))).score
    assert paid > compare(posting(), elsewhere()).score
    assert not same(posting(base_salary=(pay,)), elsewhere(base_salary=(less,)))


def test_a_posting_of_no_employer_needs_the_words():
    """Two confidential data engineers are two, unless they say the same."""
    one = posting(company="Confidential", text=GRAIN, city="Berlin")

    assert not same(one, elsewhere(company="Confidential", city="Berlin"))
    assert same(one, elsewhere(company=None, text=GRAIN, city="Berlin"))


@given(worlds)
def test_verdicts_hold_in_either_order(world):
    """The verdict on a pair does not depend on which is named first; a posting is itself."""
    for one in world[:4]:
        for other in world:
            forth, back = compare(one, other), compare(other, one)
            assert (forth.same, forth.score, forth.grouped) == (
                back.same,
                back.score,
                back.grouped,
            )
            assert bool(forth.against) == bool(back.against)
            assert not (forth.same and (forth.grouped or forth.against))


@given(st.text(max_size=60), st.text(max_size=40), st.text(max_size=200), st.text(max_size=40))
def test_any_words_can_be_compared(title, company, text, place):
    """Whatever a board sends: no exception."""
    one = posting(title, company, text=text, location_text=place, requisition=place)

    compare(one, replace(one, identifier="2", title=company))
