"""Recorded boards of Teamtailor, Workday, BambooHR, Breezy, Pinpoint and Rippling lose nothing."""

import csv
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree

from jobtide import pipeline, sources
from jobtide.model import Board, Page, Posting, Request, Response

SHARED = Path(__file__).resolve().parents[3] / "shared"
MANIFEST = SHARED / "replay" / "manifest.csv"
SOURCES = ("bamboohr", "breezy", "pinpoint", "rippling", "teamtailor", "workday")
NOW = datetime(2026, 9, 1, tzinfo=UTC)
#: Rows of one job, one for each of its places: they are one posting.
ONE_JOB = {"boards/rippling/one-job-many-locations.json": 1}
#: The answer itself counts more than it holds: rows were dropped when it was recorded.
PARTS = (
    "paralegal.json", "nvidia-list-total2000.json", "gdit-search.json", "workday-list.json",
    "-detail.json",
)  # fmt: skip

pytestmark = pytest.mark.shared


def recorded():
    """Return the lines of the manifest that hold a board's own answer, by file name."""
    if not MANIFEST.exists():
        return []
    with MANIFEST.open(encoding="utf-8", newline="") as lines:
        found = [line for line in csv.DictReader(lines) if line["wire"] == "raw"]
    return [pytest.param(line, id=line["file"]) for line in found if line["source"] in SOURCES]


def read(shared, line) -> tuple[Page, list[Posting]]:
    source = sources.load(line["source"])
    board = Board(source=source.name, token=line["board"])
    request = Request(url=f"https://{line['host']}{line['request_path']}")
    body = (shared / line["file"]).read_bytes()
    page = source.split(Response(request=request, body=body, fetched_at=NOW), board)
    return page, list(sources.read(source, page, board))


def test_the_manifest_names_every_source(shared):
    """Each source of the list has recorded answers, so that the next tests test it."""
    del shared

    assert {line.values[0]["source"] for line in recorded()} == set(SOURCES)


@pytest.mark.parametrize("line", recorded())
def test_every_record_is_a_posting(shared, line):
    """As many as the manifest counts; none is rejected."""
    page, results = read(shared, line)
    expected = ONE_JOB.get(line["file"], int(line["postings"]))

    assert len(page.records) == len(results) == expected
    assert all(isinstance(result, Posting) for result in results), results
    assert len({result.id for result in results}) == expected
    assert all(result.hiring_organization for result in results)


@pytest.mark.parametrize("line", recorded())
def test_an_answer_that_counts_more_than_it_holds_is_a_part(shared, line):
    """What it does not list may never be taken for gone."""
    page, _results = read(shared, line)

    assert page.complete is not line["file"].endswith(PARTS)


@pytest.mark.parametrize("line", recorded())
def test_nothing_stated_is_lost(shared, line):
    """The answer is walked again, by other code: titles, links, places, dates, pay, kinds."""
    _page, results = read(shared, line)
    said = list(SAID[line["source"]](shared / line["file"]))

    assert len(said) >= len(results)
    for one in said:
        posting = next(result for result in results if result.identifier == one["id"])
        assert posting.title == one["title"]
        assert posting.url.endswith(one["url"])
        places = " | ".join((*posting.job_locations, posting.location_text or ""))
        for place in filter(None, one["places"]):
            assert place in places
        if not any(one["places"]):
            assert not posting.job_locations
        if "posted" in one:
            assert posting.date_posted == one["posted"]
        if "until" in one:
            assert posting.valid_through == one["until"]
        if "pay" in one:
            assert (posting.salary_text, amounts(posting)) == one["pay"]
        for word in filter(None, one.get("words", ())):
            assert word in every_word(posting)


@pytest.mark.parametrize("line", recorded())
def test_the_pipeline_keeps_them(shared, line):
    """No step refuses one."""
    _page, results = read(shared, line)
    refused = [one for one in pipeline.process(results) if not isinstance(one, Posting)]

    assert refused == []


def amounts(posting):
    pay = posting.stated_salary
    return (pay.min_value, pay.max_value, pay.currency) if pay else None


def every_word(posting):
    words = [posting.employment_type_text, posting.arrangement_text, posting.requisition]
    words += [*posting.occupational_category, posting.description, posting.hiring_organization]
    return "\n".join(filter(None, words))


def moment(text):
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


def teamtailor(path):
    if path.suffix == ".rss":
        yield from teamtailor_rss(path)
        return
    for item in json.loads(path.read_bytes())["items"]:
        addresses = [place["address"] for place in item["_jobposting"]["jobLocation"]]
        names = ("addressLocality", "addressCountry")
        yield {
            "id": item["id"], "title": item["title"], "url": item["url"],
            "places": [address[name] for address in addresses for name in names],
            "posted": moment(item["date_published"]), "words": [item.get("content_html")],
        }  # fmt: skip


