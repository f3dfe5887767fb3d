"""Small parts of the generic reader: bylines, titles, tag lists, text cleaning."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.model import Page
from flows.parse.article.bylines import clean_names
from flows.parse.article.tags import read_tags
from flows.parse.article.title import read_title
from flows.parse.page.clean import clean_markup, clean_text, join_paragraphs
from flows.parse.page.document import Document
from flows.parse.page.selectors import Lines


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ann Okafor and Luis Prado", ["Ann Okafor", "Luis Prado"]),
        ("By Ann Okafor, Luis Prado, and Mei Lin", ["Ann Okafor", "Luis Prado", "Mei Lin"]),
        ("Ann Okafor, Political Reporter", ["Ann Okafor"]),
        ("Von Grete Halm und Otto Berg", ["Grete Halm", "Otto Berg"]),
        ("Posted by Ann Okafor on 3 May 2020", ["Ann Okafor"]),
        ("Par Luc Petit | luc@example.org", ["Luc Petit"]),
        ("Ann Okafor; ann okafor", ["Ann Okafor"]),
        ("Written by: Ann Okafor (Springfield)", ["Ann Okafor"]),
        ("Martin Berg, Jr", ["Martin Berg"]),
        ("admin", []),
        ("https://example.org/ann", []),
        ("", []),
    ],
)
def test_bylines(byline: str, names: list[str]) -> None:
    assert clean_names([byline]) == names


def title_of(html: str, url: str = "https://www.dailypost.example/a") -> str | None:
    return read_title(Document(Page(url=url, body=html)))


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>Rain ends drought | Daily Post</title>", "Rain ends drought"),
        ("<title>Daily Post: Rain ends drought</title><h1>Rain ends drought</h1>", "Rain ends drought"),
        ("<title>Rain - Sports - dailypost.example</title><h1>Rain</h1>", "Rain"),
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
        ("<svg><title>icon</title></svg><h1>Rain</h1>", "Rain"),
        ("<h1>Rain &amp; wind</h1>", "Rain & wind"),
        ("<p>nothing</p>", None),
    ],
)
def test_titles(html: str, title: str | None) -> None:
    assert title_of(html) == title


def labels_of(html: str) -> list[str]:
    return [
        tag.label for tag in read_tags(Document(Page(url="https://dailypost.example/a", body=f"<body>{html}")), "Rain")
    ]


def test_one_string_is_split_and_many_are_not() -> None:
    assert labels_of('<meta name="keywords" content="rain, farms; valley">') == ["rain", "farms", "valley"]
    several = "".join(
        f'<meta property="article:tag" content="{label}">' for label in ("Crime, law and courts", "Business", "Rain")
    )
    assert labels_of(several) == ["Crime, law and courts", "Business", "Rain"]


def test_labels_are_cleaned_and_single() -> None:
    links = ("#Rain", "rain", "Farms (12)")
    html = "".join(f'<a rel="tag" href="/tag/{place}">{text}</a> ' for place, text in enumerate(links))
    assert labels_of(html) == ["Rain", "Farms"]


def test_tracking_labels_go() -> None:
    html = '<meta name="news_keywords" content="rain, farms, 4f1c2b3a-0000-1111-2222-333344445555, section:local">'
    assert labels_of(html) == ["rain", "farms"]


def test_a_menu_is_not_tags() -> None:
    links = "".join(f"<a href=/topics/{number}>Topic {number}</a>" for number in range(60))
    assert labels_of(f"<nav class='menu topics'>{links}</nav>") == []


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  a \t\n b\u00a0c ", "a b c"),
        ("e\u0301", "é"),
        ("a\u200bb\ufeff\u00ad\u202e", "ab"),
        ("\ud800x\x1b[0m", "x[0m"),
        ("\x00\x07", ""),
    ],
)
def test_clean_text(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


def test_clean_markup_and_paragraphs() -> None:
    assert clean_markup("A &amp;amp; B<br>c <b>d</b> &lt;i&gt;e&lt;/i&gt;") == "A & B c d e"
    assert join_paragraphs([" a ", "", "\x00", "b"]) == "a\n\nb"


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    once.encode("utf-8")


@given(st.lists(st.text(alphabet="ab \nİ", max_size=8), max_size=12))
def test_lines_are_found_where_they_stand(lines: list[str]) -> None:
    found = Lines(lines).matching(["b"], re.compile("b"))
    assert found == [line for line in lines if "b" in line]
