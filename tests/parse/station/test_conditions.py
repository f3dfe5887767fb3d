"""Current-conditions boxes of any site system: what they print, and what is no such box."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from flows.model import PanelReading
from flows.parse.station.conditions import may_hold_conditions, read_conditions


def read(html: str) -> list[PanelReading]:
    return read_conditions(LexborHTMLParser(f"<body class='weather'>{html}</body>"))


@pytest.mark.parametrize(
    ("html", "reading"),
    [
        (
            "<aside class='weather-capsule'><h3>58&deg; <i>F</i></h3><p class='sky'>Overcast</p>"
            "<li>Hi: 62&deg; F</li><li>Lo: 49&deg; F</li></aside>",
            PanelReading(None, "Overcast", 58, 62, 49, None, 1),
        ),
        (
            "<div id='current-weather'><span class='city'>Olden</span><img alt='Light Snow'><b>−3°</b>"
            "<span>Feels like -12°</span></div>",
            PanelReading("Olden", "Light Snow", -3, None, None, -12, 1),
        ),
        (
            "<div class='wx-box'><div class='wx-location'>Pell Hill</div><div class='wx-conditions'>Mostly Cloudy</div>"
            "<div>71°F</div><div>Dewpoint 60°</div></div>",
            PanelReading("Pell Hill", "Mostly Cloudy", 71, None, None, None, 1),
        ),
        (
            "<a class='weather-bar'><b class='place'>Olden</b> 58º <i class='weather-desc'>Sunny</i> 62º / 49º</a>",
            PanelReading("Olden", "Sunny", 58, 62, 49, None, 1),
        ),
        (
            "<div class='weather'><b>58°</b><i>H: 62°</i><i>L: 49°</i></div>",
            PanelReading(None, None, 58, 62, 49, None, 1),
        ),
    ],
)
def test_a_box_is_one_reading_even_where_it_is_printed_twice(html: str, reading: PanelReading) -> None:
    assert may_hold_conditions(LexborHTMLParser(html).body.text_lexbor())
    assert read(html) == [reading]
    assert read(html + html) == [reading]


@pytest.mark.parametrize(
    "html",
    [
        "<div class='weather'><b>58°</b></div>",  # a number of degrees alone
        "<div class='weather'><b>58°</b><b>61°</b><p class='sky'>Clear</p></div>",  # a forecast of several days
        "<div class='weather'><b>14° C</b><p class='sky'>Clear</p></div>",
        "<article><div class='weather'><b>58°</b><p class='sky'>Clear</p></div></article>",
        "<div class='teaser'><b>58°</b><p class='sky'>Clear</p></div>",
        f"<div class='weather'><p class='sky'>Clear</p>58° {'and much more text ' * 40}</div>",
    ],
)
def test_anything_else_is_no_box(html: str) -> None:
    assert read(html) == []
