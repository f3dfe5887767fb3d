"""Authors: people before publishers, accounts and organizations."""

from __future__ import annotations

import json
from typing import Any

import pytest

from flows.model import Page
from flows.parse.article.authors import read_authors
from flows.parse.article.scope import Scope
from flows.parse.article.title import read_title
from flows.parse.page.document import Document

PRINTED = '<main><h1>Rain falls on the valley</h1><p class="byline">By Ann Okafor</p></main>'
PLAIN = "<main><h1>Rain falls on the valley</h1><p>By <b>Ann Okafor</b></p><p>It rained by the river.</p></main>"


def authors(html: str) -> list[str]:
    document = Document(Page("https://dailypost.example/a", f"<body>{html}"))
    title = read_title(document)
    return read_authors(document, Scope(document, title), title)


def stated(author: Any) -> str:
    node = {"@type": "NewsArticle", "author": author, "publisher": {"@type": "Organization", "name": "Daily Post"}}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


ORGANIZATION = {"@type": "NewsMediaOrganization", "name": "Valley Media"}


@pytest.mark.parametrize(
    ("author", "page", "names"),
    [
        (ORGANIZATION, PRINTED, ["Ann Okafor"]),
        (ORGANIZATION, PLAIN, ["Ann Okafor"]),
        (ORGANIZATION, "<h1>Rain</h1>", ["Valley Media"]),
        (ORGANIZATION, '<h1>Rain</h1><p class="author">more topics</p>', ["Valley Media"]),
        ([{"@type": "Person", "name": "Luis Prado"}, ORGANIZATION], PRINTED, ["Luis Prado", "Valley Media"]),
        ({"@type": "Person", "givenName": "Ann", "familyName": "Okafor"}, "", ["Ann Okafor"]),
        ([[{"@type": "Person", "name": "Ann Okafor"}], []], "", ["Ann Okafor"]),
        ("webteam2", PRINTED, ["Ann Okafor"]),
        ("webteam2", "", ["webteam2"]),
        ({"@type": "Organization", "name": "Daily Post"}, "", ["Daily Post"]),
    ],
)
def test_stated_and_printed(author: Any, page: str, names: list[str]) -> None:
    assert authors(stated(author) + page) == names


def test_a_byline_without_markup_is_found_below_the_headline() -> None:
    assert authors(PLAIN) == ["Ann Okafor"]


def test_a_label_of_a_social_card_names_the_author() -> None:
    html = '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ann Okafor">'
    assert authors(html) == ["Ann Okafor"]


def test_a_link_to_a_profile_names_the_author() -> None:
    assert authors('<h1>Rain</h1><a href="/authors/ann-okafor">Ann Okafor</a>') == ["Ann Okafor"]
    assert authors('<h1>Rain</h1><nav><a href="/authors/ann-okafor">Ann Okafor</a></nav>') == []


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@type": "Role", "author": {"@type": "Person", "name": "Ann Okafor"}}, ["Ann Okafor"]),
        ({"@type": "Person", "name": {"@value": "Ann Okafor"}}, ["Ann Okafor"]),
        ({"@type": "Person", "name": "Ann Okafor in Berlin"}, ["Ann Okafor"]),
        ({"@type": "Person", "name": "Ann Okafor, Associated Press"}, ["Ann Okafor"]),
        ({"@type": "Person", "name": "Ann Okafor/Daily Post"}, ["Ann Okafor"]),
        ("Ana Okafor y Benito Lund", ["Ana Okafor", "Benito Lund"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("文・山田太郎", ["山田太郎"]),
        (
            [{"@type": "Person", "name": "Ann Okafor"}, {"@type": "Person", "name": "Gear Team"}],
            ["Ann Okafor", "Gear Team"],
        ),
    ],
)
def test_stated_authors(author: Any, names: list[str]) -> None:
    assert authors(stated(author)) == names


@pytest.mark.parametrize(
    "name",
    ["Staff Writer", "Web Staff", "News Desk", "La Rédaction", "Online-Redaktion", "The Daily Post", "Editorial Team"],
)
def test_a_printed_person_precedes_a_stated_desk(name: str) -> None:
    assert authors(stated({"@type": "Person", "name": name}) + PRINTED) == ["Ann Okafor"]


def test_a_desk_is_the_author_where_nobody_is_named() -> None:
    assert authors(stated({"@type": "Person", "name": "Web Desk"}) + "<h1>Rain</h1>") == ["Web Desk"]


@pytest.mark.parametrize(
    "markup",
    [
        '<meta name="article-author" content="Ann Okafor">',
        '<meta name="og:author" content="Ann Okafor">',
        '<meta name="cXenseParse:recs:articleauthor" content="Ann Okafor">',
        '<span property="dc:creator">Ann Okafor</span>',
        '<div itemprop="creator" itemscope><span itemprop="name">Ann Okafor</span></div>',
        '<div class="reporter">Ann Okafor</div>',
        '<a href="/journalist/ann-okafor">Ann Okafor</a>',
    ],
)
def test_many_ways_to_mark_an_author(markup: str) -> None:
    assert authors(f"<main><h1>Rain falls on the valley</h1>{markup}</main>") == ["Ann Okafor"]
