"""A run of one source: limits, closings and progress."""

from __future__ import annotations

from datetime import timedelta

from flows.clock import SimulatedClock
from flows.data_layout import Layout
from flows.fetch.run import run_source
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
)


def test_pages_per_run_are_limited_and_the_rest_is_fetched_next(tmp_path):
    layout = Layout(tmp_path)
    links = [f"/news/story-{100000 + number}.html" for number in range(8)]
    with serve(feed=rss(*links)) as site:
        site.pages.update({link: page(link) for link in links})
        first = run(site, layout, max_pages_per_run=5)
        assert (first.new, first.due) == (5, 3)
        assert "3 pages are still due" in first.messages[-1]
        second = run(site, layout, START + timedelta(minutes=30), max_pages_per_run=5)
    assert (second.found, second.due_before, second.new, second.due) == (0, 3, 3, 0)


def test_the_counts_of_a_run_add_up(tmp_path):
    links = [f"/news/story-{100000 + number}.html" for number in range(4)]
    with serve(feed=rss(*links), closings=page("<td class=orgname>")) as site:
        site.pages.update({link: page(link) for link in links[1:]})
        report = run(site, Layout(tmp_path), closings=f"{site.url}/closings", max_pages_per_run=3)
    assert (report.found, report.new, report.gone, report.due, report.closings) == (4, 2, 1, 1, 1)
    assert report.found + report.due_before == report.new + report.gone + report.due


def test_a_channel_that_is_gone_is_said(tmp_path):
    with serve(feed=rss()) as site:
        report = run(site, Layout(tmp_path), feeds=(f"{site.url}/feed", f"{site.url}/old-feed"))
    assert f"feed {site.url}/old-feed: gone, status 404" in report.messages
    assert report.gone == 0  # it is no article


def test_a_closings_list_is_fetched_each_run_and_may_be_empty(tmp_path):
    layout = Layout(tmp_path)
    with serve(feed=rss(), closings=page("<td class=orgname>")) as site:
        for minutes in (0, 30):
            run(site, layout, START + timedelta(minutes=minutes), closings=f"{site.url}/closings")
        site.pages["/closings"] = page("")
        run(site, layout, START + timedelta(minutes=60), closings=f"{site.url}/closings")
    assert [exchange.outcome for exchange in exchanges(layout, "closings")] == ["new", "unchanged", "changed"]


def test_a_data_folder_may_have_any_name(tmp_path):
    layout = Layout(tmp_path / "d?a#t%20a&mode=ro é")
    with serve(feed=rss(STORY)) as site:
        site.pages[STORY] = page("story")
        assert run(site, layout).new == 1
        assert run(site, layout, START + timedelta(hours=1)).unchanged == 1


def test_the_reasons_of_articles_are_said(tmp_path):
    links = [f"/news/story-{100000 + number}.html" for number in range(3)]
    with serve(feed=rss(*links)) as site:
        site.pages.update({link: page("", status=403) for link in links})
        report = run(site, Layout(tmp_path))
    assert "3 articles: refused, status 403" in report.messages


def test_progress_is_reported_after_each_exchange(tmp_path):
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
