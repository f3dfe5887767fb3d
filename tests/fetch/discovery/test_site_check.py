"""The first look at a site, and the config drafted from it."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime

import pytest

from flows.clock import SimulatedClock
from flows.errors import ConfigError
from flows.fetch.discovery.site_check import check
from flows.fetch.discovery.source_draft import described, draft
from flows.settings import Layout
from flows.sources import Source
from tests.fetch.sites import Site, page, rss, serve, settings

CLOCK = SimulatedClock(datetime(2026, 1, 5, 12, tzinfo=UTC))
ALLOWED = ("127.0.0.1/32",)


def offer(site: Site) -> None:
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
        offer(site)
        report = check(f"{site.url}/", settings(), Layout(tmp_path), CLOCK, ALLOWED)
    assert (report.allowed, report.crawl_delay_s, report.articles_on_home) == (True, 4, 1)
    assert [(found.url.removeprefix(site.url), found.articles) for found in report.feeds] == [
        ("/feed", 2),
        ("/broken", 0),
    ]
    assert "not a feed" in (report.feeds[1].problem or "")
    assert [found.articles for found in report.sitemaps] == [1]
    assert report.sections == [f"{site.url}/sports"]
    table = tomllib.loads(draft(report))
    source = Source(name="town", **table)
    assert (source.title, source.delay_s, source.enabled) == ('Town "News" \\ Daily', 4, False)
    assert source.feeds == (f"{site.url}/feed",)


def test_the_report_says_in_words_what_was_found(tmp_path):
    told: list[str] = []
    with serve() as site:
        offer(site)
        site.pages["/map.xml"] = page(
            f"<sitemapindex><sitemap><loc>{site.url}/a.xml</loc></sitemap></sitemapindex>", "text/xml"
        )
        report = check(f"{site.url}/", settings(), Layout(tmp_path), CLOCK, ALLOWED, told.append)
        said = described(report).replace(site.url, "")
    assert said.splitlines() == [
        'Town "News" \\ Daily  /',
        "robots.txt  allows the home page (no rule matches)",
        "            asks for 4 s between requests",
        "home page   1 links that look like articles",
        "feeds       /feed  2 articles",
        "            /broken  failed: not a feed: line 2: syntax error",
        "sitemaps    /map.xml  1 sitemaps",
        "sections    /sports",
    ]
    assert [line.removeprefix("looking at ").replace(site.url, "") for line in told] == [
        "/ and its robots.txt ...", "/feed ...", "/broken ...", "/map.xml ...",
    ]  # fmt: skip
    assert 'allow_addresses = ["127.0.0.1/32"]' in draft(report)


def test_a_site_that_does_not_answer_is_told_from_one_that_refuses(tmp_path):
    with serve() as site:
        site.pages["/robots.txt"] = page("", status=500)
        assert not check(site.url, settings(max_attempts=1), Layout(tmp_path), CLOCK, ALLOWED).answered
        site.pages["/robots.txt"] = page("User-agent: *\nDisallow: /\n", "text/plain")
        refused = check(site.url, settings(), Layout(tmp_path), CLOCK, ALLOWED)
    assert (refused.answered, refused.allowed) == (True, False)
    assert "refuses the home page (Disallow: /)" in described(refused)


def test_a_network_that_is_none_is_the_users_error(tmp_path):
    with pytest.raises(ConfigError, match=r"'127\.0\.0\.1/99' is not a network"):
        check("http://127.0.0.1:9/", settings(), Layout(tmp_path), CLOCK, ("127.0.0.1/99",))


def test_a_look_leaves_nothing_behind(tmp_path):
    with serve() as site:
        offer(site)
        check(f"{site.url}/", settings(), Layout(tmp_path), CLOCK, ALLOWED)
    assert not Layout(tmp_path).raw.exists()
    assert not Layout(tmp_path).state.exists()


def test_usual_places_are_tried_where_nothing_is_announced(tmp_path):
    with serve() as site:
        site.pages["/"] = page("<title>x</title>")
        site.pages["/feed/"] = rss("/news/a-100001.html")
        site.pages["/tncms/sitemap/news.xml"] = page("<urlset></urlset>", "text/xml")
        report = check(site.url, settings(), Layout(tmp_path), CLOCK, ALLOWED)
    assert [found.url.removeprefix(site.url) for found in report.feeds] == ["/feed/"]
    assert [found.url.removeprefix(site.url) for found in report.sitemaps] == ["/tncms/sitemap/news.xml"]


def test_a_site_that_refuses_is_asked_nothing_more(tmp_path):
    with serve() as site:
        offer(site)
        site.pages["/robots.txt"] = page("User-agent: newsvane\nDisallow: /\n", "text/plain")
        report = check(f"{site.url}/", settings(), Layout(tmp_path), CLOCK, ALLOWED)
        assert [path for path, _ in site.log] == ["/robots.txt"]
    assert (report.allowed, report.robots) == (False, "Disallow: /")
    assert "robots.txt refuses us" in draft(report)


def test_a_private_address_is_not_looked_at(tmp_path):
    with serve() as site:
        report = check(f"{site.url}/", settings(), Layout(tmp_path), CLOCK)
        assert site.log == []
    assert "unsafe" in report.messages[0]


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "not a url", "ftp://x/"])
def test_words_that_are_no_url_are_the_users_error(tmp_path, url: str):
    with pytest.raises(ConfigError):
        check(url, settings(), Layout(tmp_path), CLOCK)
