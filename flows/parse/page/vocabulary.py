"""Makes word lists."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The set of a space-separated list."""
    return frozenset(text.split())


def ordered(text: str) -> tuple[str, ...]:
    """The words of a space-separated list, in order."""
    return tuple(text.split())
