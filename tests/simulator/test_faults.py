"""Each fault does what its name says, is chosen deterministically, and ends."""

from __future__ import annotations

import gzip
import http.client
import re
import socket
import time
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import pytest

from flows.clock import SimulatedClock
from flows.simulator.faults import BY_ROLE, KINDS, Faults, Severity
from flows.simulator.serving import serve
from flows.simulator.site import Site
from flows.simulator.socket_faults import bomb
from flows.simulator.world import World

NOW = datetime(2018, 12, 20, 18, 30, tzinfo=UTC)
QUICK = Severity(
    hang_s=0.3, drip_pause_s=0.01, refuse_s=0.3, bomb_bytes=64 << 20, endless_bytes=1 << 22, sitemap_urls=2000
)
MEBI = 1 << 20


@contextmanager
def faulty_site(kind: str | None, **options: object) -> Iterator[Site]:
    """A site that applies one kind of fault to two of three requests on every path."""
    rates = {kind: 1.0} if kind else {}
    with serve(Site(World(5), SimulatedClock(NOW), Faults(rates=rates, severity=QUICK, **options))) as site:
        yield site


def get(site: Site, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    with closing(http.client.HTTPConnection(urlsplit(site.base).netloc, timeout=5)) as connection:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response.status, response.headers, response.read()


def newest_path() -> str:
    return World(5).latest(NOW, 1)[0].path


def body_without_faults(path: str) -> bytes:
    with faulty_site(None) as site:
        return get(site, path)[2]


# -- choosing a fault ----------------------------------------------------------------------------------------


def test_faults_depend_on_the_seed_not_on_the_order_of_paths() -> None:
    paths = [f"/content/news/x-{number}.html" for number in range(300)]
    one, other, third = Faults(5, 0.3), Faults(5, 0.3), Faults(6, 0.3)
    chosen = {path: [one.choose(path, "article") for _ in range(4)] for path in paths}
    assert {path: [other.choose(path, "article") for _ in range(4)] for path in reversed(paths)} == chosen
    assert {path: [third.choose(path, "article") for _ in range(4)] for path in paths} != chosen
    assert 0.2 < sum(one.counts.values()) / 1200 < 0.35


def test_at_most_two_faults_in_a_row_and_at_most_bound_in_all() -> None:
    faults = Faults(rates={"reset": 1.0}, bound=5)
    is_faulted = [faults.choose("/a", "article") is not None for _ in range(12)]
    assert is_faulted == [True, True, False, True, True, False, True, False, False, False, False, False]


def test_every_kind_has_a_role_and_an_unknown_kind_is_an_error() -> None:
    assert {kind for kinds in BY_ROLE.values() for kind in kinds} == set(KINDS)
    with pytest.raises(ValueError, match="unknown fault 'rest'"):
        Faults(rates={"rest": 0.1})


# -- the connection ---------------------------------------------------------------------------------------------------


def test_a_refusal_resets_the_connection_and_closes_the_port_for_a_while() -> None:
    with faulty_site("refused") as site:
        with pytest.raises((ConnectionResetError, http.client.RemoteDisconnected)):
            get(site, "/")
        with pytest.raises(ConnectionRefusedError):
            get(site, "/")
        until = time.monotonic() + 5
        while time.monotonic() < until:
            try:
                assert get(site, "/closings.html")[0] in (200, 0)
                break
            except OSError:
                time.sleep(0.02)


def test_a_refusal_ends_by_the_sites_own_clock() -> None:
    with faulty_site("refused") as site:
        site.faults.severity = Severity(refuse_s=3600)
        with pytest.raises((ConnectionResetError, http.client.RemoteDisconnected)):
            get(site, "/")
        site.clock.sleep(3601)
        until = time.monotonic() + 5
        while time.monotonic() < until:
            with closing(socket.socket()) as probe:
                if probe.connect_ex(("127.0.0.1", urlsplit(site.base).port)) == 0:
                    return
            time.sleep(0.02)
        pytest.fail("the port stayed closed")


@pytest.mark.parametrize(
    ("kind", "error"), [("reset", ConnectionResetError), ("wrong_length", http.client.IncompleteRead)]
)
def test_a_body_breaks_off(kind: str, error: type[Exception]) -> None:
    with faulty_site(kind) as site, pytest.raises((error, http.client.IncompleteRead)):
        get(site, "/")


def test_a_hang_sends_nothing_and_a_drip_single_bytes() -> None:
    with (
        faulty_site("hang") as site,
        closing(socket.create_connection(("127.0.0.1", urlsplit(site.base).port))) as connection,
    ):
        connection.settimeout(0.1)
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        with pytest.raises(TimeoutError):
            connection.recv(1)
    with (
        faulty_site("drip") as site,
        closing(socket.create_connection(("127.0.0.1", urlsplit(site.base).port))) as connection,
    ):
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.5)
        assert b"\r\n\r\n" in (got := connection.recv(1 << 20))
        assert 1 <= len(got.partition(b"\r\n\r\n")[2]) < 100


