"""Finds the stories that follow the page's own one, as on pages that load the next article at the end."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from flows.parse.page.text_weight import weight_of

MAX_LEVELS = 8
# The part with the headline is a whole story if its paragraphs have this weight.
MIN_STORY = 300
_STORY = re.compile(r"(?:^|[\s_-])(?:post|entry|story|article|node|news-?item|hentry)(?=$|[\s_-])", re.IGNORECASE)
_STARTS = ("h1", "h2", "p")


def next_stories(heading: LexborNode | None) -> frozenset[int]:
    """Identities of the elements that hold other stories: later siblings of a part that holds the headline and a
    story, of the same element and class, that start with a headline of their own."""
    if heading is None:
        return frozenset()
    part: LexborNode | None = heading.parent
    for _ in range(MAX_LEVELS):
        if part is None or part.tag in ("body", "html", "main"):
            break
        found = frozenset(item.mem_id for item in _alike(part) if _starts_story(item))
        if found and _holds_story(part):
            return found
        part = part.parent
    return frozenset()


def _alike(part: LexborNode) -> list[LexborNode]:
    """The later siblings of the same element and class."""
    name = part.attributes.get("class")
    found = []
    sibling = part.next
    while sibling is not None:
        if sibling.tag == part.tag and (part.tag == "article" or (name and sibling.attributes.get("class") == name)):
            found.append(sibling)
        sibling = sibling.next
    return found


def _starts_story(item: LexborNode) -> bool:
    """Whether an element starts with a headline: an h1, or an h2 where element or class say that it is a story."""
    start = next((node for node in item.traverse() if node.tag in _STARTS), None)
    if start is None or start.tag == "p":
        return False
    return start.tag == "h1" or item.tag == "article" or bool(_STORY.search(item.attributes.get("class") or ""))


def _holds_story(part: LexborNode) -> bool:
    return sum(weight_of(paragraph.text_lexbor()) for paragraph in part.css("p")[:50]) >= MIN_STORY
