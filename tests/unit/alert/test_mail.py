"""A mail is ours whatever strangers write into a title: headers, size, links, and how to leave."""

from email import policy
from email.parser import BytesParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.alert import digest, mail
from jobtide.alert.mail import build, header_text, unsubscribe_link
from jobtide.model import Credit
from tests.unit.alert.made import item, message, subscription

NAMES = {
    "From", "To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe",
    "List-Unsubscribe-Post", "Auto-Submitted", "MIME-Version", "Content-Type",
}  # fmt: skip


def built(what=None, base_url="https://jobs.example", **changes):
    body = build(
        what or message(), subscription(**changes), "ana@example.org", "jobs@example.net", base_url
    )
    return body, BytesParser(policy=policy.default).parsebytes(body)


@pytest.mark.parametrize(
    "title",
    [
        "Plumber\r\nBcc: eve@evil.test",
        "Plumber\nBcc: eve@evil.test",
        "Plumber\r\n\r\n<b>a body</b>",
        "=?utf-8?q?z=0D=0ABcc:_eve@evil.test?=",
        "=?utf-8?b?eg0KQmNjOiBldmVAZXZpbC50ZXN0?=",
        "==?utf-8?q?z=0AX-Evil:_1?==",
        "Plumber\u2028Bcc: eve",
        "Plumber\u2029Bcc: eve",
        "Plumber\x85Bcc: eve",
        "Plumber\x0bBcc: eve\x0c\x1c\x1d\x1e",
        "B" * 5000,
        "ü" * 5000,
        "\ud800 half",
        "",
    ],
)
def test_a_title_never_becomes_a_header(title):
    """Exactly our headers, one Subject of bounded length, and no Bcc, in the bytes sent."""
    bad = message(item(title=title, organization=title), title=title)

    body, read = built(bad, name=title)

    assert set(read.keys()) == NAMES
    assert len(read.keys()) == len(NAMES)
    assert len(str(read["Subject"])) <= 155  # folding may add a blank
    head = body.split(b"\r\n\r\n", 1)[0]
    assert b"\nBcc" not in head
    assert b"\nX-Evil" not in head


@given(st.text(max_size=300))
def test_any_text_is_one_header_line(text):
    """No control, no line separator, no encoded word; doing it twice changes nothing."""
    plain = header_text(text)

    assert header_text(plain) == plain
    assert "=?" not in plain
    assert len(plain) <= 150
    assert plain.splitlines() in ([], [plain])
    _, read = built(message(item(title=text), title=text))
    assert set(read.keys()) == NAMES


def test_a_letter_of_another_alphabet_arrives():
    """What is harmless is kept: the subject is read back as it was."""
    _, read = built(message(item(title="Інженер 🚀 with € pay", organization="Größe & Söhne")))

    assert str(read["Subject"]) == "Інженер 🚀 with € pay at Größe & Söhne - python"


def test_it_can_be_left_with_one_click_or_one_mail():
    """With a public https address a POST ends it; without one a mail to the sender asks for it."""
    _, web = built()
    _, plain = built(base_url="")

    assert web["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert str(web["List-Unsubscribe"]).strip().startswith("<https://jobs.example/unsubscribe/s1.")
    assert plain["List-Unsubscribe-Post"] is None
    leave = unsubscribe_link(subscription(), "", "jobs@example.net")
    assert str(plain["List-Unsubscribe"]).strip() == f"<{leave.url}>"
    assert leave.url.startswith("mailto:jobs@example.net?subject=unsubscribe%20s1.")
    for part in ("plain", "html"):
        assert leave.url in plain.get_body((part,)).get_content()
    assert not unsubscribe_link(subscription(), "http://jobs.example", "x@y.example").one_click


def test_no_list_header_is_folded():
    """A long address stays on one line: what reads it would find it broken."""
    body, _ = built(base_url=f"https://{'long.' * 30}example")

    line = next(one for one in body.split(b"\r\n") if one.startswith(b"List-Unsubscribe:"))
    assert line.endswith(b">")


def test_html_is_escaped_and_needs_nothing_from_elsewhere():
    """Markup of a title is shown, not obeyed; no image, script or stylesheet is asked for."""
    bad = "<script>alert(1)</script><img src=x onerror=y>\"'&"
    _, read = built(message(item(title=bad, organization=bad, credits=(Credit(name=bad),))))

    html = read.get_body(("html",)).get_content()
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html
    assert " src=" not in html.replace("img src=x", "")


def test_links_lead_where_they_should():
    """The title leads to the application, the credit to the board; no link is said to be none."""
    one = item(
        url="https://a.example/?x=1&y=2", credits=(Credit(name="B", url="https://b.example"),)
    )
    _, read = built(message(one, item(url=None, credits=(Credit(name="C"),))))

    html = read.get_body(("html",)).get_content()
    assert 'href="https://a.example/?x=1&amp;y=2"' in html
    assert '<a href="https://b.example">B</a>' in html
    assert html.count("no link given") == 1


@pytest.mark.parametrize("letter", ["x", "ü", "職", "🚀"])
def test_a_full_mail_is_below_what_gmail_cuts(letter):
    """Packed by weight, with the longest words in any alphabet, no mail reaches 100 kB."""
    long = item(
        title=letter * 200, organization=letter * 120, place=letter * 120, pay=letter * 120,
        url="https://jobs.example/" + "x" * 400, changes=(letter * 120,),
        credits=(Credit(name=letter * 60, url="https://jobs.example/" + "x" * 400),) * 2,
    )  # fmt: skip
    for one in (long, item()):
        packed = digest.pack([one] * 200, mail.weight, mail.WEIGHT, mail.MOST)
        sizes = [len(built(message(*part, title=letter * 120))[0]) for part in packed]
        assert max(sizes) < 100_000
        assert len(packed) < 40
