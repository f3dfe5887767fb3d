"""Spells host names in one way, so that they can be compared."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import unquote, urlsplit, urlunsplit

import idna

_ASCII_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?")


def ascii_host(host: str) -> str | None:
    """A host in the spelling that is requested and compared: lower case, a Unicode name as IDNA (UTS 46, RFC 5891), an
    IPv6 address without brackets; None for a text that is neither a host name nor an address.
    """
    host = unquote(host).strip("[]")
    if ":" in host:
        return host.lower() if re.fullmatch(r"[0-9a-fA-F:.]+(%[\w.-]+)?", host) else None
    try:
        name = host.lower() if host.isascii() else idna.encode(host, uts46=True).decode("ascii")
    except UnicodeError:  # idna.IDNAError is one
        return None
    return name if _ASCII_HOST.fullmatch(name) else None


def bare_host(url: str) -> str:
    """The host of an http(s) URL, as `ascii_host` spells it, without `www.`; empty for any other text."""
    with suppress(ValueError):
        parts = urlsplit(url)
        if parts.scheme in ("http", "https"):
            return (ascii_host(parts.hostname or "") or "").removeprefix("www.")
    return ""


def with_ascii_host(url: str) -> str:
    """A configured URL whose Unicode host is written as IDNA; any other one unchanged. Raises ValueError for a text
    that is no URL."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError as error:
        raise ValueError(f"'{url}' is not a URL: {error}") from error
    if host.isascii():
        return url
    name = ascii_host(host)
    if name is None:
        raise ValueError(f"'{host}' is not a host name")
    userinfo, at, _ = parts.netloc.rpartition("@")
    port = f":{parts.port}" if parts.port else ""
    return urlunsplit(parts._replace(netloc=f"{userinfo}{at}{name}{port}"))
