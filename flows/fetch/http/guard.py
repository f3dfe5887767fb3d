"""Decides which URLs and addresses may be requested; addresses are checked at the moment of connecting."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from flows.errors import Transient, Unsafe
from flows.fetch.urls import redact
from flows.hosts import ascii_host

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], Sequence[str]]

_NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))
_REFUSED = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/96", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10",
        "fec0::/10", "ff00::/8",
    )
)  # fmt: skip


def system_resolve(host: str, port: int) -> list[str]:
    """All addresses that the system resolver returns for `host`, in its order."""
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class Guard:
    """Checks URLs and addresses. Special-purpose addresses are refused, except those in the `allowed` networks (CIDR).

    `resolve` is a parameter so that a test can control what a name resolves to.
    """

    def __init__(self, allowed: Sequence[str] = (), resolve: Resolve = system_resolve) -> None:
        self._allowed = tuple(ip_network(network) for network in allowed)
        self._resolve = resolve

    def check_url(self, url: str) -> None:
        """Raise Unsafe unless `url` is http(s) with a host; a literal address is checked here as well."""
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname, parts.port
        except ValueError as error:
            raise Unsafe(f"malformed URL: {error}", url=redact(url)) from error
        if parts.scheme not in ("http", "https"):
            raise Unsafe(f"scheme '{parts.scheme[:20]}' is not http or https", url=redact(url))
        if not host:
            raise Unsafe("no host", url=redact(url))
        if ascii_host(host) is None:
            raise Unsafe("malformed host name", url=redact(url))
        if address := _literal(host):
            self.check_address(address, host)

    def addresses(self, host: str, port: int) -> list[str]:
        """Resolve `host` and return the addresses to connect to, all of them checked.

        One forbidden address is enough to refuse the host: a name with both public and private addresses is an attack.
        Raises Unsafe, or Transient when the name does not resolve.
        """
        if literal := _literal(host):
            found: Sequence[str] = [str(literal)]
        else:
            try:
                found = self._resolve(host, port)
            except (OSError, UnicodeError) as error:
                raise Transient(f"no answer from {host}: the name does not resolve ({error})") from error
        if not found:
            raise Transient(f"no answer from {host}: the name has no address")
        for text in found:
            self.check_address(ip_address(text.partition("%")[0]), host)
        return list(dict.fromkeys(found))

    def check_address(self, address: Address, host: str) -> None:
        """Raise Unsafe when `address`, or one embedded in it, is special-purpose and not allowed."""
        if self._is_allowed(address):
            return
        for form in (address, *_embedded(address)):
            if _is_special(form) and not self._is_allowed(form):
                raise Unsafe(f"{host} is at private or reserved address {address}, which allow_addresses does not list")

    def _is_allowed(self, address: Address) -> bool:
        return any(address in network for network in self._allowed if network.version == address.version)


def _literal(host: str) -> Address | None:
    """The address that a literal host names, including the forms of inet_aton (0x7f.1, 2130706433, 017700000001)."""
    text = host.strip("[]").partition("%")[0]
    try:
        return ip_address(text)
    except ValueError:
        pass
    if not text or not text[0].isdigit():
        return None
    try:
        return IPv4Address(socket.inet_aton(text))
    except OSError:
        return None


def _embedded(address: Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses embedded in an IPv6 address: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, IPv4Address):
        return ()
    inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(address in network for network in _NAT64):
        inner.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return tuple(form for form in inner if form is not None)


def _is_special(address: Address) -> bool:
    if isinstance(address, IPv6Address) and (address.ipv4_mapped or any(address in net for net in _NAT64)):
        return False  # the embedded IPv4 address decides
    return (
        any(address in network for network in _REFUSED if network.version == address.version)
        or address.is_multicast
        or address.is_loopback
        or not address.is_global
    )
