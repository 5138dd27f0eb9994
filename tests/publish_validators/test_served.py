"""What `jobtide serve` shows, in the same validators: pages, feeds of a search, speed."""

import json
import re
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import feedparser
import pytest
from jsonschema import Draft202012Validator
from lxml import etree, html

from tests.publish_validators.running import html_validate, node, nu_checker

SCHEMAS = Path(__file__).resolve().parents[1] / "unit" / "publish" / "schemas"
#: Every kind of page; JOB is the page of the first job of the search.
_PAGES = (
    "/", "/?category=backend&from=PL&me=PL", "/?q=nothingatall", "/?q=catgory:x", "JOB", "JOB/why",
    "/companies", "/changes?since=7d", "/stats", "/sources", "/saved", "/help", "/api", "/nowhere",
)  # fmt: skip
_LEAST, _TRIES = 95, 3


def answer(address):
    """Return the body of an answer, of an error as well."""
    try:
        with urlopen(address, timeout=30) as got:
            return got.read()
    except HTTPError as error:
        return error.read()


@pytest.fixture(scope="module")
def job(served):
    """Return the path of the page of a job."""
    links = html.fromstring(answer(f"{served}/")).xpath("//main//a/@href")
    return next(one for one in links if re.fullmatch("/jobs/[^/?]+", one))


@pytest.fixture(scope="module")
def pages(served, job, tmp_path_factory):
    """Return one file a kind of page."""
    folder = tmp_path_factory.mktemp("served")
    files = []
    for number, address in enumerate(_PAGES):
        file = folder / f"{number}{re.sub('[^a-z]+', '-', address.lower())}.html"
        file.write_bytes(answer(served + address.replace("JOB", job)))
        files.append(file)
    return files


def test_the_nu_checker_finds_no_error(pages):
    """The W3C's checker, on every kind of page."""
    assert nu_checker(pages) == []


def test_html_validate_finds_no_error(pages):
    """Its recommended rules, on every kind of page."""
    assert html_validate(pages) == []


def test_feeds_of_a_search_keep_to_their_formats(served):
    """Atom by its schema, RSS and Atom without a complaint of feedparser, JSON by its schema."""
    schema = etree.RelaxNG(etree.parse(str(SCHEMAS / "atom.rng")))
    json_schema = Draft202012Validator(json.loads((SCHEMAS / "jsonfeed.json").read_text("utf-8")))
    bodies = {suffix: answer(f"{served}/jobs.{suffix}?q=engineer") for suffix in ("atom", "rss")}
    entries = {suffix: feedparser.parse(body) for suffix, body in bodies.items()}

    assert schema.validate(etree.fromstring(bodies["atom"])), schema.error_log.last_error
    assert {suffix: read.bozo for suffix, read in entries.items()} == {"atom": 0, "rss": 0}
    assert all(read.entries for read in entries.values())
    json_schema.validate(json.loads(answer(f"{served}/jobs.json?q=engineer")))


def test_lighthouse_scores(served, job, browser):
    """At least 95 in every category, on the search and on the page of a job."""
    urls, low = {f"{served}/", served + job}, {}
    for _ in range(_TRIES):
        told = node("lighthouse.mjs", browser.port, *sorted(urls))
        low = {
            url: scores
            for url, scores in told.items()
            if any(value < _LEAST for name, value in scores.items() if name != "failed")
        }
        urls &= low.keys()
        if not urls:
            break

    assert low == {}
