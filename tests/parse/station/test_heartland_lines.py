"""Heartland text line by line: head and tag block."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flows.parse.station.heartland_lines import read_body, read_head

CENTRAL = ZoneInfo("America/Chicago")


def test_headline_that_starts_like_a_banner_is_the_headline() -> None:
    head = read_head(
        ["CLOSINGS: View Closings", "BREAKING NEWS tops the year", "Posted: Dec 31, 2019 9:00 AM"], CENTRAL
    )
    assert head.title == "BREAKING NEWS tops the year"
    assert [banner.kind for banner in head.banners] == ["closings"]


def test_tag_block_keeps_commas_and_punctuation_order() -> None:
    tags = [
        "Business and industry sectors",
        "Business, economy and trade",
        "Business figures",
        "St. Louis",
        "Trump Jr.",
    ]
    body, found = read_body(["One paragraph here.", "Two paragraphs here.", *tags, "And a third one."])
    assert found == tags
    assert body == ["One paragraph here.", "Two paragraphs here.", "And a third one."]


def test_a_single_subhead_and_a_list_further_down_are_not_a_tag_block() -> None:
    lines = ["First.", "Second.", "Why it matters", "Third.", "Fourth.", "Apples", "Pears", "Quinces", "Fifth."]
    assert read_body(lines) == (lines, [])
