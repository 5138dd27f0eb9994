"""Remote, hybrid, on site, or not stated; and where the work is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.classify.arrangement import label_arrangement, read_places
from jobtide.model import Posting


def posting(**fields):
    fields = {"title": "Platform Engineer", **fields}
    return Posting(
        source="demo", board="main", identifier="1", url="https://x.example/1", **fields
    )


def said(**fields):
    label = label_arrangement(posting(**fields)).arrangement
    return label.value if label else None


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("remote", "remote"),
        ("TELECOMMUTE", "remote"),
        ("isRemote: true", "remote"),
        ("workplaceType: Hybrid; isRemote: true", "hybrid"),
        ("workplaceType: OnSite; isRemote: false", "on_site"),
        ("on_site", "on_site"),
        ("isRemote: false", "on_site"),
        ("remote: false; hybrid: false", "on_site"),
        ("remote: false; hybrid: true", "hybrid"),
        ("hybrid: false; remote: true", "remote"),
        ("Flexible", None),
        ("", None),
    ],
)
def test_the_boards_field_is_read(field, expected):
    """Words and flags of the field give the label; a flag that is down says nothing."""
    assert said(arrangement_text=field) == expected


def test_a_denied_flag_is_only_inferred_and_gives_way():
    """ "isRemote: false" is on site by inference; a title that says remote is believed instead."""
    label = label_arrangement(posting(arrangement_text="isRemote: false")).arrangement

    assert (label.value, label.inferred) == ("on_site", True)
    assert said(arrangement_text="remote: false", title="Designer (Remote)") == "remote"
    assert said(arrangement_text="remote: false", location_text="Hybrid - Ghent") == "hybrid"


def test_a_row_that_is_not_remote_stays_off_remote_pages():
    """A row of a remote-only query that says otherwise is not remote."""
    assert said(arrangement_text="is_remote: false", location_text="Reno, NV") != "remote"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Remote", "remote"),
        ("Ghent, Belgium (Hybrid)", "hybrid"),
        ("Home based - EMEA", "remote"),
        ("Oslo", None),
        ("53 Locations", None),
        ("Worldwide", "remote"),
        (None, None),
    ],
)
def test_the_place_line_is_read(line, expected):
    """A bare city or a count of places is not stated."""
    assert said(location_text=line) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Data Analyst (Remote)", "remote"),
        ("Remote Data Analyst", "remote"),
        ("Data Analyst - 100% Remote", "remote"),
        ("Data Analyst [US Remote]", "remote"),
        ("Data Analyst | Hybrid", "hybrid"),
        ("Data Analyst, On-site", "on_site"),
        ("Remote Sensing Scientist", None),
        ("Remote Support Technician", None),
        ("Hybrid Cloud Engineer", None),
        ("Engineer, Hybrid Mobile Apps", None),
        ("Analyst", None),
    ],
)
def test_the_title_is_read_but_not_trades(title, expected):
    """The word counts where it stands apart, and not as part of a trade."""
    assert said(title=title) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("This is a hybrid role, three days a week in our office.", "hybrid"),
        ("You will join us in the office two days a week.", "hybrid"),
        ("We work in the office at least 3 days per week.", "hybrid"),
        ("Hybrid culture, 3 to 4 days a week in person.", "hybrid"),
        ("Working model: Hybrid", "hybrid"),
        ("2 Tage Homeoffice pro Woche sind möglich.", "hybrid"),
        ("Nous proposons 2 jours de télétravail par semaine.", "hybrid"),
        ("Trabajamos con un modelo híbrido.", "hybrid"),
        ("This is not a remote position, sorry.", "on_site"),
        ("Remote work is not possible for this job.", "on_site"),
        ("This role is on-site only.", "on_site"),
        ("You must work on-site in our lab.", "on_site"),
        ("This role is on-site in Ghent, five days a week in the office.", "on_site"),
        ("This role is fully remote, for good.", "remote"),
        ("This is a remote position for nurses.", "remote"),
        ("100% remote, always.", "remote"),
        ("Du kannst vollständig remote arbeiten.", "remote"),
        ("Modalidad: 100% remoto", "remote"),
    ],
)
def test_sentences_of_the_text_say_it(sentence, expected):
    """Statements about this job are understood, in several languages."""
    assert said(text=f"We make bread.\n{sentence}\nApply soon.") == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Perk: work from anywhere in the world for up to a month.",
        "Work from anywhere for four weeks a year.",
        "You know hybrid cloud environments and remote servers.",
        "We sell hybrid vehicles.",
        "You lead remote teams across three countries.",
        "Experience working in a hybrid environment is a plus.",
        "If you live near Ghent you may come to the office two days a week.",
        "We ask for at least 4 days per week and six months.",
        "Free lunch and coffee (in-office only).",
        "You will visit clients on site.",
        "This role is a hybrid of sales and support.",
    ],
)
def test_perks_trades_and_conditions_say_nothing(sentence):
    """A perk, a trade, a condition or somebody else's work is not this job's arrangement."""
    assert said(text=f"We make bread.\n{sentence}\nApply soon.") is None


def test_a_denial_in_the_text_beats_a_bucket():
    """ "Hybrid, three days in the office" beats the board's "remote" and a place line "Remote"."""
    text = "About us.\nThis job is hybrid: three days a week in the office.\nApply."

    assert said(text=text, arrangement_text="remote") == "hybrid"
    assert said(text=text, location_text="Remote") == "hybrid"
    assert said(text="This role is not remote.", arrangement_text="remote") == "on_site"


