"""The search page, the page of a job, and the search behind an address."""

import html
import re
from hashlib import sha256
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.model import Found
from jobtide.query import FIELDS, QueryError
from jobtide.store import open_store
from jobtide.web.asking import OWN, search_of
from jobtide.web.assets import assets
from jobtide.web.filters import many
from jobtide.web.links import identifier, key
from jobtide.web.me import Me, me_of


def ids_of(page):
    """Return the ids of the cards of a page, in order."""
    return [
        html.unescape(one) for one in re.findall(r'class="job[^"]*" data-id="([^"]+)"', page.text)
    ]


def total_of(page):
    """Return how many jobs a page says there are."""
    return int(re.search(r"<strong>(\d+) jobs?</strong>", page.text)[1])


def test_search_is_a_page(client):
    """The first page shows cards, the number of all, and links to its feeds."""
    page = client.get("/")

    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert len(ids_of(page)) == 25
    assert total_of(page) > 25


def test_pages_hold_every_job_once(client):
    """Following "Next page" shows each job of the answer once."""
    address, seen = "/", []
    while address:
        page = client.get(address)
        seen += ids_of(page)
        found = re.search(r'href="([^"]+)" rel="next"', page.text)
        address = html.unescape(found[1]) if found else None

    assert len(seen) == len(set(seen)) == total_of(page)


def test_filters_and_words_mean_the_same(client):
    """A filter as a parameter finds what the same filter finds when it is typed."""
    chosen = client.get("/", params={"category": "backend", "seniority": "senior"})
    typed = client.get("/", params={"q": "category:backend seniority:senior"})

    assert ids_of(chosen) == ids_of(typed) != []


def test_eligible_and_not_stated_are_kept_apart(client):
    """BL059: open to the country or to the world is kept; what says nothing is told beside it."""
    page = client.get("/", params={"from": "US", "me": "US"})
    everything = client.get("/", params={"me": "US"})
    more = int(re.search(r"<strong>(\d+)</strong> more", page.text)[1])

    assert set(re.findall(r'class="badge (yes|no|unknown|some)"', page.text)) == {"yes"}
    assert total_of(page) + more == total_of(everything)


def test_page_promises_are_kept(client):
    """BL073: a page for one country shows no job that is for another alone."""
    for job in client.get("/api/v1/jobs?q=from:US&me=US&limit=100").json()["jobs"]:
        assert job["for_me"]["answer"] == "yes"


def test_an_impossible_pay_finds_nothing(client):
    """BL084: a bound nobody pays gives no hit, not all of them."""
    page = client.get("/", params={"pay": "9000000", "currency": "USD"})

    assert total_of(page) == 0
    assert "without USD 9000000 a year or more" in html.unescape(page.text)


def test_remote_pages_hold_remote_jobs(client):
    """BL061, BL138: the row decides, not the query: no hybrid or on-site job is on the page."""
    assert {one["arrangement"] for one in client.get("/api/v1/jobs?limit=100").json()["jobs"]} == {
        "remote"
    }


def test_what_is_narrowed_can_be_widened(client):
    """Nothing is hidden silently: "remote only" is shown, and can be dropped."""
    page = client.get("/")

    assert "remote only" in page.text
    assert total_of(client.get("/?arrangement=any&is=any")) >= total_of(page)


def test_an_empty_answer_names_the_filter_to_drop(client):
    """Which filter keeps everything away is said, with the number there would be."""
    page = client.get("/", params={"category": "backend", "q": "zzzznothing"})

    assert total_of(page) == 0
    assert re.search(r"without “zzzznothing”</a>: \d+ jobs", html.unescape(page.text))


@pytest.mark.parametrize(("query", "near"), [
    ("q=catgory:backend", "category"), ("catgory=backend", "category"),
    ("category=backnd", "backend"), ("from=Polnd", "Poland"), ("cursor=xyz", "cursor"),
    ("pay=lots", "salary"), ('q="open', "quote"),
])  # fmt: skip
def test_what_is_not_understood_is_said(client, query, near):
    """An unknown field or value is 400 and names the nearest, as a page and as problem+json."""
    page = client.get(f"/?{query}")

    assert page.status_code == 400
    assert near in html.unescape(page.text)
    assert 'name="robots" content="noindex"' in page.text


