"""Puts sites on loopback sockets: HTTP/1.1 with keep-alive, a thread a connection."""

from __future__ import annotations

import socket
import socketserver
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from flows.clock import SystemClock
from flows.simulator import socket_faults
from flows.simulator.faults import role_of
from flows.simulator.response_faults import LOOP, Request, distort, loop_answer
from flows.simulator.site import Answer, Site, is_unchanged
from flows.simulator.world import World

_IDLE_S = 30
_TICK_S = 0.05
_GLANCE_S = 0.002


@contextmanager
def serve(*sites: Site, host: str = "127.0.0.1", port: int = 0) -> Iterator[Site]:
    """Serve each site on a port of its own (from `port` on, or any free one) in a daemon thread; gives the first.

    Each site's `base` says where it is. Raises OSError where a port is taken.
    """
    with ExitStack() as stack:
        for number, site in enumerate(sites):
            server = stack.enter_context(_Server((host, port + number if port else 0), site))
            site.base = f"http://{host}:{server.server_address[1]}"
            thread = threading.Thread(target=server.attend, daemon=True)
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.stop)
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
        self.timeout = _TICK_S
        self._stopped, self._away = threading.Event(), threading.Event()
        self._pause_s = 0.0
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        """Bind without asking who we are by name, which can take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def attend(self) -> None:
        """Take connections until stopped."""
        while not self._stopped.is_set():
            if self._pause_s:
                self._be_away()
            self.handle_request()

    def stop(self) -> None:
        """End `attend` within its next tick."""
        self._stopped.set()

    def refuse(self, seconds: float) -> None:
        """Refuse connections for a while; returns once the port is closed."""
        self._away.clear()
        self._pause_s = seconds
        self._away.wait(20 * _TICK_S)

    def shutdown_request(self, request: socket.socket) -> None:  # type: ignore[override]
        """Close a connection; one that a fault marked is reset, with no polite end before."""
        if socket_faults.is_marked(request):
            self.close_request(request)
        else:
            super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """A visitor that hangs up is no news; anything else is a bug, and is told."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def _be_away(self) -> None:
        """Until the pause is over by the site's own clock, or by the machine's where the site's stands still."""
        seconds, self._pause_s = self._pause_s, 0.0
        clock, end = self.site.clock, time.monotonic() + seconds
        back_at = clock.now() + timedelta(seconds=seconds)
        self.socket.close()
        self._away.set()
        while clock.now() < back_at and time.monotonic() < end and not self._stopped.is_set():
            self._stopped.wait(_GLANCE_S)
        while not self._stopped.is_set():
            self.socket = socket.socket(self.address_family, self.socket_type)
            try:
                self.server_bind()
                self.server_activate()
            except OSError:  # the port was borrowed for a moment
                self.socket.close()
                self._stopped.wait(_TICK_S)
            else:
                return


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
        site, now = self.server.site, self.server.site.clock.now()
        path = urlsplit(self.path).path
        answer = loop_answer(path, site.base) or site.answer(self.path, now)
        kind = site.faults.choose(path, role_of(path)) if site.faults and has_body and path not in LOOP else None
        if site.faults and kind in socket_faults.KINDS:
            site.note(self.path, self.headers.get("User-Agent", ""), socket_faults.KINDS[kind], kind)
            socket_faults.perform(kind, self, answer, site.faults.severity)
            return
        if site.faults and kind:
            answer = distort(kind, answer, Request(path, site.base, now, site.faults.severity))
        self._send(answer, kind, has_body)

    def head(self, answer: Answer, length: int | None) -> None:
        """Status and headers of an answer that a fault sends in its own way."""
        self.send_response_only(200)
        self.send_header("Connection", "close")
        self._headers(answer, length)

    def refuse(self, seconds: float) -> None:
        """Let the whole site refuse connections for a while."""
        self.server.refuse(seconds)

    def _send(self, answer: Answer, kind: str | None, has_body: bool) -> None:
        site = self.server.site
        is_same = is_unchanged(answer, self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since"))
        status = 304 if is_same else answer.status
        site.note(self.path, self.headers.get("User-Agent", ""), status, kind)
        self.send_response_only(status)
        self._headers(answer, None if is_same else len(answer.body))
        if has_body and not is_same:
            self.wfile.write(answer.body)
        self.wfile.flush()

    def _headers(self, answer: Answer, length: int | None) -> None:
        if all(name != "Date" for name, _ in answer.headers):
            self.send_header("Date", format_datetime(self.server.site.clock.now(), usegmt=True))
        self.send_header("Content-Type", answer.media_type)
        if length is not None:
            self.send_header("Content-Length", str(length))
        if answer.etag and answer.modified:
            self.send_header("ETag", answer.etag)
            self.send_header("Last-Modified", format_datetime(answer.modified, usegmt=True))
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
