"""Relative days."""

from __future__ import annotations

from datetime import date

import pytest

from flows.parse.dates.relative import relative_day

TUESDAY = date(2020, 9, 22)


@pytest.mark.parametrize(
    ("word", "day"),
    [
        ("today", 22), ("TONIGHT", 22), ("tomorrow", 23), ("Friday", 25), ("Mon", 28), ("Tuesday", 22),
        ("this evening", 22),
    ],
)  # fmt: skip
def test_relative_day(word: str, day: int) -> None:
    assert relative_day(word, TUESDAY) == date(2020, 9, day)
