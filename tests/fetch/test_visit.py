"""Whole visits to small sites: manners, thrift, and what a hostile site gets out of us."""

from __future__ import annotations

import base64
import gzip
import itertools
import threading
from datetime import timedelta
from email.utils import format_datetime

import pytest

from flows.clock import SimulatedClock
from flows.fetch.archive import warc_reader
from flows.fetch.http.rate_limit import retry_after
from flows.fetch.run import SourceRun, run_source
from flows.fetch.state.transitions import BREAKER_AFTER
from flows.settings import Layout
from tests.fetch.sites import (
    START,
    STORY,
    drip,
    endless,
    ledger,
    page,
    rss,
    run,
    serve,
    settings,
    source_at,
    write,
)

# -- pace -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("configured", "asked", "least"), [(3, 1, 3), (1, 4, 4), (0, 2.5, 2.5)])
def test_the_longer_of_crawl_delay_and_our_own_is_kept(tmp_path, configured: float, asked: float, least: float):
    links = [f"/news/story-{100000 + number}.html" for number in range(6)]
    with serve(feed=rss(*links)) as site:
        site.pages["/robots.txt"] = page(f"User-agent: *\nCrawl-delay: {asked}\n", "text/plain")
        site.pages.update({link: page(link) for link in links})
        run(site, Layout(tmp_path), delay_s=configured)
    times = [entry.requested_at for entry in ledger(Layout(tmp_path))]
    gaps = [(later - earlier).total_seconds() for earlier, later in itertools.pairwise(times)]
    assert len(gaps) == 8
    assert min(gaps) >= least
    assert max(gaps) <= least * 1.26
    assert len(set(gaps)) > 1


def test_the_distance_is_kept_between_runs_and_between_sources(tmp_path):
    layout = Layout(tmp_path)
    with serve(feed=rss()) as site:
        run(site, layout, delay_s=60)
        last = ledger(layout)[-1].requested_at
        run(site, layout, last + timedelta(seconds=1), delay_s=60, name="other")
    first = next(entry for entry in ledger(layout) if entry.source == "other")
    assert (first.requested_at - last).total_seconds() >= 60
    assert first.waited_ms >= 59_000


def test_a_crawl_delay_beyond_patience_ends_the_turn_and_is_told(tmp_path):
    with serve(feed=rss(STORY)) as site:
        site.pages["/robots.txt"] = page("User-agent: *\nCrawl-delay: 86400\n", "text/plain")
        report = run(site, Layout(tmp_path))
        assert {path for path, _ in site.log} == {"/robots.txt"}
        assert report.skipped > 0
        assert "beyond this run's patience" in report.messages[0]


def test_retry_after_in_seconds_and_as_a_date():
    assert retry_after("120", START) == 120
    assert retry_after(format_datetime(START + timedelta(minutes=5), usegmt=True), START) == 300
    assert retry_after(format_datetime(START - timedelta(minutes=5), usegmt=True), START) == 0
    assert retry_after("soon", START) is None
    assert retry_after(None, START) is None
    assert retry_after("9" * 12, START) == 7 * 24 * 3600


@pytest.mark.parametrize("form", ["seconds", "date"])
@pytest.mark.parametrize("status", [429, 503])
def test_a_short_retry_after_is_waited_out(tmp_path, form: str, status: int):
    with serve(feed=rss(STORY)) as site:

        def busy_once(handler) -> None:
            if site.asked(STORY) > 1:
                write(handler, 200, {"Content-Type": "text/html"}, b"story")
                return
            value = "90" if form == "seconds" else format_datetime(START + timedelta(seconds=90), usegmt=True)
            write(handler, status, {"Retry-After": value}, b"")

        site.pages[STORY] = busy_once
        assert run(site, Layout(tmp_path)).new == 1
    [entry] = ledger(Layout(tmp_path), "article")
    assert entry.attempts == 2
    assert entry.waited_ms >= 89_000


def test_a_long_retry_after_is_obeyed_across_runs(tmp_path):
    layout = Layout(tmp_path)
    with serve(feed=rss(STORY, "/news/story-100002.html")) as site:
        site.pages[STORY] = site.pages["/news/story-100002.html"] = page("", status=429, Retry_After="7200")
        first = run(site, layout)
        assert (first.failed, first.skipped) == (1, 1)
        asked = len(site.log)
        run(site, layout, START + timedelta(hours=1))
        assert len(site.log) == asked
        site.pages[STORY] = site.pages["/news/story-100002.html"] = page("story")
        assert run(site, layout, START + timedelta(hours=3)).new == 2