def test_a_bomb_is_valid_gzip_of_its_full_size() -> None:
    decompressor, size = zlib.decompressobj(31), 0
    for part in bomb(31 * MEBI + 1):
        while part:
            size += len(decompressor.decompress(part, MEBI))
            part = decompressor.unconsumed_tail
    assert (decompressor.eof, size) == (True, 32 * MEBI)


def test_an_endless_body_continues_until_the_client_closes() -> None:
    with faulty_site("endless") as site:
        site.faults.severity = Severity()
        with closing(http.client.HTTPConnection(urlsplit(site.base).netloc, timeout=5)) as connection:
            connection.request("GET", "/")
            response = connection.getresponse()
            assert response.getheader("Content-Length") is None
            assert all(len(response.read(MEBI)) == MEBI for _ in range(64))


def test_a_truncated_gzip_has_the_right_length_and_no_end() -> None:
    with faulty_site("truncated_gzip") as site:
        _, headers, body = get(site, "/")
    assert (headers["Content-Encoding"], int(headers["Content-Length"])) == ("gzip", len(body))
    with pytest.raises(EOFError):
        gzip.decompress(body)


# -- statuses and redirects -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "status"), [("too_many", 429), ("error_500", 500), ("error_502", 502), ("error_503", 503)]
)
def test_an_error_status_twice_and_then_the_page(kind: str, status: int) -> None:
    with faulty_site(kind) as site:
        assert [get(site, "/")[0] for _ in range(3)] == [status, status, 200]
        assert site.faults.counts == {kind: 2}
        assert [(entry.status, entry.fault) for entry in site.log] == [(status, kind), (status, kind), (200, None)]


def test_retry_after_is_sent_in_seconds_and_as_a_date() -> None:
    with faulty_site("too_many_retry_after") as site:
        values = [get(site, f"/{name}")[1]["Retry-After"] for name in ("", "news", "weather", "sports", "national")]
    assert "5" in values
    dates = [parsedate_to_datetime(value) for value in values if value != "5"]
    assert dates
    assert set(dates) == {NOW + timedelta(seconds=5)}


@pytest.mark.parametrize(
    ("kind", "target"),
    [("redirect_loop", r"http://127.0.0.1:\d+/loop/a"), ("redirect_private", r"http://127.0.0.2:\d+/private"),
     ("redirect_file", "file:///etc/hostname")],
)  # fmt: skip
def test_redirects_to_a_loop_a_private_host_and_a_file(kind: str, target: str) -> None:
    with faulty_site(kind) as site:
        status, headers, _ = get(site, "/")
        assert status == 302
        assert re.fullmatch(target, headers["Location"])
        assert get(site, "/loop/a")[1]["Location"] == f"{site.base}/loop/b"
        assert get(site, "/loop/b")[1]["Location"] == f"{site.base}/loop/a"


# -- wrong bodies and headers --------------------------------------------------------------------------------------


def test_a_wrong_charset_with_an_unchanged_body() -> None:
    with faulty_site("lying_charset") as site:
        _, headers, body = get(site, newest_path())
    assert "utf-8" not in headers["Content-Type"]
    assert body == body_without_faults(newest_path())


