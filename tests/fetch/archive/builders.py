"""Exchanges to write to an archive, and archives of complete runs."""

from __future__ import annotations

import gzip
from datetime import timedelta
from pathlib import Path

from flows.clock import SimulatedClock
from flows.data_layout import Layout
from flows.fetch.archive import warc_reader
from flows.fetch.archive.warc_writer import WarcWriter
from flows.fetch.http.client import Hop
from flows.fetch.run import run_source
from flows.model import Exchange
from tests.fetch.sites import (
    START,
    page,
    rss,
    serve,
    settings,
    source_at,
)


def make_exchange(number: int, **changes) -> Exchange:
    """An exchange of an article; its time follows from `number`."""
    values = {
        "source": "demo", "url": f"http://news.example.org/{number}", "requested_at": START + timedelta(seconds=number),
        "purpose": "article", "outcome": "new", "status": 200, "media_type": "text/html", "charset": "utf-8",
        "attempts": 1,
    }  # fmt: skip
    return Exchange(**{**values, **changes})


def make_hop(number: int, body: bytes = b"<p>story</p>", **headers: str) -> Hop:
    """The hop that belongs to `make_exchange(number)`."""
    sent = {"Host": "news.example.org", "User-Agent": "newsvane"}
    got = [("Content-Type", "text/html; charset=utf-8"), *headers.items()]
    at = START + timedelta(seconds=number)
    return Hop(f"http://news.example.org/{number}", at, sent, 200, "OK", "HTTP/1.1", got, body, "192.0.2.7")


def write_exchanges(layout: Layout, count: int) -> Path:
    """Write so many exchanges to one file and seal it; returns its path."""
    writer = WarcWriter(layout, "demo")
    for number in range(count):
        writer.write(make_exchange(number), [make_hop(number, f"<p>story {number}</p>".encode())])
    return layout.data / (writer.seal() or "")


def run_twice(layout: Layout) -> list[Path]:
    """Two runs of a small site: new pages, then revisits, with a redirect, a refusal and a compressed page."""
    with serve(feed=rss("/news/story-100001.html", "/news/moved-100002.html", "/private/story-100003.html")) as site:
        site.pages["/robots.txt"] = page("User-agent: *\nDisallow: /private\n", "text/plain")
        site.pages["/news/story-100001.html"] = page("<p>one</p>")
        site.pages["/news/moved-100002.html"] = page("", status=301, Location="/news/target-100004.html")
        packed = gzip.compress(b"<p>two</p>" * 99)
        site.pages["/news/target-100004.html"] = page(packed, Content_Encoding="gzip")
        for hours in (0, 2):
            run_source(source_at(site), settings(), layout, {}, SimulatedClock(START + timedelta(hours=hours)))
    return list(warc_reader.sealed(layout))


def warc(*records: bytes, packed: bool = True) -> bytes:
    """The bytes of a WARC file of another tool: one gzip member per record, or none."""
    return b"".join(gzip.compress(record, mtime=0) if packed else record for record in records)


def record(
    kind: str, content: bytes, content_type: str = "application/http; msgtype=response", **headers: str
) -> bytes:
    """One WARC record of another tool; a header given as "" is left out."""
    head = {
        "WARC-Type": kind, "WARC-Record-ID": "<urn:uuid:00000000-0000-4000-8000-000000000000>",
        "WARC-Date": "2020-02-03T04:05:06Z", "WARC-Target-URI": "http://www.example.org/a",
        "Content-Type": content_type, "Content-Length": str(len(content)), **headers,
    }  # fmt: skip
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items() if value)
    return f"WARC/1.0\r\n{lines}\r\n".encode() + content + b"\r\n\r\n"


def http(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    """An HTTP response as the content of a record."""
    head = {"Content-Type": "text/html; charset=ISO-8859-1", **headers}
    return (
        f"HTTP/1.1 {status}\r\n{''.join(f'{k}: {v}' + chr(13) + chr(10) for k, v in head.items())}\r\n".encode() + body
    )
