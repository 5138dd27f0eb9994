"""Who may come in: hosts, rates, sizes, foreign writes; and what every answer carries."""

import pytest

from jobtide.web.answering import POLICY
from jobtide.web.guarding import Rates, peer

EVERY_KIND = ("/", "/nowhere", "/?q=catgory:x", "/saved", "/stats", "/static/app.js", "/jobs.rss",
              "/jobs.csv", "/api/v1/jobs", "/api/v1/nowhere", "/api/v1/openapi.json")  # fmt: skip


@pytest.mark.parametrize("address", EVERY_KIND)
def test_every_answer_has_the_security_headers(client, address):
    """Right or wrong, page, file or JSON: the policy allows no inline script and no stranger."""
    headers = client.get(address).headers

    assert headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "server" not in headers


@pytest.mark.parametrize("address", ["/", "/?me=PL", "/saved", "/stats", "/help", "/api"])
def test_no_page_holds_inline_script_or_style(client, address):
    """The policy would stop it; a page must not even try."""
    text = client.get(address).text

    assert "<style" not in text
    assert " style=" not in text
    assert " onclick" not in text
    assert "javascript:" not in text
    assert text.count("<script") == text.count("<script src=")


@pytest.mark.parametrize(
    "host", ["evil.test", "127.0.0.1.evil.test", "", "evil.test:8765", "@127.0.0.1"]
)
def test_a_foreign_host_is_refused(client, host):
    """A name that is not ours is 400, and is not repeated (H227, DNS rebinding)."""
    answer = client.get("/", headers={"Host": host})

    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_forwarded_host_is_not_believed(client):
    """X-Forwarded-Host changes no link."""
    answer = client.get("/jobs.rss", headers={"X-Forwarded-Host": "evil.test"})

    assert "evil.test" not in answer.text


def test_links_of_feeds_use_the_set_address_only(client_of):
    """Absolute links come from the setting, whatever host was asked (H227)."""
    text = client_of(base_url="https://jobs.example/").get("/jobs.atom?category=backend").text

    assert 'href="https://jobs.example/jobs.atom?category=backend"' in text
    assert "testserver" not in text


def test_too_many_requests_are_refused_by_peer(client_of):
    """A minute's worth at once, then 429; a rotating header changes nothing (H226)."""
    client = client_of(rate_per_minute=20)
    codes = [
        client.get("/saved", headers={"X-Forwarded-For": f"1.2.3.{n}"}).status_code
        for n in range(25)
    ]

    assert codes[:20] == [200] * 20
    assert set(codes[20:]) == {429}
    assert int(client.get("/saved").headers["retry-after"]) >= 1


def test_a_trusted_proxy_names_the_peer():
    """Only a proxy of the settings is believed, and of its list the last that is not ours."""
    scope = {"client": ("10.0.0.1", 1)}
    headers = {"x-forwarded-for": "9.9.9.9, 1.2.3.4, 10.0.0.1"}

    assert peer(scope, headers, ()) == "10.0.0.1"
    assert peer(scope, headers, ("10.0.0.1",)) == "1.2.3.4"
    assert peer({"client": ("2001:db8::1", 1)}, {}, ()) == "2001:0db8:0000:0000"


def test_rates_fill_again():
    """Who waits may ask again; others are not held up; what is forgotten starts full."""
    now = [0.0]
    rates = Rates(60, lambda: now[0])
    assert [rates.wait("a") for _ in range(61)] == [0] * 60 + [1]
    assert rates.wait("b") == 0
    now[0] = 1.0
    assert [rates.wait("a") for _ in range(2)] == [0, 1]


