"""The generic reader on whole made-up pages: every field, and what must stay out of each."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from flows.model import Page, Parsed
from flows.parse.article.generic_reader import read_article
from flows.parse.page.document import Document

FIXTURES = Path(__file__).parents[1] / "fixtures"
CENTRAL = ZoneInfo("America/Chicago")


def read(body: bytes | str, url: str = "https://news.example/story", zone: ZoneInfo | None = CENTRAL) -> Parsed:
    page = Page(url=url, body=body)
    return read_article(Document(page), page, zone)


@pytest.fixture(scope="module")
def newspaper() -> Parsed:
    return read(
        (FIXTURES / "newspaper.html").read_bytes(), "https://harborledger.example/news/2024/10/05/bridge-closes"
    )


@pytest.fixture(scope="module")
def blog() -> Parsed:
    return read(
        (FIXTURES / "blog.html").read_bytes(), "https://kuechenzettel.example/sauerteig", ZoneInfo("Europe/Berlin")
    )


def test_title_is_the_headline_without_the_site(newspaper: Parsed) -> None:
    assert newspaper.title == "Old river bridge to close for a month"


def test_title_is_not_the_sites_own_heading(blog: Parsed) -> None:
    assert blog.title == "Sauerteig am Morgen"


def test_authors_follow_references_and_lose_roles(newspaper: Parsed) -> None:
    assert newspaper.authors == ["Ann Okafor", "Luis Prado"]


def test_author_comes_from_the_byline_not_from_a_comment(blog: Parsed) -> None:
    assert blog.authors == ["Grete Halm"]


def test_published_keeps_its_own_offset(newspaper: Parsed) -> None:
    assert newspaper.published is not None
    assert newspaper.published.at == datetime(2024, 10, 5, 19, 30, tzinfo=UTC)
    assert newspaper.published.zone_basis == "explicit"
    assert newspaper.updated is not None
    assert newspaper.updated.at == datetime(2024, 10, 5, 21, tzinfo=UTC)


def test_published_day_is_read_from_the_text(blog: Parsed) -> None:
    assert blog.published is not None
    assert (blog.published.at.date().isoformat(), blog.published.precision) == ("2021-03-03", "day")
    assert blog.published.zone_basis == "source_zone"


def test_tags_lose_the_site_name_and_menus(newspaper: Parsed) -> None:
    assert [tag.label for tag in newspaper.tags] == ["bridges", "road work", "Mill River"]
    assert [tag.position for tag in newspaper.tags] == [1, 2, 3]


def test_tags_are_not_categories_nor_the_tag_cloud(blog: Parsed) -> None:
    assert [(tag.label, tag.method) for tag in blog.tags] == [("Sauerteig", "rel_tag"), ("Hefe", "rel_tag")]


def test_body_is_whole_and_only_the_article(newspaper: Parsed) -> None:
    assert newspaper.body is not None
    assert newspaper.body.split("\n\n") == [
        "Crews will replace the deck of the 1931 bridge before winter.",
        "The bridge over the Mill River closes on Monday, the city engineer told the council on Friday evening.",
        "Traffic will be led over the northern crossing, which adds about nine minutes to the way downtown.",
        "What comes next",
        "Work on the deck takes four weeks, and the railing is painted after that, weather permitting.",
        "Buses leave five minutes earlier.",
        "Boats may pass at night only.",
    ]


def test_body_without_paragraph_elements_is_split_at_double_breaks(blog: Parsed) -> None:
    assert blog.body is not None
    paragraphs = blog.body.split("\n\n")
    assert [paragraph.split()[0] for paragraph in paragraphs] == ["Der", "Wer", "Das"]


def test_everything_else(newspaper: Parsed) -> None:
    assert newspaper.summary == "Crews will replace the deck of the 1931 bridge before winter."
    assert newspaper.section == "Local"
    assert newspaper.lang == "en-us"
    assert newspaper.canonical_url == "https://harborledger.example/news/2024/10/05/bridge-closes"
    assert newspaper.robots_tags == ["index", "max-image-preview:large"]
    assert newspaper.kind == "article"
    assert newspaper.notes == []


@pytest.mark.parametrize(
    ("html", "url", "kind"),
    [
        ("<title>404 Not Found</title><h1>Page not found</h1>", "https://x.example/a", "missing"),
        ("<title>Home</title><a href=/a>a</a>", "https://x.example/", "index"),
        ("<title>Sports</title><p>Latest</p>", "https://x.example/category/sports/", "index"),
        (
            '<meta property="og:type" content="article"><h1>Bridge to close for repairs in June</h1><p>b</p>',
            "https://x.example/bridge-to-close",
            "article",
        ),
        ("<h1>About</h1><p>short</p>", "https://x.example/about-us", "other"),
    ],
)
def test_kind(html: str, url: str, kind: str) -> None:
    assert read(html, url).kind == kind


def test_an_update_alone_is_read_as_both_dates() -> None:
    parsed = read('<meta property="article:modified_time" content="2024-05-06T07:08:09Z"><h1>x</h1>')
    assert parsed.updated is not None
    assert parsed.published is not None
    assert parsed.published.at == parsed.updated.at == datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)


def test_summary_that_repeats_the_title_is_none() -> None:
    parsed = read('<meta property="og:description" content="Snow is coming"><h1>Snow is coming</h1>')
    assert parsed.title == "Snow is coming"
    assert parsed.summary is None


def test_an_empty_page_has_no_facts() -> None:
    parsed = read(b"")
    assert (parsed.title, parsed.summary, parsed.body, parsed.published, parsed.updated) == (None,) * 5
    assert (parsed.authors, parsed.tags, parsed.kind) == ([], [], "other")
