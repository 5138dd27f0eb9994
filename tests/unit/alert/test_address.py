"""Where alerts go: one address, checked once, and shown without its secrets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.alert import read_address
from jobtide.errors import UsageError


@pytest.mark.parametrize(
    ("text", "kind", "to"),
    [
        ("mailto:Ana.B+jobs@Example.org", "email", "Ana.B+jobs@example.org"),
        ("ana@example.org", "email", "ana@example.org"),
        ("mailto:ana@bücher.example", "email", "ana@xn--bcher-kva.example"),
        ("https://hooks.example/a/b?c=d", "webhook", "https://hooks.example/a/b?c=d"),
        ("http://127.0.0.1:8080/x", "webhook", "http://127.0.0.1:8080/x"),
        ("tgram://123:abc/456", "apprise", "tgram://123:abc/456"),
        ("slack://{SLACK_TOKEN}/#jobs", "apprise", "slack://{SLACK_TOKEN}/#jobs"),
    ],
)
def test_addresses_are_read(text, kind, to):
    """Mail, webhook and chat are told apart."""
    found = read_address(text)

    assert (found.kind, found.to) == (kind, to)


@pytest.mark.parametrize(
    "text",
    [
        "eve@evil.test, mal@evil.test",
        "mailto:eve@evil.test,mal@evil.test",
        "mailto:Eve <eve@evil.test>",
        'mailto:"a b"@evil.test',
        "mailto:eve@evil.test?bcc=mal@evil.test",
        "mailto:eve%0Abcc@evil.test",
        "mailto:eve@evil.test\nBcc: mal@evil.test",
        "-oQ/var -X/var/y.php@evil.test",
        "mailto:-oQ@evil.test",
        "mailto:a@-evil.test",
        "mailto:@evil.test",
        "mailto:eve@",
        "mailto:eve..mal@evil.test",
        f"mailto:{'e' * 65}@evil.test",
        "mailto:é@evil.test",
        "mailto:eve@[127.0.0.1]",
        "mailto://user:pass@smtp.example",
        "https://user:secret@hooks.example/",
        "https://",
        "https://hooks.example/a b",
        "https://hooks.example/\nx",
        "json://10.0.0.1/",
        "xml://10.0.0.1/",
        "form://10.0.0.1/",
        "syslog://",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "",
        "ana",
    ],
)
def test_what_is_no_single_address_is_refused(text):
    """Lists, names, options, headers and services that reach into a network are errors."""
    if text.startswith("file:"):
        pytest.importorskip("apprise")
        assert read_address("file:///x/y").kind == "apprise"  # which knows no such service
        return
    with pytest.raises(UsageError):
        read_address(text)


def test_what_is_shown_has_no_secret():
    """Path, query and token of a webhook or chat are not shown, nor repeated in errors."""
    shown = [
        read_address(text).shown
        for text in ("https://h.example/SECRET?k=SECRET", "tgram://SECRET/1", "slack://SECRET")
    ]

    assert not any("SECRET" in one for one in shown)
    assert shown[0] == "https://h.example/…"
    with pytest.raises(UsageError) as failure:
        read_address("https://user:SECRET@h.example/")
    assert "SECRET" not in str(failure.value)


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_a_usage_error(text):
    """Nothing else is raised, and a mail address holds no blank, comma or line break."""
    for start in ("", "mailto:", "https://", "tgram://"):
        try:
            found = read_address(start + text)
        except UsageError:
            continue
        if found.kind == "email":
            assert found.to.isascii()
            assert not set(found.to) & set(" ,;<>\"'\r\n\t%") - {"'"}
