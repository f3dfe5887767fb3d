"""Heads of responses that http.client reads strictly: malformed lines are skipped, and all others count."""

from __future__ import annotations

import pytest

from flows.errors import Transient
from tests.fetch.sites import get, serve

LAST = b"Content-Type: text/html\r\nX-Last: yes\r\nContent-Length: 5\r\n\r\nstory"


def answer(data: bytes):
    def respond(handler) -> None:
        handler.wfile.write(data)

    return respond


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nno colon here\r\n", b"HTTP/1.1 200 OK\r\nX-\xc3\xa9: odd\r\n",
        b"HTTP/1.1 200 OK\r\n: none\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n folded\r\n", b"HTTP/1.1 200 OK\r\n<p>Notice: x</p>\r\n",
        b"HTTP/1.1 200 OK\r\nX-Folded: a\r\n b\r\n", b"HTTP/1.1 200 OK\n", b"\r\n\r\nHTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 103 Early Hints\r\nno colon\r\n\r\nHTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % number for number in range(500)),
    ],
)  # fmt: skip
def test_a_malformed_line_does_not_end_the_head(head: bytes):
    with serve(odd=answer(head + LAST)) as site:
        reply = get(f"{site.url}/odd")
        assert reply.last is not None
        assert (reply.body, reply.last.header("x-last")) == (b"story", "yes")
        assert get(f"{site.url}/odd").body == b"story"


def test_a_blank_before_the_colon_does_not_hide_a_header():
    with serve(odd=answer(b"HTTP/1.1 200 OK\r\nContent-Length : 5\r\nContent-Type\t: text/html\r\n\r\nstory")) as site:
        reply = get(f"{site.url}/odd")
        assert reply.last is not None
        assert (reply.body, reply.last.header("content-type")) == (b"story", "text/html")


@pytest.mark.parametrize("line", [b"X: " + b"y" * 70_000 + b"\r\n", b"words\r\n" * 200_000, b"X: y\r\n" * 3000])
def test_an_endless_head_is_a_problem(line: bytes):
    with serve(odd=answer(b"HTTP/1.1 200 OK\r\n" + line + LAST)) as site:
        assert isinstance(get(f"{site.url}/odd").problem, Transient)
