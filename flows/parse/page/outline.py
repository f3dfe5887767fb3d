"""Selects the elements of a page by name and class, each list once for all readers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from itertools import compress, islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from flows.parse.page.line_index import LineIndex
from flows.parse.page.text_weight import weight_of

Attributes = dict[str, str | None]
_CARD_HEADINGS = "h2,h3,h4"
_PARAGRAPHS = "p,pre,blockquote"
# A lighter paragraph (see `text_weight.weight_of`) is no text; a shorter one weighs less in any script.
MIN_WEIGHT, _MIN_LETTERS = 20, 8
# Text beside a heading that is a link is a teaser up to this length.
MAX_TEASER = 300


class Outline:
    """The elements of one tree; every list is in page order, and is kept: remove elements from the tree before."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._tree = tree
        self._selected: dict[str, list[LexborNode]] = {}

    def select(self, selector: str) -> list[LexborNode]:
        """The elements that a selector matches; an element that several of its parts match is there several times."""
        if selector not in self._selected:
            self._selected[selector] = self._tree.css(selector)
        return self._selected[selector]

    @cached_property
    def _class_index(self) -> tuple[list[LexborNode], list[str], LineIndex]:
        """The body's elements with a class, their classes, and an index of the distinct ones."""
        body = self._tree.body
        nodes = body.css("[class]")["class" in body.attrs :] if body is not None else []
        names = [node.attrs["class"] or "" for node in nodes]
        return nodes, names, LineIndex([*dict.fromkeys(names)])

    def with_class(self, words: Iterable[str], pattern: re.Pattern[str], limit: int) -> list[LexborNode]:
        """The body's elements, up to `limit` in page order, whose class holds one of `words` (lower case) and matches
        `pattern`. The words only make the search fast: every match of the pattern must hold one."""
        nodes, names, index = self._class_index
        wanted = set(index.matching(words, pattern))
        return [*islice(compress(nodes, map(wanted.__contains__, names)), limit)] if wanted else []

    def count_in_classes(self, words: Iterable[str]) -> int:
        """How often the distinct classes of the body's elements hold one of `words` (lower case)."""
        return sum(map(self._class_index[2].count, words))

    @cached_property
    def paragraphs(self) -> list[tuple[LexborNode, int]]:
        """The element around each paragraph of at least MIN_WEIGHT, and the paragraph's weight."""
        found = []
        for node in self.select(_PARAGRAPHS):
            text = node.text_lexbor()
            weight = weight_of(text.strip()) if len(text) >= _MIN_LETTERS else 0
            if weight >= MIN_WEIGHT and (above := node.parent) is not None:
                found.append((above, weight))
        return found

    @cached_property
    def linked_headings(self) -> Counter[int]:
        """How many links in headings of level two to four, and such headings in links, there are in each element, by
        identity."""
        found: Counter[int] = Counter()
        for node in self.select(_CARD_HEADINGS):
            link = _link_around(node)
            outer = (link or node).parent
            if outer is not None and (count := len(node.css("a")) + (link is not None)):
                found[outer.mem_id] += count
        return found


def _link_around(node: LexborNode) -> LexborNode | None:
    above = node.parent
    while above is not None and above.tag != "a":
        above = above.parent
    return above
