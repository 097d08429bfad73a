"""Which machines may be asked: names become addresses once, and what is checked is what is connected to."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

#: Prefix under which IPv6-only networks reach IPv4 (RFC 6052); the address it stands for are the last 32 bits.
_NAT64 = IPv6Network("64:ff9b::/96")
Resolve = Callable[..., Any]


def public(address: str) -> bool:
    """Whether an address is one of the open internet: not private, loopback, link-local, reserved or multicast.

    What an IPv6 address carries inside (IPv4-mapped, 6to4, Teredo, NAT64) is looked at instead of it.
    """
    one = _inner(ip_address(address.partition("%")[0]))
    local = isinstance(one, IPv6Address) and one.is_site_local
    return one.is_global and not (local or one.is_multicast or one.is_reserved or one.is_link_local)


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else address)


def addresses(host: str, port: int, resolve: Resolve | None = None) -> list[str]:
    """The addresses of a host, in the order in which this machine would try them. Raises `OSError` where it has none.

    Every way to write a number is told apart here (`127.1`, `2130706433`), since the resolver reads it.
    """
    found = (resolve or socket.getaddrinfo)(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))