def test_a_statement_is_words(client):
    """H220: what looks like a statement to a database is looked for as words."""
    page = client.get("/", params={"q": "' OR 1=1; DROP TABLE posting;--"})

    assert page.status_code in (200, 400)
    assert total_of(client.get("/")) > 25


def test_an_endless_search_is_refused(client):
    """H222: 400 or 414 at once, however it is sent."""
    assert client.get("/", params={"q": "a* " * 2_000}).status_code in (400, 414)
    with pytest.raises(QueryError):
        search_of([("q", "a* " * 20_000)])
    with pytest.raises(QueryError, match="conditions"):
        search_of([("q", " ".join(f"w{n}" for n in range(60)))])
    with pytest.raises(QueryError, match="parameters"):
        search_of([("q", "a")] * 200)


@given(
    st.lists(st.tuples(st.sampled_from([*FIELDS, *OWN, "x"]), st.text(max_size=30)), max_size=6)
)
def test_any_address_is_a_search_or_a_clear_refusal(pairs):
    """Whatever an address holds: a search whose own address asks the same, or a QueryError."""
    try:
        found = search_of(pairs)
    except QueryError:
        return
    assert search_of(found.pairs()).wanted.groups == found.wanted.groups


@given(st.text())
def test_any_id_survives_its_address(text):
    """An id is one segment of an address and comes back whole."""
    segment = key(text.encode("utf-8", "replace").decode())

    assert "/" not in segment
    assert "%" not in segment
    assert identifier(segment) == text.encode("utf-8", "replace").decode()


@given(st.text(), st.text(), st.text())
def test_any_cookie_is_read_or_ignored(cookie, me, offset):
    """What cannot be read is not said, and never an error."""
    assert isinstance(me_of({}, {"jobtide": cookie}), Me)
    found = me_of({"me": me, "offset": offset}, {})
    assert found.offset is None or -12 <= found.offset <= 14


def test_the_address_beats_the_cookie():
    """A link that says where one lives is meant for that; links go on saying it."""
    found = me_of({"me": "pl"}, {"jobtide": "US|-5|dark"})

    assert (found.country, found.theme, found.query) == ("PL", "dark", "?me=PL&offset=-5")
    assert me_of({}, {"jobtide": "US|-5|dark"}).query == ""


@pytest.mark.parametrize(("offset", "hours"), [
    ("+5.5", 5.5), ("UTC-3", -3.0), ("14", 14.0), ("15", None), ("nan", None), ("inf", None),
    ("east", None), ("", None),
])  # fmt: skip
def test_offsets_are_hours(offset, hours):
    """Hours from UTC as people write them; nonsense is nothing."""
    assert me_of({"offset": offset}, {}).offset == hours


def test_job_page_answers_first(client):
    """Title, eligibility, pay and Apply come before the text; the facts have their why."""
    job = client.get("/api/v1/jobs?q=python&limit=1").json()["jobs"][0]
    page = client.get(job["page"])
    text = html.unescape(page.text)

    assert text.index("<h1") < text.index("data-apply") < text.index('id="text"')
    assert "why<span" in text
    assert job["attribution_url"] in text


def test_an_older_id_leads_to_the_job(client):
    """The id of any posting behind a job leads to its page."""
    jobs = client.get("/api/v1/jobs?limit=100").json()["jobs"]
    many = next(one for one in jobs if len(one["boards"]) > 1)
    whole = client.get(many["href"]).json()["job"]
    for posting in whole["postings"]:
        name = f"{posting['source']}:{posting['board']}:{posting['identifier']}"
        assert client.get(f"/jobs/{key(name)}").status_code == 200


def test_an_unknown_job_is_404(client):
    """A job nobody knows is 404, as a page and in the API."""
    assert client.get("/jobs/none:main:1").status_code == 404
    assert client.get("/api/v1/jobs/none:main:1").status_code == 404
    assert client.get("/companies/Nobody%20at%20all").status_code == 404


