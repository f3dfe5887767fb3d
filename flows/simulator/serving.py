"""Serves sites on loopback: HTTP/1.1 with keep-alive, one thread per connection."""

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

from flows.simulator import socket_faults
from flows.simulator.faults import role_of
from flows.simulator.response_faults import LOOP, Request, apply_response_fault, loop_response
from flows.simulator.site import Response, Site, is_unchanged

_IDLE_S = 30
_TICK_S = 0.05
_CLOCK_POLL_S = 0.002


@contextmanager
def serve(*sites: Site, host: str = "127.0.0.1", port: int = 0) -> Iterator[Site]:
    """Serve each site on its own port (`port`, `port + 1`, ...; 0: any free one) in a daemon thread; yield the first.

    Sets each site's `base`. Raises OSError if a port is taken.
    """
    with ExitStack() as stack:
        for number, site in enumerate(sites):
            server = stack.enter_context(_Server((host, port + number if port else 0), site))
            site.base = f"http://{host}:{server.server_address[1]}"
            thread = threading.Thread(target=server.serve_until_stopped, daemon=True)
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.stop)
        yield sites[0]


class _Server(ThreadingHTTPServer):
    """One site's listening socket."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], site: Site) -> None:
        self.site = site
        self.timeout = _TICK_S
        self._stopped, self._closed = threading.Event(), threading.Event()
        self._pause_s = 0.0
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        """Bind without the reverse DNS lookup of the base class, which can take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def serve_until_stopped(self) -> None:
        """Accept connections until `stop` is called."""
        while not self._stopped.is_set():
            if self._pause_s:
                self._pause()
            self.handle_request()

    def stop(self) -> None:
        """End `serve_until_stopped` at its next tick."""
        self._stopped.set()

    def refuse(self, seconds: float) -> None:
        """Refuse connections for that long; return once the port is closed."""
        self._closed.clear()
        self._pause_s = seconds
        self._closed.wait(20 * _TICK_S)

    def shutdown_request(self, request: socket.socket) -> None:  # type: ignore[override]
        """Close a connection; one that a fault marked is reset instead of shut down."""
        if socket_faults.resets_on_close(request):
            self.close_request(request)
        else:
            super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore clients that disconnect; report everything else, because it is a bug here."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def _pause(self) -> None:
        """Keep the port closed for the pause, measured by the site's clock, or by real time if that stands still."""
        seconds, self._pause_s = self._pause_s, 0.0
        clock, end = self.site.clock, time.monotonic() + seconds
        back_at = clock.now() + timedelta(seconds=seconds)
        self.socket.close()
        self._closed.set()
        while clock.now() < back_at and time.monotonic() < end and not self._stopped.is_set():
            self._stopped.wait(_CLOCK_POLL_S)
        while not self._stopped.is_set():
            self.socket = socket.socket(self.address_family, self.socket_type)
            try:
                self.server_bind()
                self.server_activate()
            except OSError:  # another process holds the port for a moment
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
        response = loop_response(path, site.base) or site.respond(self.path, now)
        kind = site.faults.choose(path, role_of(path)) if site.faults and has_body and path not in LOOP else None
        if site.faults and kind in socket_faults.KINDS:
            site.log_request(self.path, self.headers.get("User-Agent", ""), socket_faults.KINDS[kind], kind)
            socket_faults.apply_socket_fault(kind, self, response, site.faults.severity)
            return
        if site.faults and kind:
            response = apply_response_fault(kind, response, Request(path, site.base, now, site.faults.severity))
        self._send(response, kind, has_body)

    def head(self, response: Response, length: int | None) -> None:
        """Send status and headers of a response whose body a socket fault sends."""
        self.send_response_only(200)
        self.send_header("Connection", "close")
        self._headers(response, length)

    def refuse(self, seconds: float) -> None:
        """Make the whole site refuse connections for that long."""
        self.server.refuse(seconds)

    def _send(self, response: Response, kind: str | None, has_body: bool) -> None:
        site = self.server.site
        is_not_modified = is_unchanged(
            response, self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")
        )
        status = 304 if is_not_modified else response.status
        site.log_request(self.path, self.headers.get("User-Agent", ""), status, kind)
        self.send_response_only(status)
        self._headers(response, None if is_not_modified else len(response.body))
        if has_body and not is_not_modified:
            self.wfile.write(response.body)
        self.wfile.flush()

    def _headers(self, response: Response, length: int | None) -> None:
        if all(name != "Date" for name, _ in response.headers):
            self.send_header("Date", format_datetime(self.server.site.clock.now(), usegmt=True))
        self.send_header("Content-Type", response.media_type)
        if length is not None:
            self.send_header("Content-Length", str(length))
        if response.etag and response.modified:
            self.send_header("ETag", response.etag)
            self.send_header("Last-Modified", format_datetime(response.modified, usegmt=True))
        for name, value in response.headers:
            self.send_header(name, value)
        self.end_headers()
