"""The recorded answers of the aggregators and threads: nothing that they state is lost."""

import csv
import html
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jobtide import sources
from jobtide.model import Board, Posting, Reject, Response
from jobtide.pipeline import process

SHARED = Path(__file__).resolve().parents[3] / "shared"
MANIFEST = SHARED / "replay" / "manifest.csv"
SOURCES = ("arbeitnow", "hackernews", "himalayas", "jobicy", "themuse", "workingnomads")

#: A search for threads holds no postings; a comment may hold several, so there are more records.
THREADS = "hn-2026-05-19-algolia-story-search.json"

pytestmark = pytest.mark.shared


def recorded(*names):
    """Return the lines of the manifest that hold a board's own answer, by file name."""
    if not MANIFEST.exists():
        return []
    with MANIFEST.open(encoding="utf-8", newline="") as lines:
        found = [line for line in csv.DictReader(lines) if line["wire"] == "raw"]
    chosen = [line for line in found if line["source"] in (names or SOURCES)]
    return [pytest.param(line, id=line["file"]) for line in chosen]


def read(shared, line):
    """Return the page, what is read of it, and the answer as plain data."""
    source = sources.load(line["source"])
    board = Board(source=source.name, token=line["board"])
    body = (shared / line["file"]).read_bytes()
    response = Response(
        request=source.start(board), body=body, fetched_at=datetime(2026, 9, 1, tzinfo=UTC)
    )
    page = source.split(response, board)
    return page, list(sources.read(source, page, board)), json.loads(body.decode("utf-8-sig"))


def rows(answer):
    """Return the board's own rows, wherever in the answer they stand."""
    if isinstance(answer, list):
        return answer
    names = ("jobs", "data", "results", "hits", "children")
    return next((answer[name] for name in names if name in answer), [answer])


def test_the_manifest_names_every_source(shared):
    """Each source of the list has recorded answers, so that the next tests test it."""
    del shared

    assert {line.values[0]["source"] for line in recorded()} == set(SOURCES)


@pytest.mark.parametrize("line", recorded())
def test_every_row_is_read(shared, line):
    """As many as the manifest counts, each a posting or a reject with a reason, none twice."""
    page, results, _answer = read(shared, line)
    postings = [result for result in results if isinstance(result, Posting)]

    assert len(results) == len(page.records)
    if line["file"].endswith(THREADS):
        assert (page.records, len(page.follow)) == ([], 1)
    elif line["source"] == "hackernews":
        assert len({record["id"] for record in page.records}) == int(line["postings"])
    else:
        assert len(page.records) == len(postings) == int(line["postings"])
    assert all(result.reason for result in results if isinstance(result, Reject))
    assert len({posting.id for posting in postings}) == len(postings)
    assert all(posting.url.startswith("https://") for posting in postings)
    assert all(posting.date_posted for posting in postings)


#: For each source: what a row calls title, company, address, time, and text.
FIELDS = {
    "himalayas": ("title", "companyName", "guid", "pubDate", "description"),
    "jobicy": ("jobTitle", "companyName", "url", "pubDate", "jobDescription"),
    "arbeitnow": ("title", "company_name", "url", "created_at", "description"),
    "workingnomads": ("title", "company_name", "url", "pub_date", "description"),
    "themuse": ("name", "company.name", "refs.landing_page", "publication_date", "contents"),
}


def value(row, name):
    for part in name.split("."):
        row = (row or {}).get(part)
    return row


def moment(stated):
    if isinstance(stated, int):
        return datetime.fromtimestamp(stated, UTC)
    return datetime.fromisoformat(stated).astimezone(UTC)


@pytest.mark.parametrize("line", recorded(*FIELDS))
def test_no_stated_title_company_address_time_or_text_is_lost(shared, line):
    """Walked row by row over the plain answer, each value stands in its posting."""
    _page, postings, answer = read(shared, line)
    title, company, url, time, text = FIELDS[line["source"]]
    for row, posting in zip(rows(answer), postings, strict=True):
        assert posting.title == value(row, title)
        assert posting.hiring_organization == value(row, company)
        assert posting.url == value(row, url)
        assert posting.date_posted == moment(value(row, time))
        assert posting.description == value(row, text)
        assert posting.description_complete


def places(source, row):
    """Return the places a row states, one text a place."""
    if source == "himalayas":
        return row["locationRestrictions"] or ["Worldwide"]
    if source == "themuse":
        return [place["name"] for place in row["locations"]]
    return [row["jobGeo"] if source == "jobicy" else row["location"]]


