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
        ("By Ann Okafor, Chief Meteorologist and Luis Prado, News Anchor", ["Ann Okafor", "Luis Prado"]),
        ("Ann Okafor, Head of Marketing", ["Ann Okafor"]),
        ("Ann Okafor For The Daily Post", ["Ann Okafor"]),
        ("Center for Rivers", ["Center for Rivers"]),
        ("Written by | Ann Okafor | Reviewed by | Luis Prado", ["Ann Okafor"]),
        ("Ann Okafor | Photos by Luis Prado", ["Ann Okafor"]),
        ("By | Ann Okafor | and | Luis Prado", ["Ann Okafor", "Luis Prado"]),
        ("Ann Okafor | August 12, 2024 | 5 min read", ["Ann Okafor"]),
        ("April May", ["April May"]),
        ("Ann Okafor | Email the author", ["Ann Okafor"]),
        ("{{ post.author }}", []),
        ("%author%", []),
        ("${author}", []),
        ("page.head.extra.author", []),
        ("j.doe", ["j.doe"]),
        ("admin", []),
        ("https://example.org/ann", []),
        ("", []),
    ],
)
def test_bylines(byline: str, names: list[str]) -> None:
    assert clean_names([byline]) == names


@pytest.mark.parametrize(
    "raw",
    [
        "Text: Ann Okafor, Foto: Ben Lund",
        "Texte : Ann Okafor",
        "Автор: Ann Okafor",
        "記者 Ann Okafor",
        "Reporter: Ann Okafor",
        "Guest essay by Ann Okafor",
        "Propos recueillis par Ann Okafor",
        "A cura di Ann Okafor",
        "Yazar: Ann Okafor",
        "Tác giả: Ann Okafor",
        "بقلم: Ann Okafor",
        "By Ann Okafor Special to the Courier",
        "Edited by Ben Lund, by Ann Okafor",
        "Reporting by Ann Okafor; Editing by Ben Lund",
    ],
)
def test_labels_of_many_languages_and_other_work(raw: str) -> None:
    assert clean_names([raw]) == ["Ann Okafor"]
