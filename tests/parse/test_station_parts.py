"""The station's own boxes one by one: bars, date printings, panel rows, tag block, alert times, ids."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from selectolax.lexbor import LexborHTMLParser

from flows.parse.article.dateline import dateline
from flows.parse.dates.moments import moment
from flows.parse.page.template import clock_note, made_at
from flows.parse.station import alerts
from flows.parse.station.alerts import read_when
from flows.parse.station.banners import read_bar, read_bars
from flows.parse.station.heartland_text import read_body, read_head
from flows.parse.station.panel import once, read_boxes, read_lines

CENTRAL = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("BREAKING NEWS: Bridge shut Full Story", "breaking", "Bridge shut"),
        ("BREAKING NEWS Bridge shut Full Story", "breaking", "Bridge shut"),
        ("BREAKING NEWS : Bridge shut", "breaking", "Bridge shut"),
        ("BREAKING NEWS: Police: stay home Full Story", "breaking", "Police: stay home"),
        ("SEVERE WX: Flood Watch - Wind Advisory View Alerts", "severe", "Flood Watch - Wind Advisory"),
        ("SEVERE WX : Flood Watch View Alerts", "severe", "Flood Watch"),
        ("CLOSINGS: View Closings", "closings", "CLOSINGS"),
        ("SCHOOL CLOSINGS: View Closings", "closings", "SCHOOL CLOSINGS"),
        ("CLOSINGS:", "closings", "CLOSINGS"),
        ("STREAMING NOW: Watch Now", "streaming", "STREAMING NOW"),
    ],
)
def test_bar_in_every_punctuation(line: str, kind: str, text: str) -> None:
    bar = read_bar(line)
    assert bar is not None
    assert (bar.kind, bar.text) == (kind, text)


@pytest.mark.parametrize("line", ["Closings: schools and shops", "Breaking news from the fair", "", "MAPS: Radar"])
def test_line_that_is_no_bar(line: str) -> None:
    assert read_bar(line) is None


def test_empty_bar_box_gives_none_and_a_bar_printed_twice_gives_one() -> None:
    assert read_bars(LexborHTMLParser('<div id="alertsBar" class="noalert"></div>')) == []
    item = '<div class="alertsTop">CLOSINGS: <a href="/weather/closings">View Closings</a></div>'
    assert len(read_bars(LexborHTMLParser(f'<div id="alertsBar">{item}{item}</div>'))) == 1


def test_headline_that_begins_like_a_bar_stays_the_headline() -> None:
    head = read_head(
        ["CLOSINGS: View Closings", "BREAKING NEWS tops the year", "Posted: Dec 31, 2019 9:00 AM"], CENTRAL
    )
    assert head.title == "BREAKING NEWS tops the year"
    assert [bar.kind for bar in head.banners] == ["closings"]


@pytest.mark.parametrize(
    ("raw", "at", "basis"),
    [
        ("Wed Jan 09 03:37:21 PST 2019", "2019-01-09T11:37:21+00:00", "explicit"),
        ("Mon Jul 09 03:37:21 PDT 2018", "2018-07-09T10:37:21+00:00", "explicit"),
        ("May. 3, 2019 6:32 AM", "2019-05-03T11:32:00+00:00", "source_zone"),
        ("Jan. 3, 2019 12:05 AM", "2019-01-03T06:05:00+00:00", "source_zone"),
        ("Sept. 14, 2018 12:00 PM", "2018-09-14T17:00:00+00:00", "source_zone"),
        ("Nov 9, 2018 10:47 AM", "2018-11-09T16:47:00+00:00", "source_zone"),
        ("Nov 4, 2018 1:30 AM", "2018-11-04T06:30:00+00:00", "source_zone"),
    ],
)
def test_three_date_printings(raw: str, at: str, basis: str) -> None:
    found = moment(raw, CENTRAL)
    assert found is not None
    assert found.at.astimezone(UTC).isoformat() == at
    assert found.zone_basis == basis
    assert found.ambiguous is (raw == "Nov 4, 2018 1:30 AM")


Row = tuple[str | None, str | None, int | None, int | None, int | None, int | None]


def rows(lines: list[str]) -> list[Row]:
    return [(r.place, r.condition, r.temp_f, r.hi_f, r.lo_f, r.feels_like_f) for r in read_lines(lines)[0]]


@pytest.mark.parametrize(
    ("lines", "wanted"),
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
def test_panel_row(lines: list[str], wanted: list[Row]) -> None:
    assert rows(lines) == wanted


def test_labels_of_the_page_are_not_a_town() -> None:
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


def test_panel_printed_twice_is_read_once_and_a_repeated_reading_of_two_towns_is_kept() -> None:
    town = ["Saint Joseph", "50° wxIcon", "Hi: 51° Lo: 40°"]
    twin = ["Savannah", "50° wxIcon", "Hi: 51° Lo: 40°"]
    assert [row[0] for row in rows([*town, *twin, *town, *twin])] == ["Saint Joseph", "Savannah"]
    assert len(once(read_lines([*town, *twin])[0])) == 2


def test_degrees_in_a_story_are_no_panel() -> None:
    lines = ["It was 46° at noon.", "46°", "The record is 12° lower."]
    assert read_lines(lines) == ([], 3, 3)


def test_panel_box_with_missing_parts() -> None:
    numbers = '<div class="temperature">-3&deg;</div><div class="hilo">Hi: 5&deg; Lo: -9&deg;</div>'
    page = f'<div class="cycle-slideshow"><div class="wxRotate">{numbers}</div></div>'
    (reading,) = read_boxes(LexborHTMLParser(page))
    assert (reading.place, reading.condition, reading.temp_f, reading.lo_f) == (None, None, -3, -9)
    assert reading.feels_like_f is None


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


def test_a_lone_subhead_and_a_list_further_down_are_no_tag_block() -> None:
    lines = ["First.", "Second.", "Why it matters", "Third.", "Fourth.", "Apples", "Pears", "Quinces", "Fifth."]
    assert read_body(lines) == (lines, [])


@pytest.mark.parametrize(
    ("words", "onset", "ends"),
    [
        ("From 6 PM this evening to 6 AM CST Sunday.", "2022-01-01T18:00", "2022-01-02T06:00"),
        ("From 9 PM this evening to 3 AM CST.", "2022-01-01T21:00", "2022-01-02T03:00"),
        ("Until 9 PM CST this evening.", None, "2022-01-01T21:00"),
        ("From noon today to midnight CST tonight.", "2022-01-01T12:00", "2022-01-02T00:00"),
        ("From 430 AM tomorrow to 10:15 AM CST Monday.", "2022-01-02T04:30", "2022-01-03T10:15"),
        ("Through the weekend.", None, None),
        ("From 99 PM to 6 AM CST.", None, None),
    ],
)
def test_alert_times(words: str, onset: str | None, ends: str | None) -> None:
    captured = datetime(2022, 1, 1, 19, tzinfo=UTC)
    wanted = tuple(datetime.fromisoformat(t).replace(tzinfo=CENTRAL) if t else None for t in (onset, ends))
    assert read_when(words, captured, CENTRAL) == wanted
    assert read_when(words, None, CENTRAL) == (None, None)


def test_alerts_above_the_headline_leave_the_page_and_one_below_stays() -> None:
    product = "<p>...WIND ADVISORY IN EFFECT...</p><p>* WHAT...Gusts to 50 mph. * WHERE...Hills.</p>"
    boxes = f"<div><div>{product}</div><div>{product.replace('WIND', 'FROST')}</div></div>"
    tree = LexborHTMLParser(f"{boxes}<h1>Story</h1><div>{product}</div>")
    found = alerts.take(tree, None, None)
    assert [alert.event for alert in found] == ["Wind Advisory", "Frost Advisory"]
    assert tree.body is not None
    assert tree.body.text().count("* WHAT") == 1
    assert alerts.take(tree, None, None, everywhere=True)[0].id == found[0].id


def test_blox_id_is_a_clock_only_in_version_one() -> None:
    made = made_at("6cbbf41a-6bce-11ec-9f22-1f2e3d4c5b6a")
    assert made is not None
    assert made.replace(second=0, microsecond=0) == datetime(2022, 1, 2, 13, 18, tzinfo=UTC)
    assert made_at("6cbbf41a-6bce-41ec-9f22-1f2e3d4c5b6a") is None
    late = moment("2022-02-02T09:00:00-06:00", None)
    assert "days apart" in (clock_note("6cbbf41a-6bce-11ec-9f22-1f2e3d4c5b6a", late) or "")
    assert clock_note("6cbbf41a-6bce-11ec-9f22-1f2e3d4c5b6a", moment("2022-01-02T09:00:00-06:00", None)) is None


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
