"""Lists the elements of a page once, in page order, so that no reader has to search the tree for them again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from itertools import compress, islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from flows.parse.page.line_index import LineIndex

Attributes = dict[str, str | None]


class Outline:
    """The elements of one tree. `nodes`, `tags` and `attributes` are parallel lists in page order; a place is an index
    into them. Elements that are removed from the tree later stay in the lists: build the outline after removing."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self.nodes: list[LexborNode] = tree.css("*")
        self.tags: list[str] = [node.tag or "" for node in self.nodes]
        self.attributes: list[Attributes] = [node.attributes for node in self.nodes]
        self._by_tag: dict[str, list[int]] = {}
        for place, tag in enumerate(self.tags):
            self._by_tag.setdefault(tag, []).append(place)

    def places(self, *tags: str) -> list[int]:
        """The places of the elements with one of these tags, in page order."""
        found = [places for tag in tags if (places := self._by_tag.get(tag))]
        return found[0] if len(found) == 1 else sorted(place for places in found for place in places)

    def of(self, *tags: str) -> list[LexborNode]:
        """The elements with one of these tags, in page order."""
        return [self.nodes[place] for place in self.places(*tags)]

    def with_attribute(self, name: str) -> list[int]:
        """The places of the elements that have this attribute, in page order."""
        return [place for place, attributes in enumerate(self.attributes) if name in attributes]

    def count(self, tag: str) -> int:
        """How many elements have this tag."""
        return len(self._by_tag.get(tag, ()))

    @cached_property
    def _class_index(self) -> tuple[list[int], list[str], LineIndex]:
        """The places in the body of the elements with a class, these classes, and an index of the distinct ones."""
        first = self._by_tag.get("body", [len(self.nodes)])[0] + 1
        named = [
            (place, attributes["class"] or "")
            for place, attributes in enumerate(islice(self.attributes, first, None), start=first)
            if "class" in attributes
        ]
        names = [name for _, name in named]
        return [place for place, _ in named], names, LineIndex([*dict.fromkeys(names)])

    def with_class(self, words: Iterable[str], pattern: re.Pattern[str], limit: int) -> list[LexborNode]:
        """The body's elements, up to `limit` in page order, whose class holds one of `words` (lower case) and matches
        `pattern`. The words only make the search fast: every match of the pattern must hold one."""
        places, names, index = self._class_index
        wanted = set(index.matching(words, pattern))
        if not wanted:
            return []
        return [self.nodes[place] for place in islice(compress(places, map(wanted.__contains__, names)), limit)]
