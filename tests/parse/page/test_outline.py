"""The elements of a page by name and class, in page order."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from flows.parse.page.outline import Outline

HTML = "<body class=lead><p class='Lead one'>a</p><div class=leader><p>b</p></div><i class=lead>c</i></body>"
LEAD = re.compile(r"\blead\b", re.IGNORECASE)


def test_elements_of_a_class_are_found_in_page_order_without_the_body_itself() -> None:
    outline = Outline(LexborHTMLParser(HTML))
    assert [node.text() for node in outline.with_class(("lead",), LEAD, 10)] == ["a", "c"]
    assert [node.text() for node in outline.with_class(("lead",), LEAD, 1)] == ["a"]
    assert outline.with_class(("byline",), LEAD, 10) == []


def test_a_selection_is_kept() -> None:
    outline = Outline(LexborHTMLParser(HTML))
    assert [node.text() for node in outline.select("p")] == ["a", "b"]
    assert outline.select("p") is outline.select("p")


def test_a_page_without_a_body_has_no_classes() -> None:
    assert Outline(LexborHTMLParser("<frameset class=lead></frameset>")).with_class(("lead",), LEAD, 10) == []
