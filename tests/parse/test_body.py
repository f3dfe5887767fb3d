"""Where the article's text stands and what stands around it: walls, tables, link lists, pages drawn by scripts."""

from __future__ import annotations

import json

from flows.model import Page
from flows.parse.article.reader import read_article
from flows.parse.page.document import Document

LONG = "The council met on Tuesday and heard the engineer speak of the bridge, its age and what its repair would cost."
WORDS = [f"{LONG} It was reading number {number} of the report." for number in range(8)]
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in WORDS)


def body(html: str) -> list[str]:
    page = Page("https://x.example/a", f"<title>Bridge</title><body>{html}")
    found = read_article(Document(page), page, None).body
    return found.split("\n\n") if found else []


def test_paragraphs_before_a_wall_are_kept() -> None:
    assert body(f"<article><p>{LONG}</p><!-- wall --><div class=restricted>{PARAGRAPHS}</div></article>") == [
        LONG,
        *WORDS,
    ]


def test_furniture_before_a_wall_is_not() -> None:
    html = f'<article><p class="caption">{LONG}</p><div class=restricted>{PARAGRAPHS}</div></article>'
    assert body(html) == WORDS


def test_names_in_tables_are_data() -> None:
    table = "<table><tr class='player-1 rating'><td>1</td><td>Ann Okafor</td></tr></table>"
    assert body(f"<div>{PARAGRAPHS}{table}</div>") == [*WORDS, "1", "Ann Okafor"]


def test_teasers_marked_as_articles_do_not_split_a_story() -> None:
    teaser = "<article><p>Another story that is told elsewhere on this site.</p></article>"
    html = f"<main><section><div>{PARAGRAPHS}</div><div>{PARAGRAPHS}</div></section>{teaser}{teaser}</main>"
    assert body(html)[:16] == [*WORDS, *WORDS]


def test_a_long_list_of_links_is_not_text() -> None:
    links = " ".join(f"<a href=/{number}>Story number {number} of this series</a>" for number in range(20))
    assert body(f"<div>{PARAGRAPHS}<p>{links}</p></div>") == WORDS


def test_a_story_that_only_scripts_carry() -> None:
    state = json.dumps({"story": {"title": "x", "body": PARAGRAPHS, "other": "<p>no</p>"}}).replace("<", "\\u003c")
    assert body(f"<div id=root>Loading</div><script>window.state = {state}</script>") == WORDS


def test_a_script_without_a_story_gives_none() -> None:
    state = json.dumps({"template": "<p>{{name}}</p>" * 2 + "x" * 500, "broken": "\\ud8"})
    assert body(f"<p>Short.</p><script>window.state = {state}</script>") == ["Short."]
