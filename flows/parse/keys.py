"""Compares short texts: what makes two titles, names or labels the same, and how alike they are."""

from __future__ import annotations

import re
from functools import lru_cache

SHORT = 80
_NOT_WORD = re.compile(r"[\W_]+")


def key(text: str) -> str:
    """What makes two titles the same: letters and digits, no case."""
    return _short_key(text) if len(text) <= SHORT else _key(text)


def _key(text: str) -> str:
    return text.casefold() if text.isalnum() else _NOT_WORD.sub("", text).casefold()


# Labels and names come back many times on a page and from page to page.
_short_key = lru_cache(maxsize=8192)(_key)


def similar(left: str, right: str) -> float:
    """Shared share of words, 0 to 1; containment counts as likeness."""
    a, b = set(_NOT_WORD.split(left.casefold())) - {""}, set(_NOT_WORD.split(right.casefold())) - {""}
    if not a or not b:
        return 0.0
    shared = len(a & b)
    return shared / max(len(a), len(b)) if shared else float(len(left) > 3 and key(left) in key(right))
