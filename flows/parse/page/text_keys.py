"""Compares short texts: whether two titles, names or labels are the same, and how similar they are."""

from __future__ import annotations

import re
from functools import lru_cache

SHORT = 80
_NOT_WORD = re.compile(r"[\W_]+")
_ASCII_NOT_WORD = bytes(code for code in range(128) if not chr(code).isalnum())


def key(text: str) -> str:
    """Letters and digits without case: equal for texts that differ in punctuation and spacing only."""
    return _short_key(text) if len(text) <= SHORT else _key(text)


def _key(text: str) -> str:
    # a table drops ASCII spaces and punctuation much faster than a pattern
    text = text.encode("utf-8", "surrogatepass").translate(None, _ASCII_NOT_WORD).decode("utf-8", "surrogatepass")
    return text.lower() if text.isascii() else _NOT_WORD.sub("", text).casefold()


# Labels and names recur on a page and from page to page.
_short_key = lru_cache(maxsize=8192)(_key)


def similar(left: str, right: str) -> float:
    """Share of words in common, 0 to 1; 1 where `right` contains `left` without a word in common."""
    a, b = _words(left), _words(right)
    if not a or not b:
        return 0.0
    shared = len(a & b)
    return shared / max(len(a), len(b)) if shared else float(len(left) > 3 and key(left) in key(right))


@lru_cache(maxsize=256)
def _words(text: str) -> frozenset[str]:
    return frozenset(_NOT_WORD.split(text.casefold())) - {""}
