"""Bylines split into names."""

from __future__ import annotations

import pytest

from flows.parse.article.bylines import clean_names


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Ann Okafor and Luis Prado", ["Ann Okafor", "Luis Prado"]),
        ("By Ann Okafor, Luis Prado, and Mei Lin", ["Ann Okafor", "Luis Prado", "Mei Lin"]),
        ("Ann Okafor, Political Reporter", ["Ann Okafor"]),
        ("Von Grete Halm und Otto Berg", ["Grete Halm", "Otto Berg"]),
        ("Posted by Ann Okafor on 3 May 2020", ["Ann Okafor"]),
        ("Par Luc Petit | luc@example.org", ["Luc Petit"]),
        ("Ann Okafor; ann okafor", ["Ann Okafor"]),
        ("Written by: Ann Okafor (Springfield)", ["Ann Okafor"]),
        ("Martin Berg, Jr", ["Martin Berg"]),
        ("admin", []),
        ("https://example.org/ann", []),
        ("", []),
    ],
)
def test_bylines(byline: str, names: list[str]) -> None:
    assert clean_names([byline]) == names
