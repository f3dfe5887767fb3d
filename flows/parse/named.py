"""Finds elements by words in their class or id, over one list of all names instead of one selector a word."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode


class Named:
    """All elements that have a class or id, in page order, with these names as one text of a line each."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._nodes: list[LexborNode] = tree.css("body [class],body [id]")
        self._lines: list[str] = []
        for node in self._nodes:
            attributes = node.attributes
            names, identity = attributes.get("class"), attributes.get("id")
            line = f"{names} {identity}" if names and identity else names or identity or ""
            self._lines.append(line.replace("\n", " ") if "\n" in line else line)
        self._starts: list[int] = []
        start = 0
        for line in self._lines:
            self._starts.append(start)
            start += len(line) + 1
        self._text = "\n".join(self._lines)
        lowered = self._text.lower()
        # a letter whose lower case is longer would shift every place after it
        self._lowered = lowered if len(lowered) == len(self._text) else self._text

    def matching(self, words: Iterable[str], pattern: re.Pattern[str], limit: int = 400) -> list[LexborNode]:
        """The elements whose names hold one of `words` (lower case) and match `pattern`, in page order. The words
        only narrow the search: they are found many times faster than a pattern."""
        places: set[int] = set()
        for word in words:
            at = self._lowered.find(word)
            while at >= 0:
                place = bisect_right(self._starts, at) - 1
                places.add(place)
                at = self._lowered.find(word, self._starts[place] + len(self._lines[place]) + 1)
        found = (self._nodes[place] for place in sorted(places) if pattern.search(self._lines[place]))
        return [*islice(found, limit)]
