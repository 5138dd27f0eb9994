"""Alerts through the API: a token for all of it, and leaving without one."""

import re
import statistics
import time

import pytest

from jobtide.alert.signing import unsubscribe_token
from jobtide.store import open_store
from jobtide.web.tokens import digest, may_write, new_token

TOKEN, DIGEST = new_token()
BEARER = {"Authorization": f"Bearer {TOKEN}"}
NEW = {"query": "python from:PL", "to": "mailto:ana@example.org"}


@pytest.fixture
def own_store(tmp_path):
    """Return an empty store that may be written."""
    with open_store(str(tmp_path / "jobtide.db"), create=True) as found:
        yield found


@pytest.fixture
def client(client_of, own_store):
    """Return a client of a service that knows one token."""
    return client_of(own_store, tokens=(DIGEST,))


def test_an_alert_is_added_listed_and_removed(client, own_store):
    """What is saved is in the store, shown without secrets, and gone when it is removed."""
    made = client.post("/api/v1/alerts", json=NEW, headers=BEARER)
    name = made.json()["id"]
    listed = client.get("/api/v1/alerts", headers=BEARER).json()["alerts"]

    assert made.status_code == 201
    assert [one.id for one in own_store.subscriptions()] == [name]
    assert listed[0]["query"].startswith("python from:PL")
    assert own_store.subscriptions()[0].key not in made.text
    assert client.delete(f"/api/v1/alerts/{name}", headers=BEARER).status_code == 204
    assert client.delete(f"/api/v1/alerts/{name}", headers=BEARER).status_code == 404
    assert own_store.subscriptions() == ()


def test_the_key_of_a_webhook_is_told_once(client, own_store):
    """Its receiver needs it to check signatures; later lists do not hold it."""
    wish = NEW | {"to": "https://hooks.example.org/jobs"}
    made = client.post("/api/v1/alerts", json=wish, headers=BEARER).json()

    assert made["key"] == own_store.subscriptions()[0].key
    assert made["key"] not in client.get("/api/v1/alerts", headers=BEARER).text


@pytest.mark.parametrize("headers", [
    {}, {"Authorization": "Bearer "}, {"Authorization": f"Bearer {TOKEN[:-1]}x"},
    {"Authorization": f"Basic {TOKEN}"}, {"Authorization": f"Bearer {DIGEST}"},
    {"Cookie": f"token={TOKEN}"},
])  # fmt: skip
def test_without_the_token_nothing_is_told_or_written(client, own_store, headers):
    """401 with the scheme, for reading and for writing; the digest itself is no token."""
    answers = [
        client.get("/api/v1/alerts", headers=headers),
        client.post("/api/v1/alerts", json=NEW, headers=headers),
        client.delete("/api/v1/alerts/x", headers=headers),
        client.get(f"/api/v1/alerts?token={TOKEN}", headers=headers),
    ]

    assert {one.status_code for one in answers} == {401}
    assert answers[0].headers["www-authenticate"] == "Bearer"
    assert answers[0].headers["content-type"] == "application/problem+json"
    assert own_store.subscriptions() == ()


def test_without_any_token_set_nobody_may_write(client_of, own_store):
    """A service that knows no token takes none, not even an empty one."""
    client = client_of(own_store)

    assert client.post("/api/v1/alerts", json=NEW, headers=BEARER).status_code == 401
    assert not may_write("", ())


def test_guessing_ends_in_429(client_of, own_store):
    """H225: wrong tokens are 401 until the rate is used up, then 429."""
    client = client_of(own_store, tokens=(DIGEST,), rate_per_minute=600)
    codes = [
        client.get("/api/v1/alerts", headers={"Authorization": f"Bearer {TOKEN[:-2]}{n:02}"})
        .status_code
        for n in range(70)
    ]  # fmt: skip

    assert codes[:60] == [401] * 60
    assert set(codes[60:]) == {429}


def test_a_nearly_right_token_takes_as_long_as_a_wrong_one():
    """H225: what is compared is a digest, so the first wrong letter tells nothing."""
    near, far = f"{TOKEN[:-1]}x", "x" * len(TOKEN)

    def spent(token):
        first = time.perf_counter_ns()
        for _ in range(200):
            may_write(token, (DIGEST,))
        return time.perf_counter_ns() - first

    rounds = [(spent(near), spent(far)) for _ in range(15)]
    ratio = statistics.median(one for one, _ in rounds) / statistics.median(b for _, b in rounds)
    assert 0.5 < ratio < 2
    assert digest(near)[:8] != DIGEST[:8]


@pytest.mark.parametrize("change", [
    {"query": "catgory:x"}, {"to": "nowhere"}, {"to": "mailto:a@b\r\nBcc: c@d"},
    {"every": "second"}, {"also": ["clsed"]}, {"timezone": "Mars/Base"},
    {"quiet_hours": "late"}, {"extra": 1}, {"query": 7},
])  # fmt: skip
def test_a_wrong_wish_is_a_problem(client, own_store, change):
    """What cannot be understood is 400 and nothing is saved."""
    answer = client.post("/api/v1/alerts", json=NEW | change, headers=BEARER)

    assert answer.status_code == 400
    assert answer.json()["detail"]
    assert own_store.subscriptions() == ()


def test_an_alert_is_saved_once(client):
    """The same search for the same channel is not saved twice."""
    assert client.post("/api/v1/alerts", json=NEW, headers=BEARER).status_code == 201
    assert client.post("/api/v1/alerts", json=NEW, headers=BEARER).status_code == 400


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"null"])
def test_a_broken_body_is_400(client, body):
    """Whatever is sent in place of JSON is a clear refusal."""
    headers = BEARER | {"Content-Type": "application/json"}

    assert client.post("/api/v1/alerts", content=body, headers=headers).status_code == 400


def test_a_foreign_page_cannot_write_even_with_the_token(client, own_store):
    """A browser that was made to send the token by another site is refused all the same."""
    headers = BEARER | {"Origin": "https://evil.test"}

    assert client.post("/api/v1/alerts", json=NEW, headers=headers).status_code == 403
    assert own_store.subscriptions() == ()


def test_leaving_needs_the_link_and_a_press(client, own_store):
    """Opening the link ends nothing; pressing, or one click of a mail program, does, once."""
    client.post("/api/v1/alerts", json=NEW, headers=BEARER)
    token = unsubscribe_token(own_store.subscriptions()[0])
    page = client.get(f"/unsubscribe/{token}")
    assert re.search(r'<form method="post" action="/unsubscribe/', page.text)
    assert len(own_store.subscriptions()) == 1

    one_click = client.post(f"/unsubscribe/{token}", data={"List-Unsubscribe": "One-Click"})
    assert one_click.status_code == 200
    assert own_store.subscriptions() == ()
    assert "already" in client.post(f"/unsubscribe/{token}").text


def test_a_made_up_link_ends_nothing(client, own_store):
    """A token that is not ours says so, and never what is there."""
    client.post("/api/v1/alerts", json=NEW, headers=BEARER)
    name = own_store.subscriptions()[0].id

    assert "ana@example.org" not in client.post(f"/unsubscribe/{name}").text
    assert len(own_store.subscriptions()) == 1
