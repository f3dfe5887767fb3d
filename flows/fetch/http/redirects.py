"""Finds where a response sends the client (Location, Refresh, meta refresh), and keeps the cookies of one exchange."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit, urlunsplit

import requests
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar, get_cookie_header
from selectolax.lexbor import LexborHTMLParser, LexborNode

from flows.errors import ShapeError, Unsafe
from flows.fetch.urls import absolute, base_url, host_port, origin, redact

STATUSES = frozenset({301, 302, 303, 307, 308})
_HTML = ("text/html", "application/xhtml+xml")
_REFRESH_HEAD = 64 * 1024
_MAX_REFRESH_S = 10.0  # a longer delay reloads a page that is complete
_REFRESH = re.compile(
    r"\s*([0-9]{1,9}(?:\.[0-9]*)?|\.[0-9]+)\s*[;,\s]\s*(?:url\s*=\s*)?(\S.*)", re.IGNORECASE | re.DOTALL
)


def location_target(url: str, location: str | None) -> str:
    """The URL that the Location header of a response from `url` names. Userinfo of `url` stays on its own origin.

    Raises ShapeError for a missing header, Unsafe for a target that is not http(s), malformed or too long.
    """
    if location is None:
        raise ShapeError("redirect without Location", url=redact(url))
    location = _decoded(location).strip()
    if re.match(r"https?%3a(%2f|/){2}", location, re.IGNORECASE):
        location = unquote(location)  # escaped as a whole
    try:
        scheme = urlsplit(location).scheme.lower()
    except ValueError as error:
        raise Unsafe(f"redirect to a malformed URL: {error}", url=redact(url)) from error
    if scheme not in ("", "http", "https"):
        raise Unsafe(f"redirect to the scheme '{scheme[:20]}', which is not http or https", url=redact(url))
    target = absolute(url, location)
    if target is None:
        raise Unsafe("redirect to a malformed or too long URL", url=redact(url))
    return _with_userinfo(url, target)


def _decoded(location: str) -> str:
    """A header value as sent: http.client reads UTF-8 as Latin-1; octets that are not UTF-8 are escaped."""
    octets = location.encode("latin-1", "replace")
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(chr(octet) if octet < 0x80 else f"%{octet:02X}" for octet in octets)


def _with_userinfo(url: str, target: str) -> str:
    """The target with the userinfo of `url` if it is on the same origin: a configured password stays valid there."""
    userinfo, at, _ = urlsplit(url).netloc.rpartition("@")
    if not at or origin(url) != origin(target):
        return target
    parts = urlsplit(target)
    return urlunsplit(parts._replace(netloc=f"{userinfo}@{parts.netloc}"))


def refresh_target(url: str, header: str | None, media_type: str | None, body: bytes) -> str | None:
    """The URL that a response sends a browser to within ten seconds, by its Refresh `header` or in an HTML page
    (WHATWG: meta http-equiv refresh); None without.

    A refresh in `noscript` or `template` is not for a browser with scripts and does not count.
    """
    if target := _refresh_url(url, _decoded(header or "")):
        return target
    head = body[:_REFRESH_HEAD]
    if media_type not in _HTML or b"refresh" not in head.lower():
        return None
    tree = LexborHTMLParser(head)
    base = base_url(url, tree)
    for meta in tree.css("meta[http-equiv][content]"):
        if (meta.attributes.get("http-equiv") or "").strip().lower() != "refresh" or _is_inert(meta):
            continue
        if target := _refresh_url(base, meta.attributes.get("content") or ""):
            return target
    return None


def _refresh_url(url: str, content: str) -> str | None:
    match = _REFRESH.match(content)
    return absolute(url, _unquoted(match[2].strip())) if match and float(match[1]) <= _MAX_REFRESH_S else None


def _is_inert(node: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.tag in ("noscript", "template"):
            return True
        parent = parent.parent
    return False


def _unquoted(text: str) -> str:
    return text[1:].partition(text[0])[0] if text[:1] in ("'", '"') else text


class Cookies:
    """The cookies of one exchange: sent back only to the host that set them, and forgotten when the exchange ends.
    Some sites redirect a page to itself until its cookie comes back."""

    def __init__(self) -> None:
        self._jars: dict[str, RequestsCookieJar] = {}

    def state(self, url: str) -> tuple[tuple[str, str], ...]:
        """The cookies of a URL's host as sorted (name, value): with other cookies a redirect back is no loop."""
        return tuple(sorted((cookie.name, cookie.value or "") for cookie in self._jars.get(host_port(url), ())))

    def add_to(self, request: requests.PreparedRequest) -> None:
        """Add the Cookie header that a request of this exchange has to send, if any."""
        jar = self._jars.get(host_port(request.url or ""))
        header = get_cookie_header(jar, request) if jar else None  # type: ignore[no-untyped-call]
        if header:
            request.headers["Cookie"] = header

    def store(self, request: requests.PreparedRequest, response: requests.Response) -> None:
        """Keep the cookies that a response sets."""
        jar = self._jars.setdefault(host_port(request.url or ""), RequestsCookieJar())
        extract_cookies_to_jar(jar, request, response.raw)  # type: ignore[no-untyped-call]
