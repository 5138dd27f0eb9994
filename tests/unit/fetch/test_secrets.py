"""Secrets: put in at the last moment, and nowhere else."""

from jobtide.fetch.steps import Wish, filled, first_step
from jobtide.model import Request

REQUEST = Request(
    url="https://api.example/jobs?key={API_KEY}",
    headers={"X-Key": "{API_KEY}", "Authorization": "Basic {basic:API_KEY}"},
    body=b'{"key": "{API_KEY}"}',
)


def test_a_secret_takes_its_place_in_address_header_and_body():
    """In an address it is percent-encoded; as the user of Basic authentication it is base64."""
    sent = filled(REQUEST, {"API_KEY": "a b&c"})

    assert sent.url == "https://api.example/jobs?key=a%20b%26c"
    assert sent.headers == {"X-Key": "a b&c", "Authorization": "Basic YSBiJmM6"}
    assert sent.body == b'{"key": "a b&c"}'


def test_the_request_that_is_kept_holds_no_secret():
    """What is stored with the answer is the request as the source wrote it."""
    filled(REQUEST, {"API_KEY": "hidden"})

    assert "hidden" not in repr(REQUEST)
    assert filled(REQUEST, {}) is REQUEST


def test_only_a_source_with_keys_may_name_itself():
    """USAJOBS wants the mail address a key was given to; everybody else sees who we are."""
    request = Request(url="https://api.example/", headers={"User-Agent": "{MAIL}"})

    keyed = first_step(Wish(request=request, secrets={"MAIL": "me@example.org"}), "jobtide/1")
    plain = first_step(Wish(request=request), "jobtide/1")

    assert keyed.headers["User-Agent"] == "me@example.org"
    assert plain.headers["User-Agent"] == "jobtide/1"
