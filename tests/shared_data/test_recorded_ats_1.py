"""The recorded boards of seven applicant tracking systems: read to the last record and field.

What a payload states is collected here by a walk of its own, by field name, and looked for in the
postings: a title, an address, a place, a date, pay or a department may not be lost on the way.
"""

import csv
import html
import json
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from lxml import etree

from jobtide import pipeline, sources
from jobtide.model import Board, Posting, Reject, Response

SHARED = Path(__file__).resolve().parents[3] / "shared"
MANIFEST = SHARED / "replay" / "manifest.csv"
SOURCES = (
    "ashby", "greenhouse", "lever", "personio", "recruitee", "smartrecruiters", "workable",
)  # fmt: skip
#: Files with fewer postings than rows, and why.
MERGED = {
    "boards/workable/zaelab.json": 1,  # one job in two rows, one for each of its places
    "boards/personio/anonymised.xml": 1,  # one position twice, word for word
}
#: Records that are no postings, and why.
REFUSED = {"boards/ashby/wealth-com.json": 1}  # a draft: isListed false

pytestmark = pytest.mark.shared


def recorded():
    """Return the lines of the manifest that hold a board's own answer, by file name."""
    if not MANIFEST.exists():
        return []
    with MANIFEST.open(encoding="utf-8", newline="") as lines:
        found = [line for line in csv.DictReader(lines) if line["wire"] == "raw"]
    return [pytest.param(line, id=line["file"]) for line in found if line["source"] in SOURCES]


def read(shared, line):
    source = sources.load(line["source"])
    board = Board(source=source.name, token=line["board"])
    response = Response(
        request=source.start(board),
        body=(shared / line["file"]).read_bytes(),
        fetched_at=datetime(2026, 9, 1, tzinfo=UTC),
    )
    page = source.split(response, board)
    return page, list(sources.read(source, page, board))


def moment(value):
    """Return a time as written by these boards, read without the program's help."""
    if not value:
        return None
    if isinstance(value, int):
        return datetime.fromtimestamp(value / 1000, UTC)
    time = datetime.fromisoformat(value.replace(" UTC", "+00:00"))
    return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)


def span(low, high, currency):
    """Return pay as stated; zero and nothing are both nothing."""
    ends = tuple(float(end) if end and float(end) else None for end in (low, high))
    return (*ends, currency) if any(ends) else None


def said(identifier, title, **facts):
    """Return what one record states; the values are lists but for dates and pay."""
    empty = {"urls": [], "places": [], "kinds": [], "texts": [], "posted": None, "pay": None}
    return {"identifier": str(identifier), "title": title, **empty, **facts}


def of_greenhouse(answer):
    jobs = answer.get("jobs") or [answer]
    if "departments" in answer and "id" not in answer:
        jobs = [job for department in answer["departments"] for job in department["jobs"]]
    for job in jobs:
        line = (job.get("location") or {}).get("name") or ""
        yield said(
            job["id"],
            job["title"],
            urls=[job.get("absolute_url")],
            places=line.replace(" | ", ";").split(";"),
            kinds=[one["name"] for one in job.get("departments") or ()],
            texts=[html.unescape(job.get("content") or "").replace("&lt;stripped", "<stripped")],
            posted=moment(job.get("first_published")),
            modified=moment(job.get("updated_at")),
            closes=moment(job.get("application_deadline")),
        )


def of_lever(answer):
    for job in [answer] if isinstance(answer, dict) else answer:
        kinds, pay = job["categories"], job.get("salaryRange") or {}
        lists = [text for one in job["lists"] for text in (html.escape(one["text"], quote=False),
                                                           one["content"])]  # fmt: skip
        yield said(
            job["id"],
            job["text"],
            urls=[job["hostedUrl"], job["applyUrl"]],
            places=[kinds.get("location"), *(kinds.get("allLocations") or ())],
            kinds=[kinds.get("department"), kinds.get("team")],
            texts=[job["description"], *lists, job["additional"], job.get("salaryDescription")],
            posted=moment(job["createdAt"]),
            pay=span(pay.get("min"), pay.get("max"), pay.get("currency")),
        )


def of_ashby(answer):
    for job in answer["jobs"]:
        if not job["isListed"]:
            continue
        parts = (job.get("compensation") or {}).get("summaryComponents", ())
        pay = next((part for part in parts if part["compensationType"] == "Salary"), {})
        yield said(
            job["id"],
            job["title"],
            urls=[job["jobUrl"], job["applyUrl"]],
            places=[job["location"], *(one["location"] for one in job["secondaryLocations"])],
            kinds=[job["department"], job["team"]],
            texts=[job["descriptionHtml"]],
            posted=moment(job["publishedAt"]),
            pay=span(pay.get("minValue"), pay.get("maxValue"), pay.get("currencyCode")),
        )


def of_smartrecruiters(answer):
    for job in answer.get("content") or [answer]:
        pay = job.get("compensation") or {}
        sections = job.get("jobAd", {}).get("sections", {})
        yield said(
            job["id"],
            job["name"],
            urls=[job.get("postingUrl"), job.get("applyUrl")],
            places=[job["location"].get("fullLocation"), job["location"]["city"]],
            kinds=[(job.get("department") or {}).get("label")],
            texts=[section["text"] for section in sections.values()],
            posted=moment(job["releasedDate"]),
            pay=span(pay.get("min"), pay.get("max"), pay.get("currency")),
        )


