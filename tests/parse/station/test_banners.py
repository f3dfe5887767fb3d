"""Banners in every punctuation, and lines that only look like one."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from flows.model import Banner
from flows.parse.page.outline import Outline
from flows.parse.station.banners import read_alert_banners, read_banner, read_banners


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
def test_banner_with_every_punctuation(line: str, kind: str, text: str) -> None:
    banner = read_banner(line)
    assert banner is not None
    assert (banner.kind, banner.text) == (kind, text)


@pytest.mark.parametrize("line", ["Closings: schools and shops", "Breaking news from the fair", "", "MAPS: Radar"])
def test_line_without_a_banner(line: str) -> None:
    assert read_banner(line) is None


def test_empty_box_gives_no_banner_and_a_repeated_banner_gives_one() -> None:
    assert read_banners(LexborHTMLParser('<div id="alertsBar" class="noalert"></div>')) == []
    item = '<div class="alertsTop">CLOSINGS: <a href="/weather/closings">View Closings</a></div>'
    assert len(read_banners(LexborHTMLParser(f'<div id="alertsBar">{item}{item}</div>'))) == 1


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (
            '<div class="breaking-news-bar"><b>Breaking News</b> Bridge closed</div>',
            [Banner("breaking", "Bridge closed")],
        ),
        ('<a class="alert-banner">Wind Advisory until 6 PM</a>', [Banner("severe", "Wind Advisory until 6 PM")]),
        ('<div class="AlertBar">12 closings and delays</div>', [Banner("closings", "12 closings and delays")]),
        (
            '<div class="alert-bar"><b class="alert-bar-text">Flood Watch</b> View Alerts</div>',
            [Banner("severe", "Flood Watch")],
        ),
        ('<div class="alert-bar">Sign up for our newsletter</div>', []),
        ('<article><div class="alert-bar">Wind Advisory</div></article>', []),
        ('<div class="alert-bar"></div>', []),
    ],
)
def test_alert_bars_of_any_system(html: str, found: list[Banner]) -> None:
    assert read_alert_banners(Outline(LexborHTMLParser(html * 2))) == found
