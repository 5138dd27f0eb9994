"""Every search as a feed and as a file."""

import csv
import io
import json

import feedparser
import pytest


@pytest.mark.parametrize(("suffix", "kind"), [
    (".rss", "application/rss+xml"), (".atom", "application/atom+xml"),
])  # fmt: skip
def test_every_search_is_a_feed(client, suffix, kind):
    """A reader of feeds finds the same jobs as the page, well formed, each with its credit."""
    answer = client.get(f"/jobs{suffix}", params={"category": "backend"})
    feed = feedparser.parse(answer.content)
    total = client.get("/api/v1/jobs?q=category:backend").json()["total"]

    assert answer.headers["content-type"].startswith(kind)
    assert not feed.bozo
    assert len(feed.entries) == total > 0
    assert all("via" in (one.get("summary") or one.content[0].value) for one in feed.entries)


def test_every_search_is_a_json_feed(client):
    """JSON Feed 1.1 with the jobs of the search."""
    answer = client.get("/jobs.json", params={"q": "python"})
    feed = json.loads(answer.content)

    assert answer.headers["content-type"].startswith("application/feed+json")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert all(item["_jobtide"]["attribution"] for item in feed["items"])


def test_every_search_is_a_file_for_spreadsheets(client):
    """CSV with a mark for Excel, as a download; one row a job, with its credit."""
    answer = client.get("/jobs.csv", params={"category": "backend"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert answer.headers["content-disposition"] == 'attachment; filename="jobs.csv"'
    assert len(rows) == client.get("/api/v1/jobs?q=category:backend").json()["total"]
    assert all(row["attribution"] for row in rows)


@pytest.mark.parametrize("suffix", [".rss", ".atom", ".json", ".csv"])
def test_a_feed_says_what_it_does_not_understand(client, suffix):
    """A misspelt search is 400, not an empty feed."""
    assert client.get(f"/jobs{suffix}?q=catgory:x").status_code == 400


def test_a_feed_keeps_its_bytes(client):
    """While nothing happens the feed is 304."""
    mark = client.get("/jobs.rss").headers["etag"]

    assert client.get("/jobs.rss", headers={"If-None-Match": mark}).status_code == 304
