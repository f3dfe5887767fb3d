"""Checks the Host and Origin of every request, and sets the headers that confine the pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import PlainTextResponse, Response

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Of a captured page: no network, no scripts, no forms, an origin of its own. Its inline styles may stay.
CAPTURE_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
_HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-DNS-Prefetch-Control": "off",
}
_METHODS: Final = ("GET", "HEAD")

Next = Callable[[Request], Awaitable[Response]]


def refusal(request: Request, hosts: frozenset[str]) -> tuple[int, str] | None:
    """Status and reason to refuse a request with, None for one to answer.

    A page of another site could reach a server on loopback through a host name of its own (DNS rebinding) or by a
    cross-site request, so only known host names and the server's own pages are answered. Links from elsewhere work.
    """
    host = hostname(f"//{request.headers.get('host', '')}")
    if host not in LOOPBACK | hosts:
        return 400, f"unknown host name '{host or ''}': open the explorer by its address, or allow the name with --host"
    if request.method not in _METHODS:
        return 405, "the explorer is read-only"
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2] != request.headers.get("host"):
        return 403, "requests from other sites are refused"
    if is_cross_site(request) and request.headers.get("sec-fetch-dest", "document") != "document":
        return 403, "requests from other sites are refused"
    return None


def is_cross_site(request: Request) -> bool:
    """Whether the browser says that a page of another site made this request."""
    return request.headers.get("sec-fetch-site") in ("cross-site", "same-site")


def hostname(url: str) -> str | None:
    """The host of a URL in lower case, None if it has none or is invalid."""
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def guard(hosts: frozenset[str]) -> Callable[[Request, Next], Awaitable[Response]]:
    """The middleware: answers what `refusal` allows, with the headers."""

    async def guarded(request: Request, call_next: Next) -> Response:
        refused = refusal(request, hosts)
        response = PlainTextResponse(f"{refused[1]}\n", refused[0]) if refused else await call_next(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.url.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return guarded
