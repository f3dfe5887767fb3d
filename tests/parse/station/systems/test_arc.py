"""Arc: what a page drawn in the browser holds in its state."""

from __future__ import annotations

import json
from typing import Any

import pytest

from flows.model import Page, Parsed
from flows.parse import Context, parse
from flows.parse.station.registry import template_of

STORY: dict[str, Any] = {
    "type": "story",
    "headlines": {"basic": "Council votes on the ferry"},
    "description": {"basic": "A ferry may cross the river from May."},
    "display_date": "2024-05-03T20:35:05.000Z",
    "last_updated_date": "2024-05-04T13:00:00Z",
    "credits": {"by": [{"type": "author", "name": "Ann Okafor"}, {"type": "author", "name": "Luis Prado"}]},
    "taxonomy": {"tags": [{"text": "ferries"}, {"text": "Elm County"}], "primary_section": {"name": "Local"}},
    "promo_items": {"basic": {"type": "image", "url": "https://cdn.example/ferry.jpg"}},
}


def read(content: str, rest: str = "") -> Parsed:
    script = f"<script>window.Fusion=window.Fusion||{{}};Fusion.globalContent={content};Fusion.x=1;</script>"
    url = "https://www.kxyz.example/2024/05/03/ferry/"
    return parse(Page(url, f'<body><div id="fusion-app"></div>{script}{rest}'), Context())


def test_the_state_completes_an_empty_page() -> None:
    parsed = read(json.dumps(STORY))
    assert (parsed.template, parsed.title, parsed.section) == ("arc", "Council votes on the ferry", "Local")
    assert parsed.summary == "A ferry may cross the river from May."
    assert parsed.authors == ["Ann Okafor", "Luis Prado"]
    assert [tag.label for tag in parsed.tags] == ["ferries", "Elm County"]
    assert parsed.image_url == "https://cdn.example/ferry.jpg"
    assert parsed.published
    assert parsed.published.at.isoformat() == "2024-05-03T20:35:05+00:00"
    assert parsed.updated
    assert parsed.updated.at.isoformat() == "2024-05-04T13:00:00+00:00"


def test_what_the_page_prints_comes_first() -> None:
    parsed = read(json.dumps(STORY), '<h1>Ferry vote today</h1><p class="byline">By Mei Lin</p>')
    assert (parsed.title, parsed.authors) == ("Ferry vote today", ["Mei Lin"])


@pytest.mark.parametrize("content", ["{", "null", "[1]", '{"headlines": 3, "credits": [], "taxonomy": "x"}', "[" * 99])
def test_any_state_is_survived(content: str) -> None:
    assert read(content, "<h1>Ferry</h1>").title == "Ferry"


def test_known_by_its_engine() -> None:
    assert template_of("https://x.example/", '<script id="fusion-engine-script" src="/pf/dist/a.js">').name == "arc"