def of_workable(answer):
    for job in answer["jobs"]:
        shown = [place for place in job["locations"] if not place["hidden"]]
        yield said(
            job["shortcode"],
            job["title"],
            urls=[job["url"], job.get("application_url")],
            places=[place[key] for place in shown for key in ("city", "region", "country")],
            kinds=[job["department"], job.get("function")],
            texts=[job.get("description")],
            posted=moment(job["published_on"]),
        )


def of_recruitee(answer):
    for job in answer["offers"]:
        pay = job["salary"]
        places = job.get("locations") or [{key: job[key] for key in ("city", "country")}]
        keys = ("city", "state", "country")
        yield said(
            job["id"],
            job["title"],
            urls=[job["careers_url"], job["careers_apply_url"]],
            places=[job["location"], *(place.get(key) for place in places for key in keys)],
            kinds=[job["department"], job.get("category_code")],
            texts=[job.get("description"), job.get("requirements"),
                   *(place.get("note") for place in places)],
            posted=moment(job["published_at"]),
            modified=moment(job["updated_at"]) if "updated_at" in job else None,
            closes=moment(job.get("close_at")),
            pay=span(pay.get("min"), pay.get("max"), pay.get("currency")),
        )  # fmt: skip


def of_personio(feed):
    for job in feed.iter("position"):
        pay = job.find("salaryInformation")
        yield said(
            job.findtext("id"),
            job.findtext("name").strip(),
            places=[one.text for one in job.iter("office")],
            kinds=[job.findtext("department"), job.findtext("occupationCategory")],
            texts=[value.text.strip() for value in job.iter("value")],
            posted=moment(job.findtext("createdAt")),
            pay=None if pay is None else span(*map(pay.findtext, ("min", "max", "currencyCode"))),
        )


WALKS = {name: globals()[f"of_{name}"] for name in SOURCES}


def walk(shared, line):
    """Return what the payload states, one entry a record, by a way of its own."""
    body = (shared / line["file"]).read_bytes()
    if line["source"] != "personio":
        return list(WALKS[line["source"]](json.loads(body)))
    body = body.replace(b"<workzag-jobs\n", b"<workzag-jobs>\n")  # one feed is broken there
    return list(of_personio(etree.fromstring(body, etree.XMLParser(recover=True))))


def test_the_manifest_names_every_source(shared):
    """Each source of the list has recorded answers, so that the next tests test it."""
    del shared

    assert {line.values[0]["source"] for line in recorded()} == set(SOURCES)


@pytest.mark.parametrize("line", recorded())
def test_every_record_is_read(shared, line):
    """As many records as the manifest counts, each of them a posting but for the named ones."""
    page, results = read(shared, line)
    postings = [result for result in results if isinstance(result, Posting)]

    assert len(results) == int(line["postings"]) - MERGED.get(line["file"], 0)
    assert len(postings) == len(results) - REFUSED.get(line["file"], 0)
    assert len({posting.id for posting in postings}) == len(postings)
    assert all(posting.hiring_organization for posting in postings)
    assert line["complete"] != "yes" or page.complete
    if "kept" in line["note"]:  # "meta.total 167, 2 kept"
        assert not page.complete


@pytest.mark.parametrize("line", recorded())
def test_nothing_stated_is_lost(shared, line):
    """Title, addresses, places, dates, pay, departments and texts stand in the posting."""
    postings = {one.identifier: one for one in read(shared, line)[1] if isinstance(one, Posting)}
    stated = walk(shared, line)

    assert {record["identifier"] for record in stated} == set(postings)
    for record in stated:
        posting = postings[record["identifier"]]
        places = "\n".join([posting.location_text or "", *posting.job_locations])
        assert record["title"] == posting.title
        assert {url for url in record["urls"] if url} <= {posting.url, posting.apply_url}
        assert [place for place in record["places"] if place and place.strip() not in places] == []
        assert {kind for kind in record["kinds"] if kind} <= set(posting.occupational_category)
        for text in filter(None, record["texts"]):
            assert text.strip() in posting.description or html.escape(text) in posting.description
        assert record["posted"] is None or record["posted"] == posting.date_posted
        assert record.get("modified") == posting.date_modified
        assert record.get("closes") == posting.valid_through
        if record["pay"]:
            pay = posting.stated_salary
            assert record["pay"] == (pay.min_value, pay.max_value, pay.currency)


@pytest.mark.parametrize("line", recorded())
def test_no_person_becomes_part_of_a_posting(shared, line):
    """The payloads name recruiters and their addresses, replaced by these words."""
    for result in read(shared, line)[1]:
        if isinstance(result, Posting):  # a text may name whom to ask, as its author wished
            result = msgspec.structs.replace(result, description="")
        assert "Redacted Person" not in repr(result)
        assert "redacted@" not in repr(result)


def test_the_whole_program_refuses_none_of_them(shared):
    """All are jobs, talent pools and speculative applications included."""
    results = [one for line in recorded() for one in read(shared, line.values[0])[1]]
    postings = [one for one in results if isinstance(one, Posting)]
    refused = [one for one in pipeline.process(postings[::10]) if isinstance(one, Reject)]

    assert refused == []
