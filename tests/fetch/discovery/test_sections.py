"""Section pages: links to articles, and announced feeds."""

from __future__ import annotations

import pytest

from flows.errors import ShapeError
from flows.fetch.discovery import sections
from flows.model import Page


def section(body: str) -> sections.Section:
    return sections.read(Page("https://news.example.org/news/", body.encode()), "news")


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


def test_a_headline_has_the_rank_of_its_picture_link():
    link = "/content/news/Bridge-577011222.html"
    other = '<a href="/content/news/Two-577011223.html">Two</a>'
    finds = section(f'<a href="{link}?ref=222"><img></a>{other}<a href="{link}">The bridge</a>').finds
    assert [(find.rank, find.title) for find in finds] == [(1, "The bridge"), (2, "Two")]


def test_feeds_are_discovered_except_comment_feeds():
    body = (
        '<link rel="alternate" type="application/rss+xml" href="/feed/"><link rel="stylesheet" href="/x.css">'
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
        '<link rel="alternate" hreflang="es" href="/es">'
    )
    assert section(body).feeds == ("https://news.example.org/feed/",)


def test_base_href_is_applied():
    body = '<base href="https://news.example.org/deep/"><a href="Bridge-opens-at-last-577011222.html">x</a>'
    assert section(body).finds[0].url.startswith("https://news.example.org/deep/")


def test_a_section_that_is_not_html_raises_shape_error():
    with pytest.raises(ShapeError):
        sections.read(Page("https://news.example.org/", b"%PDF", "application/pdf"), "s")
