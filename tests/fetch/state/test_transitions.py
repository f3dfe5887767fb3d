"""Transitions of the fetch state: revisits, failures and channel intervals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from flows.data_layout import Layout
from flows.fetch.state.store import State
from flows.fetch.state.transitions import apply_exchange
from flows.model import Exchange, Find
from flows.sources import Source
from tests.fetch.sites import START, STORY, Site, exchanges, page, rss, run, serve

HOME = "https://news.example.org"


def polls_per_day(path: Path, new_per_poll: int) -> int:
    """How often a feed of ten entries is due within a day, if so many of them are new each time."""
    source = Source(name="demo", kind="site", title="Demo", home=f"{HOME}/", zone="UTC")
    polls, now = 0, START
    with State(path) as state:
        while now < START + timedelta(days=1):
            first = polls * new_per_poll
            finds = tuple(Find(f"{HOME}/news/{number}", "feed", "f", 1) for number in range(first, first + 10))
            apply_exchange(state, source, Exchange("demo", f"{HOME}/feed", now, "feed", "changed", finds=finds), None)
            polls += 1
            now = due(state)
    return polls


def due(state: State) -> datetime:
    feed = state.page(f"{HOME}/feed")
    assert feed is not None
    assert feed.next_due is not None
    return feed.next_due


def test_a_quiet_feed_is_polled_less_and_a_busy_one_more(tmp_path):
    quiet, steady, busy = (polls_per_day(tmp_path / f"{new}.sqlite", new) for new in (0, 5, 10))
    assert quiet < steady < busy
    assert steady == 48


def request_days(site: Site, layout: Layout, days: Iterable[float]) -> list[float]:
    """Run the source on those days; returns the days on which the story was requested."""
    requested = []
    for day in days:
        before = site.requests(STORY)
        run(site, layout, START + timedelta(days=day))
        requested += [day] * (site.requests(STORY) - before)
    return requested


def test_articles_are_fetched_again_at_the_configured_ages(tmp_path):
    hours = (0, 0.5, 1, 2, 5, 6, 7, 23, 24, 25, 48, 167, 168, 169, 216)
    with serve(feed=rss(STORY)) as site:
        site.pages[STORY] = page("story")
        days = request_days(site, Layout(tmp_path), [hour / 24 for hour in hours])
    assert [round(24 * day) for day in days] == [0, 1, 6, 24, 168]


@pytest.mark.parametrize(("status", "requested"), [(403, [0, 7, 14]), (200, [0, 1, 8, 38])])
def test_a_refused_page_is_requested_again_at_growing_ages_and_then_given_up(tmp_path, status: int, requested: list):
    days = (0, 0.5, 1, 2, 6, 7, 8, 9, 13, 14, 15, 22, 37, 38, 39, 45, 69)
    with serve(feed=rss(STORY)) as site:
        site.pages[STORY] = page('<meta name="robots" content="noindex">', status=status)
        assert request_days(site, Layout(tmp_path), days) == requested


def test_a_gone_page_is_requested_once_more(tmp_path):
    layout = Layout(tmp_path)
    with serve(feed=rss(STORY)) as site:
        site.pages[STORY] = page("story")
        run(site, layout)
        site.pages[STORY] = page("", status=404)
        assert request_days(site, layout, range(1, 6)) == [1, 2]
    assert [exchange.outcome for exchange in exchanges(layout, "article")] == ["new", "gone", "gone"]


def test_two_failures_and_a_refusal_are_not_three_refusals(tmp_path):
    layout = Layout(tmp_path)
    with serve(feed=rss(STORY)) as site:
        failing, refusing = page("", status=500), page('<meta name="robots" content="noindex">')
        for day, response in enumerate([failing, failing, refusing, refusing, page("story")]):
            site.pages[STORY] = response
            run(site, layout, START + timedelta(days=8 * day), limits={"max_attempts": 1})
    outcomes = [exchange.outcome for exchange in exchanges(layout, "article")]
    assert outcomes == ["failed", "failed", "refused", "refused", "new"]


def test_a_page_missing_after_a_failure_is_requested_once_more(tmp_path):
    layout = Layout(tmp_path)
    with serve(feed=rss(STORY)) as site:
        for day, response in enumerate([page("", status=500), page("", status=404), page("story")]):
            site.pages[STORY] = response
            run(site, layout, START + timedelta(days=2 * day), limits={"max_attempts": 1})
    assert [exchange.outcome for exchange in exchanges(layout, "article")] == ["failed", "gone", "new"]
