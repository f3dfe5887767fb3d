"""The headline among the titles that a page states."""

from __future__ import annotations

import pytest

from flows.model import Page
from flows.parse.article.title import read_title
from flows.parse.page.document import Document


def title_of(html: str, url: str = "https://www.dailypost.example/a") -> str | None:
    return read_title(Document(Page(url=url, body=html)))


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>Rain ends drought | Daily Post</title>", "Rain ends drought"),
        ("<title>Daily Post: Rain ends drought</title><h1>Rain ends drought</h1>", "Rain ends drought"),
        ("<title>Rain - Sports - dailypost.example</title><h1>Rain</h1>", "Rain"),
        ("<title>Rain ends the drought - Daily Post</title><h1>Local News</h1>", "Rain ends the drought"),
        ("<title>Rain ends the drought - Daily Post</title><h1>Weather</h1>", "Rain ends the drought"),
        ("<title>Daily Post Weather | Weather, rain, snow</title><h1>Weather</h1>", "Weather"),
        ("<title>Rain ends the drought | KQXX 9 News for Fernbrook and Olden</title>", "Rain ends the drought"),
        ("<title>Regen<wbr>fall endet</title><h1>Regen<wbr>fall endet</h1>", "Regenfall endet"),
        (
            "<title>Rain ends drought</title><h1><i class=badge>Premium</i> Rain ends drought"
            "<i class=sr-only> (opens a film)</i></h1>",
            "Rain ends drought",
        ),
        (
            "<h1>Daily Post</h1><h1>Rain ends drought</h1><title>Rain ends drought - Daily Post</title>",
            "Rain ends drought",
        ),
        (
            '<meta property="og:title" content="Farmers dance in the first rain for a year">'
            "<title>Drought news: rain in valley | Daily Post</title><h1>Drought news: rain in valley</h1>",
            "Farmers dance in the first rain for a year",
        ),
        (
            '<meta property="og:title" content="Drought news: rain in valley">'
            "<title>Drought news: rain in valley</title><h1>Farmers dance in the first rain</h1>",
            "Farmers dance in the first rain",
        ),
        ("<title>Rain ends drought ⋆ Daily Post</title>", "Rain ends drought"),
        (
            "<title>Daily Post wins a state award - and a new roof | Daily Post</title>",
            "Daily Post wins a state award - and a new roof",
        ),
        (
            '<h1><a href="/" rel="home">Ann writes</a></h1><h2 class="post-title">Rain ends drought</h2>'
            "<title>Rain ends drought - Ann writes</title>",
            "Rain ends drought",
        ),
        (
            '<script type="application/ld+json">{"@type": "BlogPosting", "headline": "Best umbrellas 2024"}</script>'
            '<meta property="og:title" content="Best umbrellas 2024"><h1>Nine umbrellas that we like best</h1>',
            "Nine umbrellas that we like best",
        ),
        ("<svg><title>icon</title></svg><h1>Rain</h1>", "Rain"),
        ("<h1>Rain &amp; wind</h1>", "Rain & wind"),
        ("<p>nothing</p>", None),
    ],
)
def test_titles(html: str, title: str | None) -> None:
    assert title_of(html) == title


HEADLINE = "Bridge to close for repairs this summer"
SITE = '<meta property="og:site_name" content="Fern Courier">'


@pytest.mark.parametrize(
    "html",
    [
        f"<title>Fern Courier: {HEADLINE}</title>{SITE}",
        f"<title>{HEADLINE}. Fern Courier</title>{SITE}",
        f"<title>{HEADLINE}_Fern Courier</title>{SITE}",
        f'<title>{HEADLINE} | Fern Courier</title>{SITE}<meta property="og:title" content="Fern Courier">',
        f'<title>Fern Courier</title>{SITE}<meta itemprop="headline" content="{HEADLINE}">',
        f'<title>Fern Courier</title>{SITE}<h3 property="schema:headline">{HEADLINE}</h3>',
        f'<meta name="citation_title" content="{HEADLINE}">',
        f'<script type="application/ld+json">{{"@type":"NewsArticle","name":"{HEADLINE}"}}</script>',
        f'<script type="application/ld+json">{{"@type":"Article","headline":"{HEADLINE[:25]}…"}}</script>'
        f"<h1>{HEADLINE}</h1>",
    ],
)
def test_many_ways_to_state_the_headline(html: str) -> None:
    assert read_title(Document(Page("https://www.fern-courier.test/news/4711", html))) == HEADLINE


def test_a_headline_that_ends_in_dots_stays() -> None:
    html = f"<title>And then it rained… | Fern Courier</title>{SITE}<h1>And then it rained…</h1>"
    assert read_title(Document(Page("https://www.fern-courier.test/news/4711", html))) == "And then it rained…"