def test_a_text_that_says_both_leaves_the_field_its_word():
    """Where the text also says fully remote, its other sentence is about somebody else."""
    text = (
        "This role is fully remote, for good.\nOur Ghent team is in the office three days a week."
    )

    assert said(text=text, arrangement_text="remote") == "remote"


def test_a_choice_of_places_keeps_the_remote_one():
    """An office named beside remote work has its own rules; the remote choice stays."""
    text = "We are in the office three days a week."

    assert said(text=text, location_text="Ghent; Remote - Belgium") == "remote"
    assert said(text=text, job_locations=("Ghent", "Remote (US)")) == "remote"


def test_a_perk_does_not_turn_a_hybrid_job_remote():
    """A month abroad is no remote work."""
    text = (
        "Hybrid culture, 3 to 4 days a week in person.\n"
        "Perk: work from anywhere in the world for up to a month."
    )

    assert said(text=text, location_text="Lisbon") == "hybrid"


@pytest.mark.parametrize(
    "fields",
    [
        {"arrangement_text": "workplaceType: Hybrid"},
        {"location_text": "Ghent (Hybrid)"},
        {"title": "Baker (Remote)"},
        {"text": "We bake – since 1900. Müller & Söhne.\nThis is a remote position.\nApply."},
        {"job_locations": ("Ghent", "Remote")},
    ],
)
def test_every_label_shows_its_evidence(fields):
    """The words stand in the named field at the named position."""
    made = label_arrangement(posting(**fields))
    label = made.arrangement
    value = getattr(made, label.field)
    texts = (value,) if isinstance(value, str) else value

    assert label.rule.startswith("arrangement.")
    assert any(text[label.start :].startswith(label.evidence) for text in texts)


def test_places_come_from_the_list_before_the_line():
    """Every place of the list is kept once; the line is read when there is no list."""
    listed = read_places(
        posting(location_text="2 Locations", job_locations=("Ghent, Belgium", "Oslo", "Oslo"))
    )
    lined = read_places(posting(location_text="Lyon, France"))

    assert [place.country for place in listed.job_location] == ["BE", "NO"]
    assert [(place.city, place.country) for place in lined.job_location] == [("Lyon", "FR")]
    assert read_places(posting(location_text="53 Locations")).job_location == ()


@given(
    title=st.text(max_size=60),
    location=st.none() | st.text(max_size=60),
    field=st.none() | st.text(max_size=30),
    text=st.text(max_size=200),
)
def test_anything_can_be_labelled_once_or_twice(title, location, field, text):
    """No input raises, labels are of the closed list, and a second run changes nothing."""
    before = posting(title=title, location_text=location, arrangement_text=field, text=text)
    after = label_arrangement(read_places(before))

    assert after.arrangement is None or after.arrangement.value in {"remote", "hybrid", "on_site"}
    assert label_arrangement(read_places(after)) == after


_PIECES = st.sampled_from(
    "This role|is|not|remote|hybrid|on-site|in the office|3 days a week|.|\n|fully|or|if you live|"
    "Homeoffice|2 Tage|télétravail|work from anywhere|for a month|100% remote|İ|’|U.S. ".split("|")
)


@given(st.lists(_PIECES, max_size=14))
def test_any_mixture_of_such_words_can_be_labelled(pieces):
    """No text raises, and the evidence stands in the text where the label says."""
    text = " ".join(pieces)
    label = label_arrangement(posting(text=text)).arrangement

    assert label is None or text[label.start :].startswith(label.evidence)
