"""The rate limit over complete runs: delay, Retry-After, breaker and locks."""

from __future__ import annotations

import itertools
import os
import threading
from datetime import timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest

from flows.clock import SimulatedClock
from flows.data_layout import Layout
from flows.errors import Transient
from flows.fetch.http.rate_limit import Locks
from flows.fetch.run import SourceRun, run_source
from flows.fetch.state.transitions import BREAKER_AFTER
from tests.fetch.sites import (
    START,
    STORY,
    exchanges,
    page,
    rss,
    run,
    serve,
    settings,
    source_at,
    write,
)


@pytest.mark.parametrize(("configured", "requested", "least"), [(3, 1, 3), (1, 4, 4), (0, 2.5, 2.5)])
def test_the_longer_of_crawl_delay_and_our_delay_is_kept(tmp_path, configured: float, requested: float, least: float):
    links = [f"/news/story-{100000 + number}.html" for number in range(6)]
    with serve(feed=rss(*links)) as site:
        site.pages["/robots.txt"] = page(f"User-agent: *\nCrawl-delay: {requested}\n", "text/plain")
        site.pages.update({link: page(link) for link in links})
        run(site, Layout(tmp_path), delay_s=configured)
    times = [exchange.requested_at for exchange in exchanges(Layout(tmp_path))]
    gaps = [(later - earlier).total_seconds() for earlier, later in itertools.pairwise(times)]
    assert len(gaps) == 8
    assert min(gaps) >= least
    assert max(gaps) <= least * 1.26
    assert len(set(gaps)) > 1


def test_the_delay_is_kept_between_runs_and_between_sources(tmp_path):
    layout = Layout(tmp_path)
    with serve(feed=rss()) as site:
        run(site, layout, delay_s=60)
        last = exchanges(layout)[-1].requested_at
        run(site, layout, last + timedelta(seconds=1), delay_s=60, name="other")
    first = next(exchange for exchange in exchanges(layout) if exchange.source == "other")
    assert (first.requested_at - last).total_seconds() >= 60
    assert first.waited_ms >= 59_000


def test_a_crawl_delay_above_the_maximum_wait_is_left_to_the_next_run(tmp_path):
    with serve(feed=rss(STORY)) as site:
        site.pages["/robots.txt"] = page("User-agent: *\nCrawl-delay: 86400\n", "text/plain")
        report = run(site, Layout(tmp_path))
        assert {path for path, _ in site.log} == {"/robots.txt"}
        assert report.skipped > 0
        assert "later than this run waits" in report.messages[0]


@pytest.mark.parametrize("form", ["seconds", "date"])
@pytest.mark.parametrize("status", [429, 503])
def test_the_run_waits_for_a_short_retry_after(tmp_path, form: str, status: int):
    with serve(feed=rss(STORY)) as site:

        def busy_once(handler) -> None:
            if site.requests(STORY) > 1:
                write(handler, 200, {"Content-Type": "text/html"}, b"story")
                return
            value = "90" if form == "seconds" else format_datetime(START + timedelta(seconds=90), usegmt=True)
            write(handler, status, {"Retry-After": value}, b"")

        site.pages[STORY] = busy_once
        assert run(site, Layout(tmp_path)).new == 1
    [exchange] = exchanges(Layout(tmp_path), "article")
    assert exchange.attempts == 2
    assert exchange.waited_ms >= 89_000


def test_a_long_retry_after_is_obeyed_across_runs(tmp_path):
    layout = Layout(tmp_path)
    with serve(feed=rss(STORY, "/news/story-100002.html")) as site:
        site.pages[STORY] = site.pages["/news/story-100002.html"] = page("", status=429, Retry_After="7200")
        first = run(site, layout)
        assert (first.failed, first.skipped) == (1, 1)
        count = len(site.log)
        run(site, layout, START + timedelta(hours=1))
        assert len(site.log) == count
        site.pages[STORY] = site.pages["/news/story-100002.html"] = page("story")
        assert run(site, layout, START + timedelta(hours=3)).new == 2


def test_transient_errors_are_retried_with_growing_waits(tmp_path):
    layout = Layout(tmp_path)
    with serve(feed=rss(STORY)) as site:
        site.pages[STORY] = page("", status=500)
        assert run(site, layout).failed == 1
        assert site.requests(STORY) == 4
        site.pages[STORY] = page("story")
        assert run(site, layout, START + timedelta(hours=1)).new == 1
    failed, good = exchanges(layout, "article")
    assert failed.attempts == 4
    assert failed.waited_ms >= 7000
    assert (good.outcome, good.attempts) == ("new", 1)


def test_the_breaker_opens_probes_once_and_closes(tmp_path):
    layout = Layout(tmp_path)
    links = [f"/news/story-{100000 + number}.html" for number in range(12)]
    with serve(feed=rss(*links)) as site:
        site.pages.update({link: page("", status=500) for link in links})
        report = run(site, layout, limits={"max_attempts": 2})
        requests = sum(site.requests(link) for link in links)
        assert report.failed < len(links)
        assert report.failed >= BREAKER_AFTER
        assert requests == 2 * BREAKER_AFTER + (report.failed - BREAKER_AFTER)
        site.pages.update({link: page("story") for link in links})
        assert run(site, layout, START + timedelta(days=2)).new == len(links)


@pytest.mark.parametrize(("days", "minutes"), [(4, 150), pytest.param(14, 30, marks=pytest.mark.long)])
def test_frequent_visits_keep_a_crawl_delay_of_a_day_and_read_pages(tmp_path, days: int, minutes: int):
    links = [f"/news/story-10000{number}.html" for number in range(4)]
    with serve(feed=rss(*links)) as site:
        site.pages["/robots.txt"] = page("User-agent: *\nCrawl-delay: 86400\n", "text/plain")
        site.pages.update({link: page(f"<p>{link}") for link in links})
        times = [START + timedelta(minutes=at) for at in range(0, days * 24 * 60, minutes)]
        asked: list[tuple[timedelta, str]] = []
        for at in times:
            before = len(site.log)
            run(site, Layout(tmp_path), at, sections=(), delay_s=None)
            asked += [(at - START, path) for path, _ in site.log[before:]]
    assert next(path for _, path in asked) == "/robots.txt"
    gaps = [later - earlier for (earlier, _), (later, _) in pairwise(asked)]
    assert min(gaps) >= timedelta(hours=23)  # a visit may wait a few minutes for its slot
    assert days - 1 <= len(asked) <= days
    assert sum(path == "/robots.txt" for _, path in asked) <= 1 + days // 4
    assert "/feed" in {path for _, path in asked}


def test_a_second_run_of_a_source_waits_and_then_gives_up(tmp_path):
    layout = Layout(tmp_path)
    with serve(feed=rss()) as site:
        held = Locks(layout.locks)
        held.acquire("demo", "source")
        with pytest.raises(Transient, match=f"process {os.getpid()}"):
            run_source(source_at(site), settings(), layout, {}, SimulatedClock(START), lock_wait_s=0.2)
        assert site.log == []
        held.release()
        run_source(source_at(site), settings(), layout, {}, SimulatedClock(START), lock_wait_s=0.2)
        assert site.requests("/feed") == 1


def test_sources_on_one_host_run_one_after_the_other(tmp_path):
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
        assert site.max_concurrent == 1
