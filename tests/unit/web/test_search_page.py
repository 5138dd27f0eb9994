"""The search page and the page of a job."""

import re


def ids_of(page):
    """Return the ids of the cards of a page, in order."""
    return re.findall(r'<li class="job[^"]*" data-id="([^"]+)"', page.text)


def test_search_is_a_page(client):
    """The first page shows cards, the number of all, and links to the job and its feeds."""
    page = client.get("/")

    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert len(ids_of(page)) == 25
    assert "/jobs.rss" in page.text.replace("&#x2f;", "/")
