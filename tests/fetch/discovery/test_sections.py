"""Section pages: links to articles, and announced feeds."""

from __future__ import annotations

import pytest

from flows.errors import ShapeError
from flows.fetch.discovery import sections
from flows.model import Page


def is_ours(url: str) -> bool:
    return url.partition("//")[2].startswith(("news.example.org/", "example.org/", "www.example.org/"))


def section(body: str) -> sections.Section:
    return sections.read(Page("https://news.example.org/news/", body.encode()), "news", is_ours)


def test_articles_are_separated_from_boilerplate():
    links = {
        "/content/news/Council-votes-on-bridge-577011222.html": True,
        "/news/local/council-votes-on-new-bridge/article_0f1e2d3c-1111-11ee-8888-0a1b2c3d4e5f.html": True,
        "/2026/01/05/council-votes-on-new-bridge/": True,
        "/weather": False, "/": False, "/about-us/": False, "/tag/council-votes-on-bridge-1234567/": False,
        "/news/": False, "/photo-of-a-bridge-123456.jpg": False,
        "https://other.example/content/x-577011222.html": False,
        "javascript:void(0)": False,
    }  # fmt: skip
    body = "".join(f'<a href="{link}">Council votes on new bridge</a>' for link in links)
    found = {find.url.removeprefix("https://news.example.org") for find in section(body).finds}
    assert found == {link for link, wanted in links.items() if wanted}


@pytest.mark.parametrize(
    ("link", "is_taken"),
    [
        ("/?p=12345", True), ("/story.php?id=12345", True), ("/news/show.asp?ArticleID=4321", True),
        ("/archives/12345", True), ("/story/4123", True), ("/20260105/bridge", True), ("/2026/jan/05/bridge", True),
        ("/2026-01-05/bridge", True), ("/?page=12345", False), ("/list.php?id=12", False), ("/2026/", False),
        ("/page/12345", False), ("/?s=bridge", False), ("/forecast/64501", False),
    ],
)  # fmt: skip
def test_an_article_is_known_by_its_id_or_its_date(link: str, is_taken: bool):
    assert len(section(f'<a href="{link}">Council votes on new bridge</a>').finds) == is_taken


@pytest.mark.parametrize("kind", ["text/plain", "application/octet-stream", "application/xml"])
def test_html_of_a_vague_type_is_a_section_and_other_text_is_none(kind: str):
    link = b"<!doctype html><a href='/2026/01/05/bridge/'>x</a>"
    assert len(sections.read(Page("https://news.example.org/", link, kind), "s", is_ours).finds) == 1
    with pytest.raises(ShapeError):
        sections.read(Page("https://news.example.org/", b"words", kind), "s", is_ours)


def test_a_headline_has_the_rank_of_its_picture_link():
    link = "/content/news/Bridge-577011222.html"
    other = '<a href="/content/news/Two-577011223.html">Two</a>'
    finds = section(f'<a href="{link}?ref=222"><img></a>{other}<a href="{link}">The bridge</a>').finds
    assert [(find.rank, find.title) for find in finds] == [(1, "The bridge"), (2, "Two")]


def test_feeds_are_discovered_except_comment_feeds():
    body = (
        '<link rel="alternate" type="application/rss+xml" href="/feed/"><link rel="stylesheet" href="/x.css">'
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
        '<link rel="alternate" hreflang="es" href="/es"><link rel="feed" href="/atom">'
        '<link rel="Alternate" type="text/xml" title="RSS" href="/rss.xml">'
    )
    assert [url.removeprefix("https://news.example.org") for url in section(body).feeds] == [
        "/feed/", "/atom", "/rss.xml",
    ]  # fmt: skip


@pytest.mark.parametrize("host", ["www.example.org", "example.org"])
def test_links_to_another_host_of_the_source_are_taken(host: str):
    [find] = section(f'<a href="https://{host}/content/news/Bridge-577011222.html">The bridge</a>').finds
    assert find.url == f"https://{host}/content/news/Bridge-577011222.html"


def test_base_href_is_applied():
    body = '<base href="https://news.example.org/deep/"><a href="Bridge-opens-at-last-577011222.html">x</a>'
    assert section(body).finds[0].url.startswith("https://news.example.org/deep/")


def test_a_section_that_is_not_html_raises_shape_error():
    with pytest.raises(ShapeError):
        sections.read(Page("https://news.example.org/", b"%PDF", "application/pdf"), "s", is_ours)
