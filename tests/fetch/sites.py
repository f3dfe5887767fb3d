"""Small sites on loopback with responses set by the test, and helpers to fetch from them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer

from flows.clock import SimulatedClock
from flows.data_layout import Layout
from flows.fetch.archive import warc_reader
from flows.fetch.http.client import Client, Reply
from flows.fetch.http.guard import Guard
from flows.fetch.run import SourceRun, run_source
from flows.model import Exchange
from flows.settings import Identity, Limits, Network, Settings
from flows.sources import Source

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
STORY = "/news/story-100001.html"
LOOPBACK = ("127.0.0.1/32",)


@dataclass
class Site:
    """The responses by path: (status, headers, body), or a function that writes them; `log` has the requests."""

    url: str = ""
    pages: dict[str, object] = field(default_factory=dict)
    log: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    max_concurrent: int = 0
    _active: int = 0
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def requests(self, path: str) -> int:
        """How often a path was requested."""
        return sum(1 for seen, _ in self.log if seen == path)

    def enter(self, path: str, headers: dict[str, str]) -> None:
        with self._guard:
            self.log.append((path, headers))
            self._active += 1
            self.max_concurrent = max(self.max_concurrent, self._active)

    def leave(self) -> None:
        with self._guard:
            self._active -= 1


def page(body: bytes | str, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str) -> object:
    """A plain response; header names are written with underscores."""
    data = body.encode() if isinstance(body, str) else body
    return status, {"Content-Type": kind, **{name.replace("_", "-"): value for name, value in headers.items()}}, data


def rss(*links: str) -> object:
    """An RSS feed of links."""
    items = "".join(f"<item><title>Story {link}</title><link>{link}</link></item>" for link in links)
    return page(f'<rss version="2.0"><channel><title>t</title>{items}</channel></rss>', "application/rss+xml")


@contextmanager
def serve(host: str = "127.0.0.1", **pages: object) -> Iterator[Site]:
    """Serve a site in a thread; keyword names are paths without the slash, other paths are set in `site.pages`."""
    site = Site(pages={f"/{name}": response for name, response in pages.items()})

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        timeout = 10

        def do_GET(self) -> None:
            site.enter(self.path, dict(self.headers.items()))
            try:
                response = site.pages.get(self.path)
                if callable(response):
                    response(self)
                    return
                status, headers, body = response or (404, {"Content-Type": "text/plain"}, b"not here")
                write(self, status, headers, body)
            finally:
                site.leave()

        def log_message(self, *_: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            return  # these tests let clients close the connection

    server = Server((host, 0), Handler)
    site.url = f"http://{host}:{server.server_port}"
    with running(server):
        yield site


@contextmanager
def running(server: HTTPServer) -> Iterator[None]:
    """Let a server answer from a thread."""
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def write(handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes) -> None:
    """Write a complete response with its length."""
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    if "Content-Length" not in headers and "Transfer-Encoding" not in headers:
        handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def validated(body: str, etag: str, kind: str = "text/html") -> object:
    """A page that responds with 304 to a request with its ETag."""

    def respond(handler: BaseHTTPRequestHandler) -> None:
        is_held = handler.headers.get("If-None-Match") == etag
        write(handler, 304 if is_held else 200, {"Content-Type": kind, "ETag": etag}, b"" if is_held else body.encode())

    return respond


def drip(handler: BaseHTTPRequestHandler) -> None:
    """One byte every 50 ms, without end."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    while True:
        handler.wfile.write(b"x")
        time.sleep(0.05)


def endless(handler: BaseHTTPRequestHandler) -> None:
    """A body without end, as fast as possible."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65536)


def source_at(site: Site, **changes: object) -> Source:
    """The source of a site: its feed is at /feed, without delay, unless `changes` say otherwise."""
    values: dict[str, object] = {
        "name": "demo", "kind": "simulated", "title": "Demo", "home": f"{site.url}/", "zone": "America/Chicago",
        "feeds": (f"{site.url}/feed",), "allow_addresses": LOOPBACK, "delay_s": 0,
    }  # fmt: skip
    return Source(**{**values, **changes})


def settings(ca_bundle: str | None = None, **limits: float) -> Settings:
    """Settings with short timeouts."""
    values = {"connect_timeout_s": 2, "read_timeout_s": 2, "exchange_timeout_s": 5, "default_delay_s": 0, **limits}
    identity = Identity(user_agent="newsvane/0.1", contact="crawler@example.org")
    return Settings(identity=identity, limits=Limits(**values), network=Network(ca_bundle=ca_bundle))


def run(site: Site, layout: Layout, at: datetime = START, limits: dict | None = None, **changes) -> SourceRun:
    """Run the site's source once at a simulated time."""
    return run_source(source_at(site, **changes), settings(**(limits or {})), layout, {}, SimulatedClock(at))


def get(url: str, guard: Guard | None = None, connect=None, *, ca_bundle: str | None = None, **limits: float) -> Reply:
    """One GET, by default with loopback allowed."""
    client = Client(settings(ca_bundle, **limits), guard or Guard(LOOPBACK), SimulatedClock(START), connect=connect)
    try:
        return client.get(url, {}, lambda _: None)
    finally:
        client.close()


def exchanges(layout: Layout, purpose: str | None = None) -> list[Exchange]:
    """Every archived exchange, or those of one purpose."""
    archived = [exchange for path in warc_reader.sealed(layout) for exchange, _ in warc_reader.records(path)]
    return [exchange for exchange in archived if purpose in (None, exchange.purpose)]
