"""Names of employers: tidied for showing, folded for comparing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.clean.organization import split_organization_place, tidy, tidy_organization
from jobtide.model import Posting
from jobtide.text import company_key


@pytest.mark.parametrize(
    ("name", "right"),
    [
        (" Harbor \u00a0Works , ", "Harbor Works"),
        ("Harbor Works Inc.", "Harbor Works Inc."),
        ("Yahoo!", "Yahoo!"),
        ("undefined", None),
        ("Company not found", None),
        ("NULL", None),
        ("N/A", None),
        (" - ", None),
        ("", None),
        ("None of Your Business Ltd", "None of Your Business Ltd"),
    ],
)
def test_a_name_is_tidied_or_none(name, right):
    """Blanks and hanging commas go; what programs write for nothing is no name."""
    assert tidy(name) == right


@given(st.text())
def test_any_name_is_at_rest(name):
    """Any text can be read, and tidying again changes nothing."""
    once = tidy(name)

    assert once is None or tidy(once) == once


def test_the_step_notes_what_it_did():
    """A posting without a name stays; a changed one is noted."""
    posting = Posting(
        source="demo", board="main", identifier="1", url="https://a.example/1", title="Cook"
    )
    assert tidy_organization(posting) is posting

    named = Posting(
        source="demo", board="main", identifier="1", url="https://a.example/1", title="Cook",
        hiring_organization="undefined",
    )  # fmt: skip
    assert tidy_organization(named).hiring_organization is None
    assert tidy_organization(named).mended == ("organization",)


@pytest.mark.parametrize(
    ("creator", "parts"),
    [
        ("Pine & Co<br>⚲\u00a0Europe", ("Pine & Co", "Europe")),
        ("Pine & Co ⚲ Europe", ("Pine & Co", "Europe")),
        ("Pine & Co\n📍 Berlin", ("Pine & Co", "Berlin")),
        ("Pine & Co", ("Pine & Co", None)),
        ("", (None, None)),
    ],
)
def test_a_creator_with_a_pin_is_split(creator, parts):
    """A feed's creator may hold the employer and, behind a pin, the place."""
    assert split_organization_place(creator) == parts


@pytest.mark.parametrize(
    "names",
    [
        (
            "Lorne",
            "Lorne Inc",
            "Lorne, Inc.",
            "Lorne GmbH",
            "LORNE  LTD",
            "lorne s.r.o.",
            "Lorne A/S",
        ),
        ("Nordlicht", "Nordlicht GmbH & Co. KG", "NORDLICHT mbH", "Nordlicht e.V."),
        ("Água Viva", "Agua Viva Ltda.", "ÁGUA-VIVA S.A.", "Agua Viva S A de C.V."),
        ("Kowalski", "Kowalski Sp. z o.o.", "Kowalski sp. z o. o.", "KOWALSKI spółka z o.o."),
        ("Pine and Oak", "Pine & Oak", "PINE & OAK, LLC", "Pine&Oak Pty Ltd"),
        ("Lemon.io", "Lemon io", "lemon.io Limited"),
        ("O’Hara’s", "O'Hara's", "OHaras Inc"),
        ("鹿島建設", "鹿島建設 K.K."),
    ],
)
def test_spellings_of_one_company_share_a_key(names):
    """Legal form, case, accents, punctuation and "&" do not make another company."""
    assert len({company_key(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Harbor Works", "Harbor Labs"), ("Corvid", "Corvid Health"), ("Ag", "Co"),
        ("The Company", "The Corporation of Q"), ("Group 1", "Group 2"), ("中信", "中国"),
    ],
)  # fmt: skip
def test_other_companies_have_other_keys(one, other):
    """What tells companies apart stays in the key."""
    assert company_key(one) != company_key(other)


@given(st.text())
def test_any_name_has_a_key(name):
    """Any text gives a key that no case or blank changes, and its own key is itself."""
    key = company_key(name)

    assert company_key(f"  {name} ") == key
    assert not key or company_key(key)