def test_etags_that_change_without_the_body_and_ones_that_do_not_change_with_it() -> None:
    with faulty_site("etag_changes") as site:
        first = get(site, "/")
        site.clock.sleep(30)
        second = get(site, "/")
    assert (first[2] == second[2], first[1]["ETag"] == second[1]["ETag"]) == (True, False)
    with faulty_site("etag_sticks") as site:
        first = get(site, "/")
        site.clock.sleep(6 * 3600)
        second = get(site, "/")
    assert (first[2] == second[2], first[1]["ETag"] == second[1]["ETag"]) == (False, True)


def test_a_date_header_off_by_more_than_a_day() -> None:
    with faulty_site("clock_skew") as site:
        sent = parsedate_to_datetime(get(site, "/")[1]["Date"])
    assert abs(sent - NOW) == timedelta(hours=31)


@pytest.mark.parametrize(("kind", "words"), [("soft_404", b"could not find"), ("cookie_wall", b"Accept cookies")])
def test_status_200_pages_without_content(kind: str, words: bytes) -> None:
    with faulty_site(kind) as site:
        status, _, body = get(site, newest_path())
    assert status == 200
    assert words in body


def test_feeds_that_are_malformed_or_repeat_or_drop_items() -> None:
    links = {name: re.findall(rb"<link>([^<]*\d{9}\.html)", body) for name, body in _feeds().items()}
    assert len(links["feed_repeats"]) == len(links["complete"]) + 30
    assert set(links["feed_repeats"]) == set(links["complete"])
    assert len(links["feed_drops"]) == len(links["complete"]) // 2
    assert set(links["malformed_feed"]) <= set(links["complete"])


def _feeds() -> dict[str, bytes]:
    bodies = {}
    for kind in ("malformed_feed", "feed_repeats", "feed_drops"):
        with faulty_site(kind) as site:
            bodies[kind] = get(site, "/feed.xml")[2].replace(site.base.encode(), b"")
            get(site, "/feed.xml")
            bodies["complete"] = get(site, "/feed.xml")[2].replace(site.base.encode(), b"")
    return bodies


def test_an_article_listed_under_an_alias_id_is_served_with_its_canonical_url() -> None:
    with faulty_site("duplicate_ids") as site:
        faulted = re.findall(r"/content/[^<\"]*\d{9}\.html", get(site, "/feed.xml")[2].decode())
        get(site, "/feed.xml")
        listed = re.findall(r"/content/[^<\"]*\d{9}\.html", get(site, "/feed.xml")[2].decode())
        [alias], [first] = set(faulted) - set(listed), set(listed) - set(faulted)
        assert f'<link rel="canonical" href="{site.base}{first}">' in get(site, alias)[2].decode()


def test_a_huge_sitemap_is_compressed() -> None:
    with faulty_site("huge_sitemap") as site:
        _, headers, body = get(site, "/sitemap-2018-12.xml")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body).count(b"<loc>") == 2000


def test_robots_that_change_and_change_back() -> None:
    with faulty_site("robots_changes") as site:
        values = [b"Disallow: /content/video/" in get(site, "/robots.txt")[2] for _ in range(3)]
    assert values == [True, True, False]


@pytest.mark.parametrize(("template", "mark"), [("wordpress", b"wp-content"), ("blox", b"tncms")])
def test_a_redesign_at_local_midnight(template: str, mark: bytes) -> None:
    clock = SimulatedClock(datetime(2018, 12, 21, 5, 59, tzinfo=UTC))
    faults = Faults(rates={}, redesign_on=date(2018, 12, 21), redesign_to=template)
    with serve(Site(World(5), clock, faults)) as site:
        old = site.world.latest(clock.now(), 1)[0]
        assert mark not in get(site, old.path)[2]
        clock.sleep(60)
        assert mark in get(site, old.path)[2]
        clock.sleep(14 * 3600)
        new = site.world.latest(clock.now(), 1)[0]
        assert site.path_of(new) != new.path
        assert site.path_of(new).encode() in get(site, "/feed.xml")[2]
        assert get(site, new.path)[0] == 404
        assert mark in get(site, site.path_of(new))[2]
