"""Small servers on loopback that answer as a test tells them to, and the settings to visit them with."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from flows.clock import SimulatedClock
from flows.fetch.archive import warc_reader
from flows.fetch.run import SourceRun, run_source
from flows.model import Exchange
from flows.settings import Identity, Layout, Limits, Settings
from flows.sources import Source

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
STORY = "/news/story-100001.html"

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """Paths to answers. A plain answer is (status, headers, body); a function writes to the socket itself."""

    url: str = ""
    pages: dict[str, object] = field(default_factory=dict)
    log: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    most_at_once: int = 0
    _now: int = 0
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def asked(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(1 for seen, _ in self.log if seen == path)

    def enter(self, path: str, headers: dict[str, str]) -> None:
        with self._guard:
            self.log.append((path, headers))
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)

    def leave(self) -> None:
        with self._guard:
            self._now -= 1


def page(body: bytes | str, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str) -> object:
    """A plain answer; header names are written with underscores."""
    data = body.encode() if isinstance(body, str) else body
    return status, {"Content-Type": kind, **{name.replace("_", "-"): value for name, value in headers.items()}}, data


def rss(*links: str) -> object:
    """An RSS feed of links."""
    items = "".join(f"<item><title>Story {link}</title><link>{link}</link></item>" for link in links)
    return page(f'<rss version="2.0"><channel><title>t</title>{items}</channel></rss>', "application/rss+xml")


@contextmanager
def serve(host: str = "127.0.0.1", **pages: object) -> Iterator[Site]:
    """A site in a thread; keyword names are paths without their slash, more are set in `site.pages`."""
    site = Site(pages={f"/{name}": answer for name, answer in pages.items()})

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        timeout = 10

        def do_GET(self) -> None:
            site.enter(self.path, dict(self.headers.items()))
            try:
                answer = site.pages.get(self.path)
                if callable(answer):
                    answer(self)
                    return
                status, headers, body = answer or (404, {"Content-Type": "text/plain"}, b"not here")
                write(self, status, headers, body)
            finally:
                site.leave()

        def log_message(self, *_: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            return  # a client that hangs up is what these tests are about

    server = Server((host, 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    site.url = f"http://{host}:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def write(handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes) -> None:
    """A whole answer with its length."""
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    if "Content-Length" not in headers and "Transfer-Encoding" not in headers:
        handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def drip(handler: BaseHTTPRequestHandler) -> None:
    """One byte every 50 ms, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    while True:
        handler.wfile.write(b"x")
        time.sleep(0.05)


def endless(handler: BaseHTTPRequestHandler) -> None:
    """A body without an end, as fast as it goes."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65536)


def source_at(site: Site, **changes: object) -> Source:
    """A source for a site: its feed at /feed unless said otherwise, no delay."""
    values: dict[str, object] = {
        "name": "demo", "kind": "simulated", "title": "Demo", "home": f"{site.url}/", "zone": "America/Chicago",
        "feeds": (f"{site.url}/feed",), "allow_addresses": ("127.0.0.1/32",), "delay_s": 0,
    }  # fmt: skip
    return Source(**{**values, **changes})


def settings(**limits: float) -> Settings:
    """Settings with short times."""
    values = {"connect_timeout_s": 2, "read_timeout_s": 2, "exchange_timeout_s": 5, "default_delay_s": 0, **limits}
    identity = Identity(user_agent="newsvane/0.1", contact="crawler@example.org")
    return Settings(identity=identity, limits=Limits(**values))


def run(site: Site, layout: Layout, at: datetime = START, limits: dict | None = None, **changes) -> SourceRun:
    return run_source(source_at(site, **changes), settings(**(limits or {})), layout, {}, SimulatedClock(at))


def ledger(layout: Layout, purpose: str | None = None) -> list[Exchange]:
    entries = [entry for path in warc_reader.sealed(layout) for entry, _ in warc_reader.records(path)]
    return [entry for entry in entries if purpose in (None, entry.purpose)]
