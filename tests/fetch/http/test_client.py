"""The HTTP client: TLS, framing, redirects, connections, and the limits of one exchange."""

from __future__ import annotations

import gzip
import ssl
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from flows.clock import SimulatedClock
from flows.errors import ConfigError, Refused, Transient, Unsafe
from flows.fetch.http.client import Client
from flows.fetch.http.guard import Guard
from tests.fetch.sites import (
    LOOPBACK,
    START,
    drip,
    endless,
    get,
    page,
    running,
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
    with running(server):
        yield f"https://127.0.0.1:{server.server_port}"


def test_tls_is_verified_guarded_and_has_a_deadline():
    with tls_site() as url:
        assert get(f"{url}/", ca_bundle=str(CERTIFICATE)).body == b"private words"
        unknown = get(f"{url}/").problem
        assert isinstance(unknown, Transient)
        assert "certificate" in str(unknown)
        assert isinstance(get(f"{url}/", guard=Guard(), ca_bundle=str(CERTIFICATE)).problem, Unsafe)
        dripped = get(f"{url}/drip", ca_bundle=str(CERTIFICATE), exchange_timeout_s=0.4).problem
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


@pytest.mark.parametrize("head", ["Content-Length: 500\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n19\r\n"])
def test_a_compressed_body_that_is_whole_needs_no_right_length(head: str):
    packed = gzip.compress(b"story", mtime=0)
    assert len(packed) == 0x19

    def respond(handler) -> None:
        start = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n{head}"
        handler.wfile.write(start.encode() + packed)
        handler.close_connection = True

    with serve(story=respond) as site:
        reply = get(f"{site.url}/story")
        assert (reply.problem, reply.body) == (None, b"story")


def test_a_plain_body_that_is_cut_is_a_problem_whatever_coding_is_named():
    def respond(handler) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: 500\r\n\r\n"
        handler.wfile.write(head + b"<p>The first half of a story")
        handler.close_connection = True

    with serve(story=respond) as site:
        reply = get(f"{site.url}/story")
        assert isinstance(reply.problem, Transient)
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


def test_a_location_in_utf8_or_latin1_is_followed():
    def moved(location: bytes):
        def respond(handler) -> None:
            handler.wfile.write(b"HTTP/1.1 301 Moved\r\nLocation: " + location + b"\r\nContent-Length: 0\r\n\r\n")

        return respond

    with serve() as site:
        site.pages["/utf8"], site.pages["/latin1"] = moved("/caf\u00e9".encode()), moved(b"/caf\xe9")
        site.pages["/escaped"] = moved(site.url.replace(":", "%3A", 1).encode() + b"%2Fcaf%C3%A9")
        site.pages["/caf%C3%A9"], site.pages["/caf%E9"] = page("utf-8"), page("latin-1")
        assert get(f"{site.url}/utf8").body == b"utf-8"
        assert get(f"{site.url}/latin1").body == b"latin-1"
        assert get(f"{site.url}/escaped").body == b"utf-8"


def test_userinfo_in_a_redirect_is_dropped_and_a_configured_one_stays_on_its_origin():
    with serve() as site, serve() as other:
        site.pages["/a"] = page("", status=302, Location=f"{site.url.replace('//', '//x:ñ@')}/b")
        site.pages["/b"] = page("", status=302, Location=f"{other.url}/c")
        other.pages["/c"] = page("c")
        assert get(f"{site.url.replace('//', '//user:pw@')}/a").body == b"c"
        assert ["Authorization" in headers for _, headers in site.log + other.log] == [True, True, False]


def test_a_page_that_redirects_to_itself_until_its_cookie_comes_back_is_fetched():
    def walled(handler) -> None:
        if "seen=1" in (handler.headers.get("Cookie") or ""):
            write(handler, 200, {}, b"story")
        else:
            write(handler, 302, {"Location": handler.path, "Set-Cookie": "seen=1; Path=/"}, b"")

    with serve(story=walled) as site:
        reply = get(f"{site.url}/story")
        assert (reply.body, len(reply.hops)) == (b"story", 2)
        assert not any("Cookie" in hop.request_headers for hop in reply.hops)
        get(f"{site.url}/story")
        assert ["Cookie" in headers for _, headers in site.log] == [False, True, False, True]


def test_a_cookie_goes_only_to_the_host_that_set_it():
    with serve() as site, serve() as other:
        site.pages["/a"] = page("", status=302, Location=f"{other.url}/b", Set_Cookie="secret=1")
        other.pages["/b"] = page("b")
        assert get(f"{site.url}/a").body == b"b"
        assert "Cookie" not in other.log[0][1]


def test_a_redirect_loop_with_the_same_cookie_is_detected():
    with serve() as site:
        site.pages["/a"] = page("", status=302, Location="/a", Set_Cookie="seen=1")
        reply = get(f"{site.url}/a")
        assert "loop" in str(reply.problem)
        assert len(reply.hops) == 2


def test_a_long_or_damaged_body_of_a_redirect_is_only_cut():
    def broken(handler) -> None:
        write(handler, 302, {"Location": "/b", "Content-Length": "99"}, b"cut")
        handler.close_connection = True

    with serve(broken=broken) as site:
        site.pages["/long"] = page(b"x" * 200_000, status=302, Location="/b", Content_Encoding="gzip")
        site.pages["/b"] = page("b")
        for path, size in (("/long", 65536), ("/broken", 3)):
            reply = get(f"{site.url}{path}")
            assert (reply.body, len(reply.hops[0].raw)) == (b"b", size)


def test_a_refresh_is_relative_to_the_base_of_the_page():
    with serve() as site:
        site.pages["/a/old"] = page('<base href="/b/"><meta http-equiv="refresh" content="0;url=new">')
        site.pages["/b/new"] = page("new")
        assert get(f"{site.url}/a/old").body == b"new"


REFRESH = '<meta http-equiv="refresh" content="{}"><p>Please wait</p>'


@pytest.mark.parametrize(
    "content", ["0;url=/b", "0; URL='/b'", "3;url=/b", "0;url=&quot;/b&quot; ", ".5 , /b", "0 url = /b"]
)
def test_a_refresh_is_followed_like_a_redirect(content: str):
    with serve() as site:
        site.pages["/a"], site.pages["/b"] = page(REFRESH.format(content)), page("b")
        reply = get(f"{site.url}/a")
        assert (reply.body, [hop.url for hop in reply.hops]) == (b"b", [f"{site.url}/a", f"{site.url}/b"])


@pytest.mark.parametrize(
    "body",
    [
        REFRESH.format("300"), REFRESH.format("300;url=/b"), REFRESH.format("0;url=/a"), REFRESH.format("0;url=file:///b"),
        f"<noscript>{REFRESH.format('0;url=/b')}</noscript>", f"<!-- {REFRESH.format('0;url=/b')} -->",
        f"<script>'{REFRESH.format('0;url=/b')}'</script>", REFRESH.format("soon;url=/b"),
    ],
)  # fmt: skip
def test_another_refresh_is_not_followed(body: str):
    with serve() as site:
        site.pages["/a"] = page(body)
        reply = get(f"{site.url}/a")
        assert (reply.body.decode(), reply.problem) == (body, None)


@pytest.mark.parametrize("value", ["0; url=/b", "1;URL=b", "0, '/b'"])
def test_a_refresh_header_is_followed_like_a_redirect(value: str):
    with serve(b=page("b")) as site:
        site.pages["/a"] = page("", Refresh=value)
        site.pages["/self"] = page("story", Refresh="0; url=/self")
        site.pages["/late"] = page("story", Refresh="300; url=/b")
        assert get(f"{site.url}/a").body == b"b"
        assert [get(f"{site.url}/{name}").body for name in ("self", "late")] == [b"story", b"story"]


def test_a_refresh_is_limited_and_permitted_like_a_redirect():
    with serve() as site:
        for number in range(9):
            site.pages[f"/{number}"] = page(REFRESH.format(f"0;url=/{number + 1}"))
        assert "more than 5 redirects" in str(get(f"{site.url}/0").problem)


def interim(count: int, then: bytes):
    def respond(handler) -> None:
        handler.wfile.write(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n" * count + then)
        handler.close_connection = True

    return respond


def test_interim_responses_are_skipped():
    with serve() as site:
        site.pages["/one"] = interim(1, b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nstory")
        site.pages["/two"] = interim(2, b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")
        site.pages["/all"] = interim(99, b"")
        assert get(f"{site.url}/one").body == b"story"
        assert [hop.status for hop in get(f"{site.url}/two").hops] == [404]
        assert "not an HTTP response" in str(get(f"{site.url}/all").problem)


@pytest.mark.parametrize(
    ("length", "problem"),
    [("\u00b2", None), ("x", None), ("-1", None), ("9" * 5000, Unsafe), ("9" * 19, Unsafe), ("5, 6", Transient)],
)
def test_an_odd_content_length_has_an_outcome(length: str, problem: type | None):
    def respond(handler) -> None:
        handler.wfile.write(f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\nstory".encode("latin-1"))
        handler.close_connection = True

    with serve(odd=respond) as site:
        reply = get(f"{site.url}/odd")
    assert isinstance(reply.problem, problem) if problem else reply.body == b"story"


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"])
def test_a_bundle_of_the_environment_is_trusted(monkeypatch, variable: str):
    monkeypatch.setenv(variable, str(CERTIFICATE))
    with tls_site() as url:
        assert get(f"{url}/").body == b"private words"


def test_the_message_about_a_certificate_says_where_to_name_an_authority():
    with tls_site() as url:
        problem = str(get(f"{url}/").problem)
    assert "no answer from 127.0.0.1:" in problem
    assert "ca_bundle in [network]" in problem
    assert "SSL_CERT_FILE" in problem


@pytest.mark.parametrize("name", ["missing.pem", "test_client.py"])
def test_a_bundle_without_certificates_raises_config_error(name: str):
    with pytest.raises(ConfigError, match=name):
        Client(settings(str(Path(__file__).with_name(name))), Guard(LOOPBACK), SimulatedClock(START))


def test_problems_contain_no_secrets():
    reply = get("http://user:hunter2@127.0.0.9/x?token=s3cret", Guard(LOOPBACK))
    assert "hunter2" not in str(reply.problem)
    assert "s3cret" not in str(reply.problem)