@pytest.mark.parametrize("address", [
    "/companies", "/companies?q=python", "/companies/Halyard", "/changes",
    "/changes?since=30d&q=python", "/stats", "/sources", "/saved", "/help", "/api",
])  # fmt: skip
def test_every_page_has_one_heading(client, address):
    """Each page is there and has one h1."""
    page = client.get(address)

    assert page.status_code == 200
    assert page.text.count("<h1") == 1


def test_markup_for_search_engines_as_the_terms_allow(client):
    """Jobs of employers' own boards have JobPosting markup; where it is forbidden none have."""
    jobs = client.get("/api/v1/jobs?limit=100").json()["jobs"]
    pages = {one["id"]: client.get(one["page"]).text for one in jobs}
    marked = [name for name, text in pages.items() if "application/ld+json" in text]

    assert any(name.startswith(("greenhouse:", "lever:", "ashby:")) for name in marked)
    assert not any(one["id"] in marked for one in jobs if one["boards"] == ["Remotive"])


def test_own_colours_are_those_of_the_shared_sheet():
    """Who turns the theme by hand sees the same colours as whoever lets the system choose."""
    sheets = {name: assets()[name].body.decode() for name in ("style.css", "web.css")}
    shared = [colours(one) for one in re.findall(r":root \{(.*?)\}", sheets["style.css"], re.S)]
    own = [
        colours(re.search(rf"data-theme={theme}\] \{{(.*?)\}}", sheets["web.css"])[1])
        for theme in ("light", "dark")
    ]
    for theme, known in zip(own, shared[:2], strict=True):
        assert known.items() <= theme.items()


def colours(block):
    """Return name -> colour of a block of a style sheet."""
    return dict(re.findall(r"(--[\w-]+): (#[0-9a-f]+)", block))


@pytest.mark.parametrize("name", ["style.css", "web.css", "app.js", "htmx.min.js", "icon.svg"])
def test_every_file_a_page_names_is_there(client, name):
    """The list of files and what pages ask for are one."""
    assert client.get(f"/static/{name}").status_code == 200
    assert f"static&#x2f;{name}?" in client.get("/").text


def test_changes_go_back_from_the_newest(client, monkeypatch):
    """However much happened, the newest is shown, and that there is more is said."""
    monkeypatch.setattr("jobtide.web.lists.LOOKED_AT", 60)
    page = client.get("/changes?since=30d")

    assert "There is more that is older" in page.text
    assert 0 < page.text.count("<time") <= 60


def test_following_changes_looks_at_a_bounded_number(client, monkeypatch):
    """A search that finds nothing gives a number to go on after, and comes to an end."""
    monkeypatch.setattr("jobtide.web.api.lists.LOOKED_AT", 50)
    cursor, pages = None, 0
    while True:
        asked = {"since": "2020-01-01", "q": "zzzz"} | ({"cursor": cursor} if cursor else {})
        page = client.get("/api/v1/changes", params=asked).json()
        pages += 1
        cursor = page["next"]
        if cursor is None:
            break

    assert page["changes"] == []
    assert 1 < pages < 60


def test_a_service_without_any_job_says_so(client_of, tmp_path):
    """An empty database is no error: every page is there and says what to do."""
    with open_store(str(tmp_path / "empty.db"), create=True) as empty:
        client = client_of(empty)
        assert "No job is known yet" in client.get("/").text
        for address in ("/companies", "/changes", "/stats", "/sources", "/jobs.rss", "/jobs.csv",
                        "/api/v1/jobs", "/api/v1/stats", "/api/v1/changes"):  # fmt: skip
            assert client.get(address).status_code == 200


def test_files_of_others_are_as_they_were_published():
    """What is not ours is listed with its licence and digest, and is what the list says."""
    folder = files("jobtide.web") / "static"
    listed = re.findall(r"\| (\S+\.js) \|.*`([0-9a-f]{64})`", (folder / "README.md").read_text())

    assert [name for name, _ in listed] == ["htmx.min.js"]
    for name, mark in listed:
        assert sha256((folder / name).read_bytes()).hexdigest() == mark


def test_counting_stops_somewhere_and_says_so():
    """A number that is a least number has a plus."""
    assert many(Found(openings=(), total=1234)) == "1,234"
    assert many(Found(openings=(), total=10_000, at_least=True)) == "10,000+"
