"""The guard: where connections may go, and what one exchange may cost."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from datetime import UTC, datetime

import brotli
import pytest
import zstandard

from flows.clock import SimulatedClock
from flows.errors import Refused, Unsafe
from flows.fetch.http.client import Client
from flows.fetch.http.guard import Guard
from flows.fetch.run import run_source
from flows.settings import Layout
from tests.fetch.sites import drip, endless, page, rss, serve, settings, source_at, write

START = datetime(2026, 1, 5, 12, tzinfo=UTC)
MEBI = 1024 * 1024


class Recorder:
    """A connector that notes where it was sent and goes nowhere."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, address: str, port: int, timeout_s: float) -> socket.socket:
        self.asked.append(address)
        raise ConnectionRefusedError("recorded")


def get(url: str, guard: Guard, connect=None, **limits: float):
    client = Client(settings(**limits), guard, SimulatedClock(START), connect=connect)
    try:
        return client.get(url, {}, lambda _: None)
    finally:
        client.close()


PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::", "2001:db8::1",
    "::127.0.0.1", "fec0::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_points_inside_is_never_connected_to(address: str):
    recorder = Recorder()
    reply = get("http://news.example.org/", Guard((), lambda host, port: [address]), recorder)
    assert isinstance(reply.problem, Unsafe)
    assert recorder.asked == []


@pytest.mark.parametrize("address", PRIVATE)
def test_a_literal_address_is_refused_before_anything_is_sent(address: str):
    host = f"[{address}]" if ":" in address else address
    recorder = Recorder()
    reply = get(f"http://{host}/", Guard(), recorder)
    assert isinstance(reply.problem, Unsafe)
    assert (recorder.asked, reply.requests) == ([], 0)


@pytest.mark.parametrize("host", ["0x7f.1", "2130706433", "017700000001", "127.1"])
def test_loose_spellings_of_loopback_are_seen_through(host: str):
    recorder = Recorder()
    assert isinstance(get(f"http://{host}/", Guard(), recorder).problem, Unsafe)
    assert recorder.asked == []


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "64:ff9b::5db8:d822"])
def test_a_public_address_is_connected_to_as_checked(address: str):
    recorder = Recorder()
    get("http://news.example.org/", Guard((), lambda host, port: [address]), recorder)
    assert recorder.asked == [address]


def test_one_private_address_among_public_ones_refuses_the_host():
    recorder = Recorder()
    guard = Guard((), lambda host, port: ["93.184.216.34", "127.0.0.1"])
    assert isinstance(get("http://news.example.org/", guard, recorder).problem, Unsafe)
    assert recorder.asked == []


def test_a_name_that_changes_its_mind_is_judged_at_each_connection():
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    recorder, looked_up = Recorder(), []

    def resolve(host: str, port: int) -> list[str]:
        looked_up.append(host)
        return next(answers)

    guard = Guard((), resolve)
    get("http://news.example.org/", guard, recorder)
    assert isinstance(get("http://news.example.org/", guard, recorder).problem, Unsafe)
    assert (recorder.asked, len(looked_up)) == (["93.184.216.34"], 2)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://h/", "gopher://h/", "http://", "http://[::1"])
def test_only_http_with_a_host(url: str):
    assert isinstance(get(url, Guard(), Recorder()).problem, Unsafe)


def test_an_allowed_network_is_exempt_and_its_neighbour_is_not():
    with serve() as site:
        site.pages["/"] = page("hello")
        assert get(f"{site.url}/", Guard(["127.0.0.1/32"])).body == b"hello"
        other = site.url.replace("127.0.0.1", "127.0.0.2")
        assert isinstance(get(other, Guard(["127.0.0.1/32"])).problem, Unsafe)


@pytest.mark.parametrize(
    "target", ["http://127.0.0.2:{port}/x", "file:///etc/passwd", "//127.0.0.2:{port}/", "ftp://h/"]
)
def test_a_redirect_is_judged_like_any_url(target: str):
    with serve("127.0.0.2") as inside, serve() as site:
        port = inside.url.rpartition(":")[2]
        site.pages["/a"] = page("", status=302, Location=target.format(port=port))
        reply = get(f"{site.url}/a", Guard(["127.0.0.1/32"]))
        assert isinstance(reply.problem, Unsafe)
        assert inside.log == []


def test_redirects_are_counted_and_loops_are_found():
    with serve() as site:
        for number in range(8):
            site.pages[f"/{number}"] = page("", status=302, Location=f"/{number + 1}")
        site.pages["/loop"] = page("", status=302, Location="/back")
        site.pages["/back"] = page("", status=302, Location="/loop")
        guard = Guard(["127.0.0.1/32"])
        assert "more than 5 redirects" in str(get(f"{site.url}/0", guard).problem)
        assert "loop" in str(get(f"{site.url}/loop", guard).problem)
        assert len(get(f"{site.url}/loop", guard).hops) == 2


def test_feed_links_and_sitemap_entries_pointing_inside_are_not_followed(tmp_path):
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


