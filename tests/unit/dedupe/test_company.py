"""One key for the spellings of one employer, another for every other employer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.dedupe.company import employer_key, related


@pytest.mark.parametrize(
    "name",
    [
        "Lorne", "LORNE", "Lorne, Inc.", "Lorne GmbH & Co. KG", "The Lorne Company", "lorne.com",
        "Lorne (YC W24)", "Lorne Careers", "Lorne Ltd (formerly Pell)", " Lorne  S.A. ",
    ],
)  # fmt: skip
def test_spellings_share_a_key(name):
    """Legal forms, articles, brackets and what recruiters hang on are no part of a name."""
    assert employer_key(name) == "lorne"


@pytest.mark.parametrize("name", ["Lorne Bank", "Lornex", "Lemon.io", "Pell", "5CA"])
def test_other_names_have_other_keys(name):
    """A further word of a name makes another employer."""
    assert employer_key(name) not in ("", "lorne", "lemon", "ca")


@pytest.mark.parametrize("name", ["", "Confidential", "Stealth Startup", "Empresa Confidencial"])
def test_what_stands_for_no_name_has_no_key(name):
    """Two confidential employers are not one employer."""
    assert employer_key(name) == ""


def test_related_names_go_on_from_each_other():
    """A name that goes on is a hint; short beginnings are shared by too many."""
    assert related("grafana", "grafanalabs")
    assert not related("go", "google")
    assert not related("lorne", "pell")


@given(st.text(max_size=60))
def test_any_name_has_a_key_without_blanks(name):
    """Whatever a board sends: no exception, and the key of a key is the key."""
    key = employer_key(name)

    assert not key or not any(letter.isspace() for letter in key)
