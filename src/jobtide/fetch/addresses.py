"""Which addresses are public: the only ones we connect to unless told otherwise."""

import ipaddress
import re
import socket

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

#: IPv4 that is not the public Internet. Source: IANA IPv4 Special-Purpose Address Registry
#: (RFC 6890 and its updates), and RFC 5771 for multicast. Written out since
#: `ipaddress.is_global` of Python 3.11 calls 192.0.0.192 and 224.0.0.1 global.
SPECIAL_V4 = tuple(
    ipaddress.IPv4Network(text)
    for text in (
        "0.0.0.0/8",  # "this network", RFC 791
        "10.0.0.0/8",  # private, RFC 1918
        "100.64.0.0/10",  # shared by carriers, RFC 6598
        "127.0.0.0/8",  # loopback, RFC 1122
        "168.63.129.16/32",  # Azure's platform services, same address in every data centre
        "169.254.0.0/16",  # link local, RFC 3927; cloud metadata
        "172.16.0.0/12",  # private, RFC 1918
        "192.0.0.0/24",  # IETF protocols, RFC 6890; cloud metadata of OCI
        "192.0.2.0/24",  # documentation, RFC 5737
        "192.88.99.0/24",  # 6to4 relay, RFC 7526
        "192.168.0.0/16",  # private, RFC 1918
        "198.18.0.0/15",  # benchmarks, RFC 2544
        "198.51.100.0/24",  # documentation, RFC 5737
        "203.0.113.0/24",  # documentation, RFC 5737
        "224.0.0.0/4",  # multicast, RFC 5771
        "240.0.0.0/4",  # reserved and broadcast, RFC 1112, RFC 919
    )
)

#: IPv6 that is handed out for use on the Internet (IANA IPv6 Global Unicast allocations). All
#: outside is refused: ::1, ::ffff:0:0/96 (mapped), 64:ff9b::/96 and 64:ff9b:1::/48 (NAT64),
#: 100::/64, 5f00::/16, fc00::/7, fe80::/10, ff00::/8.
GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")

#: IPv6 inside 2000::/3 that is not the public Internet, or that carries an IPv4 address in it.
#: Source: IANA IPv6 Special-Purpose Address Registry.
SPECIAL_V6 = tuple(
    ipaddress.IPv6Network(text)
    for text in (
        "2001::/23",  # IETF protocols, RFC 2928; holds Teredo (RFC 4380) and ORCHID (RFC 7343)
        "2001:db8::/32",  # documentation, RFC 3849
        "2002::/16",  # 6to4, RFC 3056: the IPv4 address is in it
        "3fff::/20",  # documentation, RFC 9637
    )
)

#: "Ends in a number": such a host is an IPv4 address in some spelling (WHATWG URL, host parser).
_NUMERIC = re.compile(r"(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)$")


def is_public(address: str | Address) -> bool:
    """Return whether `address` is one of the public Internet; text that is no address is not."""
    try:
        value = ipaddress.ip_address(address) if isinstance(address, str) else address
    except ValueError:
        return False
    if isinstance(value, ipaddress.IPv4Address):
        return value.is_global and not any(value in network for network in SPECIAL_V4)
    if value.scope_id is not None or value not in GLOBAL_V6:
        return False
    return value.is_global and not any(value in network for network in SPECIAL_V6)


def literal(host: str) -> Address | None:
    """Return the address `host` spells, as the C library reads it; None for a name.

    Knows decimal, hexadecimal, octal and short spellings (2130706433, 0x7f.1, 0177.0.0.1).
    Raises ValueError for what ends in a number and is no address.

    >>> literal("0x7f.1")
    IPv4Address('127.0.0.1')
    >>> literal("jobs.example") is None
    True
    """
    if ":" in host:
        return ipaddress.IPv6Address(host)
    if not _NUMERIC.search(host):
        return None
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, UnicodeError) as error:
        raise ValueError(f"{host!r} ends in a number but is no address") from error
