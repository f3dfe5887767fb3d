"""Feeds and sitemaps with damage of any kind: they are read, or refused with an error of our own."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.errors import NewsvaneError
from flows.fetch.discovery import feeds, sitemaps
from flows.model import Page
from tests.suites.feeds import ILL_FORMED, WELL_FORMED
from tests.suites.sitemaps import CASES

EVERYDAY, LONG = 60, 4000
BODIES = [body if isinstance(body, bytes) else body.encode() for _, body, _ in (*WELL_FORMED, *ILL_FORMED, *CASES)]
PIECES = [
    b"&#55357;", b"&#xD83D;&#xDE00;", b"&#0;", b"&#99999999999;", b"&#x;", b"&;", b"<![CDATA[", b"]]>", b"<!--", b"-->",
    b"<!DOCTYPE", b"<?", b"<!", b"</", b"<![x[", b"\0", b"\xff", b"\xed\xa0\x80", b"\xef\xbf\xbf", b"&quot",
    b'xml:base="http://["', b"<link>http://[</link>", b"<gml:pos>1 2</gml:pos>", b"<georss:point>a b</georss:point>",
    b"<item>", b"</item>", b"<entry>", b"</entry>", b"<url><loc>", b"</url>", b"<urlset>", b"</urlset>", b"<sitemap>",
    b'<content type="application/x" mode="base64">@</content>', b"<pubDate>99:99", b"<dcterms:valid>start=", b"{", b"[",
]  # fmt: skip
PIECE = st.one_of(st.sampled_from(PIECES), st.binary(max_size=3))
CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 20), PIECE), max_size=8)


def read_damaged(body: bytes, changes: list[tuple[float, int, bytes]]) -> None:
    """Replace stretches of a body, each by its place in it and its length, and read it as both kinds of list."""
    damaged = bytearray(body)
    for place, length, piece in changes:
        at = round(place * len(damaged))
        damaged[at : at + length] = piece
    page = Page("https://h.test/list", bytes(damaged), "application/xml")
    for read in (feeds.read, sitemaps.read):
        with contextlib.suppress(NewsvaneError):
            read(page, "slot", lambda url: "h.test" in url)


@pytest.mark.parametrize("count", [EVERYDAY, pytest.param(LONG, marks=pytest.mark.long)])
def test_no_exception_escapes(count: int):
    check = given(st.sampled_from(BODIES), CHANGES)(read_damaged)
    settings(max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck))(check)()
