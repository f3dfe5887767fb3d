"""Datelines, and sentences that only look like one."""

from __future__ import annotations

import pytest

from flows.parse.article.dateline import dateline


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("(ST. JOSEPH, Mo.) The council met.", "ST. JOSEPH, Mo."),
        ("TUPELO, Miss. (WTVA) - The council met.", "TUPELO, Miss."),
        ("ST. JOSEPH, Mo. -- The council met.", "ST. JOSEPH, Mo."),
        ("WASHINGTON (AP) — The council met.", "WASHINGTON"),
        ("The council met in ST. JOSEPH, Mo. -- twice.", None),
        ("NASA said so.", None),
        ("", None),
    ],
)
def test_dateline(body: str, place: str | None) -> None:
    assert dateline(body) == place
