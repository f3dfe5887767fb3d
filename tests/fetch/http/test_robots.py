"""Robots rules (RFC 9309), on robots.txt bytes and over HTTP."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from protego import Protego

from flows.data_layout import Layout
from flows.errors import ShapeError
from flows.fetch.http import robots
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
        ("/a%2fb", "/a/b", False), ("/q?x=", "/q?x=1", True), ("/x/abc%24", "/x/abc$", True),
        ("/x/abc%24", "/x/abc", False), ("/p%2Aq", "/p*q/1", True), ("/p%2Aq", "/pxq/1", False),
        ("/m$/n", "/m%24/n", True), ("/m$/n", "/m/n", False), ("/x*x/a", "/x*x/abc", True),
        ("/x/abc$", "/x/abc$", True), ("/x$$", "/x$", True), ("/x$$", "/x", False),
        ("/{id}", "/%7Bid%7D", True), ('/<">^|`', "/%3C%22%3E%5E%7C%60", True), ("/a b", "/a%20b", True),
        ("/a%3Db", "/a=b", True), ("/caf\u00e9", "/caf%C3%A9", True), ("/100%", "/100%25", True),
        ("/f?u=http://a.b", "/f?u=http%3A%2F%2Fa.b", True), ("/a%3Fb", "/a?b", False), ("/%E9", "/caf", False),
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


@pytest.mark.parametrize("mark", ["\ufeff", "\u200b"])
def test_a_mark_without_width_before_a_key_is_no_part_of_it(mark: str):
    joined = f"User-agent: other\nDisallow: /x\n{mark}User-agent: newsvane\n{mark}Disallow: /a\n"
    assert not allowed(joined, "/a")


def test_bom_mixed_line_endings_and_garbage():
    assert not allowed(b"\xef\xbb\xbfUser-agent: *\rDisallow: /a\r\nnonsense\n\xff\xfe\n", "/a")
    assert allowed(b"\x01\x02<html>not found</html>", "/a")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_unicode_encoding_is_read(encoding: str):
    assert not allowed("User-agent: *\r\nDisallow: /a\r\n".encode(encoding), "/a")


@pytest.mark.parametrize("body", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"User-agent: *\0\0\nDisallow: /\n"])
def test_a_body_that_is_no_text_raises_shape_error(body: bytes):
    with pytest.raises(ShapeError):
        robots.parse(body)


@pytest.mark.parametrize(
    "line",
    [
        "Dissallow: /a", "Disalow: /a", "Dissalow: /a", "Diasllow: /a", "Disallaw: /a", "Dsiallow: /a",
        "disallowed: /a", "Disallow /a", "Disallow : /a", "Dis-allow: /a", "  DISALLOW:/a  # no", "Disallows: /a",
        "Disalow /a",
    ],
)  # fmt: skip
def test_a_misspelled_refusal_is_obeyed(line: str):
    assert not allowed(f"User-agent: *\n{line}\n", "/a")


@pytest.mark.parametrize("line", ["Allow: /a", "Alow: /a", "Disclaimer: /a", "Disallow all of /a", "Noindex: /a", "/a"])
def test_another_line_is_no_refusal(line: str):
    assert allowed(f"User-agent: *\n{line}\n", "/a")


@pytest.mark.parametrize("line", ["User-agent *", "Useragent: *", "User agent: *", "User_Agent: *", "user-agnet: *"])
def test_a_misspelled_agent_is_read(line: str):
    assert not allowed(f"{line}\nDisallow: /a\n", "/a")


def test_a_permission_without_colon_does_not_open_what_is_refused():
    assert not allowed("User-agent: *\nDisallow: /\nAllow /a\n", "/a")


@pytest.mark.parametrize("agent", ["*WordPress*", "*bot", "**", "*/"])
def test_an_agent_that_starts_with_a_star_is_not_every_agent(agent: str):
    assert allowed(f"User-agent: {agent}\nDisallow: /\n", "/a")


@pytest.mark.parametrize("agent", ["*", "* # all", "* ", "*\tall"])
def test_a_star_alone_is_every_agent(agent: str):
    assert not allowed(f"User-agent: {agent}\nDisallow: /\n", "/a")


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


@pytest.mark.parametrize(
    ("value", "delay_s"),
    [
        ("soon", None),
        (".5", 0.5),
        ("10 seconds", 10),
        ("1,5", 1.5),
        ("\u00b2", None),
        ("-1", None),
        ("9" * 12, 2592000),
    ],
)
def test_crawl_delay_values(value: str, delay_s: float | None):
    assert robots.parse(f"User-agent: *\nCrawl-delay: {value}\n".encode()).crawl_delay("newsvane") == delay_s


def test_the_longest_crawl_delay_of_a_group_counts():
    text = b"User-agent: *\nCrawl-delay: 30\nCrawl-delay: 1\n"
    assert robots.parse(text).crawl_delay("newsvane") == 30


def test_a_pattern_in_another_encoding_matches_its_octets():
    assert not allowed(b"User-agent: *\nDisallow: /caf\xe9\n", "/caf%E9")
    assert robots.parse(b"User-agent: *\nDisallow: /caf\xe9\n").groups[0].rules[0].text == "Disallow: /caf\ufffd"


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


def test_204_is_a_file_without_rules(tmp_path):
    with serve(feed=rss("/news/story-100001.html")) as site:
        site.pages["/robots.txt"] = (204, {"Content-Length": "0"}, b"")
        site.pages["/news/story-100001.html"] = page("story")
        assert run(site, Layout(tmp_path)).new == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_5xx_and_429_refuse_everything(tmp_path, status: int):
    with serve(feed=rss("/news/story-100001.html")) as site:
        site.pages["/robots.txt"] = page("later", status=status)
        report = run(site, Layout(tmp_path))
        assert {path for path, _ in site.log} == {"/robots.txt"}
        assert (report.new, report.refused, report.failed) == (0, 2, 0)
        assert f"/robots.txt: status {status}, so everything is refused" in report.messages[0]


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


def test_no_response_is_a_failure_and_keeps_the_last_good_copy(tmp_path):
    def silent(handler) -> None:
        handler.close_connection = True

    with serve(feed=rss("/news/story-100001.html")) as site:
        site.pages["/robots.txt"] = silent
        report = run(site, Layout(tmp_path / "never"))
        assert {path for path, _ in site.log} == {"/robots.txt"}
        assert (report.refused, report.failed) == (0, 2)
        host = site.url.removeprefix("http://")
        assert report.messages[0].endswith(f"failed, no answer from {host}: connection closed without a response")
        site.pages["/robots.txt"] = page("User-agent: *\nDisallow: /news\n", "text/plain")
        run(site, Layout(tmp_path / "known"))
        site.pages["/robots.txt"] = silent
        site.pages["/feed"] = rss("/news/story-100002.html", "/open/story-100003.html")
        site.pages["/open/story-100003.html"] = page("story")
        later = run(site, Layout(tmp_path / "known"), START + timedelta(days=6))
        assert (later.new, site.requests("/news/story-100002.html")) == (1, 0)


def test_a_site_that_is_down_fails_and_refuses_nothing(tmp_path):
    with serve(feed=rss("/news/story-100001.html")) as site:
        site.pages["/news/story-100001.html"] = page("story")
        run(site, Layout(tmp_path), revisit_hours=(1,))
    later = [run(site, Layout(tmp_path), START + timedelta(days=8, minutes=minutes)) for minutes in (0, 31)]
    # the second run does not request robots.txt again, and the article is due after an hour
    assert [(report.refused, report.failed, report.fetched) for report in later] == [(0, 3, 0), (0, 2, 0)]
    assert all("connection refused" in message for report in later for message in report.messages[:2])


def test_a_robots_txt_that_is_no_text_refuses_everything(tmp_path):
    with serve(feed=rss("/news/story-100001.html")) as site:
        site.pages["/robots.txt"] = page(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
        report = run(site, Layout(tmp_path))
        assert {path for path, _ in site.log} == {"/robots.txt"}
    assert (report.new, report.refused) == (0, 2)
    assert "is not text" in report.messages[0]


def test_a_robots_txt_packed_without_a_header_is_obeyed(tmp_path):
    with serve(feed=rss("/news/story-100001.html")) as site:
        site.pages["/robots.txt"] = page(gzip.compress(b"User-agent: *\nDisallow: /\n"), "text/plain")
        run(site, Layout(tmp_path))
        assert {path for path, _ in site.log} == {"/robots.txt"}


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
