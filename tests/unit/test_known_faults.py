"""
Faults other programs were reported for, each held against the whole pipeline.

One posting goes in as a board would send it; what a reader would see comes out.
"""

import pytest

from jobtide import pipeline
from jobtide.clean.encoding import repair
from jobtide.clean.salary import read_pay, yearly
from jobtide.model import Posting, UnitText
from jobtide.places import read as read_line
from jobtide.places.eligible import eligible
from jobtide.text import company_key


def processed(**words):
    """Return the posting after all steps."""
    given = {"title": "Platform Engineer", "hiring_organization": "Acme", **words}
    posting = Posting(
        source="remotive", board="main", identifier="1", url="https://example.com/1", **given
    )
    return pipeline.apply(posting)


def open_to(posting):
    return (
        {label.value for label in posting.eligibility.countries} if posting.eligibility else set()
    )


def test_a_title_that_names_a_country_beats_a_bare_remote():
    """ "Remote" says nothing of where one may live; "[Remote-US]" in the title does."""
    one = processed(title="Platform Engineer [Remote-US]", location_text="Remote")

    assert one.arrangement.value == "remote"
    assert open_to(one) == {"US"}
    assert one.eligibility.anywhere is None


def test_a_restriction_only_the_text_states_is_read_with_its_sentence():
    """The evidence is the sentence itself."""
    one = processed(
        location_text="Remote",
        description="<p>A good team.</p><p>For this position we are hiring in Australia or "
        "New Zealand only.</p>",
    )

    assert open_to(one) == {"AU", "NZ"}
    assert "New Zealand only" in one.eligibility.countries[0].evidence


@pytest.mark.parametrize(
    ("line", "anywhere"),
    [("Worldwide", True), ("Anywhere in the World", True), ("Remote", False)],
)
def test_silence_is_not_worldwide(line, anywhere):
    """Open to all and not stated are different answers."""
    one = processed(location_text=line)
    stated = one.eligibility is not None and one.eligibility.anywhere is not None

    assert stated is anywhere
    assert eligible(one.eligibility, "PL").value == ("yes" if anywhere else None)


def test_two_countries_and_a_time_zone_in_one_line_are_all_read():
    """Countries, and the zone as UTC offsets in standard time."""
    found = read_line("Remote in the United States or Canada (East Coast/ET)")

    assert set(found.countries) == {"US", "CA"}
    assert found.utc_offsets == (-5.0,)


def test_what_is_ambiguous_is_not_guessed():
    """Ontario is a city in California and a province of Canada."""
    assert read_line("Ontario, CA").countries == ()


def test_a_number_of_places_is_no_place():
    """ "53 Locations" names none, and loses nothing else."""
    one = processed(location_text="53 Locations")

    assert one.job_location == ()


def test_a_perk_does_not_make_a_hybrid_job_remote():
    """Days in the office are the rule; a month anywhere is a holiday."""
    one = processed(
        location_text="Lisbon",
        description="<p>We are hybrid: 3 to 4 days a week in the office. Perk: work from anywhere "
        "in the world for up to a month.</p>",
    )

    assert one.arrangement.value == "hybrid"


def test_a_row_that_says_it_is_not_remote_is_not_remote():
    """What was asked of the board does not change what the row says."""
    one = processed(location_text="Austin, TX", arrangement_text="isRemote: false")

    assert one.arrangement is None or one.arrangement.value != "remote"


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "unit"),
    [
        ("$123,684—$254,644 USD", 123_684, 254_644, "USD", UnitText.YEAR),
        ("PKR 250,000 - 300,000 per month", 250_000, 300_000, "PKR", UnitText.MONTH),
        ("$50 per hour", 50, 50, "USD", UnitText.HOUR),
        ("Annual pay range $170,000—$220,000 USD", 170_000, 220_000, "USD", UnitText.YEAR),
        (
            "Last year we raised $40M. 401k match. A $2,000 home-office stipend. 0.1%-0.5% equity."
            " We are 1,200 people. Base: $95,000 to $115,000.",
            95_000, 115_000, "USD", UnitText.YEAR,
        ),
    ],
)  # fmt: skip
def test_pay_is_read_in_its_own_currency_and_period(text, low, high, currency, unit):
    """Nothing else that costs money is taken for it."""
    pay = read_pay(text)

    assert (pay.min_value, pay.max_value, pay.currency, pay.unit_text) == (
        low, high, currency, unit
    )  # fmt: skip


def test_no_pay_is_none_and_never_a_number():
    """Silence has no sentinel."""
    assert read_pay("A great team.") is None
    assert processed(description="<p>A great team.</p>").base_salary == ()


def test_filter_and_display_use_one_number_of_hours():
    """2,080 hours a year, in one place."""
    assert yearly(read_pay("$50 per hour")) == 104_000


@pytest.mark.parametrize(
    ("title", "categories"),
    [
        ("Программист Python", {"backend"}),
        ("Desenvolvedor Backend", {"backend"}),
        ("Entwickler (m/w/d) Frontend", {"frontend"}),
    ],
)
def test_titles_of_other_languages_have_a_category(title, categories):
    """A reader of a category page misses no job for its language."""
    assert processed(title=title).category.value in categories


def test_a_general_title_is_marked_as_inferred():
    """ "Software Engineer" alone names no side of the work."""
    one = processed(title="Software Engineer", description="<p>General product work.</p>")

    assert one.category.inferred


@pytest.mark.parametrize(
    ("title", "levels"),
    [
        ("Senior Engineer, Internal Tools", {"senior"}),
        ("Staff Engineer International", {"staff"}),
        ("Engineering Intern", {"intern"}),
        ("Associate Director", {"director", "senior"}),
        ("Associate General Counsel", {"senior"}),
        ("Associate Software Engineer", {"junior"}),
    ],
)
def test_level_words_inside_other_words_carry_no_level(title, levels):
    """ "Internal" is no internship, and "Associate" means what stands behind it."""
    assert processed(title=title).seniority.value in levels


def test_a_verb_is_no_technology():
    """Cooks react; so do engineers, with a capital and among their tools."""
    cook = processed(title="Cook", description="<p>You must react to changes.</p>")
    coder = processed(title="Engineer", description="<p>React, TypeScript and Node.</p>")

    assert "react" not in {label.value for label in cook.skills}
    assert "react" in {label.value for label in coder.skills}


def test_legal_forms_do_not_make_several_companies_of_one():
    """The key is one; what is shown stays as the board wrote it."""
    names = ("Lorne", "Lorne Inc", "Lorne, Inc.", "Lorne GmbH", "LORNE  LTD")

    assert {company_key(name) for name in names} == {"lorne"}
    assert processed(hiring_organization="Lorne, Inc.").hiring_organization == "Lorne, Inc."


def test_text_read_in_the_wrong_encoding_is_mended():
    """Letters, dashes and emoji."""
    assert repair("CafÃ© Platform Engineer") == "Café Platform Engineer"
    assert repair("Weâ€™re hiring â€“ remote ðŸŒ\x8d") == "We’re hiring – remote 🌍"
