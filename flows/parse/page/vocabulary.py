"""Makes word lists."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The set of a space-separated list."""
    return frozenset(text.split())
