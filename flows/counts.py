"""Writes a number with its noun, singular or plural."""

from __future__ import annotations


def count_text(number: int, one: str, many: str | None = None) -> str:
    """`1 article`, `2 articles`, `1,204 stories` (given `many`)."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
