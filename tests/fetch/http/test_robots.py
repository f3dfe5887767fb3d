"""Robots rules (RFC 9309), on robots.txt bytes and over HTTP."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from protego import Protego

from flows.fetch.http import robots
from flows.settings import Layout
from tests.fetch.sites import (
    START,
    page,
    rss,
    run,
    serve,
)


def allowed(text: str | bytes, path: str, token: str = "newsvane") -> bool:
    body = text if isinstance(text, bytes) else text.encode()
    return robots.parse(body).decide(f"https://example.org{path}", token)[0]


def test_the_longest_match_wins():
    text = "User-agent: *\nDisallow: /news\nAllow: /news/open\n"
    assert allowed(text, "/news/open/1")
    assert not allowed(text, "/news/1")


def test_allow_wins_a_tie():
    assert allowed("User-agent: *\nDisallow: /a\nAllow: /a\n", "/a")


def test_the_deciding_rule_is_returned_as_written():
    assert robots.parse(b"User-agent: *\ndisallow:   /Private # no\n").decide("http://h/Private/x", "newsvane") == (
        False,
        "Disallow: /Private",
    )


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("/*.pdf$", "/a/b.pdf", True), ("/*.pdf$", "/a/b.pdf?x", False), ("/a*b*c", "/axxbxxc", True),
        ("/a*b*c", "/acb", False), ("/$", "/", True), ("/$", "/x", False), ("/a$b", "/a$b", True),
        ("/*", "/anything", True), ("/A", "/a", False), ("/caf%C3%A9", "/café", True), ("/%7Ejoe", "/~joe", True),
        ("/a%2fb", "/a/b", False), ("/q?x=", "/q?x=1", True),
    ],
)  # fmt: skip
def test_patterns(pattern: str, path: str, matches: bool):
    assert allowed(f"User-agent: *\nDisallow: {pattern}\n", path) is not matches


def test_a_pattern_with_many_stars_is_fast():
    assert allowed(f"User-agent: *\nDisallow: /{'a*' * 200}b\n", "/" + "a" * 5000)


def test_only_the_most_specific_group_applies():
    text = "User-agent: *\nDisallow: /\n\nUser-agent: NewsVane/1.0\nDisallow: /x\n"
    assert allowed(text, "/y")
    assert not allowed(text, "/x")


def test_a_longer_or_shorter_name_is_another_agent():
    assert allowed("User-agent: news\nDisallow: /\n\nUser-agent: newsvanebot\nDisallow: /\n", "/")


def test_groups_of_one_agent_are_merged():
    text = (
        "User-agent: newsvane\nDisallow: /a\n\nUser-agent: other\nDisallow: /\n\nUser-agent: newsvane\nDisallow: /b\n"
    )
    assert not allowed(text, "/a")
    assert not allowed(text, "/b")
    assert allowed(text, "/c")


def test_consecutive_agents_share_a_group_despite_other_lines():
    text = "User-agent: a\nCrawl-delay: 3\nSitemap: http://h/s.xml\nUser-agent: newsvane\nDisallow: /\n"
    assert not allowed(text, "/")
    assert robots.parse(text.encode()).crawl_delay("newsvane") == 3


def test_bom_mixed_line_endings_and_garbage():
    assert not allowed(b"\xef\xbb\xbfUser-agent: *\rDisallow: /a\r\nnonsense\n\xff\xfe\n", "/a")
    assert allowed(b"\x00\x01\x02<html>not found</html>", "/a")


def test_an_empty_disallow_allows_and_robots_txt_is_always_allowed():
    assert allowed("User-agent: *\nDisallow:\n", "/a")
    assert allowed("User-agent: *\nDisallow: /\n", "/robots.txt")


def test_rules_before_the_first_agent_are_ignored():
    assert allowed("Disallow: /\nUser-agent: *\nDisallow: /x\n", "/a")


def test_500_kib_are_read_and_a_cut_line_is_dropped():
    filler = b"# " + b"x" * 97 + b"\n"
    within = b"User-agent: *\n" + filler * 5000 + b"Disallow: /in\n"
    assert len(within) < robots.MAX_BYTES
    assert not allowed(within + filler * 400 + b"Disallow: /out\n", "/in")
    assert allowed(within + filler * 400 + b"Disallow: /out\n", "/out")


def test_crawl_delay_and_sitemaps():
    read = robots.parse(b"Sitemap: https://h/s.xml\nUser-agent: *\nCrawl-delay: 2.5\n")
    assert read.crawl_delay("newsvane") == 2.5
    assert read.sitemaps == ["https://h/s.xml"]
    assert robots.parse(b"User-agent: *\nCrawl-delay: soon\n").crawl_delay("newsvane") is None


@given(
    st.lists(st.tuples(st.booleans(), st.text("ab/*", min_size=0, max_size=6)), max_size=6),
    st.text("ab/", max_size=8),
)
def test_decisions_agree_with_protego(rules: list[tuple[bool, str]], path: str):
    lines = [f"{'Allow' if allow else 'Disallow'}: /{pattern}" for allow, pattern in rules]
    text = "\n".join(["User-agent: *", *lines])
    url = f"https://example.org/{path}"
    assert robots.parse(text.encode()).decide(url, "newsvane")[0] == Protego.parse(text).can_fetch(url, "newsvane")


# -- over HTTP -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_4xx_allows(tmp_path, status: int):
    with serve(feed=rss("/news/story-100001.html")) as site:
        site.pages["/robots.txt"] = page("gone", status=status)
        site.pages["/news/story-100001.html"] = page("story")
        assert run(site, Layout(tmp_path)).new == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_5xx_and_429_refuse_everything(tmp_path, status: int):
    with serve(feed=rss("/news/story-100001.html")) as site:
        site.pages["/robots.txt"] = page("later", status=status)
        report = run(site, Layout(tmp_path))
        assert {path for path, _ in site.log} == {"/robots.txt"}
        assert report.new == 0
        assert report.refused >= 1


def test_the_last_good_copy_is_used_for_seven_days_of_an_outage(tmp_path):
    with serve(feed=rss("/news/story-100001.html", "/private/story-100002.html")) as site:
        site.pages["/robots.txt"] = page("User-agent: *\nDisallow: /private\n", "text/plain")
        site.pages["/news/story-100001.html"] = site.pages["/private/story-100002.html"] = page("story")
        assert run(site, Layout(tmp_path)).refused == 1
        site.pages["/robots.txt"] = page("down", status=500)
        site.pages["/feed"] = rss("/news/story-100003.html", "/private/story-100004.html")
        site.pages["/news/story-100003.html"] = page("another")
        later = run(site, Layout(tmp_path), START + timedelta(days=2))
        assert (later.new, later.refused) == (1, 2)  # the new private page, and the other one again after a day
        assert site.requests("/private/story-100004.html") == 0
        requests = len([path for path, _ in site.log if path != "/robots.txt"])
        run(site, Layout(tmp_path), START + timedelta(days=9))
        assert len([path for path, _ in site.log if path != "/robots.txt"]) == requests


def test_a_copy_is_used_for_a_day(tmp_path):
    with serve(feed=rss()) as site:
        site.pages["/robots.txt"] = page("User-agent: *\nAllow: /\n", "text/plain")
        for hours in (0, 12, 23):
            run(site, Layout(tmp_path), START + timedelta(hours=hours))
        assert site.requests("/robots.txt") == 1
        run(site, Layout(tmp_path), START + timedelta(hours=25))
        assert site.requests("/robots.txt") == 2


def test_redirects_of_robots_txt_are_followed(tmp_path):
    with serve(feed=rss("/private/story-100001.html")) as site:
        site.pages["/robots.txt"] = page("", status=301, Location="/other.txt")
        site.pages["/other.txt"] = page("User-agent: *\nDisallow: /private\n", "text/plain")
        site.pages["/private/story-100001.html"] = page("story")
        assert run(site, Layout(tmp_path)).refused == 1
        assert site.requests("/private/story-100001.html") == 0


def test_a_redirect_to_a_disallowed_page_is_not_followed(tmp_path):
    with serve(feed=rss("/news/story-100001.html")) as site:
        site.pages["/robots.txt"] = page("User-agent: *\nDisallow: /private\n", "text/plain")
        site.pages["/news/story-100001.html"] = page("", status=302, Location="/private/x")
        assert run(site, Layout(tmp_path)).refused == 1
        assert site.requests("/private/x") == 0


def test_a_disallowed_page_is_fetched_when_a_new_copy_allows_it(tmp_path):
    with serve(feed=rss("/news/story-100001.html")) as site:
        site.pages["/news/story-100001.html"] = page("story")
        site.pages["/robots.txt"] = page("User-agent: *\nDisallow: /news\n", "text/plain")
        assert run(site, Layout(tmp_path)).refused == 1
        site.pages["/robots.txt"] = page("User-agent: *\nAllow: /\n", "text/plain")
        assert run(site, Layout(tmp_path), START + timedelta(hours=25)).new == 1


def test_no_response_refuses_like_a_5xx_and_keeps_the_last_good_copy(tmp_path):
    def silent(handler) -> None:
        handler.close_connection = True

    with serve(feed=rss("/news/story-100001.html")) as site:
        site.pages["/robots.txt"] = silent
        report = run(site, Layout(tmp_path / "never"))
        assert {path for path, _ in site.log} == {"/robots.txt"}
        assert report.refused >= 1
        site.pages["/robots.txt"] = page("User-agent: *\nDisallow: /news\n", "text/plain")
        run(site, Layout(tmp_path / "known"))
        site.pages["/robots.txt"] = silent
        site.pages["/feed"] = rss("/news/story-100002.html", "/open/story-100003.html")
        site.pages["/open/story-100003.html"] = page("story")
        later = run(site, Layout(tmp_path / "known"), START + timedelta(days=6))
        assert (later.new, site.requests("/news/story-100002.html")) == (1, 0)


def test_after_more_than_five_redirects_everything_is_refused(tmp_path):
    with serve(feed=rss("/news/story-100001.html")) as site:
        for number in range(5):
            site.pages[f"/hop{number}"] = page("", status=302, Location=f"/hop{number + 1}")
        site.pages["/robots.txt"] = page("", status=302, Location="/hop1")
        site.pages["/hop5"] = page("User-agent: *\nAllow: /\n", "text/plain")
        site.pages["/news/story-100001.html"] = page("story")
        assert run(site, Layout(tmp_path / "five")).new == 1
        site.pages["/robots.txt"] = page("", status=302, Location="/hop0")
        assert run(site, Layout(tmp_path / "six")).new == 0
