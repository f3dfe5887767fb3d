"""Invalid input gives what could be read and a note, never an exception or text that cannot be stored."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.model import Page, Parsed
from flows.parse.article.generic_reader import read_article
from flows.parse.page.document import MAX_CHARACTERS, Document
from flows.parse.page.markup_limits import MAX_ATTRIBUTES, MAX_TAGS

FIXTURES = Path(__file__).parents[1] / "fixtures"
TEXT = "<p>The council met on Tuesday and agreed on nothing but the date of the next meeting.</p>"
SENTENCE = "The council met on Tuesday and agreed on nothing but the date of the next meeting."


def read(body: bytes | str, url: str = "https://news.example/2020/01/02/story") -> Parsed:
    page = Page(url=url, body=body)
    parsed = read_article(Document(page), page, None)
    json.dumps(asdict(parsed), default=str, ensure_ascii=False).encode("utf-8")
    return parsed


def jsonld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script><h1>Heading</h1>{TEXT}'


@pytest.mark.parametrize(
    "block",
    [
        '{"@type": "NewsArticle", "headline": "Good headline",}',
        '{"@type": "NewsArticle", // a comment\n "headline": "Good headline"}',
        '/* first */ {"@type": "NewsArticle", "headline": "Good headline"}',
        '[[{"@graph": [{"@type": "WebPage"}, {"@type": ["NewsArticle"], "headline": "Good headline"}]}]]',
        '{"@type": "WebPage"}{"@type": "NewsArticle", "headline": "Good headline"}',
        '<!-- {"@type": "NewsArticle", "headline": "Good headline"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Good headline"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "Good\nheadline"};',
        '{"@type": "http://schema.org/NewsArticle", "headline": ["Good headline"], "url": "https://a.example//b"}',
    ],
)
def test_invalid_but_clear_jsonld_is_read(block: str) -> None:
    page = Page(url="https://news.example/story", body=jsonld(block))
    assert str(Document(page).article_node["headline"]).replace("\n", " ").strip("[']") == "Good headline"


@pytest.mark.parametrize(
    "block",
    ["{", '{"@type": "NewsArticle", "headline": "cut', "[" * 100_000, '{"a":' * 50_000, "not json", "{]}", '"\\'],
)
def test_unreadable_jsonld_is_noted_and_the_page_still_read(block: str) -> None:
    parsed = read(jsonld(block))
    assert parsed.title == "Heading"
    assert parsed.body == SENTENCE
    assert any(note.startswith("jsonld: a block is not readable JSON") for note in parsed.notes)


def test_jsonld_of_wrong_types_is_ignored() -> None:
    node = {
        "@type": ["NewsArticle", 3, None],
        "headline": {"a": [1]},
        "author": [None, 3, {"name": {"@value": 1}}],
        "datePublished": ["2020", {}],
        "keywords": {"a": 1},
        "articleBody": 5,
        "publisher": [[[]]],
        "@id": [1],
        "url": {},
        "articleSection": {},
        "description": [[]],
        "mainEntityOfPage": 7,
    }
    parsed = read(jsonld(json.dumps(node)))
    assert parsed.title == "Heading"
    assert parsed.authors == []


def test_fifty_thousand_keywords() -> None:
    keywords = ",".join(f"keyword {number}" for number in range(50_000))
    parsed = read(f'<meta name="keywords" content="{keywords}">{TEXT}')
    assert len(parsed.tags) <= 200
    assert parsed.body == SENTENCE


@pytest.mark.parametrize(
    "tag", ["div", "b", "a", "span", "table><tr><td", "ul><li", "i><b><p", "svg", "blockquote", "form"]
)
def test_megabytes_of_nesting_keep_the_text(tag: str) -> None:
    opened = "".join(f"<{name}>" for name in tag.split("><"))
    parsed = read(TEXT + opened * 120_000 + "end")
    assert SENTENCE in (parsed.body or "")
    assert any(note.startswith(("nesting", "length")) for note in parsed.notes)


def test_a_tag_of_fifty_thousand_attributes_is_dropped() -> None:
    crowded = "<div " + " ".join(f"a{number}=1" for number in range(50_000)) + ">"
    parsed = read(crowded + TEXT)
    assert parsed.body == SENTENCE
    assert parsed.notes == [f"attributes: 1 tag of more than {MAX_ATTRIBUTES} attributes dropped"]


def test_tags_beyond_the_limit() -> None:
    parsed = read(TEXT + "<p>x</p>" * MAX_TAGS)
    assert SENTENCE in (parsed.body or "")
    assert parsed.notes[0].startswith("length:")


def test_text_beyond_the_limit() -> None:
    parsed = read(TEXT + "<p>" + "word " * (MAX_CHARACTERS // 5) + "</p>")
    assert parsed.notes[0].startswith("length:")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "not a url",
        "http://[::1",
        "https://[bad]/x",
        "http://a\ud800b/",
        "//x",
        "javascript:alert(1)",
        "https://x/%",
    ],
)
def test_any_url(url: str) -> None:
    assert read(f'<link rel="canonical" href="http://[bad"><h1>Heading</h1>{TEXT}', url).title == "Heading"


@pytest.mark.parametrize("name", ["newspaper.html", "blog.html"])
def test_every_truncation_of_a_page_is_read(name: str) -> None:
    whole = (FIXTURES / name).read_bytes()
    for end in range(0, len(whole), 97):
        read(whole[:end])


@pytest.mark.parametrize(
    "html",
    [
        "<table><td><p>a<table>b</p></table><h1>x",
        "<p><div><p></p></p></div><h1>x",
        "<b><p></b>text</p><h1>x",
        "<a href=1><a href=2>two<a><h1>x",
        "<!doctype><html><html><body><head><body><h1>x",
        "</html></body><h1>x",
        "<select><h1>no</select><h1>x",
        "<plaintext><h1>x",
        "<svg><title>not</title></svg><h1>x",
        "<h1 h1 h1 h1=h1>x",
        "<![CDATA[ ]]><h1>x",
        "<!----><!--><h1>x</h1>-->",
        "<h1>x&#0;&#xD800;&#x10FFFF;&#99999999;</h1>",
        "<h1>x</h1></p></p>",
        "<math><mi><h1>x",
        "<frameset><frame><h1>x",
        "<h1>x<script>if (a<b) {'</h1>'",
        "<h1>&nbsp;\u200b\ufeff\u202ex</h1>",
    ],
)
def test_malformed_markup(html: str) -> None:
    parsed = read(html + TEXT)
    assert parsed.title is None or "\u200b" not in parsed.title


_PIECE = st.one_of(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<div class='comments'>",
            "<div class=author>",
            "<article>",
            "</article>",
            "<h1>",
            "</h1>",
            "<a rel=tag href=/tag/x>",
            "<time datetime='2020-01-01'>",
            "<meta name=keywords content='a,b;c|d'>",
            "<!--",
            "-->",
            "<script type='application/ld+json'>",
            "</script>",
            '{"@type":"Article","author":[',
            '"datePublished":"9999-13-45"',
            "<meta property='og:title' content='",
            "'>",
            "&#xD800;",
            "&lt;b&gt;",
            "\x00",
            "\ud800",
            "\x1b[0m",
            "By A and B, ",
            "<title>",
            "</title>",
            " | ",
            "<br><br>",
            "<table><tr><td>",
            "<link rel=canonical href='http://[",
            "<svg>",
            "</svg>",
        ]
    ),
    st.text(max_size=40),
)
CONTROLS = frozenset(chr(code) for code in (*range(32), *range(127, 160))) - {"\n"}


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_PIECE, max_size=40), st.text(max_size=40))
def test_any_markup_gives_text_that_can_be_stored(pieces: list[str], url: str) -> None:
    parsed = read("".join(pieces), url)
    texts = [
        parsed.title,
        parsed.summary,
        parsed.body,
        parsed.section,
        *parsed.authors,
        *(tag.label for tag in parsed.tags),
    ]
    for text in texts:
        if text is not None:
            assert text.strip()
            assert CONTROLS.isdisjoint(text)
            text.encode("utf-8")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "utf-16", "shift_jis", "bogus"]))
def test_any_bytes(body: bytes, charset: str | None) -> None:
    page = Page(url="https://x.example/", body=body, charset=charset)
    read_article(Document(page), page, None)
