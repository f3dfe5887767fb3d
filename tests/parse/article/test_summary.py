"""The summary: the printed lead of this article, not one of its surroundings."""

from __future__ import annotations

import pytest

from flows.model import Page
from flows.parse.article.scope import Scope
from flows.parse.article.summary import read_summary
from flows.parse.article.title import read_title
from flows.parse.page.document import Document

TITLE = "Council votes on the ferry"
LEAD = "The ferry may cross the river from May, if the council finds the money by then."
OTHER = "Two farms lost their barns in the storm that crossed the county on Sunday."
DESCRIBED = '<meta name="description" content="Ferry news: what the vote means for commuters in Elm County today.">'


def summary(html: str) -> str | None:
    document = Document(Page("https://dailypost.example/a", f"<body>{html}"))
    title = read_title(document)
    return read_summary(document, Scope(document, title), title)


@pytest.mark.parametrize(
    "other",
    [
        f'<nav><article><h2><a href="/b">Storm</a></h2><div class="excerpt">{OTHER}</div></article></nav>',
        f'<div class="related"><p class="intro">{OTHER}</p></div>',
        f'<article><h3><a href="/b">Storm</a></h3><p class="excerpt">{OTHER}</p></article>',
    ],
)
def test_a_lead_of_another_article_is_not_this_ones(other: str) -> None:
    own = f'<main><h1>{TITLE}</h1><p class="standfirst">{LEAD}</p></main>'
    assert summary(DESCRIBED + other + own) == LEAD
    assert summary(f"{DESCRIBED}{other}<main><h1>{TITLE}</h1></main>") != OTHER


def test_the_printed_lead_precedes_the_description() -> None:
    assert summary(f'{DESCRIBED}<main><h1>{TITLE}</h1><p class="standfirst">{LEAD}</p></main>') == LEAD


def test_without_a_lead_the_description_is_the_summary() -> None:
    assert (
        summary(f"{DESCRIBED}<h1>{TITLE}</h1>") == "Ferry news: what the vote means for commuters in Elm County today."
    )


def test_a_description_that_repeats_the_title_is_no_summary() -> None:
    assert summary(f'<meta name="description" content="{TITLE}"><h1>{TITLE}</h1>') is None
