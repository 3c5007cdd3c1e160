"""Which addresses may be fetched: only http and https, only from public hosts, at the very address that was checked.

A page can name any address, and a redirect or a name server can point anywhere. So every hop's host is resolved here,
all that it resolves to is checked, and the connection goes to the checked number, not to the name again.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from twosource.errors import ReportRefused

Resolver = Callable[[str, int], Sequence[str]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SIX_TO_FOUR = ipaddress.ip_network("2002::/16")
_COMPATIBLE = ipaddress.ip_network("::/96")


@dataclass(frozen=True, slots=True)
class Checked:
    """An address that may be fetched, with the number to connect to."""

    url: str
    host: str
    port: int
    number: str


def system_resolver(host: str, port: int) -> list[str]:
    """What the system's name service says."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def check(url: str, resolve: Resolver = system_resolver, private_hosts: Sequence[str] = ()) -> Checked:
    """The address with a public number to connect to; raises ReportRefused with the reason where there is none.

    When a name resolves to several numbers, one that is private refuses them all: that is how rebinding is done.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = (
            (parts.hostname or "")
            .rstrip(".")
            .encode("idna" if not (parts.hostname or "").isascii() else "ascii")
            .decode()
        )
    except (ValueError, UnicodeError) as e:
        raise ReportRefused(url, f"not an address that can be fetched ({e})") from e
    if parts.scheme not in ("http", "https") or not host:
        raise ReportRefused(url, "not an http or https address with a host")
    if parts.username or parts.password:
        raise ReportRefused(url, "an address with a name and password in it: take them out")
    numbers = _numbers(url, host, port, resolve)
    for number in numbers:
        if not _public(number) and host not in private_hosts:
            raise ReportRefused(
                url,
                f"leads to {number}, which is not on the public internet: name the host in the setting private_hosts if that is meant",
            )
    return Checked(url, host, port, numbers[0])


def _numbers(url: str, host: str, port: int, resolve: Resolver) -> list[str]:
    literal = _literal(host)
    if literal is not None:
        return [literal]
    try:
        found = [n.partition("%")[0] for n in resolve(host, port)]
    except (OSError, UnicodeError) as e:
        raise ReportRefused(
            url,
            f"the host {host} is not known ({e.strerror if isinstance(e, OSError) else e}): check the address",
        ) from e
    if not found:
        raise ReportRefused(url, f"the host {host} has no number: check the address")
    return found


def _literal(host: str) -> str | None:
    """A host that is a number in any of the forms that programs accept: dotted, decimal, octal, hexadecimal, IPv6."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    if host and all(c in "0123456789abcdefABCDEFxX." for c in host) and host[0].isdigit():
        try:
            return socket.inet_ntoa(socket.inet_aton(host))
        except OSError:
            return None
    return None


def _public(number: str) -> bool:
    """Whether a number is on the public internet, also when an IPv4 number is wrapped in an IPv6 one."""
    try:
        address: Address = ipaddress.ip_address(number)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or (address.teredo[1] if address.teredo else None)
        if inner is None and address in _SIX_TO_FOUR:
            inner = ipaddress.IPv4Address(int(address) >> 80 & 0xFFFFFFFF)
        if inner is None and (address in _NAT64 or address in _COMPATIBLE):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            address = inner
    return address.is_global and not address.is_multicast and not address.is_reserved
