"""Text cleaned for storage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.parse.page.clean import clean_markup, clean_text, join_paragraphs


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  a \t\n b\u00a0c ", "a b c"),
        ("e\u0301", "é"),
        ("a\u200bb\ufeff\u00ad\u202e", "ab"),
        ("\ud800x\x1b[0m", "x[0m"),
        ("\x00\x07", ""),
    ],
)
def test_clean_text(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


def test_clean_markup_and_paragraphs() -> None:
    assert clean_markup("A &amp;amp; B<br>c <b>d</b> &lt;i&gt;e&lt;/i&gt;") == "A & B c d e"
    assert join_paragraphs([" a ", "", "\x00", "b"]) == "a\n\nb"


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    once.encode("utf-8")
