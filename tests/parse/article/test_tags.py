"""Tag lists: splitting, cleaning, and lists that are not tags."""

from __future__ import annotations

from flows.model import Page
from flows.parse.article.tags import read_tags
from flows.parse.page.document import Document


def labels_of(html: str) -> list[str]:
    return [
        tag.label for tag in read_tags(Document(Page(url="https://dailypost.example/a", body=f"<body>{html}")), "Rain")
    ]


def test_a_single_value_is_split_and_several_are_not() -> None:
    assert labels_of('<meta name="keywords" content="rain, farms; valley">') == ["rain", "farms", "valley"]
    several = "".join(
        f'<meta property="article:tag" content="{label}">' for label in ("Crime, law and courts", "Business", "Rain")
    )
    assert labels_of(several) == ["Crime, law and courts", "Business", "Rain"]


def test_labels_are_cleaned_and_unique() -> None:
    links = ("#Rain", "rain", "Farms (12)")
    html = "".join(f'<a rel="tag" href="/tag/{place}">{text}</a> ' for place, text in enumerate(links))
    assert labels_of(html) == ["Rain", "Farms"]


def test_tracking_labels_are_dropped() -> None:
    html = '<meta name="news_keywords" content="rain, farms, 4f1c2b3a-0000-1111-2222-333344445555, section:local">'
    assert labels_of(html) == ["rain", "farms"]


def test_a_menu_is_not_tags() -> None:
    links = "".join(f"<a href=/topics/{number}>Topic {number}</a>" for number in range(60))
    assert labels_of(f"<nav class='menu topics'>{links}</nav>") == []
