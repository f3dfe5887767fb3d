"""The HTTP client: TLS, framing, redirects, connections, and the limits of one exchange."""

from __future__ import annotations

import ssl
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from flows.clock import SimulatedClock
from flows.errors import Refused, Transient, Unsafe
from flows.fetch.http.client import Client
from flows.fetch.http.guard import Guard
from tests.fetch.sites import (
    LOOPBACK,
    START,
    drip,
    endless,
    get,
    page,
    serve,
    settings,
    write,
)

MEBI = 1024 * 1024
CERTIFICATE = Path(__file__).with_name("loopback.pem")  # for 127.0.0.1, made for these tests only


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


def test_tls_is_verified_guarded_and_has_a_deadline():
    with tls_site() as url:
        assert get(f"{url}/", verify=str(CERTIFICATE)).body == b"private words"
        unknown = get(f"{url}/").problem
        assert isinstance(unknown, Transient)
        assert "certificate" in str(unknown)
        assert isinstance(get(f"{url}/", guard=Guard(), verify=str(CERTIFICATE)).problem, Unsafe)
        dripped = get(f"{url}/drip", verify=str(CERTIFICATE), exchange_timeout_s=0.4).problem
        assert "not finished after" in str(dripped)


def chunked(*chunks: bytes, end: bytes = b"0\r\n\r\n"):
    def respond(handler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + end)
        handler.close_connection = True

    return respond


def test_chunks_are_joined_and_a_missing_end_is_reported():
    with serve(complete=chunked(b"one ", b"two"), cut=chunked(b"one ", end=b"")) as site:
        assert get(f"{site.url}/complete").body == b"one two"
        reply = get(f"{site.url}/cut")
        assert isinstance(reply.problem, Transient)
        assert reply.hops[0].raw == b"one "
        assert reply.hops[0].truncated == "disconnect"


def test_a_closed_port_is_a_transient_problem_with_a_clear_message():
    with serve() as site:
        url = site.url
    assert "connection refused" in str(get(f"{url}/").problem)


def test_a_server_that_does_not_respond_times_out():
    with serve(silent=lambda handler: time.sleep(1.5)) as site:
        problem = get(f"{site.url}/silent", read_timeout_s=0.2).problem
    assert isinstance(problem, Transient)
    assert "read timed out" in str(problem)


def test_redirects_are_limited_and_loops_are_detected():
    with serve() as site:
        for number in range(8):
            site.pages[f"/{number}"] = page("", status=302, Location=f"/{number + 1}")
        site.pages["/loop"] = page("", status=302, Location="/back")
        site.pages["/back"] = page("", status=302, Location="/loop")
        assert "more than 5 redirects" in str(get(f"{site.url}/0").problem)
        assert "loop" in str(get(f"{site.url}/loop").problem)
        assert len(get(f"{site.url}/loop").hops) == 2


def test_a_proxy_in_the_environment_is_ignored(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with serve() as site:
        site.pages["/"] = page("direct")
        assert get(f"{site.url}/").body == b"direct"


def test_permit_is_called_for_each_hop():
    with serve() as site:
        site.pages["/a"] = page("", status=302, Location="/b")
        permitted: list[str] = []

        def permit(url: str) -> None:
            permitted.append(url.removeprefix(site.url))
            if url.endswith("/b"):
                raise Refused("no")

        client = Client(settings(), Guard(LOOPBACK), SimulatedClock(START))
        reply = client.get(f"{site.url}/a", {}, permit)
        client.close()
        assert permitted == ["/a", "/b"]
        assert isinstance(reply.problem, Refused)
        assert site.requests("/b") == 0


def test_a_declared_and_an_actual_length_above_the_limit_are_refused():
    with serve() as site:
        site.pages["/declared"] = lambda handler: write(handler, 200, {"Content-Length": str(10**12)}, b"x")
        site.pages["/endless"] = endless
        assert "Content-Length is" in str(get(f"{site.url}/declared", max_body_bytes=MEBI).problem)
        reply = get(f"{site.url}/endless", max_body_bytes=MEBI)
        assert "longer than" in str(reply.problem)
        assert reply.hops[0].truncated == "length"


def test_headers_above_the_limit_are_refused():
    with serve() as site:
        site.pages["/"] = page("x", **{f"X_{number}": "y" * 1000 for number in range(80)})
        assert "of headers" in str(get(f"{site.url}/").problem)


def test_a_slow_body_and_slow_headers_reach_the_deadline():
    def header_drip(handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while True:
            handler.wfile.write(b"y")
            time.sleep(0.05)

    with serve() as site:
        site.pages["/body"], site.pages["/headers"] = drip, header_drip
        for path in ("/body", "/headers"):
            reply = get(f"{site.url}{path}", exchange_timeout_s=0.4)
            assert reply.problem is not None
            assert "not finished after" in str(reply.problem)


def test_a_connection_is_reused_and_dropped_after_a_bad_response():
    seen: list[object] = []

    def plain(handler) -> None:
        seen.append(handler.client_address)
        write(handler, 200, {}, b"ok")

    with serve() as site:
        site.pages["/ok"], site.pages["/long"] = (
            plain,
            lambda handler: write(handler, 200, {"Content-Length": "9"}, b"x" * 99),
        )
        client = Client(settings(), Guard(LOOPBACK), SimulatedClock(START))
        for path in ("/ok", "/ok", "/long", "/ok"):
            client.get(f"{site.url}{path}", {}, lambda _: None)
        last = client.get(f"{site.url}/ok", {}, lambda _: None)
        client.close()
        assert seen[0] == seen[1]
        assert last.body == b"ok"


def test_problems_contain_no_secrets():
    reply = get("http://user:hunter2@127.0.0.9/x?token=s3cret", Guard(LOOPBACK))
    assert "hunter2" not in str(reply.problem)
    assert "s3cret" not in str(reply.problem)
