"""Reads host and path of an address without ever failing, whatever stands in it."""

from __future__ import annotations

from urllib.parse import urlsplit


def host_of(url: str) -> str:
    """Lower-case host without `www.`; empty when the address has none or is malformed."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def path_of(url: str) -> str:
    """The path; empty when the address is malformed."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
