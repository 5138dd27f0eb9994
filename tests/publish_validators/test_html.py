"""The site's HTML: validators on every kind of page, 0 errors; no link that leads nowhere."""

import json
import subprocess
from functools import cache
from urllib.parse import unquote, urlsplit

from lxml import html as lxml_html

from tests.publish_validators.running import NODE, html_validate, node, nu_checker

#: Pages of one kind that are read; the demonstration has hardly more.
_SAMPLE = 25


def test_the_nu_checker_finds_no_error(published):
    """The W3C's checker of HTML, CSS and ARIA, on pages of every kind."""
    assert nu_checker(published.sample(_SAMPLE)) == []


def test_html_validate_finds_no_error(published):
    """Its recommended rules: structure, accessibility, what is deprecated."""
    assert html_validate(published.sample(_SAMPLE)) == []


def test_job_markup_has_no_error(published):
    """Adobe's validator of Google's rules for JobPosting, on every page that has one."""
    pages = [path for path in published.pages().get("job with markup", [])][:300]
    told = node("structured_data.mjs", *pages)

    assert pages
    assert {name for name, one in told.items() if "JobPosting" not in one["found"]} == set()
    assert {name: one["errors"] for name, one in told.items() if one["errors"]} == {}


def test_only_pages_of_one_open_job_have_job_markup(published):
    """Lists, closed and moved jobs have none (Google's guidelines for JobPosting)."""
    marked = {
        kind
        for kind, paths in published.pages().items()
        for path in paths
        if "application/ld+json" in path.read_text("utf-8")
    }

    assert marked == {"job with markup"}


def test_every_link_of_every_page_leads_to_a_file(published):
    """All pages of the site, not a sample; a fragment leads to an element of its page."""
    missing = []
    for page in (path for paths in published.pages().values() for path in paths):
        for address in set(lxml_html.parse(str(page)).xpath("//@href | //@src | //@srcset")):
            target, fragment = _target(published, page, address)
            if target is None:
                continue
            if not target.is_file() or (fragment and fragment not in _anchors(target)):
                missing.append((page.name, address))

    assert missing[:20] == []


def _target(published, page, address):
    """Return the file an address of a page stands for, and the fragment; None: elsewhere."""
    parts = urlsplit(address)
    if address.startswith((published.address, "/")):
        target = published.root / unquote(parts.path).lstrip("/")
    elif parts.scheme or parts.netloc:
        return None, ""
    else:
        target = page.parent / unquote(parts.path) if parts.path else page
    return (target / "index.html" if target.is_dir() else target), parts.fragment


@cache
def _anchors(page):
    return set(lxml_html.parse(str(page)).xpath("//@id"))


def test_linkinator_finds_no_broken_link(demo):
    """A checker of others asks for every link of one page of each kind, on loopback alone."""
    done = subprocess.run(
        ["node", NODE / ".bin" / "linkinator", *map(demo.url, demo.sample(1)),
         "--skip", r"^(?!http://127\.0\.0\.1)", "--concurrency", "20", "--format", "json"],
        capture_output=True, text=True, check=False, cwd=NODE.parent,
    )  # fmt: skip
    told = json.loads(done.stdout[done.stdout.index("{") :])

    assert [one["url"] for one in told["links"] if one["state"] == "BROKEN"] == []
    assert len(told["links"]) > 100
