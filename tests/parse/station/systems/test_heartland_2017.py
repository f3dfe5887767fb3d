"""Heartland pages: the article's id, and pages that are not articles."""

from __future__ import annotations

import pytest

from flows.model import Page
from flows.parse import Context, parse

ARTICLE = "https://www.x.example/content/news/Bridge-501234567.html"
OTHER_SITE = '<link rel="canonical" href="https://y.example/content/news/500000001.html">'
BOX = '<div id="article"><h1>Rain</h1><p>It rained.</p></div>'


@pytest.mark.parametrize(
    ("url", "html", "native_id", "kind"),
    [
        (ARTICLE, BOX, "501234567", "article"),
        (ARTICLE, f'<link rel="canonical" href="{ARTICLE.replace("501", "500")}">{BOX}', "500234567", "article"),
        (ARTICLE, OTHER_SITE + BOX, "501234567", "article"),
        ("https://www.x.example/", f'<link rel="canonical" href="{ARTICLE}"><i class="wxRotate"></i>', None, "index"),
    ],
)
def test_native_id_and_kind(url: str, html: str, native_id: str | None, kind: str) -> None:
    parsed = parse(Page(url, html), Context())
    assert (parsed.template, parsed.native_id, parsed.kind) == ("heartland-2017", native_id, kind)


def test_text_rendering_has_the_id_of_its_url() -> None:
    parsed = parse(Page(ARTICLE, "Rain\nPosted: Nov 9, 2018 10:47 AM\n\nIt rained.", "text/plain"), Context())
    assert (parsed.template, parsed.native_id, parsed.section) == ("heartland-2017-text", "501234567", "news")
