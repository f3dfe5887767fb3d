"""The article's text among paywalls, tables and link lists, and in pages rendered by scripts."""

from __future__ import annotations

import json

from flows.model import Page
from flows.parse.article.generic_reader import read_article
from flows.parse.page.document import Document

LONG = "The council met on Tuesday and heard the engineer speak of the bridge, its age and what its repair would cost."
TEXTS = [f"{LONG} It was reading number {number} of the report." for number in range(8)]
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in TEXTS)


def body(html: str) -> list[str]:
    page = Page("https://x.example/a", f"<title>Bridge</title><body>{html}")
    found = read_article(Document(page), page, None).body
    return found.split("\n\n") if found else []


def test_paragraphs_before_a_paywall_are_kept() -> None:
    assert body(f"<article><p>{LONG}</p><!-- paywall --><div class=restricted>{PARAGRAPHS}</div></article>") == [
        LONG,
        *TEXTS,
    ]


def test_boilerplate_before_a_paywall_is_dropped() -> None:
    html = f'<article><p class="caption">{LONG}</p><div class=restricted>{PARAGRAPHS}</div></article>'
    assert body(html) == TEXTS


def test_names_in_tables_are_data() -> None:
    table = "<table><tr class='player-1 rating'><td>1</td><td>Ann Okafor</td></tr></table>"
    assert body(f"<div>{PARAGRAPHS}{table}</div>") == [*TEXTS, "1", "Ann Okafor"]


def test_teasers_marked_as_articles_do_not_split_the_text() -> None:
    teaser = "<article><p>Another story is on this site.</p></article>"
    more = [f"{text} The mayor agreed." for text in TEXTS]
    rest = "".join(f"<p>{text}</p>" for text in more)
    html = f"<main><section><div>{PARAGRAPHS}</div><div>{rest}</div></section>{teaser}{teaser}</main>"
    assert body(html)[:16] == [*TEXTS, *more]


def test_a_long_list_of_links_is_not_text() -> None:
    links = " ".join(f"<a href=/{number}>Story number {number} of this series</a>" for number in range(20))
    assert body(f"<div>{PARAGRAPHS}<p>{links}</p></div>") == TEXTS


def test_an_article_only_in_a_script() -> None:
    state = json.dumps({"story": {"title": "x", "body": PARAGRAPHS, "other": "<p>no</p>"}}).replace("<", "\\u003c")
    assert body(f"<div id=root>Loading</div><script>window.state = {state}</script>") == TEXTS


def test_a_script_without_an_article_adds_nothing() -> None:
    state = json.dumps({"template": "<p>{{name}}</p>" * 2 + "x" * 500, "broken": "\\ud8"})
    assert body(f"<p>Short.</p><script>window.state = {state}</script>") == ["Short."]


def test_running_text_overrules_the_names_of_its_sections() -> None:
    long = [f"{LONG} {text}" for text in TEXTS]
    sections = "".join(
        f"<section class='{name}'><p>{text}</p></section>"
        for text, name in zip(long, ["text", "newsletter", "related", "share"] * 2, strict=True)
    )
    assert body(f"<main>{sections}</main>") == long


def test_comments_do_not_become_text_where_it_is_short() -> None:
    comments = "".join(f"<li class=comment><p>{LONG} I {text}</p></li>" for text in TEXTS)
    story = "".join(f"<p>{text}</p>" for text in TEXTS[:3])
    assert body(f"<article>{story}</article><ol class=comments>{comments}</ol>") == TEXTS[:3]


def test_sections_beside_each_other_are_one_text() -> None:
    long = [f"{LONG} {text}" for text in TEXTS]
    rows = "".join(f"<div class=row><div class=column><p>{text}</p></div></div>" for text in long)
    assert body(f"<div>{rows}</div>") == long


def test_a_copy_for_small_screens_is_left_out() -> None:
    assert body(f"<div><div class=desktop>{PARAGRAPHS}</div><div class=mobile>{PARAGRAPHS}</div></div>") == TEXTS


def test_a_declarative_shadow_root_is_read() -> None:
    assert body(f"<x-story><template shadowrootmode=open>{PARAGRAPHS}</template></x-story>") == TEXTS


def test_a_consent_dialog_is_no_text() -> None:
    consent = "".join(f"<p>{LONG} We and our partners agree on number {number}.</p>" for number in range(30))
    html = f"<div role=dialog aria-modal=true>{consent}</div><main aria-hidden=true>{PARAGRAPHS}</main>"
    assert body(html) == TEXTS


def test_an_accessible_initial_is_read_once() -> None:
    initial = "<span aria-hidden=true>T</span><span class=sr-only>The</span>"
    assert body(f"<div><p>{initial}{LONG[3:]}</p>{PARAGRAPHS}</div>") == [LONG, *TEXTS]


def test_hidden_inline_text_is_left_out() -> None:
    tip = "<span style='display:none'>An abutment is a support.</span><i aria-hidden=true>open_in_new</i>"
    assert body(f"<div><p>{LONG}{tip}</p>{PARAGRAPHS}</div>") == [LONG, *TEXTS]


def test_a_page_drawn_by_scripts_is_read_from_its_noscript() -> None:
    html = f"<div id=app></div><noscript><div class=story>{PARAGRAPHS}</div></noscript>"
    assert body(html) == TEXTS


def test_a_notice_in_noscript_is_not_part_of_the_text() -> None:
    assert body(f"<article>{PARAGRAPHS}<noscript><p>Please turn on scripts.</p></noscript></article>") == TEXTS


def test_a_reading_time_is_no_text() -> None:
    assert body(f"<article><p>0 min. read</p>{PARAGRAPHS}</article>") == TEXTS
