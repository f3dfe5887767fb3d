"""Products above the headline, and the times in them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from selectolax.lexbor import LexborHTMLParser

from flows.parse.station import alerts
from flows.parse.station.alerts import read_when

CENTRAL = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("text", "onset", "ends"),
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
def test_alert_times(text: str, onset: str | None, ends: str | None) -> None:
    captured = datetime(2022, 1, 1, 19, tzinfo=UTC)
    expected = tuple(datetime.fromisoformat(t).replace(tzinfo=CENTRAL) if t else None for t in (onset, ends))
    assert read_when(text, captured, CENTRAL) == expected
    assert read_when(text, None, CENTRAL) == (None, None)


def test_alerts_above_the_headline_are_taken_out_and_one_below_stays() -> None:
    product = "<p>...WIND ADVISORY IN EFFECT...</p><p>* WHAT...Gusts to 50 mph. * WHERE...Hills.</p>"
    boxes = f"<div><div>{product}</div><div>{product.replace('WIND', 'FROST')}</div></div>"
    tree = LexborHTMLParser(f"{boxes}<h1>Story</h1><div>{product}</div>")
    found = alerts.take(tree, None, None)
    assert [alert.event for alert in found] == ["Wind Advisory", "Frost Advisory"]
    assert tree.body is not None
    assert tree.body.text().count("* WHAT") == 1
    assert alerts.take(tree, None, None, everywhere=True)[0].id == found[0].id
