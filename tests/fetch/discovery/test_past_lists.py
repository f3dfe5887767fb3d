"""Lists that reach back: search feeds by system, paging, sitemaps by month, and whether a find is of some days."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from flows.errors import ShapeError
from flows.fetch.discovery import cdx
from flows.fetch.discovery.past_lists import day_of, is_of, may_list, paged_lists
from flows.fetch.discovery.sitemaps import Child
from flows.model import Find
from tests.fetch.sites import Site, source_at

SINCE, UNTIL = date(2026, 10, 3), date(2026, 10, 5)


@pytest.mark.parametrize(
    ("system", "first"),
    [
        ("blox_2021", "/search/?f=rss&t=article&d1=2026-10-03&d2=2026-10-05&s=start_time&sd=asc&l=100&o=0"),
        ("wordpress", "/2026/10/feed/?paged=1"),
        (None, "/feed?paged=2"),
    ],
)
def test_the_search_feed_of_a_system_comes_first(system: str | None, first: str) -> None:
    source = source_at(
        Site("http://127.0.0.1:80"), feeds=("http://127.0.0.1:80/feed",), sections=("http://127.0.0.1:80/news?a=1",),
        history=[{"since": "2020-01-01", "system": system}],
    )  # fmt: skip
    lists = paged_lists(source, SINCE, UNTIL)
    assert next(lists[0].pages()) == f"http://127.0.0.1:80{first}"
    assert next(lists[-1].pages()) == "http://127.0.0.1:80/news?a=1&page=2"


@pytest.mark.parametrize(
    ("name", "lastmod", "may"),
    [
        ("sitemap-2026-10.xml", None, True),
        ("sitemap-2026-09.xml", "2026-10-30", False),
        ("post-202610.xml", None, True),
        ("posts-3.xml", "2026-10-02", False),
        ("posts-3.xml", "2026-10-03T00:00:00Z", True),
        ("posts-3.xml", None, True),
    ],
)
def test_a_sitemap_of_another_month_is_not_read(name: str, lastmod: str | None, may: bool) -> None:
    assert may_list(Child(f"https://a.test/{name}", lastmod), SINCE, UNTIL) is may


@pytest.mark.parametrize(
    ("url", "channel", "published", "expected"),
    [
        ("/2026/10/04/mill", "sitemap", "2026-11-20", True),
        ("/2026/09/30/mill", "feed", None, False),
        ("/mill", "feed", "Sun, 04 Oct 2026 10:00:00 GMT", True),
        ("/mill", "feed", "2026-10-09", False),
        ("/mill", "sitemap", "2026-11-20", None),
        ("/mill", "sitemap", "2026-10-01", False),
        ("/mill-123456789", "feed", "?", None),
    ],
)
def test_a_find_is_of_the_days_by_its_url_or_date(
    url: str, channel: str, published: str | None, expected: bool | None
) -> None:
    assert is_of(Find(f"https://a.test{url}", channel, "x", 1, None, published), SINCE, UNTIL) is expected


def test_the_day_of_a_date() -> None:
    assert day_of("2026-10-04T10:00:00+02:00") == day_of("Sun, 04 Oct 2026 10:00:00 GMT") == date(2026, 10, 4)
    assert day_of("yesterday") is day_of(None) is None


def test_an_answer_of_the_index_is_read_and_a_bad_one_is_an_error() -> None:
    rows = b'[["timestamp","original"],["20200203040506","http://a.test/1"],["x","http://a.test/2"],[],["key 1"]]'
    assert cdx.read(rows) == ([cdx.Capture("http://a.test/1", datetime(2020, 2, 3, 4, 5, 6, tzinfo=UTC))], "key 1")
    assert cdx.read(b"") == cdx.read(b"[]") == ([], None)
    for bad in (b"<html>", b"{}", b'[["urlkey"],["a"]]', b"[1]"):
        with pytest.raises(ShapeError, match="web archive"):
            cdx.read(bad)
