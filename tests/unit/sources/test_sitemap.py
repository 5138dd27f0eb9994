"""sources/sitemap"""

import gzip
import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import ConfigError, PayloadError
from jobtide.model import Board, Request, Response
from jobtide.sources import read, sitemap
from jobtide.sources.sitemap.addresses import is_about_jobs, is_job, same_site

BOARD = Board(source="sitemap", token="acme", url="https://acme.example")
PAGE = {"kind": "page", "lastmod": "2026-11-01"}


def page(body, **context):
    request = Request(url=sitemap.start(BOARD).url, context=context, optional=bool(context))
    body = body if isinstance(body, bytes) else body.encode()
    return sitemap.split(
        Response(request=request, body=body, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)), BOARD
    )


def urlset(*entries):
    inner = "".join(
        f"<url><loc>{url}</loc><lastmod>{changed}</lastmod></url>" for url, changed in entries
    )
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</urlset>'


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://a.example", "https://a.example/sitemap.xml"),
        ("https://a.example/careers", "https://a.example/sitemap.xml"),
        ("https://a.example/x/sitemap_index.xml", "https://a.example/x/sitemap_index.xml"),
        ("https://a.example/jobs.xml.gz", "https://a.example/jobs.xml.gz"),
        ("https://a.example/sitemap?page=2", "https://a.example/sitemap?page=2"),
    ],
)
def test_a_site_is_asked_for_its_sitemap(url, asked):
    """Whoever knows the sitemap names it; else it stands where most sites have it."""
    assert sitemap.start(Board(source="sitemap", token="a", url=url)).url == asked
    with pytest.raises(ConfigError):
        sitemap.start(Board(source="sitemap", token="a"))


@pytest.mark.parametrize(
    ("path", "job"),
    [
        ("/jobs/cook", True),
        ("/en/job/4711-cook/", True),
        ("/about/careers/open-positions/cook.html", True),
        ("/karriere/stellenangebote/koch-m-w-d", True),
        ("/offres-d-emploi/cuisinier", True),
        ("/stellenangebot-4711.html", True),
        ("/vacature_ict_33", True),
        ("/x?gh_jid=12", True),
        ("/Careers/JobDetail/Cook/99", True),
        ("/careers/%C3%A9quipe-cuisine", True),
        ("/", False),
        ("", False),
        ("/jobs", False),
        ("/jobs/all", False),
        ("/careers/benefits", False),
        ("/careers/open-positions", False),
        ("/jobs/location/berlin", False),
        ("/blog/jobs/how-we-hire-cooks", False),
        ("/jobs/4711-cook/apply", False),
        ("/products/12", False),
        ("/x?gh_jid=", False),
    ],
)
def test_pages_of_one_job_are_told_by_their_address(path, job):
    """Lists, facets and pages about working there would cost a request each for nothing."""
    assert is_job(f"https://acme.example{path}") is job


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("https://acme.example/jobs/1", True),
        ("https://www.acme.example/jobs/1", True),
        ("https://careers.acme.example/jobs/1", True),
        ("http://acme.example./jobs/1", True),
        ("https://evil-acme.example/jobs/1", False),
        ("https://acme.example.evil.example/jobs/1", False),
        ("https://example/jobs/1", False),
        ("ftp://acme.example/jobs/1", False),
        ("file:///jobs/1", False),
        ("https://[broken", False),
        ("//acme.example/jobs/1", False),
    ],
)
def test_a_sitemap_sends_nobody_to_other_sites(url, same):
    """Whoever writes a sitemap could else make us ask any address."""
    assert same_site(url, "https://www.acme.example/sitemap.xml") is same


def test_pages_changed_last_are_asked_first():
    """When there are too many, the newest jobs are those that are read."""
    site = "https://acme.example/jobs"
    entries = [(f"{site}/old-{n}", "2025-01-01") for n in range(sitemap.MOST_PAGES)]
    found = page(urlset(*entries, (f"{site}/new", "2026-01-01"), (f"{site}/undated", "soon")))

    assert found.follow[0].url == f"{site}/new"
    assert len(found.follow) == sitemap.MOST_PAGES
    assert all(request.optional for request in found.follow)
    assert not found.complete


def test_sitemaps_of_sitemaps_end():
    """They may be nested for ever, or name themselves."""
    body = "<sitemapindex><sitemap><loc>https://acme.example/sitemap.xml</loc></sitemap></sitemapindex>"
    first = page(body)
    (follow,) = first.follow

    assert follow.context == {"depth": "1"}
    assert page(body, depth="2").follow == []
    many = "".join(
        f"<sitemap><loc>https://acme.example/{n}.xml</loc></sitemap>" for n in range(99)
    )
    assert len(page(f"<sitemapindex>{many}</sitemapindex>").follow) == sitemap.MOST_SITEMAPS


def test_sitemaps_about_jobs_are_read_alone():
    """A shop has a hundred sitemaps of products, and one of jobs."""
    assert is_about_jobs("https://acme.example/job_listing-sitemap.xml")
    assert not is_about_jobs("https://jobs.acme.example/sitemap-1.xml")


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel/></rss>",
        b"<html><title>Not found</title></html>",
        gzip.compress(urlset().encode())[:-9],
        gzip.compress(b" " * (sitemap.MOST_BYTES + 1)),
        gzip.compress(b"<html></html>"),
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>&x;</loc></url></urlset>',
    ],
    ids=["feed", "page", "cut", "bomb", "packed page", "entity"],
)
def test_what_is_no_sitemap_is_an_error(body):
    """An empty site and a page of another kind look alike: a person must see it."""
    began = time.perf_counter()
    with pytest.raises(PayloadError, match=r"^sitemap/acme: "):
        page(body)
    assert time.perf_counter() - began < 5


def test_a_job_page_without_markup_gives_nothing():
    """A job that ended is no fault, but a page that keeps programs out is one."""
    assert page("<html><title>Gone</title></html>", **PAGE).records == []
    assert page(b"\x00\xff", **PAGE).records == []
    with pytest.raises(PayloadError):
        page("<html><title>Just a moment...</title></html>", **PAGE)


def test_the_sitemap_knows_when_a_page_was_changed():
    """The markup's own date wins."""
    block = (
        '<script type="application/ld+json">{"@type": "JobPosting", "title": "Cook"%s}</script>'
    )
    for more, day in (("", 1), (', "dateModified": "2026-11-05"', 5)):
        (result,) = read(sitemap.SOURCE, page(block % more, **PAGE), BOARD)
        assert result.date_modified == datetime(2026, 11, day, tzinfo=UTC)


@given(st.binary(max_size=300), st.sampled_from([{}, PAGE, {"depth": "1"}]))
def test_any_bytes_are_a_page_or_a_payload_error(body, context):
    """Nothing a site sends ends the run."""
    for answer in (body, gzip.compress(body), b"https://acme.example/jobs/" + body):
        with suppress(PayloadError):
            list(read(sitemap.SOURCE, page(answer, **context), BOARD))


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_none(text):
    """Sitemaps hold anything."""
    is_job(text)
    is_job(f"https://acme.example/jobs/{text}")
    same_site(text, "https://acme.example")
