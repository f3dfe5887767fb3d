"""When a page was published: UTC stamps in the publisher's local time, dates found only in scripts."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from flows.model import Page
from flows.parse.article.published import read_published
from flows.parse.page.document import Document

STAMP = '<meta property="article:published_time" content="2020-02-25T02:25:54Z"><h1>Rain</h1>'
DATED = "https://x.example/2020/02/24/rain/"


def published(html: str, url: str = "https://x.example/rain", zone: ZoneInfo | None = None) -> str | None:
    when = read_published(Document(Page(url, f"<body>{html}")), zone)
    return when.at.isoformat() if when else None


@pytest.mark.parametrize(
    ("rest", "url", "local"),
    [
        ('<p class="date">February 24, 2020 | 9:25pm</p>', DATED, "2020-02-24T21:25:54-05:00"),
        ("<script>{'date': '2020-02-24T18:25:54-08:00'}</script>", DATED, "2020-02-24T18:25:54-08:00"),
        ("<p>No clock.</p>", DATED, "2020-02-24T23:25:54-03:00"),
        ('<meta name="date" content="24 February 2020">', "https://x.example/rain", "2020-02-24T23:25:54-03:00"),
        ("<p>No day.</p>", "https://x.example/rain", "2020-02-25T02:25:54+00:00"),
        ("<p>Same day.</p>", "https://x.example/2020/02/25/rain/", "2020-02-25T02:25:54+00:00"),
        ("<p>Far day.</p>", "https://x.example/2020/01/24/rain/", "2020-02-25T02:25:54+00:00"),
        (
            '<time datetime="2020-02-24T09:00:00-07:00">a reader\'s comment</time>',
            "https://x.example/rain",
            "2020-02-25T02:25:54+00:00",
        ),
    ],
)
def test_a_utc_stamp_is_converted_to_the_publishers_local_time(rest: str, url: str, local: str) -> None:
    found = published(STAMP + rest, url)
    assert found == local
    assert datetime.fromisoformat(found) == datetime(2020, 2, 25, 2, 25, 54, tzinfo=UTC)


def test_with_a_known_zone_no_offset_is_guessed() -> None:
    assert published(STAMP, DATED, ZoneInfo("America/Chicago")) == "2020-02-25T02:25:54+00:00"


def test_script_dates_with_a_clock_come_first() -> None:
    script = '<script>x = {"foundingDate": "1954-06-09", "publishDate": "2026.01.29 18:40"}</script>'
    assert published(script) == "2026-01-29T18:40:00"


def test_script_dates_need_a_date_like_name() -> None:
    assert published('<script>x = {"version": "2026-01-29 18:40"}</script>') is None
