"""Pages that look alike to one signal and are told apart by the others."""

from __future__ import annotations

import pytest

from flows.model import Page, Parsed
from flows.parse.article.generic_reader import read_article
from flows.parse.page.document import Document

SENTENCE = (
    "The council heard the engineer speak of the bridge on Tuesday, of its age and of what its repair would cost."
)
STORY = "".join(
    f"<p>{SENTENCE} It was reading number {number} of the report, which is public.</p>" for number in range(9)
)
CARDS = "".join(
    f"<article><h2><a href=/news/{number}>Bridge report, part {number}</a></h2><p>A short teaser.</p></article>"
    for number in range(24)
)
OG_ARTICLE = '<meta property="og:type" content="article">'
DATE = '<meta property="article:published_time" content="2024-05-06T07:08:09Z">'


def read(html: str, url: str) -> Parsed:
    page = Page(url, html)
    return read_article(Document(page), page, None)


def test_a_story_is_an_article() -> None:
    html = f"{OG_ARTICLE}{DATE}<h1>Bridge to close for repairs this summer</h1><article>{STORY}</article>"
    found = read(html, "https://x.example/news/2024/05/06/bridge-to-close-for-repairs")
    assert found.kind == "article"
    assert found.kind_evidence["article"] > 0.9
    assert found.kind_evidence["date"] == 1.0


@pytest.mark.parametrize("path", ["/", "", "/index.html"])
def test_a_front_page_is_never_an_article(path: str) -> None:
    html = f"{OG_ARTICLE}{DATE}<h1>The Ledger</h1><article>{STORY}</article>"
    assert read(html, f"https://x.example{path}").kind == "index"


def test_cards_make_an_index_whatever_the_metadata_says() -> None:
    html = f"<title>Local news</title>{OG_ARTICLE}<h1>Local</h1><main>{CARDS}</main>"
    assert read(html, "https://x.example/news/local").kind == "index"


def test_few_words_without_date_are_in_doubt() -> None:
    found = read("<h1>About</h1><p>We are here.</p>", "https://x.example/about-us")
    assert found.kind == "other"
    assert found.kind_evidence["under 400"] == 1.0


def test_a_thread_of_a_forum_is_no_article() -> None:
    thread = f"{DATE}<h1>Which bridge do you take to work these days?</h1><div>{STORY}</div>"
    url = "https://x.example/t/which-bridge-do-you-take/4711"
    assert read(thread, url).kind == "article"
    found = read(f'<meta name="generator" content="Discourse 3.4.0">{thread}', url)
    assert (found.kind, found.kind_evidence["forum"]) == ("other", 1.0)


TEASERS = "".join(
    f"<div class=item><h3><a href=/news/{number}>Bridge report, part {number}</a></h3>"
    f"<p>{SENTENCE} It is reading number {number}.</p></div>"
    for number in range(6)
)


@pytest.mark.parametrize("head", ["", DATE, OG_ARTICLE + DATE])
def test_teasers_of_other_pages_make_an_index(head: str) -> None:
    found = read(f"<title>Local news</title>{head}<main><h1>Local news</h1>{TEASERS}</main>", "https://x.test/local")
    assert found.kind == "index"
    assert found.kind_evidence["text of teasers"] > 0.9


def test_a_story_whose_sections_have_linked_headings_is_an_article() -> None:
    sections = "".join(
        f"<div><h2><a href=/bridge/{number}>Bridge {number}</a></h2>{STORY}</div>" for number in range(8)
    )
    html = f"<title>Eight old bridges and what they cost</title>{OG_ARTICLE}{DATE}<h1>Eight old bridges</h1>{sections}"
    assert read(html, "https://x.test/news/eight-old-bridges-and-what-they-cost").kind == "article"


def test_a_story_in_a_script_without_spaces_is_an_article() -> None:
    story = "<p>市议会周二听取了工程师关于旧桥的报告，内容包括桥龄、损坏情况以及修缮费用，报告全文已经公开。</p>" * 8
    html = f"<title>旧桥夏季封闭维修</title>{DATE}<h1>旧桥夏季封闭维修</h1><article>{story}</article>"
    assert read(html, "https://x.test/news/20240506/4711.html").kind == "article"


def test_goods_with_prices_are_no_article() -> None:
    goods = "".join(
        f'<li class="product-card"><a href=/p/{number}>Oak chair no. {number}, oiled by hand</a>'
        f'<span class="price">$ {number}9</span></li>'
        for number in range(20)
    )
    html = f"<title>Chairs | Oak</title><h1>Chairs</h1><div class=filter-list>Sort</div><ul>{goods}</ul>"
    assert read(html, "https://x.test/collections/chairs").kind == "index"


def test_a_company_that_speaks_of_its_services_is_no_article() -> None:
    boxes = "".join(
        f"<section><h2>Step {number}</h2><p>We inspect your bridge and our engineers tell us what to mend, and we give "
        "you a price for it before we start our work.</p></section>"
        for number in range(6)
    )
    html = f"<title>Bridge repair services</title><h1>Bridge repair services</h1><main>{boxes}</main>"
    assert read(html, "https://x.test/services/bridge-repair").kind == "other"


def test_a_list_of_links_among_text_shows_its_links() -> None:
    items = "".join(
        f"<p>{SENTENCE}</p><p><a href=/guide/{number}>All that we know of bridge number {number}</a></p>"
        for number in range(9)
    )
    found = read(f"<title>Bridges</title><h1>Bridges</h1><main>{items}</main>", "https://x.test/guides")
    assert found.kind == "index"
    assert found.kind_evidence["links among blocks"] > 0.4


@pytest.mark.parametrize("address", ["/local?page=2", "?page=2", "/local/page/2", "https://x.test/local/page/2/"])
def test_links_to_the_same_list_by_page_are_evidence(address: str) -> None:
    html = f'<title>Local</title><main>{STORY}</main><a href="{address}">2</a>'
    assert read(html, "https://x.test/local").kind_evidence["pagination"] == 1.0


@pytest.mark.parametrize("address", ["/sport/page/2", "/local/pages-of-history", "/homepage"])
def test_links_to_other_pages_are_no_pagination(address: str) -> None:
    html = f'<title>Local</title><main>{STORY}</main><a href="{address}">2</a>'
    assert "pagination" not in read(html, "https://x.test/local").kind_evidence


def test_several_times_and_prices_are_evidence() -> None:
    posts = f"<time datetime=2024-05-06>May 6</time>{STORY}" * 3
    found = read(f"<title>Which bridge?</title><main>{posts}</main><b>$ 4, € 5</b>", "https://x.test/which-bridge")
    assert found.kind_evidence["times in text"] > 0.5
    assert found.kind_evidence["prices"] > 0.3
