"""Panel rows from boxes and from lines of text, complete and with lines dropped."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from flows.parse.station.panel import condition_notes, read_boxes, read_lines, without_copy

Row = tuple[str | None, str | None, int | None, int | None, int | None, int | None]


def rows(lines: list[str]) -> list[Row]:
    return [(r.place, r.condition, r.temp_f, r.hi_f, r.lo_f, r.feels_like_f) for r in read_lines(lines)[0]]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["Cameron", "Overcast", "12° wxIcon", "Hi: 16° Lo: 8°", "Feels Like: -4°"],
            [("Cameron", "Overcast", 12, 16, 8, -4)],
        ),
        (["Cameron", "Overcast", "12°", "Hi: 16° Lo: 8°", "Feels Like: −4°"], [("Cameron", "Overcast", 12, 16, 8, -4)]),
        (["12°", "Hi: 16° Lo: 8°"], [(None, None, 12, 16, 8, None)]),
        (["12° wxIcon"], [(None, None, 12, None, None, None)]),
        (["Partly Cloudy", "12° wxIcon", "Feels Like: 4°"], [(None, "Partly Cloudy", 12, None, None, 4)]),
        (["Cameron", "Hi: 16° Lo: 8°", "Feels Like: 4°"], [("Cameron", None, None, 16, 8, 4)]),
        (["101° wxIcon", "Hi: 104°", "Lo: 79°", "Feels Like: 110°"], [(None, None, 101, 104, 79, 110)]),
        (["0° wxIcon", "Hi: 0° Lo: 0°", "Feels Like: 0°"], [(None, None, 0, 0, 0, 0)]),
        (["Cameron Broken Clouds 3° Hi: 4° Lo: -1°"], [("Cameron", "Broken Clouds", 3, 4, -1, None)]),
        (["Cameron Clear 3° Hi: 4° Low 1° Feels Like: 0° More Weather"], [("Cameron", "Clear", 3, 4, 1, 0)]),
        (["Clear 3° Hi: 4° Lo: 1° Feels Like: 0°"], [(None, "Clear", 3, 4, 1, 0)]),
    ],
)
def test_panel_row(lines: list[str], expected: list[Row]) -> None:
    assert rows(lines) == expected


def test_labels_of_the_page_are_not_places() -> None:
    lines = [
        "Flood watch ends",
        "Savannah",
        "50° wxIcon",
        "Hi: 51° Lo: 40°",
        "Cameron",
        "49° wxIcon",
        "Hi: 50° Lo: 41°",
    ]
    readings, start, stop = read_lines(lines)
    assert [r.place for r in readings] == ["Savannah", "Cameron"]
    assert (start, stop) == (1, 7)
    assert rows(["Article Comments", "Savannah", "50° wxIcon", "Hi: 51° Lo: 40°"])[0][:2] == ("Savannah", None)


def test_a_second_copy_of_the_panel_is_dropped_and_equal_readings_of_two_places_are_kept() -> None:
    town = ["Saint Joseph", "50° wxIcon", "Hi: 51° Lo: 40°"]
    twin = ["Savannah", "50° wxIcon", "Hi: 51° Lo: 40°"]
    assert [row[0] for row in rows([*town, *twin, *town, *twin])] == ["Saint Joseph", "Savannah"]
    assert len(without_copy(read_lines([*town, *twin])[0])) == 2


def test_degrees_in_an_article_are_not_a_panel() -> None:
    lines = ["It was 46° at noon.", "46°", "The record is 12° lower."]
    assert read_lines(lines) == ([], 3, 3)


def test_panel_box_with_missing_parts() -> None:
    numbers = '<div class="temperature">-3&deg;</div><div class="hilo">Hi: 5&deg; Lo: -9&deg;</div>'
    page = f'<div class="cycle-slideshow"><div class="wxRotate">{numbers}</div></div>'
    (reading,) = read_boxes(LexborHTMLParser(page))
    assert (reading.place, reading.condition, reading.temp_f, reading.lo_f) == (None, None, -3, -9)
    assert reading.feels_like_f is None


def test_an_unknown_condition_is_kept_with_a_note() -> None:
    (reading,) = read_lines(["Cameron", "Volcanic Ash Cloudy", "3° wxIcon", "Hi: 4° Lo: 1°"])[0]
    assert reading.condition == "Volcanic Ash Cloudy"
    assert condition_notes([reading]) == ["weather: the condition 'Volcanic Ash Cloudy' is not a known one"]
