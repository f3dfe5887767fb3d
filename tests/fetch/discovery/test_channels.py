"""Discovery over complete runs: which channels are read, when, and what they add."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest

from flows.clock import SimulatedClock
from flows.data_layout import Layout
from flows.fetch.run import SourceRun, run_source
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
    validated,
)


def test_unconfigured_sitemaps_sections_and_feeds_are_discovered(tmp_path):
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
    finds = {(find.channel, find.url[-11:]) for exchange in exchanges(Layout(tmp_path)) for find in exchange.finds}
    assert finds == {("sitemap", "100001.html"), ("section", "100002.html"), ("feed", "100003.html")}


def test_a_sitemap_may_be_named_by_its_path(tmp_path):
    with serve() as site:
        site.pages["/robots.txt"] = page("User-agent: *\nDisallow:\nSitemap: /map.xml\nSitemap: ://\n", "text/plain")
        site.pages["/map.xml"] = page(f"<urlset><url><loc>{STORY}</loc></url></urlset>", "application/xml")
        site.pages["/"], site.pages[STORY] = page("home"), page("story")
        assert run(site, Layout(tmp_path), feeds=()).new == 1


def test_a_channel_listed_as_an_article_is_read_as_a_channel(tmp_path):
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
        assert (site.requests("/inner.xml"), site.requests("/a.jpg"), site.requests("/listed/")) == (0, 0, 2)
        later = run(site, layout, START + timedelta(days=2), sections=(f"{site.url}/listed/",), **changes)
    assert later.new == 1
    read = [(exchange.purpose, exchange.status) for exchange in exchanges(layout) if exchange.url.endswith("/listed/")]
    assert read == [("article", 200), ("article", 200), ("section", 200)]


class KilledError(Exception):
    """Stands for a kill: nothing is sealed or committed after it."""


def test_the_run_after_an_interrupted_one_reads_the_children_of_an_index(tmp_path):
    def kill(_: SourceRun) -> None:
        if site.requests("/map.xml"):
            raise KilledError

    with serve() as site:
        index = f"<sitemapindex><sitemap><loc>{site.url}/inner.xml</loc></sitemap></sitemapindex>"
        site.pages["/map.xml"] = page(index, "text/xml")
        site.pages["/inner.xml"] = page(f"<urlset><url><loc>{site.url}{STORY}</loc></url></urlset>", "text/xml")
        site.pages[STORY] = page("story")
        source = source_at(site, feeds=(), sitemaps=(f"{site.url}/map.xml",))
        with pytest.raises(KilledError):
            run_source(source, settings(), Layout(tmp_path), {}, SimulatedClock(START), kill)
        assert site.requests("/inner.xml") == 0
        again = [run_source(source, settings(), Layout(tmp_path), {}, SimulatedClock(START)).new for _ in range(2)]
        assert again == [1, 0]
        assert (site.requests("/map.xml"), site.requests("/inner.xml")) == (2, 1)
        for hours in (2.9, 3):  # the extra request does not delay the next one
            run_source(source, settings(), Layout(tmp_path), {}, SimulatedClock(START + timedelta(hours=hours)))
        assert site.requests("/map.xml") == 3


def test_a_bad_feed_is_reported_and_the_others_are_read(tmp_path):
    with serve(feed=rss(STORY)) as site:
        site.pages["/bad"] = page("<html>maintenance</html>")
        site.pages["/evil"] = page(
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss version="2.0"></rss>', "application/xml"
        )
        site.pages[STORY] = page("story")
        feeds = (f"{site.url}/bad", f"{site.url}/evil", f"{site.url}/feed")
        report = run(site, Layout(tmp_path), feeds=feeds)
    assert report.new == 1
    assert [exchange.outcome for exchange in exchanges(Layout(tmp_path), "feed")] == ["failed", "failed", "new"]
    assert "not a feed" in report.messages[0]


def test_entries_that_are_no_pages_or_have_a_secret_are_said(tmp_path):
    with serve(feed=rss("/minutes.pdf", "/news/a-story?token=s3cret", STORY)) as site:
        site.pages[STORY] = page("story")
        report = run(site, Layout(tmp_path))
    assert report.new == 1
    said = "\n".join(report.messages)
    assert "1 of 3 entries are files and not pages" in said
    assert "1 of 3 entries have a secret in their URL" in said
    assert "s3cret" not in said


def test_an_index_below_two_others_is_said(tmp_path):
    index = "<sitemapindex><sitemap><loc>{}/{}.xml</loc></sitemap></sitemapindex>"
    with serve(feed=rss()) as site:
        site.pages.update({f"/{n}.xml": page(index.format(site.url, n + 1), "text/xml") for n in range(4)})
        report = run(site, Layout(tmp_path), sitemaps=(f"{site.url}/0.xml",))
        assert site.requests("/3.xml") == 0
    assert "/2.xml: 1 sitemap is not read, because it is below 2 other indexes" in "\n".join(report.messages)


def test_entries_that_lead_to_another_host_are_said(tmp_path):
    with serve(feed=rss("http://other.example/a", "http://other.example/b", STORY)) as site:
        site.pages[STORY] = page("story")
        report = run(site, Layout(tmp_path))
    assert report.new == 1
    said = "2 of 3 entries lead to another host (other.example) and are not fetched"
    assert [message for message in report.messages if said in message] == [f"feed {site.url}/feed: {said}"]


@pytest.mark.parametrize(("is_newest_last", "etag"), [(True, None), (False, '"index"')])
def test_every_child_of_a_large_undated_index_is_read_and_the_ends_first(
    tmp_path, is_newest_last: bool, etag: str | None
):
    names = [f"/m{number:03d}.xml" for number in range(120)]
    newest = names[-1] if is_newest_last else names[0]
    with serve() as site:
        rows = "".join(f"<sitemap><loc>{site.url}{name}</loc></sitemap>" for name in names)
        index = f"<sitemapindex>{rows}</sitemapindex>"
        site.pages["/map.xml"] = validated(index, etag, "text/xml") if etag else page(index, "text/xml")
        for name in names:
            site.pages[name] = page("<urlset></urlset>", "text/xml")
        site.pages[newest] = page(f"<urlset><url><loc>{site.url}{STORY}</loc></url></urlset>", "text/xml")
        site.pages[STORY] = page("story")
        for number in range(14):
            run(
                site,
                Layout(tmp_path),
                START + timedelta(hours=12 * number),
                feeds=(),
                sitemaps=(f"{site.url}/map.xml",),
            )
            if number == 0:
                assert site.requests(STORY) == 1
                assert sum(site.requests(name) for name in names) == 50
        assert min(site.requests(name) for name in names) >= 1


def test_a_crawl_delay_of_a_day_leaves_requests_for_feed_sections_and_pages(tmp_path):
    links = [f"/news/story-{100000 + number}.html" for number in range(5)]
    with serve(feed=rss(*links)) as site:
        site.pages.update({link: page(link) for link in links})
        site.pages["/robots.txt"] = page("User-agent: *\nCrawl-delay: 86400\n", "text/plain")
        for number in range(4 * 14):
            run(site, Layout(tmp_path), START + timedelta(hours=6 * number))
        paths = [path for path, _ in site.log]
    assert 8 <= len(paths) <= 16
    assert paths.count("/robots.txt") <= 5
    assert "/feed" in paths
    assert len({path for path in paths if path.startswith("/news/")}) >= 2