def teamtailor_rss(path):
    namespace = {"tt": "https://teamtailor.com/locations"}
    for item in etree.parse(path).iterfind(".//item"):
        status = item.findtext("remoteStatus")
        found = [
            item.findtext(f".//tt:{name}", None, namespace) for name in ("name", "city", "country")
        ]
        groups = [item.findtext(f"tt:{name}", None, namespace) for name in ("department", "role")]
        yield {
            "id": item.findtext("guid"), "title": item.findtext("title"),
            "url": item.findtext("link"), "places": found,
            "posted": datetime.strptime(
                item.findtext("pubDate"), "%a, %d %b %Y %H:%M:%S %z"
            ).astimezone(UTC),
            "words": [item.findtext("description"), *groups, status if status != "none" else None],
        }  # fmt: skip


def workday(path):
    answer = json.loads(path.read_bytes())
    if "jobPostingInfo" in answer:
        info = answer["jobPostingInfo"]
        yield {
            "id": info["jobPostingId"], "title": info["title"], "url": info["externalUrl"],
            "places": [info["location"], *info.get("additionalLocations", [])],
            "posted": moment(f"{info['startDate']}T00:00:00+00:00"),
            "words": [info["jobReqId"], info["timeType"], info.get("remoteType"),
                      info["jobDescription"], answer.get("hiringOrganization", {}).get("name")],
        }  # fmt: skip
    for row in answer.get("jobPostings", []):
        place = row["locationsText"]
        yield {
            "id": row["externalPath"].split("/")[-1], "title": row["title"],
            "url": row["externalPath"],
            "places": [] if re.match(r"\d+ Locations$", place) else [place],
            "posted": workday_day(row["postedOn"]),
            "words": [*row["bulletFields"], row.get("remoteType")],
        }  # fmt: skip


def workday_day(words):
    if "+" in words:
        return None
    number = re.search(r"\d+", words)
    days = int(number[0]) if number else {"Posted Today": 0, "Posted Yesterday": 1}[words]
    return NOW - timedelta(days=days)


def bamboohr(path):
    for row in json.loads(path.read_bytes())["result"]:
        yield {
            "id": row["id"], "title": row["jobOpeningName"], "url": f"/careers/{row['id']}",
            "places": [*row["location"].values(), *row["atsLocation"].values()],
            "posted": None,
            "words": [row["departmentLabel"], row["employmentStatusLabel"],
                      f"locationType: {row['locationType']}",
                      "isRemote: true" if row["isRemote"] else None],
        }  # fmt: skip


def breezy(path):
    for row in json.loads(path.read_bytes()):
        place = row["location"]
        country = (place["country"] or {}).get("name")
        yield {
            "id": row["id"], "title": row["name"], "url": row["url"],
            "places": [place["name"], place["city"], country],
            "posted": moment(row["published_date"]), "pay": (row.get("salary"), None),
            "words": [row["department"], row.get("type", {}).get("name"), row.get("description"),
                      row["company"]["name"],
                      "is_remote: true" if place.get("is_remote") else None],
        }  # fmt: skip


def pinpoint(path):
    for row in json.loads(path.read_bytes())["data"]:
        place, pay = row["location"], None
        if row.get("compensation_visible"):
            pay = tuple(row[f"compensation_{name}"] for name in ("minimum", "maximum", "currency"))
        yield {
            "id": row["id"], "title": row["title"], "url": row["url"],
            "places": [place["city"], place["name"], place["province"]],
            "until": moment(row.get("deadline_at")), "posted": None,
            "pay": (row["compensation"] if pay else None, pay),
            "words": [row["employment_type_text"], row["workplace_type_text"], row["description"],
                      row.get("key_responsibilities"), row.get("benefits"),
                      row.get("skills_knowledge_expertise"),
                      row.get("job", {}).get("requisition_id"),
                      row.get("job", {}).get("department", {}).get("name")],
        }  # fmt: skip


def rippling(path):
    for row in json.loads(path.read_bytes()):
        yield {
            "id": row["uuid"], "title": row["name"], "url": row["url"],
            "places": [row["workLocation"]["label"]], "posted": None,
            "words": [row["department"]["label"]],
        }  # fmt: skip


SAID = {
    "teamtailor": teamtailor, "workday": workday, "bamboohr": bamboohr, "breezy": breezy,
    "pinpoint": pinpoint, "rippling": rippling,
}  # fmt: skip
