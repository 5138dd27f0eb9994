"""Addresses have one form, and lose only what follows the reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.clean.url import canonical, strip_tracking, tidy_urls
from jobtide.model import Posting, Reject


@pytest.mark.parametrize(
    ("url", "right"),
    [
        ("https://RemoteBoard.Example/Jobs/A-1", "https://remoteboard.example/Jobs/A-1"),
        ("HTTPS://a.example:443/x", "https://a.example/x"),
        ("http://a.example:80", "http://a.example/"),
        ("http://a.example:8080/x", "http://a.example:8080/x"),
        ("https://a.example/x#apply", "https://a.example/x"),
        ("https://a.example/#/jobs/7", "https://a.example/#/jobs/7"),
        ("https://a.example/#!/jobs/7", "https://a.example/#!/jobs/7"),
        ("https://a.example/jobs#op-12345-engineer", "https://a.example/jobs#op-12345-engineer"),
        ("https://a.example/x#:~:text=5", "https://a.example/x"),
        ("https://a.example/x?utm_source=b&utm_medium=c", "https://a.example/x"),
        ("https://a.example/x?gh_jid=100&gh_src=f", "https://a.example/x?gh_jid=100"),
        ("https://a.example/x?b=2&a=1&fbclid=q", "https://a.example/x?b=2&a=1"),
        ("https://a.example/x?lever-source[]=b&id=1", "https://a.example/x?id=1"),
        ("https://a.example/x?lever-source%5B%5D=b", "https://a.example/x"),
        ("https://a.example/x?ref=board&source=public_api", "https://a.example/x"),
        ("https://a.example/x?ref=ENG-120", "https://a.example/x?ref=ENG-120"),
        ("https://a.example/x?a=1&amp;b=2", "https://a.example/x?a=1&b=2"),
        (" https://a.example/a b ", "https://a.example/a%20b"),
        ("https://a.example/a\tb\n", "https://a.example/ab"),
        ("https://user:pass@a.example/x", "https://a.example/x"),
        ("https://пример.example/работа", "https://пример.example/работа"),
        ("https://[2001:db8::1]:443/x", "https://[2001:db8::1]/x"),
        ("https://a.example?x=1", "https://a.example/?x=1"),
    ],
)
def test_an_address_has_one_form(url, right):
    """Host in lower case, no default port, no fragment but routes and names, no tracking."""
    assert canonical(url) == right
    assert canonical(right) == right


@pytest.mark.parametrize(
    "url",
    [
        None, "", " ", "undefined", "javascript:alert(1)", "data:text/html,x", "/jobs/1",
        "//a.example/x", "a.example/x", "mailto:jobs@a.example", "ftp://a.example", "https://",
        "https:///x", "https://a.example\\@b.example", "https://a.exa<mple/", "http:/a.example",
        "https://a.example/" + "x" * 9000,
    ],
)  # fmt: skip
def test_what_is_no_address_is_none(url):
    """Only http and https with a host are addresses."""
    assert canonical(url) is None


@given(st.text() | st.text().map(lambda rest: f"https://a.example{rest}"))
def test_any_text_is_at_rest(text):
    """Any text gives None or an http(s) address, and again the same."""
    once = canonical(text)

    assert once is None or once.startswith(("http://", "https://"))
    assert once is None or canonical(once) == once


@given(st.dictionaries(st.sampled_from(["gh_jid", "id", "jk", "lang", "job"]), st.integers()))
def test_functional_parameters_stay(query):
    """Parameters that choose the job are never stripped, so two jobs never become one."""
    text = "&".join(f"{name}={value}" for name, value in query.items())

    assert strip_tracking(text) == text


def posting(**fields):
    """Return a posting with these addresses."""
    return Posting(
        source="demo", board="main", identifier="1", title="Cook",
        **{"url": "https://a.example/1", **fields},
    )  # fmt: skip


def test_the_step_tidies_all_addresses():
    """Each address gets its form; an apply address equal to the page is none of its own."""
    mended = tidy_urls(
        posting(
            url="https://A.example/1?utm_source=x",
            apply_url="https://a.example/1",
            organization_url="a.example",
            logo_url="https://a.example/l.png",
        )
    )

    assert mended.url == "https://a.example/1"
    assert mended.apply_url is None
    assert mended.organization_url is None
    assert mended.logo_url == "https://a.example/l.png"
    assert mended.mended == ("tracking", "url")
    assert tidy_urls(mended) is mended


def test_a_posting_without_an_address_is_refused():
    """Credit must link back: without an address of the page there is nothing to show."""
    refused = tidy_urls(posting(url="undefined"))

    assert isinstance(refused, Reject)
    assert (refused.step, refused.reason, refused.detail) == ("tidy_urls", "no_url", "undefined")
