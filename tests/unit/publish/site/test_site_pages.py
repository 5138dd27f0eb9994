"""What holds for every page of the site."""

import gzip
import itertools
import json
import posixpath
from urllib.parse import urldefrag, urljoin

import pytest

from jobtide.publish.site import paths
from jobtide.publish.site.templates import content
from tests.unit.publish.site.building import BASE, files, read

SITE = files(search=True)
#: Stands on pages that only lead on.
MOVED = b'http-equiv="refresh"'
PAGES = sorted(path for path in SITE if path.endswith(".html"))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole(path):
    """Every element ends where it should; lists hold items; no id is given twice."""
    page = read(SITE[path])

    assert not page.faults
    assert not page.open
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_first_heading_and_skips_no_level(path):
    """Descriptions bring headings of their own, and none of them is a page's first."""
    heads = read(SITE[path]).heads

    assert heads.count(1) == 1
    assert heads[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(heads))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_for_nothing_from_elsewhere_and_runs_nothing_inline(path):
    """Styles, scripts and pictures are our own files; the only inline script is data."""
    for tag, attributes in read(SITE[path]).tags:
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        assert tag != "style"
        if tag == "script" and "src" not in attributes:
            assert attributes["type"] == "application/ld+json"
        for name in ("src", "srcset"):
            assert "//" not in attributes.get(name, "")
        if tag == "link" and attributes["rel"] not in ("canonical", "alternate"):
            assert "//" not in attributes["href"]


@pytest.mark.parametrize("path", PAGES)
def test_every_link_inside_the_site_leads_somewhere(path):
    """No page names a page, a file or a place on a page that is not there."""
    page = read(SITE[path])
    for address, _attributes in page.links:
        if "feeds/" in address or address.startswith("http"):
            continue
        whole, place = urldefrag(urljoin(f"/site/{path}", address))
        target = whole.removeprefix("/site/")
        assert target in SITE, address
        if place:
            assert place in read(SITE[target]).ids, address


@pytest.mark.parametrize("path", [one for one in PAGES if MOVED not in SITE[one]])
def test_a_page_says_what_it_is(path):
    """Language, a title shown whole, a description, a policy, a way past what repeats."""
    page = read(SITE[path])
    metas = {
        one.get("name") or one.get("property") or one.get("http-equiv"): one.get("content")
        for tag, one in page.tags
        if tag == "meta"
    }
    title = SITE[path].decode().partition("<title>")[2].partition("</title>")[0]

    assert page.tags[0] == ("html", {"lang": "en"})
    assert 0 < len(title) <= 70
    assert 20 <= len(metas["description"]) <= 160
    assert "default-src 'none'" in metas["Content-Security-Policy"]
    assert metas["og:title"]
    assert ("a", {"class": "skip", "href": "#main"}) in page.tags
    assert "main" in page.ids


def test_canonical_links_name_the_page_itself():
    """A page that may be found has one address, and it is its own."""
    for path in PAGES:
        for address, attributes in read(SITE[path]).links:
            if attributes.get("rel") == "canonical" and MOVED not in SITE[path]:
                assert address == BASE + ("" if path == "index.html" else path)


def test_without_an_address_nothing_names_one():
    """No base, no canonical link, no sitemap, no picture for previews."""
    site = files(base_url=None)

    assert not any(path.startswith("sitemap") for path in site)
    assert b"Sitemap" not in site["robots.txt"]
    assert b"canonical" not in b"".join(site.values())
    assert b"og:image" not in site["index.html"]


def test_the_sheet_and_the_scripts_stay_small():
    """One style sheet below 12 kB, scripts below 25 kB as they travel."""
    scripts = content(paths.SCRIPT) + content(paths.SEARCH_SCRIPT)

    assert len(content(paths.STYLE)) < 12_000
    assert len(gzip.compress(scripts)) < 25_000
    assert len(content(paths.CARD)) < 60_000


def test_the_sheet_knows_every_class():
    """No template uses a class that nothing styles and no script looks for."""
    known = (content(paths.STYLE) + content(paths.SCRIPT) + content(paths.SEARCH_SCRIPT)).decode()
    used = {
        name
        for path in PAGES
        for _, attributes in read(SITE[path]).tags
        for name in (attributes.get("class") or "").split()
    }

    assert {name for name in used if name not in known} == set()


def test_the_search_knows_the_regions_of_each_country():
    """A reader from Poland finds what is open to Europe."""
    places = json.loads(SITE[paths.PLACES])

    assert {"europe", "eu", "emea"} <= set(places["PL"])


def test_pages_of_jobs_lie_where_they_always_did():
    """The path depends on the id alone, and not on title, employer or anything else."""
    assert paths.job("greenhouse:acme:7") == "job/greenhouse-acme-7-77dd03f5c2e4.html"
    assert posixpath.dirname(paths.job("x" * 500)) == "job"
    assert len(paths.job("x" * 500)) < 120