def test_the_environment_names_no_proxy(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with serve() as site:
        site.pages["/"] = page("direct")
        assert get(f"{site.url}/", Guard(["127.0.0.1/32"])).body == b"direct"


def test_permission_is_asked_for_each_hop():
    with serve() as site:
        site.pages["/a"] = page("", status=302, Location="/b")
        asked: list[str] = []

        def permit(url: str) -> None:
            asked.append(url.removeprefix(site.url))
            if url.endswith("/b"):
                raise Refused("no")

        client = Client(settings(), Guard(["127.0.0.1/32"]), SimulatedClock(START))
        reply = client.get(f"{site.url}/a", {}, permit)
        client.close()
        assert asked == ["/a", "/b"]
        assert isinstance(reply.problem, Refused)
        assert site.asked("/b") == 0


# -- what one exchange may cost ---------------------------------------------------------------------------------------


def zstd_bomb(size: int) -> bytes:
    return zstandard.ZstdCompressor(level=3).compress(bytes(size))


BOMBS = {
    "gzip": lambda size: gzip.compress(bytes(size)),
    "deflate": lambda size: zlib.compress(bytes(size)),
    "br": lambda size: brotli.compress(bytes(size), quality=5),
    "zstd": zstd_bomb,
}


@pytest.mark.parametrize("coding", BOMBS)
def test_a_bomb_is_stopped_while_it_unpacks(coding: str):
    with serve() as site:
        site.pages["/"] = page(BOMBS[coding](64 * MEBI), Content_Encoding=coding)
        reply = get(f"{site.url}/", Guard(["127.0.0.1/32"]), max_decoded_bytes=MEBI)
        assert "when unpacked" in str(reply.problem)
        assert reply.body == b""


def test_a_bomb_within_a_bomb():
    with serve() as site:
        twice = gzip.compress(gzip.compress(bytes(64 * MEBI)))
        site.pages["/"] = page(twice, Content_Encoding="gzip, gzip")
        site.pages["/four"] = page(b"x", Content_Encoding="gzip, gzip, gzip, gzip")
        guard = Guard(["127.0.0.1/32"])
        assert isinstance(get(f"{site.url}/", guard, max_decoded_bytes=MEBI).problem, Unsafe)
        assert isinstance(get(f"{site.url}/four", guard).problem, Unsafe)


@pytest.mark.parametrize("coding", BOMBS)
def test_every_coding_is_undone(coding: str):
    with serve() as site:
        site.pages["/"] = page(BOMBS[coding](300_000), Content_Encoding=coding)
        assert get(f"{site.url}/", Guard(["127.0.0.1/32"])).body == bytes(300_000)


@pytest.mark.parametrize("coding", BOMBS)
def test_a_coding_cut_short_is_told(coding: str):
    with serve() as site:
        whole = BOMBS[coding](300_000)
        site.pages["/"] = page(whole[: len(whole) // 2], Content_Encoding=coding)
        assert "ends early" in str(get(f"{site.url}/", Guard(["127.0.0.1/32"])).problem)


def test_raw_deflate_too():
    with serve() as site:
        packer = zlib.compressobj(wbits=-15)
        site.pages["/"] = page(packer.compress(b"plain " * 99) + packer.flush(), Content_Encoding="deflate")
        assert get(f"{site.url}/", Guard(["127.0.0.1/32"])).body == b"plain " * 99


def test_a_declared_and_a_real_length_over_the_limit():
    with serve() as site:
        site.pages["/declared"] = lambda handler: write(handler, 200, {"Content-Length": str(10**12)}, b"x")
        site.pages["/endless"] = endless
        guard = Guard(["127.0.0.1/32"])
        assert "declared" in str(get(f"{site.url}/declared", guard, max_body_bytes=MEBI).problem)
        reply = get(f"{site.url}/endless", guard, max_body_bytes=MEBI)
        assert "longer than" in str(reply.problem)
        assert reply.hops[0].truncated == "length"


def test_headers_over_the_limit():
    with serve() as site:
        site.pages["/"] = page("x", **{f"X_{number}": "y" * 1000 for number in range(80)})
        assert "of headers" in str(get(f"{site.url}/", Guard(["127.0.0.1/32"])).problem)


def test_a_slow_drip_runs_out_of_time_in_the_body_and_in_the_headers():
    def header_drip(handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while True:
            handler.wfile.write(b"y")
            time.sleep(0.05)

    with serve() as site:
        site.pages["/body"], site.pages["/headers"] = drip, header_drip
        for path in ("/body", "/headers"):
            reply = get(f"{site.url}{path}", Guard(["127.0.0.1/32"]), exchange_timeout_s=0.4)
            assert reply.problem is not None
            assert "not done after" in str(reply.problem)


def test_a_connection_serves_many_exchanges_and_is_dropped_after_a_bad_one():
    seen: list[object] = []

    def plain(handler) -> None:
        seen.append(handler.client_address)
        write(handler, 200, {}, b"ok")

    with serve() as site:
        site.pages["/ok"], site.pages["/long"] = (
            plain,
            lambda handler: write(handler, 200, {"Content-Length": "9"}, b"x" * 99),
        )
        client = Client(settings(), Guard(["127.0.0.1/32"]), SimulatedClock(START))
        for path in ("/ok", "/ok", "/long", "/ok"):
            client.get(f"{site.url}{path}", {}, lambda _: None)
        last = client.get(f"{site.url}/ok", {}, lambda _: None)
        client.close()
        assert seen[0] == seen[1]
        assert last.body == b"ok"


def test_secrets_stay_out_of_problems():
    reply = get("http://user:hunter2@127.0.0.9/x?token=s3cret", Guard(["127.0.0.1/32"]))
    assert "hunter2" not in str(reply.problem)
    assert "s3cret" not in str(reply.problem)
