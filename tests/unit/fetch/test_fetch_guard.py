"""Which URLs and addresses are asked, and which never."""

import ipaddress
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jobtide.fetch.addresses import SPECIAL_V4, SPECIAL_V6, is_public, literal
from jobtide.fetch.guard import PORTS, RefusedURLError, Target, check_url, host_of

BLOCKED = [
    "127.0.0.1",
    "127.255.255.254",
    "2130706433",  # decimal
    "0x7f000001",  # hexadecimal
    "0X7F.0.0.1",
    "017700000001",  # octal
    "0177.0.0.01",
    "127.1",  # short
    "127.0.1",
    "0",
    "0.0.0.0",
    "127.0.0.1.",  # rooted
    "127。0。0。1",  # ideographic full stops
    "①②⑦.⓪.⓪.①",  # circled
    "１２７.０.０.１",  # full width
    "２１３０７０６４３３",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "0xa9fea9fe",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.7",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "[::]",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::127.0.0.1]",  # IPv4-compatible
    "[::ffff:127.0.0.1]",  # mapped
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:a9fe:a9fe]",
    "[::ffff:8.8.8.8]",
    "[64:ff9b::7f00:1]",  # NAT64
    "[64:ff9b:1::1]",
    "[100::1]",
    "[2001::1]",
    "[2001:0:7f00:1::]",  # Teredo
    "[2001:db8::1]",
    "[2002:7f00:1::]",  # 6to4
    "[2002:a00:1::]",
    "[3fff::1]",
    "[5f00::1]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[fe80::1]",
    "[fec0::1]",
    "[ff02::1]",
]


@pytest.mark.parametrize("host", BLOCKED)
@pytest.mark.parametrize("rest", ["/", ":8080/latest?x=1", ""])
def test_every_spelling_of_a_private_address_is_blocked(host, rest):
    """However an address is spelled, what it means decides."""
    with pytest.raises(RefusedURLError, match=r"^blocked_address") as caught:
        check_url(f"http://{host}{rest}")
    assert "allow_private_hosts" in str(caught.value)


@pytest.mark.parametrize("url", ["http://[fe80::1%25eth0]/", "http://[fe80::1%lo]:8080/"])
def test_an_address_with_a_zone_is_blocked(url):
    """A zone names a network interface of this machine."""
    with pytest.raises(RefusedURLError, match=r"^blocked_address"):
        check_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:6666\\@1.1.1.1/",
        "http://1.1.1.1#@127.0.0.1/",
        "http://1.1.1.1?@127.0.0.1/",
        "http://1.1.1.1 @127.0.0.1/",
        "http://user:pw@example.com/",
        "http://user@example.com/",
        "http://@example.com/",
        "http://example.com\t/",
        "http://exam\nple.com/",
        "http://example.com/a\r\nHost: other",
        "http://example.com/\x00",
        "http://example.com/\u2028",
        " http://example.com/",
        "http://example.com/ ",
        "http://example.com\\.other.example/",
        "http://example.com/a\\b",
        "http://127.0.0.%31/",
        "http://example%2ecom/",
        "http://[::1",
        "http://[1.2.3.4]/",
        "http://[::1]x/",
        "http:///etc/passwd",
        "http:example.com",
        "http:/example.com",
        "http://",
        "http://?x",
        "http://.",
        "http://a..b/",
        "http://.example.com/",
        "http://example.com:99999/",
        "http://example.com:-1/",
        "http://example.com:0/",
        "http://example.com:22/",
        "http://example.com:25/",
        "http://example.com:6379/",
        "http://example.com:８０/",
        "http://example.com:80a/",
        "http://999.1.1.1/",
        "http://1.2.3.4.5/",
        "http://example.0x/",
        "http://xn--/",
        "http://a,b/",
        "http://" + "a" * 64 + ".example/",
        "http://example.com/" + "a" * 9000,
        "http://8.8/",  # public, but no way to write it
        "http://0x08080808/",
    ],
)
def test_what_parsers_read_differently_is_refused(url):
    """Odd letters, user names, odd ports and odd hosts are refused before anything is asked."""
    with pytest.raises(RefusedURLError, match=r"^bad_url"):
        check_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.com/",
        "gopher://127.0.0.1:6379/_X",
        "data:application/json,{}",
        "javascript:alert(1)",
        "jar:http://x!/",
        "view-source:http://example.com/",
        "httpx://example.com/",
        "//example.com/",
        "example.com",
        "",
        "://",
    ],
)
def test_only_http_is_asked(url):
    """Every other scheme is refused, by name."""
    with pytest.raises(RefusedURLError, match=r"^bad_scheme"):
        check_url(url)


