"""Thrift and discovery over whole visits: what is asked for again, when, and what is found where no config names it."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest

from flows.clock import SimulatedClock
from flows.fetch.run import SourceRun, run_source
from flows.settings import Layout
from tests.fetch.sites import START, STORY, Site, ledger, page, rss, run, serve, settings, source_at, write

# -- thrift -----------------------------------------------------------------------------------------------------------


def polls(site: Site, layout: Layout, versions: list[tuple[str, str]]) -> list[tuple[str, bool]]:
    """Visit once a version (body, etag), 7 hours apart; gives each look's outcome and whether it was conditional."""
    for number, (title, etag) in enumerate(versions):

        def feed(handler, title=title, etag=etag) -> None:
            if handler.headers.get("If-None-Match") == etag:
                write(handler, 304, {"ETag": etag}, b"")
            else:
                body = f'<rss version="2.0"><channel><title>{title}</title></channel></rss>'.encode()
                write(handler, 200, {"Content-Type": "application/rss+xml", "ETag": etag}, body)

        site.pages["/feed"] = feed
        run(site, layout, START + timedelta(hours=7 * number))
    looks = [headers for path, headers in site.log if path == "/feed"]
    outcomes = [entry.outcome for entry in ledger(layout, "feed")]
    return [(outcome, "If-None-Match" in look) for outcome, look in zip(outcomes, looks, strict=True)]


def test_a_validator_is_used_once_it_was_seen_to_change_with_the_body(tmp_path):
    with serve() as site:
        looks = polls(site, Layout(tmp_path), [("a", '"1"'), ("b", '"2"'), ("b", '"2"'), ("c", '"3"')])
    assert looks == [("new", False), ("changed", False), ("unchanged", True), ("changed", True)]


def test_a_validator_that_lies_is_not_used_again(tmp_path):
    with serve() as site:
        looks = polls(site, Layout(tmp_path), [("a", '"1"'), ("b", '"1"'), ("c", '"2"'), ("c", '"2"'), ("d", '"2"')])
    assert looks == [("new", False), ("changed", False), ("changed", False), ("unchanged", False), ("changed", False)]


def test_a_validator_that_changes_by_itself_does_not_make_a_page_new(tmp_path):
    with serve() as site:
        looks = polls(site, Layout(tmp_path), [("a", '"1"'), ("a", '"2"'), ("a", '"3"')])
    assert looks == [("new", False), ("unchanged", False), ("unchanged", False)]


def test_after_ten_304_in_a_row_the_whole_body_is_looked_at(tmp_path):
    with serve() as site:
        looks = polls(site, Layout(tmp_path), [("a", '"1"'), *[("b", '"2"')] * 13])
    conditional = [asked for _, asked in looks]
    assert conditional == [False, False, *[True] * 10, False, True]


def test_a_quiet_feed_is_polled_less_and_a_busy_one_more(tmp_path):
    def intervals(layout: Layout, fresh_per_poll: int) -> int:
        with serve() as site:
            for minutes in range(0, 24 * 60, 10):
                seen = site.asked("/feed")
                numbers = range(seen * fresh_per_poll, seen * fresh_per_poll + 10)
                site.pages["/feed"] = rss(*(f"/news/story-{100000 + number}.html" for number in numbers))
                run(site, layout, START + timedelta(minutes=minutes), max_pages_per_run=1)
            return site.asked("/feed")

    quiet, steady, busy = (intervals(Layout(tmp_path / str(fresh)), fresh) for fresh in (0, 5, 10))
    assert quiet < steady < busy
    assert steady == pytest.approx(48, abs=3)


def test_articles_are_looked_at_again_at_growing_ages(tmp_path):
    layout = Layout(tmp_path)
    with serve(feed=rss(STORY)) as site:
        site.pages[STORY] = page("story")
        ages = []
        for hour in range(0, 24 * 9):
            before = site.asked(STORY)
            run(site, layout, START + timedelta(hours=hour))
            if site.asked(STORY) > before:
                ages.append(hour)
    assert ages == [0, 1, 6, 24, 168]


def test_gone_is_recorded_and_looked_at_once_more(tmp_path):
    layout = Layout(tmp_path)
    with serve(feed=rss(STORY)) as site:
        site.pages[STORY] = page("story")
        run(site, layout)
        site.pages[STORY] = page("", status=404)
        for day in range(1, 6):
            run(site, layout, START + timedelta(days=day))
        assert site.asked(STORY) == 3
    assert [entry.outcome for entry in ledger(layout, "article")] == ["new", "gone", "gone"]


def test_two_bad_lines_and_a_refusal_are_not_three_refusals(tmp_path):
    layout = Layout(tmp_path)
    with serve(feed=rss(STORY)) as site:
        bad, walled = page("", status=500), page('<meta name="robots" content="noindex">')
        for day, answer in enumerate([bad, bad, walled, walled, page("story")]):
            site.pages[STORY] = answer
            run(site, layout, START + timedelta(days=8 * day), limits={"max_attempts": 1})
    outcomes = [entry.outcome for entry in ledger(layout, "article")]
    assert outcomes == ["failed", "failed", "refused", "refused", "new"]


def test_a_page_missing_after_a_bad_line_is_looked_at_once_more_before_it_counts_as_gone(tmp_path):
    layout = Layout(tmp_path)
    with serve(feed=rss(STORY)) as site:
        for day, answer in enumerate([page("", status=500), page("", status=404), page("story")]):
            site.pages[STORY] = answer
            run(site, layout, START + timedelta(days=2 * day), limits={"max_attempts": 1})
    assert [entry.outcome for entry in ledger(layout, "article")] == ["failed", "gone", "new"]


