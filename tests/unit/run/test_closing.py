"""The words that say a job is over: found in seven languages, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.run.closing import CLOSING, closing, page_text


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("This role is no longer accepting applications. Apply to other roles", "not_accepting"),
        ("No longer accepting applications", "not_accepting"),
        ("Sorry, this position has been filled.", "filled"),
        ("This job posting has expired", "gone"),
        ("The job you are looking for is no longer available.", "gone"),
        ("This job is not currently available.", "gone"),
        ("Applications for this role are now closed.", "not_accepting"),
        ("This vacancy is closed", "gone"),
        ("Diese Stelle ist leider bereits besetzt.", "filled"),
        ("Die Stellenanzeige ist nicht mehr verfügbar!", "gone"),
        ("Bewerbungen werden leider nicht mehr entgegengenommen.", "not_accepting"),
        ("Cette offre n’est plus disponible.", "gone"),
        ("Ce poste a déjà été pourvu.", "filled"),
        ("Cette offre d'emploi a expiré.", "gone"),
        ("Les candidatures sont désormais closes.", "not_accepting"),
        ("Esta oferta ya no está disponible.", "gone"),
        ("Este puesto ya ha sido cubierto.", "filled"),
        ("Ya no se aceptan solicitudes.", "not_accepting"),
        ("Esta vaga já foi preenchida.", "filled"),
        ("Esta vaga não está mais disponível", "gone"),
        ("Inscrições encerradas", "not_accepting"),
        ("Deze vacature is helaas niet meer beschikbaar.", "gone"),
        ("Deze functie is inmiddels vervuld.", "filled"),
        ("Solliciteren op deze vacature is niet meer mogelijk.", "not_accepting"),
        ("Questa offerta di lavoro è scaduta.", "gone"),
        ("La posizione è già stata coperta.", "filled"),
        ("Questa posizione non è più disponibile.", "gone"),
        ("Non accettiamo più candidature.", "not_accepting"),
    ],
)
def test_a_notice_closes(said, reason):
    """What stands in place of the Apply button is understood, with its reason."""
    found = closing(f"Platform Engineer\n{said}\nAbout us")

    assert found is not None
    assert found.reason == reason


@pytest.mark.parametrize(
    "said",
    [
        "We accept applications until this position has been filled.",
        "If this job is closed, we will tell you.",
        "Once the role is filled, the posting is removed.",
        "Has this position been filled? Is this job no longer available?",
        "We are no longer accepting applications from agencies.",
        "No longer accepting applications by email.",
        "This position is not available to candidates outside Spain.",
        "This position is no longer open to students.",
        "The role is closed as soon as we have found you.",
        "This position is open.",
        "The position has been newly created.",
        "The office is closed on Fridays.",
        "Bewerbungen sind möglich, bis die Stelle besetzt ist.",
        "Die Stelle ist ab sofort neu zu besetzen.",
        "Dès que le poste est pourvu, l'annonce est retirée.",
        "Le poste est ouvert aux débutants.",
        "Hasta que el puesto esté cubierto.",
        "Quando esta vaga for preenchida avisaremos.",
        "Zodra deze vacature is vervuld, hoor je van ons.",
        "Quando la posizione è stata coperta, ti scriviamo.",
        "You close the books and fill positions in our ledger.",
    ],
)
def test_what_closes_nothing(said):
    """A condition, a question, a notice to some people only, and other uses of the words."""
    assert closing(f"Platform Engineer\n{said}\nApply now") is None


def test_what_the_posting_said_while_it_was_listed_is_no_news():
    """A sentence of the posting's own text closes nothing."""
    said = "The position has been filled before by two people."

    assert closing(said) is not None
    assert closing(said, f"About the job.\n{said}") is None


@pytest.mark.parametrize(
    "page",
    [
        "<script>var t = 'This job has expired.'</script>",
        "<template><p>This job has expired.</p></template>",
        "<div hidden>This job has expired.</div>",
        "<div style='color: red; display : none'>This job has expired.</div>",
        "<label><input type=radio>This job has expired</label>",
        "<select><option>This job has expired</select>",
        "<!-- This job has expired. -->",
        "<p>This job</p><p>has expired traditions</p>",
    ],
)
def test_only_what_a_reader_sees_counts(page):
    """Scripts, templates, hidden parts, choices of a form and comments say nothing."""
    seen = page_text(f"<html><body><h1>Engineer</h1>{page}<p>Apply</p></body></html>".encode())

    assert closing(seen) is None
    assert "Engineer" in seen
    assert "Apply" in seen


def test_a_page_is_read_line_by_line():
    """The title comes first; blocks do not run into each other; inline words do."""
    page = b"<title>Dev</title><div>This job<br>has <b>been</b> filled.</div><p>Other</p>"

    assert page_text(page).splitlines() == ["Dev", "This job", "has been filled.", "Other"]
    assert page_text(b"") == ""


def test_every_row_names_a_language_and_a_reason():
    """The table has the seven languages, each with each reason."""
    said = {(language, reason) for language, _, reason in CLOSING}

    assert said == {
        (language, reason)
        for language in ("en", "de", "fr", "es", "pt", "nl", "it")
        for reason in ("filled", "gone", "not_accepting")
    }


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode()))
def test_any_bytes_are_a_page(body):
    """No page breaks it, and reading what was read says the same."""
    text = page_text(body)

    assert closing(text) == closing(text)