@pytest.mark.parametrize(
    ("url", "asked", "host", "port"),
    [
        ("https://remoteok.com/api", "https://remoteok.com/api", "remoteok.com", 443),
        ("HTTPS://RemoteOK.com", "https://remoteok.com", "remoteok.com", 443),
        ("http://jobs.example:8080/a?b=c&d=%2B", None, "jobs.example", 8080),
        ("https://bücher.example/", None, "xn--bcher-kva.example", 443),
        ("https://example.com./x", None, "example.com", 443),
        ("https://a_b.example/x y", "https://a_b.example/x%20y", "a_b.example", 443),
        ("https://example.com/@acme/jobs", None, "example.com", 443),
        ("http://8.8.8.8/", None, "8.8.8.8", 80),
        ("http://[2606:4700::1111]/", None, "2606:4700::1111", 80),
        ("https://example.com/?next=http://127.0.0.1/", None, "example.com", 443),
    ],
)
def test_ordinary_addresses_pass(url, asked, host, port):
    """What boards really have is let through, with host and port read right."""
    target = check_url(url)
    assert (target.host, target.port, target.private) == (host, port, False)
    if asked is not None:
        assert str(target.url) == asked


@pytest.mark.parametrize(
    "other", ["http://other.example/", "http://example.com:8080/", "http:///", "http://[::1]/"]
)
def test_parsers_that_disagree_are_not_believed(monkeypatch, other):
    """When the second parser reads another host or port, neither is taken."""
    monkeypatch.setattr("jobtide.fetch.guard.urlsplit", lambda url: urlsplit(other))
    with pytest.raises(RefusedURLError, match=r"^bad_url"):
        check_url("http://example.com/")


def test_allowed_hosts_are_exact_names():
    """Only the very host that is named may be private; then any port goes, except 0."""
    assert check_url("http://127.0.0.1:5000/", {"127.0.0.1"}).private
    assert check_url("http://LOCALHOST:1/", {"localhost"}).private
    assert check_url("http://[::1]:9000/", {"::1"}).private
    for other in ("http://127.0.0.2/", "http://127.1/", "http://a.localhost:99/"):
        with pytest.raises(RefusedURLError):
            check_url(other, {"127.0.0.1", "localhost"})
    for refused in ("ftp://localhost/", "http://u@localhost/", "http://localhost:0/"):
        with pytest.raises(RefusedURLError):
            check_url(refused, {"localhost"})


ODD = st.text(alphabet="htps:/\\@#?%[].0123456789xabcdef①。１\t\n ：＠", max_size=40)


@given(st.one_of(st.text(max_size=60), ODD, ODD.map(lambda rest: f"http://{rest}")))
@example("http://[")
@example("http://\ud800/")
@example("http://[::1]:/")
def test_any_text_is_passed_or_refused_and_nothing_else(text):
    """No text crashes the guard; a literal address that passes is public and on a web port."""
    code = None
    try:
        target = check_url(text)
    except RefusedURLError as error:
        code = error.code
    if code is not None:
        assert code in ("bad_scheme", "bad_url", "blocked_address")
        return
    assert isinstance(target, Target)
    assert target.port in PORTS
    assert target.url.scheme in ("http", "https")
    address = literal(target.host)
    assert address is None or is_public(address)
    again = check_url(str(target.url))
    assert (again.host, again.port, again.url) == (target.host, target.port, target.url)


@given(st.sampled_from(SPECIAL_V4), st.integers(min_value=0))
def test_no_address_of_a_special_ipv4_range_is_public(network, number):
    """Every address of every range is refused: plain, mapped, and in three disguises."""
    address = network[number % network.num_addresses]
    value = int(address)
    assert not is_public(address)
    assert not is_public(f"::ffff:{address}")
    for host in (str(address), str(value), hex(value), f"0{value:o}"):
        with pytest.raises(RefusedURLError, match=r"^blocked_address"):
            check_url(f"http://{host}/")


@given(st.ip_addresses(v=6))
def test_only_global_unicast_ipv6_is_public(address):
    """Nothing outside 2000::/3, and nothing that carries an IPv4 address inside, is public."""
    if is_public(address):
        assert address in ipaddress.IPv6Network("2000::/3")
        assert address.sixtofour is None
        assert address.teredo is None
        assert address.ipv4_mapped is None


@given(st.sampled_from(SPECIAL_V6), st.integers(min_value=0))
def test_no_address_of_a_special_ipv6_range_is_public(network, number):
    """Every address of every range is refused."""
    assert not is_public(network[number % network.num_addresses])


@pytest.mark.parametrize("text", ["", "localhost", "1.2.3", "fe80::1%eth0", "2606:4700::1%1"])
def test_what_is_no_plain_address_is_not_public(text):
    """Names, fragments and scoped addresses never pass for public ones."""
    assert not is_public(text)


@pytest.mark.parametrize("text", ["1.1.1.1", "8.8.8.8", "93.184.216.34", "2606:4700::1111"])
def test_public_addresses_are_public(text):
    """The list of ranges does not refuse the Internet."""
    assert is_public(text)


@given(st.text(max_size=60))
def test_host_of_never_raises(text):
    """Any text has a host name or none."""
    assert isinstance(host_of(f"http://{text}"), str)
    assert isinstance(host_of(text), str)
