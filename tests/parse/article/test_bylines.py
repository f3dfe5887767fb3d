"""Bylines split into names."""

from __future__ import annotations

import pytest

from flows.parse.article.bylines import clean_names, without_place


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
        ("Ann Okafor of the Daily Post", ["Ann Okafor"]),
        ("Ann Okafor | For the Daily Post", ["Ann Okafor"]),
        ("By ANN OKAFOR Staff Writer", ["ANN OKAFOR"]),
        ("By ANN OKAFOR Associated Press", ["ANN OKAFOR"]),
        ("The Associated Press", ["The Associated Press"]),
        ("Par Luc Petit avec AFP", ["Luc Petit"]),
        ("By: Ann Okafor, KQXX News Anchor/Reporter", ["Ann Okafor"]),
        ("Ann Okafor, KQXX-TV", ["Ann Okafor"]),
        ("Ann Okafor, KQXX Staff", ["Ann Okafor", "KQXX Staff"]),
        ("Ann Okafor, NewsChannel 3", ["Ann Okafor"]),
        ("ann@example.org (Ann Okafor)", ["Ann Okafor"]),
        ("Opinion | Ann Okafor", ["Ann Okafor"]),
        ("作者：王小明 编辑：李雷", ["王小明"]),
        ("文＝山田太郎", ["山田太郎"]),
        ("Της Μαρίας Παππά", ["Μαρίας Παππά"]),
        ("Yazan: Ayşe Demir", ["Ayşe Demir"]),
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


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (["Ann Okafor", "St. Joseph"], ["Ann Okafor"]),
        (["Ann Okafor", "Berlin"], ["Ann Okafor"]),
        (["Ann Okafor", "Luis Prado"], ["Ann Okafor", "Luis Prado"]),
        (["Okafor", "Prado"], ["Okafor", "Prado"]),
    ],
)
def test_the_town_after_a_full_name_is_no_author(names: list[str], kept: list[str]) -> None:
    assert without_place(names) == kept
