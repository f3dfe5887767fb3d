"""Publisher, other headline, lead image, video, and whether an article is free."""

from __future__ import annotations

import json
from typing import Any

import pytest

from flows.model import Page, Parsed
from flows.parse.article.publication import read_publication
from flows.parse.article.title import read_title
from flows.parse.page.document import Document


def read(html: str) -> Parsed:
    document = Document(Page("https://dailypost.example/a/b", html))
    parsed = Parsed("https://dailypost.example/a/b", title=read_title(document))
    read_publication(document, parsed)
    return parsed


def stated(**fields: Any) -> Parsed:
    node = {"@type": "NewsArticle", "headline": "Rain falls", **fields}
    return read(f'<script type="application/ld+json">{json.dumps(node)}</script><h1>Rain falls</h1>')


@pytest.mark.parametrize(
    ("value", "is_free"),
    [
        (True, True), (False, False), ("True", True), ("False", False), ("http://schema.org/False", False),
        ("true", True), (0, False), (1, True), ("perhaps", None), (None, None), ([], None),
    ],
)  # fmt: skip
def test_free_or_paywalled(value: Any, is_free: bool | None) -> None:
    assert stated(isAccessibleForFree=value).is_free is is_free


@pytest.mark.parametrize(("tier", "is_free"), [("free", True), ("metered", False), ("locked", False), ("x", None)])
def test_content_tier(tier: str, is_free: bool | None) -> None:
    assert read(f'<meta property="article:content_tier" content="{tier}">').is_free is is_free


@pytest.mark.parametrize(
    ("image", "url"),
    [
        ("/rain.jpg", "https://dailypost.example/rain.jpg"),
        ({"@type": "ImageObject", "url": "https://cdn.example/rain.jpg"}, "https://cdn.example/rain.jpg"),
        (["https://cdn.example/1.jpg", "https://cdn.example/2.jpg"], "https://cdn.example/1.jpg"),
        ("data:image/png;base64,AAAA", None),
        ("https://[", None),
    ],
)
def test_lead_image(image: Any, url: str | None) -> None:
    assert stated(image=image).image_url == url


def test_the_shared_image_comes_first() -> None:
    html = '<meta property="og:image" content="//cdn.example/x.jpg"><p itemprop="image" content="/y.jpg">'
    assert read(html).image_url == "https://cdn.example/x.jpg"


def test_video() -> None:
    video = {"@type": "VideoObject", "contentUrl": "https://cdn.example/v.mp4", "url": "https://dailypost.example/v"}
    assert stated(video=video).video_url == "https://cdn.example/v.mp4"
    assert read('<meta property="og:video" content="/v.mp4">').video_url == "https://dailypost.example/v.mp4"
    assert stated().video_url is None


def test_publisher() -> None:
    assert stated(publisher={"@type": "Organization", "name": "Daily Post"}).publisher == "Daily Post"
    assert read('<meta property="og:site_name" content="Daily Post">').publisher == "Daily Post"
    assert read("<h1>Rain</h1>").publisher is None


def test_alternative_headline() -> None:
    assert stated(alternativeHeadline="First rain for a year").alternative_headline == "First rain for a year"
    assert stated(alternativeHeadline="Rain falls!").alternative_headline is None
    html = '<meta property="og:title" content="Why it rains | Daily Post">'
    html += '<meta property="og:site_name" content="Daily Post">'
    assert (
        read(f"{html}<h1>Rain falls on the valley</h1><title>Why it rains</title>").alternative_headline
        == "Why it rains"
    )
