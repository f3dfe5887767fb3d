"""Puts sites on loopback sockets: HTTP/1.1 with keep-alive, a thread a connection."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from flows.clock import SystemClock
from flows.station.site import Answer, Site, is_unchanged
from flows.station.world import World

_IDLE_S = 30


@contextmanager
def serve(*sites: Site, host: str = "127.0.0.1", port: int = 0) -> Iterator[Site]:
    """Serve each site on a port of its own (from `port` on, or any free one) in a daemon thread; gives the first.

    Each site's `base` says where it is. Raises OSError where a port is taken.
    """
    with ExitStack() as stack:
        for number, site in enumerate(sites):
            server = stack.enter_context(_Server((host, port + number if port else 0), site))
            site.base = f"http://{host}:{server.server_address[1]}"
            thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
            thread.start()
            stack.callback(server.shutdown)
        yield sites[0]


def run(port: int, host: str = "127.0.0.1", seed: int = 5, world: World | None = None) -> None:
    """Serve the demo's station and, on the next port, its sister, in real time until interrupted."""
    first = world or World(seed)
    sites = [Site(first, SystemClock()), Site(first.sister, SystemClock())]
    with serve(*sites, host=host, port=port):
        threading.Event().wait()


class _Server(ThreadingHTTPServer):
    """One site's listening socket."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], site: Site) -> None:
        self.site = site
        super().__init__(address, _Handler)


class _Handler(BaseHTTPRequestHandler):
    """One connection to a site."""

    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "station"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = _IDLE_S

    def setup(self) -> None:
        super().setup()
        self.server.site.connections.opened(self.connection)

    def finish(self) -> None:
        self.server.site.connections.closed(self.connection)
        super().finish()

    def do_GET(self) -> None:
        self._reply(has_body=True)

    def do_HEAD(self) -> None:
        self._reply(has_body=False)

    def log_message(self, *_: object) -> None:
        return

    def _reply(self, has_body: bool) -> None:
        site = self.server.site
        answer = site.answer(self.path, site.clock.now())
        is_same = is_unchanged(answer, self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since"))
        status = 304 if is_same else answer.status
        site.note(self.path, self.headers.get("User-Agent", ""), status)
        self.send_response_only(status)
        self._headers(answer, 0 if is_same else len(answer.body), is_same)
        if has_body and not is_same:
            self.wfile.write(answer.body)
        self.wfile.flush()

    def _headers(self, answer: Answer, length: int, is_same: bool) -> None:
        self.send_header("Date", format_datetime(self.server.site.clock.now(), usegmt=True))
        if not is_same:
            self.send_header("Content-Type", answer.media_type)
            self.send_header("Content-Length", str(length))
        if answer.etag and answer.modified:
            self.send_header("ETag", answer.etag)
            self.send_header("Last-Modified", format_datetime(answer.modified, usegmt=True))
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
