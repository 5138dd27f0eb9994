"""The recorded answers of sites of any kind, and the faults others met in feeds."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import msgspec
import pytest

from jobtide import pipeline, schema_org, sources
from jobtide.errors import PayloadError
from jobtide.model import Board, Posting, Reject, Request, Response

SHARED = Path(__file__).resolve().parents[3] / "shared"
MANIFEST = SHARED / "replay" / "manifest.csv"
SOURCES = ("icims", "jsonld", "remotejobsorg")
NOW = datetime(2026, 9, 1, tzinfo=UTC)
FEED = Board(source="feed", token="f", url="https://f.example/feed")

pytestmark = pytest.mark.shared


def recorded():
    """Return the lines of the manifest that hold a site's own answer, by file name."""
    if not MANIFEST.exists():
        return []
    with MANIFEST.open(encoding="utf-8", newline="") as lines:
        found = [line for line in csv.DictReader(lines) if line["wire"] == "raw"]
    return [pytest.param(line, id=line["file"]) for line in found if line["source"] in SOURCES]


def read(shared, line):
    source = sources.load(line["source"])
    url = f"https://{line['host']}{line['request_path']}"
    board = Board(source=source.name, token=line["board"], url=url)
    body = (shared / line["file"]).read_bytes()
    page = source.split(Response(request=Request(url=url), body=body, fetched_at=NOW), board)
    return body, page, list(sources.read(source, page, board))


def test_the_manifest_names_every_source(shared):
    """Each source of the list has recorded answers, so that the next tests test it."""
    del shared

    assert {line.values[0]["source"] for line in recorded()} == set(SOURCES)


@pytest.mark.parametrize("line", recorded())
def test_every_record_is_a_posting(shared, line):
    """As many are read as the manifest counts, and each says who, what and where to look."""
    _body, page, results = read(shared, line)

    assert len(page.records) == len(results) == int(line["postings"])
    assert all(isinstance(result, Posting) for result in results)
    assert len({result.id for result in results}) == len(results)
    assert all(result.hiring_organization for result in results)
    assert all(result.url.startswith("https://") for result in results)
    assert all(result.location_text for result in results)
    if "search" not in line["file"]:  # a list of cards leaves date and text to the jobs' pages
        assert all(result.date_posted and result.description_complete for result in results)


@pytest.mark.parametrize(
    "line", [one for one in recorded() if one.values[0]["source"] != "remotejobsorg"]
)
def test_nothing_the_markup_states_is_lost(shared, line):
    """What stands in a node stands in its posting, unless it is a placeholder."""
    body, page, results = read(shared, line)
    nodes = schema_org.job_postings(body).nodes
    for node, result in zip(nodes, results, strict=len(nodes) == len(page.records) != 0):
        shown = json.dumps(msgspec.to_builtins(result), ensure_ascii=False)
        for name in ("employmentType", "datePosted", "baseSalary"):
            value = node.get(name)
            words = json.dumps(value).lower()
            if value and value != "OTHER" and 'minvalue": ""' not in words:
                fields = {
                    "employmentType": result.employment_type_text,
                    "datePosted": result.date_posted,
                    "baseSalary": result.stated_salary or result.salary_text,
                }
                assert fields[name], name
        assert node["title"] == result.title
        for name in ("responsibilities", "qualifications", "jobBenefits"):
            words = node.get(name)
            if isinstance(words, str):
                assert words[-40:].split("<")[0].strip()[-15:] in shown
        for address in every_address(node):
            for part in ("addressLocality", "addressCountry"):
                if isinstance(address.get(part), str) and address[part] not in ("UNAVAILABLE", ""):
                    assert address[part] in shown or "name" in str(node["jobLocation"])


def every_address(node):
    places = node.get("jobLocation") or []
    places = places if isinstance(places, list) else [places]
    return [one["address"] for one in places if isinstance(one.get("address"), dict)]


@pytest.mark.parametrize("line", recorded())
def test_the_steps_take_what_is_read(shared, line):
    """No step fails on a recorded posting, and none is refused."""
    _body, _page, results = read(shared, line)
    made = list(pipeline.process(results))

    assert [one for one in made if isinstance(one, Reject)] == []


def bug(shared, name):
    cases = json.loads((shared / "cases" / "bugs.json").read_bytes())
    return next(case for case in cases if case["id"] == name)


def entry(**elements):
    inner = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in elements.items())
    body = f"<rss><channel><item>{inner}</item></channel></rss>".encode()
    source = sources.load("feed")
    page = source.split(Response(request=source.start(FEED), body=body, fetched_at=NOW), FEED)
    (result,) = sources.read(source, page, FEED)
    return result


@pytest.mark.parametrize("name", ["BL108", "BL109", "BL120"])
def test_dates_others_misread(shared, name):
    """A localised day name, slashes, and no zone."""
    case = bug(shared, name)
    text = case["input"].get("pubDate") or case["input"]["publication_date"]
    expected = str(case["expected"].get("posted_at") or case["expected"]["posted_on"])
    posted = entry(title="A", link="https://f.example/1", pubDate=text).date_posted

    assert posted.isoformat()[:10] == expected[:10]
    assert posted.isoformat()[11:19] in expected.replace("T", " ") or len(expected) == 10


def test_identity_others_lost(shared):
    """A guid with the headline in it changes, the link does not."""
    polls = bug(shared, "BL114")["input"]
    one, other = (entry(**polls[poll]) for poll in ("poll1", "poll2"))

    assert one.id == other.id
    assert one.title != other.title


def test_titles_and_creators_others_misread(shared):
    """Employer, title and place share a line."""
    case = bug(shared, "BL118")
    for line, parts in zip(case["input"]["titles"], case["expected"]["parsed"], strict=True):
        result = entry(title=line, link="https://f.example/1")
        assert (result.hiring_organization, result.title) == (parts["company"], parts["title"])
    case = bug(shared, "BL119")
    elements = {
        "title": "A",
        "link": "https://f.example/1",
        "dc:creator": case["input"]["creator"],
    }
    result = entry(**elements)

    assert result.hiring_organization == case["expected"]["company"]
    assert result.location_text == case["expected"]["location"]


@pytest.mark.parametrize("name", ["feed", "sitemap", "jsonld", "listings", "icims"])
def test_hostile_inputs_are_pages_or_payload_errors(shared, name):
    """No file is opened, no address asked, and no other error comes out."""
    cases = json.loads((shared / "cases" / "hostile.json").read_bytes())
    texts = [case["input"] for case in cases if case["kind"] == "literal"]
    source = sources.load(name)
    board = Board(source=name, token="x", url="https://x.example/feed.xml")
    for text in filter(lambda one: isinstance(one, str), texts):
        for body in (text, f"<rss><channel><item><title>{text}</title></item></channel></rss>"):
            answer = Response(
                request=source.start(board), body=body.encode("utf-8", "replace"), fetched_at=NOW
            )
            try:
                page = source.split(answer, board)
            except PayloadError:
                continue
            results = list(sources.read(source, page, board))
            assert len(results) == len(page.records)
            assert "root:" not in str(results)
