"""The wire itself: TLS, framing, and one connection at a time."""

from __future__ import annotations

import gzip
import ssl
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from flows.clock import SimulatedClock
from flows.errors import Transient, Unsafe
from flows.fetch.http.client import Client
from flows.fetch.http.guard import Guard
from tests.fetch.sites import serve, settings, write

CERTIFICATE = Path(__file__).with_name("loopback.pem")  # for 127.0.0.1, made for these tests, worth nothing elsewhere
CLOCK = SimulatedClock(datetime(2026, 1, 5, 12, tzinfo=UTC))


def get(url: str, *, verify: bool | str = True, allowed: tuple[str, ...] = ("127.0.0.1/32",), **limits: float):
    client = Client(settings(**limits), Guard(allowed), CLOCK, verify=verify)
    try:
        return client.get(url, {}, lambda _: None)
    finally:
        client.close()


@contextmanager
def tls_site():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/drip":
                self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
                for _ in range(200):
                    self.wfile.write(b"x")
                    time.sleep(0.05)
            else:
                write(self, 200, {"Content-Type": "text/plain"}, b"private words")

        def log_message(self, *_: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            return  # a client that refuses the certificate hangs up

    server = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield f"https://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_tls_is_verified_guarded_and_timed():
    with tls_site() as url:
        assert get(f"{url}/", verify=str(CERTIFICATE)).body == b"private words"
        unknown = get(f"{url}/").problem
        assert isinstance(unknown, Transient)
        assert "certificate" in str(unknown)
        assert isinstance(get(f"{url}/", verify=str(CERTIFICATE), allowed=()).problem, Unsafe)
        dripped = get(f"{url}/drip", verify=str(CERTIFICATE), exchange_timeout_s=0.4).problem
        assert "not done after" in str(dripped)


def chunked(*chunks: bytes, end: bytes = b"0\r\n\r\n"):
    def answer(handler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + end)
        handler.close_connection = True

    return answer


def test_chunks_are_joined_and_a_missing_end_is_told():
    with serve(whole=chunked(b"one ", b"two"), cut=chunked(b"one ", end=b"")) as site:
        assert get(f"{site.url}/whole").body == b"one two"
        reply = get(f"{site.url}/cut")
        assert isinstance(reply.problem, Transient)
        assert reply.hops[0].raw == b"one "
        assert reply.hops[0].truncated == "disconnect"


@pytest.mark.parametrize("header", ["gzip, identity", "GZIP"])
def test_codings_are_read_loosely(header: str):
    with serve() as site:
        site.pages["/"] = (200, {"Content-Encoding": header}, gzip.compress(b"words"))
        assert get(f"{site.url}/").body == b"words"


def test_a_closed_port_is_a_transient_problem_in_plain_words():
    with serve() as site:
        url = site.url
    assert "connection refused" in str(get(f"{url}/").problem)


def test_silence_is_bounded_too():
    with serve(silent=lambda handler: time.sleep(1.5)) as site:
        problem = get(f"{site.url}/silent", read_timeout_s=0.2).problem
    assert isinstance(problem, Transient)
    assert "no bytes in time" in str(problem)