@pytest.mark.parametrize("headers", [
    {"Origin": "https://evil.test"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"},
    {"Sec-Fetch-Site": "same-site"},
])  # fmt: skip
def test_foreign_writes_are_refused(client, headers):
    """A form on another site cannot write here, whatever it holds."""
    assert client.post("/api/v1/jobs", headers=headers).status_code == 403


def test_long_requests_are_refused(client):
    """An endless address is 414, an endless body 413; neither is read."""
    assert client.get("/?q=" + "a" * 9_000).status_code == 414
    assert client.post("/api/v1/jobs", content=b"x" * 70_000).status_code == 413


def test_writing_to_a_page_is_no_method(client):
    """There is nothing to write on a page: 405 with what is allowed."""
    answer = client.post("/")

    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


@pytest.mark.parametrize("path", [
    "/static/../../etc/passwd", "/static/..%2f..%2fetc/passwd", "/static/%2e%2e/app.py",
    "/static/..%5c..%5cwindows", "/jobs/%2e%2e%2f.git/config", "/jobs/..%2f..%2fetc%2fpasswd",
    "/static/app.js%00.css", "/static/", "/stats/..%2f..%2fetc%2fpasswd",
])  # fmt: skip
def test_no_file_outside_the_list_is_served(client, path):
    """H210, H211, H216: 404, no file is opened, the path is not repeated."""
    answer = client.get(path)

    assert answer.status_code == 404
    assert "passwd" not in answer.text
    assert "root:" not in answer.text


@pytest.mark.parametrize(
    "path", ["//evil.test/%2f..", "/%2f%2fevil.test", "/\\evil.test", "//evil.test"]
)
def test_nothing_redirects_off_the_host(client, path):
    """H217: no answer is a redirect, so none leads elsewhere."""
    answer = client.get(f"http://testserver.local{path}", follow_redirects=False)

    assert answer.status_code in (200, 400, 404)
    assert "location" not in answer.headers


def test_known_answers_are_not_sent_again(client):
    """An ETag that is still right is 304 without a body; compression does not change it."""
    first = client.get("/saved", headers={"Accept-Encoding": "br"})
    mark = first.headers["etag"]
    again = client.get(
        "/saved", headers={"If-None-Match": f'"other", {mark}', "Accept-Encoding": "gzip"}
    )

    assert first.headers["content-encoding"] == "br"
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == mark


@pytest.mark.parametrize(("accepted", "coding"), [
    ("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("identity", None),
])  # fmt: skip
def test_answers_are_compressed_as_asked(client, accepted, coding):
    """brotli where it is understood, else gzip, else plain; the text is the same."""
    answer = client.get("/help", headers={"Accept-Encoding": accepted})

    assert answer.headers.get("content-encoding") == coding
    assert answer.text == client.get("/help").text


def test_head_is_get_without_a_body(client):
    """HEAD tells the same length and ETag."""
    plain = {"Accept-Encoding": "identity"}
    head, get = client.head("/help", headers=plain), client.get("/help", headers=plain)

    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == get.headers["content-length"]
    assert head.headers["etag"] == get.headers["etag"]


def test_files_with_their_mark_are_kept_for_ever(client):
    """The address of a file changes with its bytes, so it may be kept."""
    assert "immutable" in client.get("/static/app.js").headers["cache-control"]
    assert client.get("/").headers["cache-control"] == "private, no-cache"


def test_scripts_stay_under_their_budget(client):
    """All script together is under 25 kB gzipped."""
    gzip = {"Accept-Encoding": "gzip"}
    sizes = [
        int(client.get(f"/static/{name}", headers=gzip).headers["content-length"])
        for name in ("app.js", "htmx.min.js")
    ]

    assert sum(sizes) < 25_000


def test_a_broken_database_is_said_without_its_place(client_of, tmp_path, store, monkeypatch):
    """503 as a page and as problem+json; the path of the file is nobody's business."""
    from jobtide.errors import StoreError

    def broken(*_, **__):
        raise StoreError("/secret/place.db: locked")

    monkeypatch.setattr(type(store), "search", broken)
    client = client_of()
    for address in ("/", "/api/v1/jobs"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert "secret" not in answer.text


def test_a_fault_of_ours_tells_nothing(client_of, store, monkeypatch):
    """500 without a traceback."""

    def broken(*_, **__):
        raise RuntimeError("inner secret")

    monkeypatch.setattr(type(store), "search", broken)
    answer = client_of().get("/api/v1/jobs")

    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text
