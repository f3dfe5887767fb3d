"""The structural fingerprint: a redesign changes it, another article does not."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from flows.parse.page.template import fingerprint


def article(post: int, text: str, *, column: str = "sidebar", ads: int = 1) -> str:
    paragraphs = f"<p>{text}</p>" * (post % 7 + 1)
    return (
        f'<body class="single postid-{post}"><header id="top"><nav class="menu"></nav></header>'
        f'<div class="page"><main id="main-{post}">{paragraphs}</main><aside class="{column}"></aside></div>'
        + "<script>ad()</script>" * ads
        + '<footer class="foot"></footer></body>'
    )


def fingerprint_of(html: str) -> str | None:
    return fingerprint(LexborHTMLParser(html))


def test_pages_of_one_template_have_one_fingerprint() -> None:
    one = fingerprint_of(article(1, "Rain."))
    assert one == fingerprint_of(article(98765, "Much longer text of another article.", ads=3))
    assert one is not None
    assert len(one) == 12


def test_a_redesign_has_another_fingerprint() -> None:
    page = article(1, "Rain.")
    assert fingerprint_of(page) != fingerprint_of(article(1, "Rain.", column="rail"))
    assert fingerprint_of(page) != fingerprint_of(page.replace('<div class="page">', "").replace("</div>", ""))
