"""The API: what it answers, and that it answers as its own description says."""

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from jobtide.web.api import description
from jobtide.web.links import key


def test_search_answers_with_jobs_next_and_total(client):
    """`{"jobs": [...], "next": cursor, "total": n}`; following `next` gives every job once."""
    seen, cursor = [], None
    while True:
        asked = {"q": "engineer", "limit": 7} | ({"cursor": cursor} if cursor else {})
        page = client.get("/api/v1/jobs", params=asked).json()
        seen += [one["id"] for one in page["jobs"]]
        cursor = page["next"]
        if cursor is None:
            break

    assert len(seen) == len(set(seen)) == page["total"] > 7


@pytest.mark.parametrize(("address", "near"), [
    ("/api/v1/jobs?q=catgory:backend", "'category'"),
    ("/api/v1/jobs?q=category:backnd", "'backend'"),
    ("/api/v1/jobs?limitt=3", "'limit'"),
    ("/api/v1/jobs?limit=0", "limit"),
    ("/api/v1/jobs?limit=many", "limit"),
    ("/api/v1/jobs?me=ZZ", "ISO 3166"),
    ("/api/v1/jobs?offset=99", "offset"),
    ("/api/v1/jobs?cursor=nonsense", "cursor"),
    ("/api/v1/jobs?q=a&q=b", "twice"),
    ("/api/v1/facets?fields=categry", "'category'"),
    ("/api/v1/changes?since=yesterday", "2026-11-20"),
    ("/api/v1/changes?cursor=%C2%B2", "cursor"),
    ("/api/v1/stats?q=x", "parameter"),
    ("/api/v1/sources?x=1", "parameter"),
])  # fmt: skip
def test_what_is_wrong_is_a_problem_with_the_nearest(client, address, near):
    """An unknown parameter, field or value is 400 problem+json (RFC 9457) that helps."""
    answer = client.get(address)
    problem = answer.json()

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(problem) == {"type", "title", "status", "detail"}
    assert problem["status"] == 400
    assert near in problem["detail"]


def test_nothing_there_is_a_problem_too(client):
    """404 and 405 of the API are problem+json like the rest."""
    for answer in (client.get("/api/v1/nothing"), client.delete("/api/v1/jobs")):
        assert answer.status_code in (404, 405)
        assert answer.headers["content-type"] == "application/problem+json"


def test_every_job_carries_its_credit(client):
    """Whoever shows a job owes its board a name and a link: both are in every answer."""
    for job in client.get("/api/v1/jobs?limit=100").json()["jobs"]:
        assert job["attribution"]
        assert job["attribution_url"].startswith("http")
        assert client.get(job["href"]).json()["job"]["attribution"] == job["attribution"]


def test_a_job_says_whether_it_is_open_to_me(client):
    """With `me` each job has an answer and the sentence it follows from; without, none."""
    asked = client.get("/api/v1/jobs?me=PL&offset=1&limit=100").json()["jobs"]

    assert {one["for_me"]["answer"] for one in asked} == {"yes", "no", None}
    assert all(one["for_me"]["sentence"] for one in asked)
    assert client.get("/api/v1/jobs?limit=1").json()["jobs"][0]["for_me"] is None


def test_explain_gives_the_words(client):
    """Every label has its rule and words; the history names when it was first seen."""
    job = client.get("/api/v1/jobs?q=python&limit=1").json()["jobs"][0]
    found = client.get(f"{job['href']}/explain").json()

    assert any(one["quote"] and one["rule"] for one in found["evidence"])
    assert "first seen" in {one["what"] for one in found["history"]}


def test_facets_count_the_answer(client):
    """Counts are of this search, and only of the fields that were asked for."""
    found = client.get("/api/v1/facets?q=category:backend&fields=category,skill").json()

    assert list(found["facets"]) == ["category", "skill"]
    assert found["facets"]["category"][0] == {"value": "backend", "jobs": found["total"]}


def test_changes_can_be_followed(client):
    """Reading on by cursor tells each change once, and at the end there is nothing more."""
    everything = client.get("/api/v1/changes?since=2020-01-01&limit=100").json()["changes"]
    told, cursor = [], None
    for _ in range(200):
        asked = {"since": "2020-01-01", "limit": 9} | ({"cursor": cursor} if cursor else {})
        page = client.get("/api/v1/changes", params=asked).json()
        told += page["changes"]
        cursor = page["next"]
        if cursor is None:
            break

    assert cursor is None
    assert told[: len(everything)] == everything
    names = [(one["at"], one["kind"], one["id"]) for one in told]
    assert len(names) >= len(everything)


def test_lists_answer(client):
    """Companies, sources and numbers are there and fit together."""
    companies = client.get("/api/v1/companies").json()["companies"]
    stats = client.get("/api/v1/stats").json()
    sources = {one["name"]: one for one in client.get("/api/v1/sources").json()["sources"]}

    assert companies[0]["jobs"] >= companies[-1]["jobs"] >= 1
    assert client.get(companies[0]["href"]).status_code == 200
    assert stats["open_remote"]["jobs"] == client.get("/api/v1/jobs").json()["total"]
    assert sources["remoteok"]["read_at"]


def test_an_id_with_odd_letters_has_an_address(client):
    """What no segment of an address can hold is written with "~"."""
    assert client.get(f"/api/v1/jobs/{key('feed:a:https://x/1?a=%20')}").status_code == 404


def test_the_description_is_openapi_3_1(client):
    """It is served, is 3.1, has its types once, and every route with its errors."""
    described = client.get("/api/v1/openapi.json").json()

    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == {
        f"/api/v1/{name}"
        for name in ("jobs", "jobs/{key}", "jobs/{key}/explain", "facets", "changes",
                     "companies", "stats", "sources", "alerts", "alerts/{name}")
    }  # fmt: skip
    for item in described["paths"].values():
        for one in item.values():
            assert {"400", "429", "503"} <= set(one["responses"])
    for schema in described["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_the_api_page_names_every_route(client):
    """The page for people shows each path and parameter of the description."""
    text = client.get("/api").text.replace("&#x2f;", "/")
    for path, item in description()["paths"].items():
        assert path in text
        for one in item.values():
            for parameter in one.get("parameters", []):
                assert f"<code>{parameter['name']}</code>" in text


schema = schemathesis.openapi.from_dict(description())
#: Any words are a valid `q` to a schema; only the search language knows better.
_NOT_HELD = [positive_data_acceptance, negative_data_rejection]


@schema.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(client, case):
    """Whatever is asked: no server error, no status, type or shape that is not described."""
    asked = case.as_transport_kwargs(base_url="http://127.0.0.1")
    kept = {name: asked.get(name) for name in ("method", "url", "params", "headers", "json")}
    try:
        answer = client.request(**kept)
    except (httpx.InvalidURL, UnicodeEncodeError):
        return  # no client can send that
    case.validate_response(answer, excluded_checks=_NOT_HELD)