@pytest.mark.parametrize("line", recorded(*FIELDS))
def test_no_stated_place_is_lost(shared, line):
    """Each stands whole in the place line; how one works is said in words of the board's."""
    _page, postings, answer = read(shared, line)
    for row, posting in zip(rows(answer), postings, strict=True):
        stated = [place for place in places(line["source"], row) if place]
        assert all(place in (posting.location_text or "") for place in stated)
        if line["source"] == "arbeitnow":
            assert posting.arrangement_text == f"remote: {row['remote']}".lower()
        elif line["source"] == "themuse":
            assert posting.arrangement_text == (
                "Flexible / Remote" if "Flexible / Remote" in stated else None
            )
        else:
            assert posting.arrangement_text == "remote"
            assert set(posting.applicant_locations) >= (set() if "," in stated[0] else set(stated))


@pytest.mark.parametrize("line", recorded("himalayas", "jobicy"))
def test_no_stated_pay_is_lost(shared, line):
    """Both ends, currency and period are those of the row; zero and null are not stated."""
    units = {"annual": "YEAR", "yearly": "YEAR", "hourly": "HOUR", "monthly": "MONTH", None: None}
    _page, postings, answer = read(shared, line)
    for row, posting in zip(rows(answer), postings, strict=True):
        low = row.get("minSalary") or row.get("salaryMin")
        high = row.get("maxSalary") or row.get("salaryMax")
        pay = posting.stated_salary
        assert (pay is not None) == bool(low or high)
        if pay is not None:
            assert (pay.min_value, pay.max_value) == (low, high)
            assert pay.currency == (row.get("currency") or row.get("salaryCurrency"))
            assert pay.unit_text == units[row.get("salaryPeriod")]


@pytest.mark.parametrize("line", recorded(*FIELDS))
def test_no_stated_word_about_the_job_is_lost(shared, line):
    """Kinds of employment, levels, tags and categories are all kept, in one field or another."""
    names = (
        "employmentType", "seniority", "parentCategories", "jobType", "jobIndustry", "tags",
        "job_types", "category_name", "levels", "categories",
    )  # fmt: skip
    _page, postings, answer = read(shared, line)
    for row, posting in zip(rows(answer), postings, strict=True):
        kept = " | ".join(
            (*posting.tags, *posting.occupational_category, posting.employment_type_text or "",
             posting.seniority_text or "")
        )  # fmt: skip
        for name in names:
            stated = row.get(name) or []
            for word in stated.split(",") if isinstance(stated, str) else stated:
                text = word["name"] if isinstance(word, dict) else word
                assert text in kept or text.replace("-", " ") in kept, (name, text)


def words(text):
    return set(re.findall(r"\w+", html.unescape(re.sub(r"<[^>]*>", " ", text or ""))))


@pytest.mark.parametrize("line", recorded("hackernews"))
def test_only_comments_without_a_job_are_refused(shared, line):
    """Replies by their parent, the others by a closed list of reasons; texts are kept whole."""
    page, results, answer = read(shared, line)
    whole = {str(row.get("objectID") or row.get("id")): row for row in rows(answer)}
    for record, result in zip(page.records, results, strict=True):
        row = whole[record["id"]]
        text = row.get("comment_text") or row.get("text") or ""
        parent, story = row.get("parent_id"), row.get("story_id")
        if isinstance(result, Posting):
            assert parent == story
            assert result.description == text
            assert words(result.title) <= words(text or record["title"])
            assert result.url.startswith(f"https://news.ycombinator.com/item?id={record['id']}")
        else:
            assert (result.reason == "reply") == (parent != story)
            assert result.reason in ("reply", "deleted", "seeker", "closed", "not_a_job")
            assert not result.detail


@pytest.mark.parametrize("line", recorded("hackernews"))
def test_most_comments_of_a_thread_are_jobs_with_a_company(shared, line):
    """A regression of the reader shows in these shares long before it shows on a page."""
    page, results, _answer = read(shared, line)
    top = [result for result in results if getattr(result, "reason", "") != "reply"]
    postings = [result for result in top if isinstance(result, Posting)]
    if len(page.records) < 100:
        return

    named = [posting for posting in postings if posting.hiring_organization]
    placed = [posting for posting in postings if posting.location_text]
    assert len({posting.url.split("#")[0] for posting in postings}) > 0.9 * 335
    assert len(named) > 0.95 * len(postings)
    assert len(placed) > 0.9 * len(postings)


@pytest.mark.parametrize("line", recorded())
def test_the_pipeline_keeps_what_is_a_job(shared, line):
    """Hardly any posting is refused later, and none without a reason."""
    _page, results, _answer = read(shared, line)
    postings = [result for result in results if isinstance(result, Posting)]
    processed = list(process(postings))
    rejects = [result for result in processed if isinstance(result, Reject)]

    assert len(processed) == len(postings)
    assert all(reject.reason and reject.step for reject in rejects)
    assert len(rejects) <= 0.01 * len(postings)
