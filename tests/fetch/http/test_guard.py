"""The guard: which URLs and addresses may be connected to."""

from __future__ import annotations

import socket

import pytest

from flows.clock import SimulatedClock
from flows.data_layout import Layout
from flows.errors import Unsafe
from flows.fetch.http.guard import Guard
from flows.fetch.run import run_source
from tests.fetch.sites import (
    START,
    get,
    page,
    rss,
    serve,
    settings,
    source_at,
)


class Recorder:
    """A connector that records the addresses and connects to none."""

    def __init__(self) -> None:
        self.addresses: list[str] = []

    def __call__(self, address: str, port: int, timeout_s: float) -> socket.socket:
        self.addresses.append(address)
        raise ConnectionRefusedError("recorded")


PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::", "2001:db8::1",
    "::127.0.0.1", "fec0::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_with_a_private_address_is_never_connected_to(address: str):
    recorder = Recorder()
    reply = get("http://news.example.org/", Guard((), lambda host, port: [address]), recorder)
    assert isinstance(reply.problem, Unsafe)
    assert recorder.addresses == []


@pytest.mark.parametrize("address", PRIVATE)
def test_a_literal_private_address_is_refused_before_any_request(address: str):
    host = f"[{address}]" if ":" in address else address
    recorder = Recorder()
    reply = get(f"http://{host}/", Guard(), recorder)
    assert isinstance(reply.problem, Unsafe)
    assert (recorder.addresses, reply.requests) == ([], 0)


@pytest.mark.parametrize("host", ["0x7f.1", "2130706433", "017700000001", "127.1"])
def test_alternative_notations_of_loopback_are_refused(host: str):
    recorder = Recorder()
    assert isinstance(get(f"http://{host}/", Guard(), recorder).problem, Unsafe)
    assert recorder.addresses == []


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "64:ff9b::5db8:d822"])
def test_the_checked_public_address_is_connected_to(address: str):
    recorder = Recorder()
    get("http://news.example.org/", Guard((), lambda host, port: [address]), recorder)
    assert recorder.addresses == [address]


def test_one_private_address_among_public_ones_refuses_the_host():
    recorder = Recorder()
    guard = Guard((), lambda host, port: ["93.184.216.34", "127.0.0.1"])
    assert isinstance(get("http://news.example.org/", guard, recorder).problem, Unsafe)
    assert recorder.addresses == []


def test_a_name_is_resolved_and_checked_for_each_connection():
    responses = iter([["93.184.216.34"], ["127.0.0.1"]])
    recorder, resolved = Recorder(), []

    def resolve(host: str, port: int) -> list[str]:
        resolved.append(host)
        return next(responses)

    guard = Guard((), resolve)
    get("http://news.example.org/", guard, recorder)
    assert isinstance(get("http://news.example.org/", guard, recorder).problem, Unsafe)
    assert (recorder.addresses, len(resolved)) == (["93.184.216.34"], 2)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://h/", "gopher://h/", "http://", "http://[::1"])
def test_only_http_urls_with_a_host_are_requested(url: str):
    assert isinstance(get(url, Guard(), Recorder()).problem, Unsafe)


def test_an_allowed_network_is_exempt_and_its_neighbor_is_not():
    with serve() as site:
        site.pages["/"] = page("hello")
        assert get(f"{site.url}/").body == b"hello"
        other = site.url.replace("127.0.0.1", "127.0.0.2")
        assert isinstance(get(other).problem, Unsafe)


@pytest.mark.parametrize(
    "target", ["http://127.0.0.2:{port}/x", "file:///etc/passwd", "//127.0.0.2:{port}/", "ftp://h/"]
)
def test_redirect_targets_are_checked(target: str):
    with serve("127.0.0.2") as inside, serve() as site:
        port = inside.url.rpartition(":")[2]
        site.pages["/a"] = page("", status=302, Location=target.format(port=port))
        reply = get(f"{site.url}/a")
        assert isinstance(reply.problem, Unsafe)
        assert inside.log == []


def test_private_addresses_in_feeds_and_sitemaps_are_not_requested(tmp_path):
    with serve("127.0.0.2") as inside, serve() as site:
        sitemap = f"<urlset><url><loc>{inside.url}/news/story-100002.html</loc></url></urlset>"
        site.pages["/feed"] = rss(f"{inside.url}/news/story-100001.html", "file:///etc/passwd")
        site.pages["/map.xml"] = page(sitemap, "application/xml")
        site.pages["/moved.xml"] = page("", status=302, Location=f"{inside.url}/feed")
        source = source_at(
            site, sitemaps=(f"{site.url}/map.xml", f"{site.url}/moved.xml"), domains=("127.0.0.2",),
        )  # fmt: skip
        report = run_source(source, settings(), Layout(tmp_path), {}, SimulatedClock(START))
        assert inside.log == []
        assert report.unsafe == 3
