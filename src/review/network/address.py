"""Which addresses may be fetched: http or https, by name, and only where the public network is."""

import ipaddress
from typing import NamedTuple
from urllib.parse import urlsplit

from review.model.errors import InputError, InSource

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Networks for special purposes, by IANA's registries, which `is_global` knows in part only and not in
# every version of Python (python/cpython issues 113171 and 124217).
_MORE = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # shared by the customers of a provider; one cloud keeps its metadata there
        "168.63.129.16/32",  # a cloud's host, public by number and not by reach
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "240.0.0.0/4",
        "2001::/23",
        "2001:db8::/32",
        "3fff::/20",
    )
)
_TRANSLATED = (
    ipaddress.IPv6Network("64:ff9b::/96"),  # RFC 6052
    ipaddress.IPv6Network("::ffff:0:0:0/96"),  # RFC 2765
)
_GIVEN_OUT = ipaddress.IPv6Network("2000::/3")
"""All that IANA's registry of the IPv6 address space has as global unicast; the rest waits for a use."""


class Url(NamedTuple):
    """The parts of an address that a request needs; `target` is path and query."""

    scheme: str
    host: str
    port: int
    target: str

    def __str__(self) -> str:
        usual = 443 if self.scheme == "https" else 80
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{'' if self.port == usual else f':{self.port}'}{self.target}"


def is_url(source: str) -> bool:
    """Whether a source is meant as an address and not as a file."""
    return "://" in source


def parsed_url(address: str) -> Url:
    """The parts of an address; a fragment is left out.

    Raises InputError for another scheme than http and https, for a name or password in the address,
    and for what is no address.
    """
    try:
        if any(character <= " " or character in "\\\x7f" for character in address):
            raise ValueError("it holds blanks, backslashes or control characters")
        parts = urlsplit(address)
        host = parts.hostname or ""
        if parts.scheme not in ("http", "https"):
            raise ValueError(f"{parts.scheme[:20]!r} is not fetched, only http and https")
        if parts.username is not None or parts.password is not None:
            raise ValueError("it holds a user name or a password")
        if not host or "%" in host:
            raise ValueError("it names no server")
        host = host if host.isascii() else host.encode("idna").decode("ascii")
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except (ValueError, UnicodeError) as error:
        bare = address.split("://")[-1].rpartition("@")[2][:80]
        remedy = "Give an address such as https://example.org/page."
        fault = f"this address is not fetched: {error}"
        raise InputError.at(InSource(bare), fault, remedy=remedy) from None
    path = parts.path or "/"
    target = _escaped(f"{path}?{parts.query}" if parts.query else path)
    return Url(parts.scheme, host.lower(), port, target)


def _escaped(target: str) -> str:
    return "".join(c if c.isascii() else "".join(f"%{b:02X}" for b in c.encode()) for c in target)


def is_public(number: str) -> bool:
    """Whether an IP address is one of the public network, also where it is wrapped in another."""
    # A zone, as in "fe80::1%eth0", is no part of the number.
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = _wrapped(address)
        if inner is not None:
            return is_public(str(inner))
        if address not in _GIVEN_OUT:
            return False
    if any(address in network for network in _MORE):
        return False
    return address.is_global and not address.is_multicast and not address.is_unspecified


def _wrapped(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address carries: mapped, by 6to4, or translated."""
    # The second is the old form "::192.0.2.1".
    if any(address in network for network in _TRANSLATED) or int(address) >> 32 == 0:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
