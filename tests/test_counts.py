"""A number and its noun: one of a thing is never called many."""

from __future__ import annotations

import pytest

from flows.counts import count_text


@pytest.mark.parametrize(
    ("number", "many", "text"),
    [
        (0, None, "0 stops"),
        (1, None, "1 stop"),
        (2, None, "2 stops"),
        (1204, None, "1,204 stops"),
        (3, "more", "3 more"),
    ],
)
def test_the_noun_fits_the_number(number: int, many: str | None, text: str) -> None:
    assert count_text(number, "stop", many) == text
