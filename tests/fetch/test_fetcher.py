"""The fetcher: conditional requests, robots tags, and an outcome for every response."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest

from flows.data_layout import Layout
from flows.fetch.archive import warc_reader
from tests.fetch.sites import (
    START,
    STORY,
    Site,
    drip,
    endless,
    exchanges,
    page,
    rss,
    run,
    serve,
    validated,
    write,
)


def poll(site: Site, layout: Layout, versions: list[tuple[str, str]]) -> list[tuple[str, bool]]:
    """Run once per version (title, etag), 7 hours apart; returns each outcome, and if its request was conditional."""
    for number, (title, etag) in enumerate(versions):
        body = f'<rss version="2.0"><channel><title>{title}</title></channel></rss>'
        site.pages["/feed"] = validated(body, etag, "application/rss+xml")
        run(site, layout, START + timedelta(hours=7 * number))
    requests = [headers for path, headers in site.log if path == "/feed"]
    outcomes = [exchange.outcome for exchange in exchanges(layout, "feed")]
    return [(outcome, "If-None-Match" in headers) for outcome, headers in zip(outcomes, requests, strict=True)]


def test_a_validator_is_used_once_it_changed_with_the_body(tmp_path):
    with serve() as site:
        polled = poll(site, Layout(tmp_path), [("a", '"1"'), ("b", '"2"'), ("b", '"2"'), ("c", '"3"')])
    assert polled == [("new", False), ("changed", False), ("unchanged", True), ("changed", True)]


def test_a_wrong_validator_is_not_used_again(tmp_path):
    with serve() as site:
        polled = poll(site, Layout(tmp_path), [("a", '"1"'), ("b", '"1"'), ("c", '"2"'), ("c", '"2"'), ("d", '"2"')])
    assert polled == [("new", False), ("changed", False), ("changed", False), ("unchanged", False), ("changed", False)]


def test_a_changed_validator_alone_does_not_change_the_outcome(tmp_path):
    with serve() as site:
        polled = poll(site, Layout(tmp_path), [("a", '"1"'), ("a", '"2"'), ("a", '"3"')])
    assert polled == [("new", False), ("unchanged", False), ("unchanged", False)]


def test_after_ten_304_the_full_body_is_requested(tmp_path):
    with serve() as site:
        polled = poll(site, Layout(tmp_path), [("a", '"1"'), *[("b", '"2"')] * 13])
    conditional = [is_conditional for _, is_conditional in polled]
    assert conditional == [False, False, *[True] * 10, False, True]


@pytest.mark.parametrize(
    ("body", "headers", "kept"),
    [
        ('<meta name="robots" content="noindex, nofollow">', {}, False),
        ("<META content=NOARCHIVE name=ROBOTS>", {}, False),
        ('<meta name="newsvane" content="none">', {}, False), ('<meta name="googlebot" content="noindex">', {}, True),
        ('<meta name="robots" content="index,follow">', {}, True), ("x", {"X_Robots_Tag": "noindex"}, False),
        ("x", {"X_Robots_Tag": "otherbot: noindex"}, True), ("x", {"X_Robots_Tag": "newsvane: noarchive"}, False),
    ],
)  # fmt: skip
def test_robots_tags_are_recorded_and_obeyed_as_configured(tmp_path, body, headers, kept: bool):
    with serve(feed=rss(STORY)) as site:
        site.pages[STORY] = page(f"{body} secret body", **headers)
        assert run(site, Layout(tmp_path / "a")).refused == (0 if kept else 1)
        assert run(site, Layout(tmp_path / "b"), obey_meta_robots=False).new == 1
    [obeyed], [other] = exchanges(Layout(tmp_path / "a"), "article"), exchanges(Layout(tmp_path / "b"), "article")
    assert obeyed.robots_tags == other.robots_tags
    raw = gzip.decompress(next(warc_reader.sealed(Layout(tmp_path / "a"))).read_bytes())
    assert (b"secret body" in raw) is kept


def test_every_request_identifies_the_crawler(tmp_path):
    with serve(feed=rss(STORY)) as site:
        run(site, Layout(tmp_path))
        assert {headers["User-Agent"] for _, headers in site.log} == {"newsvane/0.1 (crawler@example.org)"}
        assert not any("Cookie" in headers for _, headers in site.log)


def reset(handler) -> None:
    handler.connection.shutdown(2)


def short(handler) -> None:
    write(handler, 200, {"Content-Length": "500"}, b"half")
    handler.close_connection = True


def garbage(handler) -> None:
    handler.wfile.write(b"\x00\xff not http\r\n\r\n")
    handler.close_connection = True


HOSTILE = {
    "reset": (reset, "failed"), "short": (short, "failed"), "garbage": (garbage, "failed"),
    "drip": (drip, "unsafe"), "endless": (endless, "unsafe"),
    "bomb": (page(gzip.compress(bytes(8 * 1024 * 1024)), Content_Encoding="gzip"), "unsafe"),
    "cut": (page(gzip.compress(b"x" * 9000)[:-30], Content_Encoding="gzip"), "failed"),
    "loop": (page("", status=302, Location="/news/loop-100001.html"), "unsafe"),
    "file": (page("", status=302, Location="file:///etc/passwd"), "unsafe"),
    "inside": (page("", status=302, Location="http://127.0.0.2:1/"), "unsafe"),
    "nowhere": (page("", status=302), "failed"), "coding": (page("x", Content_Encoding="compress"), "failed"),
    "huge": (lambda handler: write(handler, 200, {"Content-Length": "99999999999"}, b"x"), "unsafe"),
    "empty": (page(""), "failed"), "teapot": (page("", status=418), "failed"),
    "denied": (page("", status=403), "refused"),
    "blank": (page(" \0\r\n"), "failed"), "bare": (page("<html><body><p></p></body></html>"), "failed"),
    "zip": (page(b"PK\x03\x04 packed"), "failed"),
    "law": (page("", status=451), "refused"), "gone": (page("", status=410), "gone"),
}  # fmt: skip


def test_every_fault_has_its_outcome_and_stops_nothing(tmp_path):
    layout = Layout(tmp_path)
    limits = {"exchange_timeout_s": 0.3, "max_attempts": 1, "max_body_bytes": 2_000_000, "max_decoded_bytes": 1_000_000}
    kinds = list(HOSTILE)
    with serve() as site:
        for number, kind in enumerate(kinds):  # a good page after each bad one keeps the breaker out of it
            site.pages[f"/news/{kind}-100001.html"] = HOSTILE[kind][0]
            good = f"/news/good-{200000 + number}.html"
            site.pages[good] = page(good)
            site.pages["/feed"] = rss(f"/news/{kind}-100001.html", good)
            run(site, layout, START + timedelta(hours=number), limits, revisit_hours=())
    archived = exchanges(layout, "article")
    outcomes = {
        exchange.url.rpartition("/")[2].partition("-")[0]: exchange.outcome
        for exchange in archived
        if "100001" in exchange.url
    }
    assert outcomes == {kind: outcome for kind, (_, outcome) in HOSTILE.items()}
    assert sum("good-" in exchange.url and exchange.outcome == "new" for exchange in archived) == len(kinds)
    assert all(exchange.reason for exchange in archived if exchange.outcome != "new")
    assert sum(path.stat().st_size for path in warc_reader.sealed(layout)) < 1_000_000


def test_pages_are_fetched_after_their_faults_end(tmp_path):
    layout = Layout(tmp_path)
    faults = {
        f"/news/{kind}-100001.html": HOSTILE[kind][0] for kind in ("reset", "cut", "bomb", "loop", "empty", "gone")
    }
    limits = {"exchange_timeout_s": 0.3, "max_attempts": 1, "max_decoded_bytes": 1_000_000}
    with serve(feed=rss(*faults)) as site:
        site.pages.update(faults)
        run(site, layout, START, limits)
        site.pages.update({path: page(path) for path in faults})
        for day in (1, 2):
            run(site, layout, START + timedelta(days=day, minutes=1), limits)
    new = [exchange.url for exchange in exchanges(layout, "article") if exchange.outcome == "new"]
    assert {url.removeprefix(site.url) for url in new} == set(faults)