def test_transient_errors_are_tried_again_with_growing_waits_and_then_left(tmp_path):
    layout = Layout(tmp_path)
    with serve(feed=rss(STORY)) as site:
        site.pages[STORY] = page("", status=500)
        assert run(site, layout).failed == 1
        assert site.asked(STORY) == 4
        site.pages[STORY] = page("story")
        assert run(site, layout, START + timedelta(hours=1)).new == 1
    failed, good = ledger(layout, "article")
    assert failed.attempts == 4
    assert failed.waited_ms >= 7000
    assert (good.outcome, good.attempts) == ("new", 1)


def test_the_breaker_opens_probes_once_and_closes(tmp_path):
    layout = Layout(tmp_path)
    links = [f"/news/story-{100000 + number}.html" for number in range(12)]
    with serve(feed=rss(*links)) as site:
        site.pages.update({link: page("", status=500) for link in links})
        report = run(site, layout, limits={"max_attempts": 2})
        asked = sum(site.asked(link) for link in links)
        assert report.failed < len(links)
        assert report.failed >= BREAKER_AFTER
        assert asked == 2 * BREAKER_AFTER + (report.failed - BREAKER_AFTER)
        site.pages.update({link: page("story") for link in links})
        assert run(site, layout, START + timedelta(days=2)).new == len(links)


# -- robots on the page -----------------------------------------------------------------------------------------------


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
def test_meta_robots_and_x_robots_tag_are_recorded_and_obeyed_as_configured(tmp_path, body, headers, kept: bool):
    with serve(feed=rss(STORY)) as site:
        site.pages[STORY] = page(f"{body} secret body", **headers)
        assert run(site, Layout(tmp_path / "a")).refused == (0 if kept else 1)
        assert run(site, Layout(tmp_path / "b"), obey_meta_robots=False).new == 1
    [obeyed], [other] = ledger(Layout(tmp_path / "a"), "article"), ledger(Layout(tmp_path / "b"), "article")
    assert obeyed.robots_tags == other.robots_tags
    raw = gzip.decompress(next(warc_reader.sealed(Layout(tmp_path / "a"))).read_bytes())
    assert (b"secret body" in raw) is kept


# -- hostile ----------------------------------------------------------------------------------------------------------


def reset(handler) -> None:
    handler.connection.shutdown(2)


def short(handler) -> None:
    write(handler, 200, {"Content-Length": "500"}, b"half")
    handler.close_connection = True


def nonsense(handler) -> None:
    handler.wfile.write(b"\x00\xff not http\r\n\r\n")
    handler.close_connection = True


HOSTILE = {
    "reset": (reset, "failed"), "short": (short, "failed"), "nonsense": (nonsense, "failed"),
    "drip": (drip, "unsafe"), "endless": (endless, "unsafe"),
    "bomb": (page(gzip.compress(bytes(8 * 1024 * 1024)), Content_Encoding="gzip"), "unsafe"),
    "cut": (page(gzip.compress(b"x" * 9000)[:-30], Content_Encoding="gzip"), "failed"),
    "loop": (page("", status=302, Location="/news/loop-100001.html"), "unsafe"),
    "file": (page("", status=302, Location="file:///etc/passwd"), "unsafe"),
    "inside": (page("", status=302, Location="http://127.0.0.2:1/"), "unsafe"),
    "nowhere": (page("", status=302), "failed"), "coding": (page("x", Content_Encoding="rot13"), "failed"),
    "huge": (lambda handler: write(handler, 200, {"Content-Length": "99999999999"}, b"x"), "unsafe"),
    "empty": (page(""), "failed"), "teapot": (page("", status=418), "failed"),
    "denied": (page("", status=403), "refused"),
    "law": (page("", status=451), "refused"), "gone": (page("", status=410), "gone"),
}  # fmt: skip


def test_every_kind_of_trouble_has_its_outcome_and_stops_nothing(tmp_path):
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
    entries = ledger(layout, "article")
    outcomes = {
        entry.url.rpartition("/")[2].partition("-")[0]: entry.outcome for entry in entries if "100001" in entry.url
    }
    assert outcomes == {kind: outcome for kind, (_, outcome) in HOSTILE.items()}
    assert sum("good-" in entry.url and entry.outcome == "new" for entry in entries) == len(kinds)
    assert all(entry.reason for entry in entries if entry.outcome != "new")
    assert sum(path.stat().st_size for path in warc_reader.sealed(layout)) < 1_000_000


