"""Tag lists: splitting, cleaning, and lists that are not tags."""

from __future__ import annotations

import pytest

from flows.model import Page
from flows.parse.article.scope import Scope
from flows.parse.article.tags import read_tags
from flows.parse.page.document import Document


def labels_of(html: str) -> list[str]:
    document = Document(Page(url="https://dailypost.example/a", body=f"<body>{html}"))
    return [tag.label for tag in read_tags(document, Scope(document, "Rain"), "Rain")]


def test_a_single_value_is_split_and_several_are_not() -> None:
    assert labels_of('<meta name="keywords" content="rain, farms; valley">') == ["rain", "farms", "valley"]
    several = "".join(
        f'<meta property="article:tag" content="{label}">' for label in ("Crime, law and courts", "Business", "Rain")
    )
    assert labels_of(several) == ["Crime, law and courts", "Business", "Rain"]


def test_labels_are_cleaned_and_unique() -> None:
    links = ("#Rain", "rain", "Farms (12)")
    html = "".join(f'<a rel="tag" href="/tag/{place}">{text}</a> ' for place, text in enumerate(links))
    assert labels_of(html) == ["Rain", "Farms"]


def test_tracking_labels_are_dropped() -> None:
    html = '<meta name="news_keywords" content="rain, farms, 4f1c2b3a-0000-1111-2222-333344445555, section:local">'
    assert labels_of(html) == ["rain", "farms"]


def test_a_menu_is_not_tags() -> None:
    links = "".join(f"<a href=/topics/{number}>Topic {number}</a>" for number in range(60))
    assert labels_of(f"<nav class='menu topics'>{links}</nav>") == []


OWN = '<main><article><h1>Rain</h1><footer class="tags"><a rel="tag" href="/tag/mill">Mill</a> '
OWN += '<a rel="tag" href="/tag/bridge">Bridge</a></footer></article></main>'


@pytest.mark.parametrize(
    "menu",
    [
        '<nav><a rel="tag" href="/tag/x">Elections</a><a rel="tag" href="/tag/y">Recipes</a></nav>',
        '<aside class="tagcloud"><a href="/tag/x">Elections</a><a href="/tag/y">Recipes</a></aside>',
        '<meta property="og:site_name" content="Daily Post">'
        '<meta name="keywords" content="news, weather, Post news, sports, breaking news">',
    ],
)
def test_tags_of_the_site_are_not_the_articles(menu: str) -> None:
    assert labels_of(menu + OWN) == ["Mill", "Bridge"]
    assert labels_of(f"{menu}<h1>Rain</h1>") == []


def test_a_tag_list_in_a_footer_of_the_article_is_its_own() -> None:
    assert labels_of(OWN) == ["Mill", "Bridge"]


def test_joined_labels_are_split() -> None:
    several = "".join(
        f'<meta property="article:tag" content="{label}">'
        for label in ("mill; bridge", "Crime, law and courts", "a1, b1, c1, d1")
    )
    assert labels_of(several) == ["mill", "bridge", "Crime, law and courts", "a1", "b1", "c1", "d1"]


def test_links_to_authors_and_comments_are_no_tags() -> None:
    links = '<a href="/author/ann">Ann</a><a href="/tag/mill">Mill</a><a href="#comments">5 Comments</a>'
    assert labels_of(f'<p class="tags">Tags: {links}</p>') == ["Mill"]
