"""Which system made a page, and a structural fingerprint that a redesign changes and a new story does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from flows.model import Page
from flows.parse import Context, parse
from flows.parse.page.template import fingerprint, system_of

GOLDEN = Path(__file__).parent.parent / "golden"


def story(post: int, words: str, *, column: str = "sidebar", ads: int = 1) -> str:
    paragraphs = f"<p>{words}</p>" * (post % 7 + 1)
    return (
        f'<body class="single postid-{post}"><header id="top"><nav class="menu"></nav></header>'
        f'<div class="page"><main id="main-{post}">{paragraphs}</main><aside class="{column}"></aside></div>'
        + "<script>ad()</script>" * ads
        + '<footer class="foot"></footer></body>'
    )


def print_of(html: str) -> str | None:
    return fingerprint(LexborHTMLParser(html))


def test_the_same_template_has_the_same_print_whatever_the_story() -> None:
    assert print_of(story(1, "Rain.")) == print_of(story(98765, "Much longer words of another story.", ads=3))


def test_a_redesign_has_another_print() -> None:
    assert print_of(story(1, "Rain.")) != print_of(story(1, "Rain.", column="rail"))
    assert print_of(story(1, "Rain.")) != print_of(
        story(1, "Rain.").replace('<div class="page">', "").replace("</div>", "")
    )


@pytest.mark.parametrize(
    ("url", "markup", "system"),
    [
        ("https://x.example/content/news/Bridge-501234567.html", "", "heartland-2017"),
        ("https://x.example/", "<div class='wxRotate'></div>", "heartland-2017"),
        ("https://x.example/news/a/article_6cbbf41a-6bce-11ec-9f22-1f2e3d4c5b6a.html", "", "blox-2021"),
        ("https://x.example/", "<script src='/tncms/x.js'></script>", "blox-2021"),
        ("https://x.example/2026/11/a/", "<link href='/wp-content/a.css'>", "wordpress"),
        ("https://x.example/2026/11/a/", "<h1>a</h1>", "generic"),
    ],
)
def test_system(url: str, markup: str, system: str) -> None:
    assert system_of(url, markup) == system


def test_every_page_gets_template_and_print() -> None:
    for file in GOLDEN.glob("*.html"):
        parsed = parse(Page("https://x.example/a", file.read_bytes()), Context())
        assert parsed.template
        assert parsed.fingerprint
        assert len(parsed.fingerprint) == 12
