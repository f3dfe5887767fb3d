"""Any bytes as the answer of a server: no exception escapes, every answer has an outcome, the bounds hold."""

# ruff: noqa: E501 - lists of odd input
from __future__ import annotations

import gzip
import socket
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.fetch.outcome import classify, robots_tags
from flows.model import Outcome
from tests.fetch.sites import get

EVERYDAY, LONG = 40, 1500
LIMIT = 20_000

STATUS_LINES = [
    b"HTTP/1.1 200 OK", b"HTTP/1.0 200", b"HTTP/1.1 200", b"HTTP/2 200 OK", b"HTTP/1.1 999 x", b"HTTP/1.1 099 x",
    b"HTTP/1.1 20 OK", b"HTTP/1.1 -1 x", b"HTTP/1.1 \xb2\xb2\xb2 x", b"HTTP/9.9 200 OK", b"ICY 200 OK", b"", b"\0\0",
    b"200 OK", b"HTTP/1.1 204 No", b"HTTP/1.1 205 x", b"HTTP/1.1 206 x", b"HTTP/1.1 304 x", b"HTTP/1.1 404 x",
    b"HTTP/1.1 301 x", b"HTTP/1.1 302 x", b"HTTP/1.1 503 x", b"HTTP/1.1 429 x", b"HTTP/1.1 451 x", b"HTTP/1.1 100 x",
    b"HTTP/1.1 103 x\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK", b"HTTP/1.1 101 x", b"<html>", b"HTTP/1.1 200 " + b"x" * 70_000,
]  # fmt: skip
HEADERS = [
    b"Content-Type: text/html", b"Content-Type: text/html; charset=\xff", b"Content-Type:", b"Content-Type: ;;;=",
    b"Content-Length: 0", b"Content-Length: 5", b"Content-Length: -5", b"Content-Length: \xb2", b"Content-Length: 5, 5",
    b"Content-Length: " + b"9" * 5000, b"Content-Length: 0x5", b"Content-Length: 15000", b"Content-Length: 99999",
    b"Transfer-Encoding: chunked", b"Transfer-Encoding: gzip, chunked", b"Transfer-Encoding: odd",
    b"Content-Encoding: gzip", b"Content-Encoding: deflate", b"Content-Encoding: br", b"Content-Encoding: zstd",
    b"Content-Encoding: none", b"Content-Encoding: gzip, gzip, br", b"Content-Encoding: x,,,y", b"Connection: close",
    b"Connection: keep-alive", b"Location: /next", b"Location: //[", b"Location: http://\xe9.test/", b"Location:",
    b"Location: javascript:x", b"Set-Cookie: a=b", b"Set-Cookie: \xff=; Path=/\0; Max-Age=x", b"Set-Cookie: ;;;",
    b"Retry-After: soon", b"Retry-After: -1", b"Retry-After: " + b"9" * 400, b"ETag: \xe9\"", b"Last-Modified: 0",
    b"X-Robots-Tag: noarchive: x: y,,", b"no colon here", b": no name", b" folded: x", b"A\0B: c", b"X: " + b"y" * 70_000,
    b"Refresh: 0; url=/x", b"Date: never", b"Date: Thu, 32 Foo 99999 99:99:99 GMT",
]  # fmt: skip
BODIES = [
    b"", b"<p>hello", b"5\r\nhello\r\n0\r\n\r\n", b"5\r\nhel", b"zz\r\nhello\r\n0\r\n\r\n", b"ffffffffff\r\nx", b"-5\r\nhello",
    b"5;ext=\"\r\nhello\r\n0\r\nTrailer: x\r\n\r\n", gzip.compress(b"<p>hello" * 50), gzip.compress(b"<p>hello")[:-6],
    gzip.compress(b"x" * 2_000_000), zlib.compress(b"<p>hello"), zlib.compress(b"<p>hello")[2:-4], b"\x1f\x8b",
    b"\x28\xb5\x2f\xfd\x00", b"\xff" * 300, b"\0" * 300, b"<p>" + b"x" * 30_000,
    b"<meta http-equiv=refresh content='0; url=/again'>", b"<meta http-equiv=refresh content='0;url=//['>",
    b"<meta name=robots content='\xff,noindex'>", b"HTTP/1.1 200 OK\r\n\r\nsecond",
]  # fmt: skip
ENDS = [b"\r\n", b"\n", b"\r", b"\r\n\r\n", b""]


@st.composite
def answers(draw: st.DrawFn) -> bytes:
    """What a server sends before it closes the connection."""
    end = draw(st.sampled_from([b"\r\n", b"\r\n", b"\r\n", *ENDS]))
    lines = [
        draw(st.one_of(st.sampled_from(STATUS_LINES[:5]), st.sampled_from(STATUS_LINES), st.binary(max_size=30))),
        *draw(st.lists(st.one_of(st.sampled_from(HEADERS), st.binary(max_size=40)), max_size=5)),
    ]
    body = draw(st.one_of(st.sampled_from(BODIES), st.binary(max_size=200)))
    return b"".join(line + end for line in lines) + end + body


class Server:
    """Sends `answer` to every connection once a request has come, and closes it."""

    def __init__(self, listener: socket.socket) -> None:
        self.url = "http://127.0.0.1:{1}/story".format(*listener.getsockname())
        self.answer = b""
        self._listener = listener

    def run(self) -> None:
        """Serve until the listener is closed."""
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                try:
                    connection.recv(65536)
                    connection.sendall(self.answer)
                except OSError:
                    continue


@contextmanager
def serving() -> Iterator[Server]:
    """A server on loopback."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(listener)
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            yield server
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def check(server: Server, answer: bytes) -> None:
    """One GET that is answered so."""
    server.answer = answer
    reply = get(server.url, max_body_bytes=LIMIT, max_decoded_bytes=LIMIT)
    assert reply.problem is not None or reply.last is not None
    assert len(reply.body) <= LIMIT
    assert all(len(hop.raw) <= 64 * 1024 for hop in reply.hops)
    for purpose in ("article", "feed", "robots", "closings"):
        outcome, reason = classify(purpose, reply, None, conditional=False)
        assert outcome in get_args(Outcome)
        assert reason or outcome in ("new", "changed")
        if reply.last and outcome == "new":
            robots_tags(reply.last, reply.body, "text/html", "newsvane")


@pytest.mark.parametrize("count", [EVERYDAY, pytest.param(LONG, marks=pytest.mark.long)])
def test_any_answer_has_an_outcome(count: int) -> None:
    with serving() as server:

        @settings(max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(answers())
        def any_answer(answer: bytes) -> None:
            check(server, answer)

        any_answer()