def test_what_the_site_can_deliver_in_the_end_is_fetched_in_the_end(tmp_path):
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
    got = {entry.url.removeprefix(site.url) for entry in ledger(layout, "article") if entry.outcome == "new"}
    assert got == set(faults)


def test_a_bad_feed_is_told_and_the_others_go_on(tmp_path):
    with serve(feed=rss(STORY)) as site:
        site.pages["/bad"] = page("<html>maintenance</html>")
        site.pages["/evil"] = page('<!DOCTYPE x [<!ENTITY a "b">]><rss version="2.0"></rss>', "application/xml")
        site.pages[STORY] = page("story")
        feeds = (f"{site.url}/bad", f"{site.url}/evil", f"{site.url}/feed")
        report = run(site, Layout(tmp_path), feeds=feeds)
    assert report.new == 1
    assert [entry.outcome for entry in ledger(Layout(tmp_path), "feed")] == ["failed", "failed", "new"]
    assert "not a feed" in report.messages[0]


def test_secrets_stay_out_of_ledger_archive_and_messages(tmp_path):
    with serve() as site:
        site.pages["/feed?token=s3cret"] = page("no feed")
        report = run(site, Layout(tmp_path), feeds=(f"{site.url}/feed?token=s3cret",))
        assert site.asked("/feed?token=s3cret") == 1
    raw = b"".join(gzip.decompress(path.read_bytes()) for path in warc_reader.sealed(Layout(tmp_path)))
    assert b"s3cret" not in raw
    assert b"token=REDACTED" in raw
    assert "s3cret" not in " ".join(report.messages)


def test_a_redirect_does_not_carry_a_secret_into_the_archive(tmp_path):
    with serve() as site:
        host = site.url.removeprefix("http://")
        site.pages["/feed?token=s3cret"] = page("", status=302, Location=f"http://me:hunter2@{host}/moved?token=s3cret")
        site.pages["/moved?token=s3cret"] = rss(STORY)
        site.pages[STORY] = page("story")
        assert run(site, Layout(tmp_path), feeds=(f"{site.url}/feed?token=s3cret",)).new == 1
        assert site.asked("/moved?token=s3cret") == 1
    raw = b"".join(gzip.decompress(path.read_bytes()) for path in warc_reader.sealed(Layout(tmp_path)))
    assert b"/moved?token=REDACTED" in raw
    assert not any(secret in raw for secret in (b"s3cret", b"hunter2", base64.b64encode(b"me:hunter2")))


def test_http_charset_is_passed_on_only_where_the_header_has_one(tmp_path):
    with serve(feed=rss(STORY, "/news/story-100002.html")) as site:
        site.pages[STORY] = page("story", "text/html")
        site.pages["/news/story-100002.html"] = page("story", 'text/html; charset="Windows-1252"')
        run(site, Layout(tmp_path))
    charsets = {found.url[-6]: found.charset for path in warc_reader.sealed(Layout(tmp_path))
                for entry, found in warc_reader.records(path) if entry.purpose == "article" and found}  # fmt: skip
    assert charsets == {"1": None, "2": "windows-1252"}


def test_every_request_says_who_we_are(tmp_path):
    with serve(feed=rss(STORY)) as site:
        run(site, Layout(tmp_path))
        assert {headers["User-Agent"] for _, headers in site.log} == {"newsvane/0.1 (crawler@example.org)"}
        assert not any("Cookie" in headers for _, headers in site.log)


def test_progress_is_told_after_each_errand(tmp_path):
    seen: list[int] = []
    with serve(feed=rss(STORY)) as site:
        site.pages[STORY] = page("story")
        run_source(
            source_at(site),
            settings(),
            Layout(tmp_path),
            {},
            SimulatedClock(START),
            lambda report: seen.append(report.new),
        )
    assert seen[-1] == 1
    assert len(seen) == 3


def test_sources_that_share_a_host_take_turns(tmp_path):
    links = [f"/news/story-{100000 + number}.html" for number in range(20)]
    with serve(feed=rss(*links)) as site:
        site.pages.update({link: page(link) for link in links})
        reports: list[SourceRun] = []
        threads = [
            threading.Thread(target=lambda name=name: reports.append(run(site, Layout(tmp_path), name=name)))
            for name in ("a", "b", "c", "d")
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert [report.new for report in reports] == [20] * 4
        assert site.most_at_once == 1
