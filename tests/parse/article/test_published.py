"""When a page was published: UTC stamps in the publisher's local time, dates found only in scripts."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from flows.model import Page
from flows.parse.article.published import read_dates
from flows.parse.article.scope import Scope
from flows.parse.article.title import read_title
from flows.parse.page.document import Document

STAMP = '<meta property="article:published_time" content="2020-02-25T02:25:54Z"><h1>Rain</h1>'
DATED = "https://x.example/2020/02/24/rain/"


def dates(
    html: str, url: str = "https://x.example/rain", zone: ZoneInfo | None = None, captured_at: datetime | None = None
) -> tuple[str | None, str | None]:
    """(published, updated) as ISO 8601."""
    document = Document(Page(url, f"<body>{html}"))
    found = read_dates(document, Scope(document, read_title(document)), zone, captured_at)
    first, second = (when.at.isoformat() if when else None for when in found)
    return first, second


def published(html: str, url: str = "https://x.example/rain", zone: ZoneInfo | None = None) -> str | None:
    return dates(html, url, zone)[0]


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


@pytest.mark.parametrize(
    ("line", "first", "second"),
    [
        (
            '<p class="meta">Posted May 3, 2024 | Updated May 5, 2024 8:00 AM</p>',
            "2024-05-03T00:00:00",
            "2024-05-05T08:00:00",
        ),
        (
            '<p class="meta">Updated 8:00 AM, May 5, 2024. Posted 3:35 PM, May 3, 2024</p>',
            "2024-05-03T15:35:00",
            "2024-05-05T08:00:00",
        ),
        (
            '<p class="date">3:35 PM May 3, 2024</p><p class="date updated">8:00 AM May 5, 2024</p>',
            "2024-05-03T15:35:00",
            "2024-05-05T08:00:00",
        ),
        ('<time class="entry-date published updated">3 May 2024</time>', "2024-05-03T00:00:00", None),
        ('<p class="meta">Aktualisiert am 5. Mai 2024</p>', "2024-05-05T00:00:00", "2024-05-05T00:00:00"),
    ],
)
def test_the_pieces_of_a_date_line(line: str, first: str, second: str | None) -> None:
    assert dates(f"<h1>Rain</h1>{line}") == (first, second)


OWN = '<main><h1>Rain falls on the valley</h1><p class="date">May 3, 2024</p></main>'


@pytest.mark.parametrize(
    "other",
    [
        '<div class="masthead"><time datetime="2024-06-09">Sunday</time></div>',
        '<header><span class="today-date">June 9, 2024</span></header>',
        '<nav><ul><li><time datetime="2024-06-09T10:00:00Z">June 9</time></li></ul></nav>',
        '<article><h2><a href="/other">Another story</a></h2><time datetime="2024-06-09">June 9</time></article>',
        '<div class="comments"><span class="date">June 9, 2024</span></div>',
    ],
)
def test_dates_of_the_surroundings_are_not_the_articles(other: str) -> None:
    assert published(other + OWN) == "2024-05-03T00:00:00"


def test_a_class_on_an_element_around_the_headline_excludes_nothing() -> None:
    html = '<div class="menu-open sidebar"><h1>Rain falls</h1><time datetime="2024-05-03T10:00:00Z">3 May</time></div>'
    assert published(html) == "2024-05-03T10:00:00+00:00"


CAPTURE = datetime(2024, 5, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("html", "day"),
    [
        ('<p class="date">Gala on May 20, 2024</p><p class="date">May 3, 2024</p>', "2024-05-03"),
        (
            '<meta property="article:published_time" content="2025-01-01T00:00:00Z"><p class="date">May 3, 2024</p>',
            "2024-05-03",
        ),
        ('<h1>Rain</h1><p class="posted">3 days ago</p>', "2024-05-01"),
    ],
)
def test_the_capture_bounds_and_resolves_dates(html: str, day: str) -> None:
    assert str(dates(html, captured_at=CAPTURE)[0])[:10] == day


@pytest.mark.parametrize(
    "html",
    [
        """<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": 1714730400000}</script>""",
        '<span class="when" data-timestamp="1714730400">today</span>',
        '<meta name="dc:date" content="2024-05-03T10:00:00Z">',
        '<p itemprop="datePublished" content="1714730400">a while ago</p>',
    ],
)
def test_machine_written_dates(html: str) -> None:
    assert published(f"{html}<h1>Rain</h1>") == "2024-05-03T10:00:00+00:00"


def test_an_embedded_videos_date_follows_the_pages_own() -> None:
    video = {"@type": "VideoObject", "name": "File footage", "uploadDate": "2018-02-11T09:00:00Z"}
    html = f'<script type="application/ld+json">{json.dumps(video)}</script>'
    html += '<h1>Rain</h1><time datetime="2024-05-03T10:00:00Z">3 May</time>'
    assert published(html) == "2024-05-03T10:00:00+00:00"


CAPTURED = datetime(2024, 3, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "stated",
    [
        '<meta name="cXenseParse:publishtime" content="2024-03-05T10:00:00Z">',
        '<meta name="Article-Publish-Date" content="2024-03-05">',
        '<meta name="search.pubDate" content="2024-03-05">',
        '<meta name="first_published" content="2024-03-05">',
        '<meta name="DCTERMS.available" content="2024-03-05">',
        '<meta name="twitter:label1" content="Published"><meta name="twitter:data1" content="March 5, 2024">',
        '<span property="schema:datePublished" content="2024-03-05T10:00:00">Mar 5</span>',
        '<span property="dc:date dc:created" content="2024-03-05T10:00:00+00:00">Tue</span>',
        '<span property="dcterms:issued" content="2024-03-05">Tue</span>',
        '<abbr class="dt-published" title="2024-03-05">Tuesday</abbr>',
        '<p class="date">5日前</p>',
        '<script type="application/ld+json">{"@type":"NewsArticle","n":05,"datePublished":"2024-03-05"}</script>',
        '<script type="application/ld+json">{“@type”:“NewsArticle”,“datePublished”:“2024-03-05”}</script>',
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":{"@value":"2024-03-05"}}</script>',
    ],
)
def test_many_ways_to_state_the_publication(stated: str) -> None:
    first, _ = dates(f"<h1>Rain</h1>{stated}", captured_at=CAPTURED)
    assert first is not None
    assert first[:10] == "2024-03-05"


def test_a_day_later_than_the_capture_is_read_the_other_way_round() -> None:
    stated = '<meta name="date" content="3/5/2024 10:00"><h1>Rain</h1>'
    assert dates(stated, "https://x.test/rain", captured_at=CAPTURED)[0] == "2024-03-05T10:00:00"
    assert dates(stated, "https://x.test/rain")[0] == "2024-05-03T10:00:00"
