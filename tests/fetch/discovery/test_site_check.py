"""The check of an unknown site, and its report as text."""

from __future__ import annotations

import pytest

from flows.clock import SimulatedClock
from flows.data_layout import Layout
from flows.errors import ConfigError
from flows.fetch.discovery.site_check import check_site
from flows.fetch.discovery.site_report import describe
from tests.fetch.sites import LOOPBACK, START, Site, page, rss, serve, settings
from tests.month import free_port

CLOCK = SimulatedClock(START)


def fill(site: Site) -> None:
    site.pages["/robots.txt"] = page(
        f"User-agent: *\nDisallow: /private\nCrawl-delay: 4\nSitemap: {site.url}/map.xml\n", "text/plain"
    )
    site.pages["/map.xml"] = page(f"<urlset><url><loc>{site.url}/news/a-100001.html</loc></url></urlset>", "text/xml")
    site.pages["/feed"] = rss("/news/a-100001.html", "/news/b-100002.html")
    site.pages["/broken"] = page("no feed")
    site.pages["/"] = page(
        '<title>Town "News" \\ Daily</title><link rel="alternate" type="application/rss+xml" href="/feed">'
        '<link rel="alternate" type="application/rss+xml" href="/broken"><a href="/sports">Sports</a>'
        '<a href="/about-us">About</a><a href="/news/a-100001.html">A story</a><a href="https://other.example/x">x</a>'
    )


def test_a_site_is_reported_and_drafted(tmp_path):
    with serve() as site:
        fill(site)
        report = check_site(f"{site.url}/", settings(), Layout(tmp_path), CLOCK, LOOPBACK)
    assert (report.allowed, report.crawl_delay_s, report.articles_on_home) == (True, 4, 1)
    assert [(found.url.removeprefix(site.url), found.articles) for found in report.feeds] == [
        ("/feed", 2),
        ("/broken", 0),
    ]
    assert "not a feed" in (report.feeds[1].problem or "")
    assert [found.articles for found in report.sitemaps] == [1]
    assert report.sections == [f"{site.url}/sports"]
    assert report.page is not None
    assert report.title == 'Town "News" \\ Daily'


def test_the_report_as_text(tmp_path):
    messages: list[str] = []
    with serve() as site:
        fill(site)
        site.pages["/map.xml"] = page(
            f"<sitemapindex><sitemap><loc>{site.url}/a.xml</loc></sitemap></sitemapindex>", "text/xml"
        )
        report = check_site(f"{site.url}/", settings(), Layout(tmp_path), CLOCK, LOOPBACK, messages.append)
        text = describe(report).replace(site.url, "")
    assert text.splitlines() == [
        'Town "News" \\ Daily  /',
        "robots.txt  allows the home page (no rule matches)",
        "            Crawl-delay: 4 s between requests",
        "home page   1 link to what looks like an article",
        "feeds       /feed  2 articles",
        "            /broken  failed: not a feed: line 2: syntax error",
        "sitemaps    /map.xml  1 sitemap",
        "sections    /sports",
    ]
    assert [line.removeprefix("checking ").replace(site.url, "") for line in messages] == [
        "/ and its robots.txt ...", "/feed ...", "/broken ...", "/map.xml ...",
    ]  # fmt: skip
    assert report.allow_addresses == LOOPBACK


def test_a_site_that_does_not_respond_differs_from_one_that_refuses(tmp_path):
    with serve() as site:
        site.pages["/robots.txt"] = page("", status=500)
        assert not check_site(site.url, settings(max_attempts=1), Layout(tmp_path), CLOCK, LOOPBACK).answered
        site.pages["/robots.txt"] = page("User-agent: *\nDisallow: /\n", "text/plain")
        refused = check_site(site.url, settings(), Layout(tmp_path), CLOCK, LOOPBACK)
    assert (refused.answered, refused.allowed) == (True, False)
    assert "refuses the home page (Disallow: /)" in describe(refused)


def test_a_dead_host_is_named_as_one(tmp_path):
    address = f"127.0.0.1:{free_port()}"
    report = check_site(f"http://{address}/", settings(max_attempts=1), Layout(tmp_path), CLOCK, LOOPBACK)
    assert not report.answered
    assert f"nobody answers at {address}: " in describe(report)


def test_a_malformed_network_raises_config_error(tmp_path):
    with pytest.raises(ConfigError, match=r"'127\.0\.0\.1/99' is not a network"):
        check_site("http://127.0.0.1:9/", settings(), Layout(tmp_path), CLOCK, ("127.0.0.1/99",))


def test_a_check_leaves_no_files(tmp_path):
    with serve() as site:
        fill(site)
        check_site(f"{site.url}/", settings(), Layout(tmp_path), CLOCK, LOOPBACK)
    assert not Layout(tmp_path).raw.exists()
    assert not Layout(tmp_path).state.exists()


def test_the_usual_places_are_tried_if_nothing_is_announced(tmp_path):
    with serve() as site:
        site.pages["/"] = page("<title>x</title>")
        site.pages["/feed/"] = rss("/news/a-100001.html")
        site.pages["/tncms/sitemap/news.xml"] = page("<urlset></urlset>", "text/xml")
        report = check_site(site.url, settings(), Layout(tmp_path), CLOCK, LOOPBACK)
    assert [found.url.removeprefix(site.url) for found in report.feeds] == ["/feed/"]
    assert [found.url.removeprefix(site.url) for found in report.sitemaps] == ["/tncms/sitemap/news.xml"]


def test_a_site_that_refuses_gets_no_more_requests(tmp_path):
    with serve() as site:
        fill(site)
        site.pages["/robots.txt"] = page("User-agent: newsvane\nDisallow: /\n", "text/plain")
        report = check_site(f"{site.url}/", settings(), Layout(tmp_path), CLOCK, LOOPBACK)
        assert [path for path, _ in site.log] == ["/robots.txt"]
    assert (report.allowed, report.robots) == (False, "Disallow: /")


def test_a_private_address_is_not_requested(tmp_path):
    with serve() as site:
        report = check_site(f"{site.url}/", settings(), Layout(tmp_path), CLOCK)
        assert site.log == []
    assert "unsafe" in report.messages[0]


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "not a url", "ftp://x/"])
def test_a_malformed_url_raises_config_error(tmp_path, url: str):
    with pytest.raises(ConfigError):
        check_site(url, settings(), Layout(tmp_path), CLOCK)
