"""What boards allow is kept: credit, where Apply leads, how much of a description is shown."""

import pytest
from msgspec.structs import replace

from jobtide import sources
from jobtide.publish import terms
from jobtide.publish.readme import render
from tests.unit.publish import builders as make


def page(posting, **more):
    files = render(make.snapshot(make.opening(posting)), make.settings(**more))
    return next(file.body.decode() for file in files if file.path == "backend.md")


@pytest.fixture
def under(monkeypatch):
    """Return a function that puts a source under other terms."""

    def put(name, **changes):
        source = sources.load(name)
        changed = replace(source, terms=replace(source.terms, **changes))
        monkeypatch.setattr(sources, "load", lambda asked: changed)

    return put


TEXT = "<p>" + "A sentence of some length stands here. " * 30 + "</p>"


@pytest.mark.parametrize(("allowed", "least", "most"), [("full", 500, 600), ("excerpt", 250, 300)])
def test_descriptions_are_as_long_as_allowed(under, allowed, least, most):
    """In full up to the page's own limit, an excerpt up to its own."""
    under("remoteok", description=allowed)
    shown = page(make.posting("1", description=TEXT))

    assert least <= len("A sentence of some length stands here.") * shown.count("stands") <= most
    assert "Read on at Remote OK" in shown


def test_descriptions_may_be_forbidden(under):
    """Where none is allowed the link to it stands instead."""
    under("remoteok", description="none")
    shown = page(make.posting("1", description=TEXT))

    assert "A sentence" not in shown
    assert "Read the description at Remote OK" in shown


@pytest.mark.parametrize("via", [True, False])
def test_apply_leads_where_the_board_wants(under, via):
    """Apply goes past the board only when the board lets it."""
    under("remoteok", apply_via_board=via)
    shown = page(make.posting("1", apply_url="https://larkspur.example/apply"))

    assert ('href="https://larkspur.example/apply">Apply' in shown) == (not via)
    assert ('href="https://remoteok.com/remote-jobs/1">Apply' in shown) == via
    assert 'via <a href="https://remoteok.com/remote-jobs/1">Remote OK</a>' in shown


def test_every_link_of_a_merged_opening_is_listed():
    """Other boards are credited with their page, and their own form is linked."""
    other = make.posting(
        "r1", source="remotive", url="https://remotive.com/r1", apply_url="https://forms.example/1"
    )
    files = render(make.snapshot(make.opening(make.posting("1"), other)), make.settings())
    shown = next(file.body.decode() for file in files if file.path == "backend.md")

    assert 'Also on <a href="https://remotive.com/r1">Remotive</a>' in shown
    assert '(<a href="https://forms.example/1">application form</a>)' in shown


def test_an_unusable_apply_link_gives_way():
    """A link that is no web address is replaced by the posting's page, else by another board's."""
    mail = make.posting("1", apply_url="mailto:jobs@larkspur.example")
    none = make.posting("2", url="about:blank")

    assert 'href="https://remoteok.com/remote-jobs/1">Apply' in page(mail)
    assert "no link given" in page(none)


@pytest.mark.parametrize(
    ("url", "credit"),
    [
        ("https://remoteok.com/remote-jobs/1", "Remote OK"),
        ("https://www.larkspur.example/jobs/1", "larkspur.example"),
        ("https://careers.larkspur.example/1", "careers.larkspur.example"),
        ("https://[broken", "job page"),
    ],
)
def test_imported_pages_credit_the_board_behind_the_link(url, credit):
    """A job read from somebody's page is credited to the board it came from, else to its host."""
    assert terms.reader()(make.posting(source="jobpage", url=url)).credit == credit


def test_an_unknown_source_gets_the_narrowest_terms():
    """Of a source we have no terms for, an excerpt is shown, and nothing is passed on."""
    found = terms.of_source("nowhere")

    assert (found.description, found.logo, found.syndication) == ("excerpt", False, False)


def test_closed_postings_are_not_linked():
    """A posting that is closed is no further place to apply."""
    opening = make.opening(make.posting("1"), make.posting("2"), make.posting("3"))
    first, second, third = opening.postings
    closed = replace(third, history=replace(third.history, status="closed"))
    opening = replace(opening, postings=(first, second, closed))

    assert [posting.identifier for posting in terms.live(opening)] == ["1", "2"]


def test_a_source_that_reads_any_site_credits_the_site():
    """ "The site of the feed" tells a reader nothing; its name does."""
    one = make.posting(source="feed", url="https://jobs.larkspur.example/1")

    assert terms.reader()(one).credit == "jobs.larkspur.example"
