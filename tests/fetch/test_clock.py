"""Runs under a wrong clock: what they put off is due again as soon as the clock is right."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows.data_layout import Layout
from flows.fetch.archive.recovery import rebuild
from flows.fetch.run import SourceRun
from tests.fetch.sites import START, STORY, Site, exchanges, page, rss, run, serve, source_at


def fill(site: Site, *links: str) -> None:
    site.pages["/feed"] = rss(*links)
    site.pages.update({link: page(f"story {link}") for link in links})
    site.pages["/robots.txt"] = page("User-agent: *\nAllow: /\n", "text/plain")


def later(site: Site, layout: Layout) -> SourceRun:
    """A run at the right time, after the site has published another story."""
    site.log.clear()
    fill(site, "/news/story-100002.html", STORY)
    return run(site, layout, START + timedelta(hours=1))


@pytest.mark.parametrize("ahead", [timedelta(hours=5), timedelta(days=10), timedelta(days=8 * 365)])
@pytest.mark.parametrize("is_rebuilt", [False, True])
def test_after_a_run_under_a_clock_ahead_everything_is_due(tmp_path, ahead: timedelta, is_rebuilt: bool):
    layout = Layout(tmp_path)
    with serve() as site:
        fill(site, STORY)
        run(site, layout, START)
        run(site, layout, START + ahead)
        if is_rebuilt:
            rebuild(layout, source_at(site))
        report = later(site, layout)
        assert {path for path, _ in site.log} >= {"/feed", "/", "/news/story-100002.html"}
        assert report.new == 1
        assert "had a clock ahead" in report.messages[0]
        again = run(site, layout, START + timedelta(hours=2))
    assert not any("clock" in message for message in again.messages)
    times = [exchange.requested_at for exchange in exchanges(layout, "article") if "100002" in exchange.url]
    assert times[0] < START + timedelta(hours=2)


def test_a_breaker_and_a_retry_after_of_a_clock_ahead_end(tmp_path):
    layout = Layout(tmp_path)
    with serve() as site:
        fill(site, STORY)
        site.pages["/feed"] = page("", status=503, Retry_After="86400")
        for minutes in range(6):
            run(site, layout, START + timedelta(days=3650, hours=minutes), limits={"max_attempts": 1})
        assert later(site, layout).new == 2


def test_a_right_clock_corrects_nothing(tmp_path):
    layout = Layout(tmp_path)
    with serve() as site:
        fill(site, STORY)
        reports = [run(site, layout, START + timedelta(hours=6 * number)) for number in range(8)]
        site.pages[STORY] = page("", status=403)
        reports += [run(site, layout, START + timedelta(days=day)) for day in range(7, 50)]
    assert not [message for report in reports for message in report.messages if "clock" in message]


def test_a_crawl_delay_of_a_day_counts_from_when_the_clock_is_right(tmp_path):
    layout = Layout(tmp_path)
    with serve() as site:
        fill(site, STORY)
        site.pages["/robots.txt"] = page("User-agent: *\nCrawl-delay: 86400\n", "text/plain")
        run(site, layout, START + timedelta(days=8 * 365))
        site.log.clear()
        for hours in (0, 31, 62):
            run(site, layout, START + timedelta(hours=hours))
    assert len(site.log) == 2
