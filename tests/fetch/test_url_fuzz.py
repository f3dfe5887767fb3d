"""Any text as a URL: of a redirect, in a sitemap, a feed or a page. Nothing escapes, and what is taken can be sent."""

# ruff: noqa: E501 - lists of odd input
from __future__ import annotations

import contextlib
from urllib.parse import urlsplit

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.errors import NewsvaneError
from flows.fetch.discovery import feeds, sections, sitemaps
from flows.fetch.http import robots
from flows.fetch.http.guard import Guard
from flows.fetch.http.redirects import location_target
from flows.fetch.urls import absolute, belongs, canonical, host_port, is_file, origin, redact
from flows.model import Page
from flows.sources import Source

EVERYDAY, LONG = 150, 30_000
BASE = "https://news.example.org/a/b?c"
SOURCE = Source(name="x", kind="site", title="x", home="https://news.example.org/", zone="UTC")

PIECES = [
    "http://", "HTTPS://", "//", "ftp:", "javascript:", "data:", "://", ":", "@", "/", "\\", "?", "#", "&", "=", ".", "..",
    "%", "%00", "%2e", "%zz", "[", "]", "[::1]", "[v1.x]", "127.0.0.1", "0x7f.1", "localhost", "news.example.org", "xn--",
    "xn--a", "\u2603", "\u00e9", "\ufe0f", "\u200d", "\u3002", "\u00b2", "\u0660", "\0", "\n", "\t", "\r\n", " ", "\x85",
    "\u2028", "\ud800", "\U0001f300", "\u202e", ":0", ":80", ":99999", ":\u00b2", "user:pw@", "b\u043e\u0431:x@",
    "/amp", ".amp.html", "utm_source=x", "token=s3cret", "a" * 70, "../" * 40, "x" * 2100, "]]>", "<", ">", '"', "'",
]  # fmt: skip
URLS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=9).map("".join)


def escaped(text: str) -> str:
    """The text as XML or HTML content; what XML cannot hold is replaced."""
    sendable = text.encode("utf-8", "replace").decode()
    return sendable.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def check_taken(url: str) -> None:
    """A URL that was taken names a host, is ASCII without blanks and userinfo, and can be prepared as a request."""
    assert urlsplit(url).scheme in ("http", "https")
    assert url.isascii()
    assert not any(char.isspace() or ord(char) < 0x20 for char in url)
    assert "@" not in urlsplit(url).netloc
    assert host_port(url)
    assert origin(url)
    key = redact(canonical(url))
    assert canonical(key) == key
    belongs(url, SOURCE), is_file(url)
    robots.parse(b"User-agent: *\nDisallow: /a*b$\n").decide(url, "newsvane")
    requests.Request("GET", url).prepare()
    try:
        Guard(resolve=lambda host, port: []).check_url(url)
    except NewsvaneError:
        return


def read_anywhere(text: str) -> None:
    """The text as a link in every place where a site can put one."""
    canonical(text), redact(text), host_port(text), belongs(text, SOURCE)
    if url := absolute(BASE, text):
        check_taken(url)
    with contextlib.suppress(NewsvaneError):
        check_taken(location_target(BASE, text.encode("utf-8", "surrogatepass").decode("latin-1")))
    link = escaped(text)
    for body, kind, read in (
        (f"<urlset><url><loc>{link}</loc></url></urlset>", "application/xml", sitemaps.read),
        (text, "text/plain", sitemaps.read),
        (f'<rss version="2.0"><channel><item><link>{link}</link></item></channel></rss>', "text/xml", feeds.read),
    ):
        page = Page(BASE, body.encode("utf-8", "replace"), kind)
        try:
            found = read(page, "slot")
        except NewsvaneError:
            continue
        for find in found.finds:
            check_taken(find.url)
    page = Page(BASE, f'<a href="{link}">a title of several words</a>'.encode("utf-8", "replace"))
    for find in sections.read(page, "slot", lambda _: True).finds:
        check_taken(find.url)


@settings(max_examples=EVERYDAY, deadline=None, suppress_health_check=list(HealthCheck))
@given(URLS)
def test_any_text_as_a_url(text: str) -> None:
    read_anywhere(text)


@pytest.mark.long
@settings(max_examples=LONG, deadline=None, suppress_health_check=list(HealthCheck))
@given(URLS)
def test_very_many_texts_as_urls(text: str) -> None:
    read_anywhere(text)