def test_pages_per_run_are_bounded_and_the_rest_is_told_and_fetched_next(tmp_path):
    layout = Layout(tmp_path)
    links = [f"/news/story-{100000 + number}.html" for number in range(8)]
    with serve(feed=rss(*links)) as site:
        site.pages.update({link: page(link) for link in links})
        first = run(site, layout, max_pages_per_run=5)
        assert (first.new, first.due) == (5, 3)
        assert "3 pages are still due" in first.messages[-1]
        assert run(site, layout, START + timedelta(minutes=30), max_pages_per_run=5).new == 3


def test_sections_sitemaps_and_announced_feeds_find_what_no_config_names(tmp_path):
    with serve() as site:
        site.pages["/robots.txt"] = page(f"User-agent: *\nAllow: /\nSitemap: {site.url}/map.xml\n", "text/plain")
        site.pages["/map.xml"] = page(
            f"<sitemapindex><sitemap><loc>{site.url}/inner.xml.gz</loc></sitemap></sitemapindex>", "application/xml"
        )
        inner = f"<urlset><url><loc>{site.url}/news/story-100001.html</loc></url></urlset>"
        site.pages["/inner.xml.gz"] = page(gzip.compress(inner.encode()), "application/gzip")
        site.pages["/"] = page(
            '<link rel="alternate" type="application/rss+xml" href="/rss">'
            '<a href="/news/story-100002.html">A headline</a>'
        )
        site.pages["/rss"] = rss("/news/story-100003.html")
        site.pages.update({f"/news/story-10000{number}.html": page(f"{number}") for number in (1, 2, 3)})
        assert run(site, Layout(tmp_path), feeds=()).new == 3
    finds = {(find.channel, find.url[-11:]) for entry in ledger(Layout(tmp_path)) for find in entry.finds}
    assert finds == {("sitemap", "100001.html"), ("section", "100002.html"), ("feed", "100003.html")}


def validated(body: str, etag: str, kind: str = "text/html"):
    """A page that answers 304 to whoever names its ETag."""

    def answer(handler) -> None:
        is_held = handler.headers.get("If-None-Match") == etag
        write(handler, 304 if is_held else 200, {"Content-Type": kind, "ETag": etag}, b"" if is_held else body.encode())

    return answer


def test_a_channel_that_a_sitemap_listed_as_an_article_is_still_read_as_a_channel(tmp_path):
    layout = Layout(tmp_path)
    with serve() as site:
        rows = "".join(
            f"<url><loc>{site.url}{path}</loc></url>" for path in (STORY, "/listed/", "/inner.xml", "/a.jpg")
        )
        changes = {"sitemaps": (f"{site.url}/map.xml",), "feeds": ()}
        site.pages["/map.xml"] = page(f"<urlset>{rows}</urlset>", "text/xml")
        site.pages["/listed/"] = validated('<a href="/news/story-100002.html">A headline</a>', '"list"')
        site.pages["/news/story-100002.html"] = page("another story")
        for hours, version in ((0, "one"), (1.1, "two")):  # articles here have validators that can be trusted
            site.pages[STORY] = validated(version, f'"{version}"')
            run(site, layout, START + timedelta(hours=hours), **changes)
        assert (site.asked("/inner.xml"), site.asked("/a.jpg"), site.asked("/listed/")) == (0, 0, 2)
        later = run(site, layout, START + timedelta(days=2), sections=(f"{site.url}/listed/",), **changes)
    assert later.new == 1
    looks = [(entry.purpose, entry.status) for entry in ledger(layout) if entry.url.endswith("/listed/")]
    assert looks == [("article", 200), ("article", 200), ("section", 200)]


def test_a_closings_list_is_polled_each_run_and_an_empty_one_is_kept(tmp_path):
    layout = Layout(tmp_path)
    with serve(feed=rss(), closings=page("<td class=orgname>")) as site:
        for minutes in (0, 30):
            run(site, layout, START + timedelta(minutes=minutes), closings=f"{site.url}/closings")
        site.pages["/closings"] = page("")
        run(site, layout, START + timedelta(minutes=60), closings=f"{site.url}/closings")
    assert [entry.outcome for entry in ledger(layout, "closings")] == ["new", "unchanged", "changed"]


class CutError(Exception):
    """Stands for a kill: nothing is sealed or committed behind it."""


def test_after_a_run_cut_off_between_an_index_and_its_children_the_next_one_reads_them(tmp_path):
    def cut(_: SourceRun) -> None:
        if site.asked("/map.xml"):
            raise CutError

    with serve() as site:
        index = f"<sitemapindex><sitemap><loc>{site.url}/inner.xml</loc></sitemap></sitemapindex>"
        site.pages["/map.xml"] = page(index, "text/xml")
        site.pages["/inner.xml"] = page(f"<urlset><url><loc>{site.url}{STORY}</loc></url></urlset>", "text/xml")
        site.pages[STORY] = page("story")
        source = source_at(site, feeds=(), sitemaps=(f"{site.url}/map.xml",))
        with pytest.raises(CutError):
            run_source(source, settings(), Layout(tmp_path), {}, SimulatedClock(START), cut)
        assert site.asked("/inner.xml") == 0
        again = [run_source(source, settings(), Layout(tmp_path), {}, SimulatedClock(START)).new for _ in range(2)]
        assert again == [1, 0]
        assert (site.asked("/map.xml"), site.asked("/inner.xml")) == (2, 1)
        for hours in (2.9, 3):  # the extra look has not put off the next one
            run_source(source, settings(), Layout(tmp_path), {}, SimulatedClock(START + timedelta(hours=hours)))
        assert site.asked("/map.xml") == 3
