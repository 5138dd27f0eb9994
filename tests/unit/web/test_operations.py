"""Health, readiness and metrics of the service."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

from jobtide.config import Config, WebConfig
from jobtide.errors import StoreError


class Broken:
    """A store whose database went away after the start."""

    def __init__(self, store):
        self._store = store

    def health(self):
        return self._store.health()

    def opening_counts(self):
        raise StoreError("/srv/secret/jobs.db: disk I/O error")

    last_change = opening_counts


def samples(text):
    """Return (name, labels) -> value, as Prometheus reads it."""
    return {
        (one.name, tuple(sorted(one.labels.items()))): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def test_a_service_that_can_answer_says_so(client):
    """Both probes are 200 in plain text."""
    for path in ("/healthz", "/readyz"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/plain")


def test_a_store_that_does_not_answer_is_alive_but_not_ready(client_of, store):
    """503 as problem+json, which tells nothing of where the store lies; the process lives."""
    client = client_of(Broken(store))
    refused = client.get("/readyz")

    assert client.get("/healthz").status_code == 200
    assert refused.status_code == 503
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["status"] == 503
    assert "secret" not in refused.text
    assert samples(client.get("/metrics").text)["jobtide_store_up", ()] == 0


def test_requests_are_counted_by_route_and_status(client):
    """Two jobs that do not exist are one series; HEAD counts at its route; the times are there."""
    for path in ("/jobs/a", "/jobs/b", "/", "/nowhere", "/nowhere/else"):
        client.get(path)
    client.head("/")
    client.get("/", headers={"Host": "evil.test"})
    found = samples(client.get("/metrics").text)

    def count(route, status):
        return found["jobtide_http_requests_total", (("route", route), ("status", status))]

    assert count("/jobs/{key}", "404") == 2
    assert count("/", "200") == 2
    assert count("none", "404") == 2
    assert count("none", "400") == 1
    assert found["jobtide_http_request_seconds_count", (("route", "/"),)] == 2


def test_the_store_is_measured(client, store):
    """Openings by status, failing boards, and how old the last good reading of a source is."""
    found = samples(client.get("/metrics").text)
    openings = {
        dict(labels)["status"]: value for (name, labels), value in found.items()
        if name == "jobtide_openings"
    }  # fmt: skip

    assert set(openings) == {"open", "closed", "expired"}
    assert sum(openings.values()) == len(list(store.openings()))
    assert found["jobtide_store_up", ()] == 1
    assert found["jobtide_source_age_seconds", (("source", "greenhouse"),)] >= 0
    assert found["jobtide_boards_failing", (("source", "greenhouse"),)] == 0


def test_nothing_that_was_asked_is_in_the_metrics(client):
    """Neither addresses nor searches nor who asked: labels come from closed lists."""
    client.get("/?q=zanzibar&me=PL")
    client.get("/companies/zanzibar")
    client.get("/zanzibar")
    text = client.get("/metrics").text

    assert "zanzibar" not in text
    assert "testclient" not in text


@pytest.mark.parametrize("path", ["/metrics", "/healthz", "/readyz"])
def test_metrics_can_be_switched_off(client_of, path):
    """Then there is no such page; the probes stay."""
    client = client_of(config=Config(web=WebConfig(metrics=False)))

    assert client.get(path).status_code == (404 if path == "/metrics" else 200)
